"""Structural alleles: what they cover, what that does, and how they are named.

POS of a symbolic allele is the base before the change (VCF 4.2, 1.4.1); END is its last base.
Breakpoints of symbolic alleles are taken for uncertain, so names are of the form
`c.(?_a)_(b_?)del`; a and b are the outermost transcript positions that are affected for sure.
"""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.consequence import consequences
from hies_annot.annotate.edit import Edit
from hies_annot.annotate.terms import sort_terms
from hies_annot.io.record.mates import mate_written
from hies_annot.model import Allele, AlleleKind, StructuralEffect


class Change(StrEnum):
    """What a structural allele does to the bases it covers; values are HGVS words."""

    LOSS = "del"
    GAIN = "dup"
    INSERTION = "ins"
    INVERSION = "inv"
    BREAK = "break"
    NONE = "none"
    UNKNOWN = "unknown"


_TYPES = {
    "DEL": Change.LOSS,
    "DUP": Change.GAIN,
    "INS": Change.INSERTION,
    "INV": Change.INVERSION,
    "CN0": Change.LOSS,
    "LOH": Change.NONE,
}


def change_of(allele: Allele) -> Change:
    """Return what a structural allele does, from its symbol and its copy number."""
    if allele.kind is AlleleKind.BREAKEND:
        return Change.BREAK
    word = allele.alt.strip("<>").upper().split(":")[0]
    if word in _TYPES:
        return _TYPES[word]
    copies = allele.copy_number
    if match := re.fullmatch(r"CN([0-9]+)", word):
        # an allele <CNn> has n copies on its chromosome
        return Change.GAIN if int(match[1]) > 1 else Change.LOSS
    if word != "CNV" or copies is None:
        return Change.UNKNOWN
    if copies == 2:
        return Change.NONE
    return Change.LOSS if copies < 2 else Change.GAIN


class Extent(Struct, frozen=True):
    """Bases that an allele covers, 1-based inclusive; for points `first` and its neighbour."""

    first: int
    last: int


def region_of(allele: Allele, change: Change) -> Extent:
    """Return the bases that a structural allele covers."""
    if change in (Change.INSERTION, Change.BREAK):
        return Extent(allele.pos, allele.pos + 1)
    return Extent(min(allele.pos + 1, allele.end), allele.end)


def structural_effect(model: CodingModel, region: Extent, change: Change) -> StructuralEffect:
    """Return which exons and what share of the coding region a change covers."""
    transcript = model.transcript
    point = change in (Change.INSERTION, Change.BREAK)
    covered = [e for e in transcript.exons if e.start <= region.last and e.end >= region.first]
    bases = 0 if point else sum(_coding_overlap(model, region, e.start, e.end) for e in covered)
    low = region.first <= transcript.start <= region.last
    high = region.first <= transcript.end <= region.last
    whole, cut = low and high, change in (Change.LOSS, Change.INVERSION) and low is not high
    return StructuralEffect(
        exons=tuple(exon.number for exon in covered),
        cds_share=round(bases / (model.cds_end - model.cds_start + 1), 4),
        whole_gene=whole and not point,
        in_frame=None if whole or point else frame_kept(model, region),
        name=coding_name(model, region, change) or "",
        start_lost=cut and (low if transcript.plus else high),
        end_lost=cut and (high if transcript.plus else low),
    )


def start_deleted(model: CodingModel, edit: Edit) -> StructuralEffect | None:
    """Return what a change of plain bases takes away where the gene's start goes with it."""
    if not edit.ref:
        return None
    found = structural_effect(model, Extent(edit.start, edit.end), Change.LOSS)
    return found if found.start_lost else None


def whole_exons(model: CodingModel, region: Extent) -> tuple[int, int] | None:
    """Return the first and last exon if a region covers whole exons and cuts none."""
    covered = [
        e for e in model.transcript.exons if e.start <= region.last and e.end >= region.first
    ]
    if not covered or any(e.start < region.first or e.end > region.last for e in covered):
        return None
    return covered[0].number, covered[-1].number


def frame_kept(model: CodingModel, region: Extent) -> bool | None:
    """Whether the reading frame stays after loss of a region; None where it cannot be said.

    It can be said for whole inner exons and for a change inside the coding part of one exon.
    """
    exons = whole_exons(model, region)
    if exons is not None:
        if model.without_exons(*exons) is None:
            return None
        return sum(model.coding_bases(n) for n in range(exons[0], exons[1] + 1)) % 3 == 0
    transcript = model.transcript
    exon = transcript.exon_at(region.first)
    inside = exon is not None and region.last <= exon.end
    coding = region.first >= transcript.cds_start and region.last <= transcript.cds_end
    return (region.last - region.first + 1) % 3 == 0 if inside and coding else None


