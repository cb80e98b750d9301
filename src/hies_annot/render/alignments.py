"""The reads of the reported alleles on the page of a sample: what the viewer, igv.js, is given.

It is one file beside the pages and gets everything as data of the page: it asks for nothing. Pure.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping

from hies_annot.render.batch_data import script_json
from hies_annot.render.standing import by_id, hgvs
from hies_annot.render.words import plural
from hies_annot.results.alignment_contract import AlignmentSlice
from hies_annot.results.contract import SampleResult

VIEWER = "igv.min.js"
"""The viewer's file in the results folder, and its sources in the package."""
VIEWER_SOURCES = ("igv-LICENSE.txt", "igv-3.8.10.min.js")
_NEAR = 40
"""Bases at each side of the allele that are in view at first."""


def alignment_title(found: AlignmentSlice, result: SampleResult) -> str:
    """Return the name of the allele whose reads are shown."""
    variant = by_id(result).get(found.variant)
    return hgvs(variant) if variant else found.variant


def left_out(found: AlignmentSlice) -> str:
    """Return in words how many of the reads are shown."""
    if not found.reads:
        return "no reads lie here"
    if not found.kept:
        return f"the {plural(found.reads, 'read')} are not shown: the page would be too large"
    if found.kept < found.reads:
        return f"{found.kept:,} of {plural(found.reads, 'read')}, evenly chosen; others left out"
    return f"all {plural(found.reads, 'read')}"


def viewer_data(result: SampleResult) -> str:
    """Return what the script of the page hands to the viewer, for a `script` element."""
    return script_json([dict(_settings(each, result)) for each in result.alignments])


def _settings(found: AlignmentSlice, result: SampleResult) -> Iterator[tuple[str, object]]:
    where = f"{found.contig}:{found.start}-{found.end}"
    fasta = f">{where} @len={found.contig_length}\n{found.bases}\n"
    yield (
        "reference",
        {"id": "reference", "fastaURL": _inline(fasta.encode()), "wholeGenomeView": False},
    )
    yield "locus", _in_view(found, result)
    yield "tracks", [_track(found)] if found.bam else []


def _in_view(found: AlignmentSlice, result: SampleResult) -> str:
    variant = by_id(result).get(found.variant)
    middle = variant.pos if variant else (found.start + found.end) // 2
    return f"{found.contig}:{max(found.start, middle - _NEAR)}-{min(found.end, middle + _NEAR)}"


def _track(found: AlignmentSlice) -> Mapping[str, object]:
    return {
        "type": "alignment",
        "format": "bam",
        "name": "Reads",
        "url": f"data:application/gzip;base64,{found.bam}",
        "indexed": False,
        "height": 340,
        "showSoftClips": True,
    }


def _inline(content: bytes) -> str:
    return f"data:application/octet-stream;base64,{b64encode(content).decode('ascii')}"
