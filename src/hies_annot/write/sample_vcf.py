"""Writes the VCF of one sample, bgzipped and indexed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from Bio.bgzf import BgzfWriter

from hies_annot.io.atomic import replacing_file
from hies_annot.io.tabix_write import Placed, tabix_index
from hies_annot.render.vcf_rows import header_lines, record_rows
from hies_annot.results.contract import SampleResult


def write_sample_vcf(result: SampleResult, path: Path) -> Path:
    """Write `path` (bgzipped VCF) and `path`.tbi; each appears whole or not at all.

    Positions are 1-based on canonical contigs (`17`). Raises OSError where the folder is not
    writable.
    """
    with replacing_file(path) as vcf, replacing_file(Path(f"{path}.tbi")) as index:
        with BgzfWriter(fileobj=vcf.open("xb")) as stream:
            placed = list(_write(result, stream))
        with BgzfWriter(fileobj=index.open("xb"), compresslevel=1) as stream:
            stream.write(tabix_index(placed))
    return path


def _write(result: SampleResult, stream: BgzfWriter) -> Iterator[Placed]:
    """Write header and rows, and yield where each row went."""
    stream.write(_lines(*header_lines(result)))
    begins = stream.tell()
    for row in record_rows(result):
        stream.write(_lines(row.text))
        stops = stream.tell()
        yield Placed(row.chrom, row.start, row.end, begins, stops)
        begins = stops


def _lines(*texts: str) -> bytes:
    return "".join(f"{text}\n" for text in texts).encode("utf-8", "surrogateescape")