def structural_terms(model: CodingModel, region: Extent, change: Change) -> tuple[str, ...]:
    """Return the consequence of a structural change on one transcript, most severe first."""
    transcript = model.transcript
    if change in (Change.INSERTION, Change.BREAK):
        return _point_terms(model, region, change)
    if region.first <= transcript.start and region.last >= transcript.end:
        return (_WHOLE[change],)
    # Beyond the transcript one base says all; an END of billions is no text of as many bases.
    first = max(region.first, min(region.last, transcript.start - 1))
    last = min(region.last, max(region.first, transcript.end + 1))
    terms = set(consequences(model, Edit(first, "N" * (last - first + 1), "")))
    if change is Change.LOSS:
        return sort_terms(terms | _frame_terms(model, region, _LOSS_TERMS))
    exons = any(e.start <= region.last and e.end >= region.first for e in transcript.exons)
    if not exons:
        return sort_terms(terms & _OUTSIDE_EXONS or {"sequence_variant"})
    kept = terms & {"coding_sequence_variant", "5_prime_UTR_variant", "3_prime_UTR_variant"}
    kept = kept or {"coding_sequence_variant"}
    if change is Change.INVERSION:
        return sort_terms(kept | {"feature_truncation"})
    # a copy over one end of the transcript leaves a whole one behind; inner copies lengthen it
    if change is Change.GAIN and transcript.start < region.first and region.last < transcript.end:
        kept |= {"feature_elongation"} | _frame_terms(model, region, _GAIN_TERMS)
    return sort_terms(kept)


_WHOLE = {
    Change.LOSS: "transcript_ablation",
    Change.GAIN: "transcript_amplification",
    Change.INVERSION: "sequence_variant",
    Change.NONE: "sequence_variant",
    Change.UNKNOWN: "sequence_variant",
}
_OUTSIDE_EXONS = {
    "intron_variant",
    "upstream_gene_variant",
    "downstream_gene_variant",
    "intergenic_variant",
}
_LOSS_TERMS: dict[bool | None, set[str]] = {
    True: {"inframe_deletion"},
    False: {"frameshift_variant"},
    None: {"feature_truncation"},
}
_GAIN_TERMS: dict[bool | None, set[str]] = {
    True: {"inframe_insertion"},
    False: {"frameshift_variant"},
    None: set(),
}


def _frame_terms(
    model: CodingModel, region: Extent, terms: dict[bool | None, set[str]]
) -> set[str]:
    if _coding_bases(model, region) == 0:
        return set()
    return terms[frame_kept(model, region)]


def _coding_bases(model: CodingModel, region: Extent) -> int:
    return sum(_coding_overlap(model, region, e.start, e.end) for e in model.transcript.exons)


def _coding_overlap(model: CodingModel, region: Extent, start: int, end: int) -> int:
    low = max(region.first, start, model.transcript.cds_start)
    high = min(region.last, end, model.transcript.cds_end)
    return max(0, high - low + 1)


def _point_terms(model: CodingModel, region: Extent, change: Change) -> tuple[str, ...]:
    """Return the terms of an insertion of unknown bases, or of a break, between two bases."""
    transcript = model.transcript
    near = set(consequences(model, Edit(region.last, "", "N")))
    if region.last < transcript.start or region.first > transcript.end:
        return sort_terms(near)
    exonic = transcript.exon_at(region.first) or transcript.exon_at(region.last)
    if change is Change.BREAK:
        return sort_terms({"feature_truncation"} | (set() if exonic else near))
    if not exonic:
        return sort_terms(near)
    coding = region.last >= transcript.cds_start and region.first <= transcript.cds_end
    utr = near & {"5_prime_UTR_variant", "3_prime_UTR_variant"}
    return sort_terms({"feature_elongation"} | ({"coding_sequence_variant"} if coding else utr))


def coding_name(model: CodingModel, region: Extent, change: Change) -> str | None:
    """Return the c. name of a structural change; None for breaks and outside the transcript."""
    transcript = model.transcript
    if change in (Change.BREAK, Change.NONE, Change.UNKNOWN):
        return None
    if region.last < transcript.start or region.first > transcript.end:
        return None
    first, last = max(region.first, transcript.start), min(region.last, transcript.end)
    exons = [e for e in transcript.exons if e.start <= last and e.end >= first]
    if exons and change is not Change.INSERTION:
        first = max(first, min(exon.start for exon in exons))
        last = min(last, max(exon.end for exon in exons))
    low, high = (first, last) if transcript.plus else (last, first)
    low_c, high_c = transcript.c_position(low), transcript.c_position(high)
    if change is Change.INSERTION:
        return f"c.{low_c}_{high_c}ins?"
    return f"c.(?_{low_c})_({high_c}_?){change.value}"


def genomic_name(accession: str, region: Extent, change: Change) -> str | None:
    """Return the g. name of a structural change, None for breaks and unknown copy numbers."""
    if change in (Change.BREAK, Change.NONE, Change.UNKNOWN):
        return None
    if change is Change.INSERTION:
        return f"{accession}:g.{region.first}_{region.last}ins?"
    return f"{accession}:g.(?_{region.first})_({region.last}_?){change.value}"


def mate_of(allele: Allele) -> str | None:
    """Return the other side of a break as `chrom:pos`, None for a single breakend."""
    mate = mate_written(allele.alt)
    return f"{mate[0]}:{mate[1]}" if mate else None
