"""Sequence Ontology terms of an edit on one transcript.

The edit is taken at its 3'-most placement on the transcript. Limits of the splice terms are
Ensembl's: donor and acceptor are the first and last two bases of an intron; the donor region is
+3 to +6, its 5th base +5; the splice region is 1-3 bases of the exon and 3-8 of the intron; the
polypyrimidine tract is -3 to -17. A narrower term stands beside `splice_region_variant`, which
it implies.
"""

from __future__ import annotations

from hies_annot.annotate.coding import CodingModel, EditedMessage, Placement, shared_start
from hies_annot.annotate.edit import Edit
from hies_annot.annotate.terms import SPLICE_SITE, sort_terms
from hies_annot.reference.transcripts import Transcript

NEAR_GENE = 5000
"""Bases before and after a transcript that count as upstream and downstream."""

Rule = tuple[tuple[int, int], tuple[int, int] | None, str]
_DONOR_RULES: tuple[Rule, ...] = (
    ((1, 2), (1, 2), "splice_donor_variant"),
    ((5, 5), None, "splice_donor_5th_base_variant"),
    ((3, 6), (2, 6), "splice_donor_region_variant"),
    ((3, 8), (2, 8), "splice_region_variant"),
    ((-2, 0), (-2, 1), "splice_region_variant"),
)
_ACCEPTOR_RULES: tuple[Rule, ...] = (
    ((1, 2), (1, 2), "splice_acceptor_variant"),
    ((3, 17), (2, 17), "splice_polypyrimidine_tract_variant"),
    ((3, 8), (2, 8), "splice_region_variant"),
    ((-2, 0), (-2, 1), "splice_region_variant"),
)
"""Windows by distance from the exon: 1 is the first base of the intron, 0 the last of the exon.

The first window is for changed bases, one of which must lie in it; the second for insertions, both
neighbours of which must: an insertion on the inner edge of a window moves the window away.
"""


def consequences(model: CodingModel, edit: Edit) -> tuple[str, ...]:
    """Return the terms of an edit on a transcript, most severe first."""
    transcript = model.transcript
    first, last = touched(edit)
    if last < transcript.start or first > transcript.end:
        return (_outside(transcript, first, last),)
    if first <= transcript.start and last >= transcript.end:
        return ("transcript_ablation",)
    terms = splice_terms(transcript, edit)
    place = model.place(edit)
    if place is None:
        terms |= _broken_exons(model, first, last)
    elif message := model.apply(edit):
        terms |= exonic_terms(model, edit, place, message)
    if terms & SPLICE_SITE:
        terms.discard("splice_region_variant")
    return sort_terms(terms)


def touched(edit: Edit) -> tuple[int, int]:
    """Return first and last base that an edit changes; for an insertion the two beside it."""
    return (edit.start - 1, edit.start) if edit.is_insertion else (edit.start, edit.end)


def splice_terms(transcript: Transcript, edit: Edit) -> set[str]:
    """Return the terms that follow from the place in or near introns."""
    terms: set[str] = set()
    first, last = touched(edit)
    for _, low, high in transcript.introns:
        if last < low - 2 or first > high + 2:
            continue
        size = high - low - 1
        from_low, from_high = (first - low, last - low), (high - last, high - first)
        donor, acceptor = (from_low, from_high) if transcript.plus else (from_high, from_low)
        terms |= _near_edge(donor, _DONOR_RULES, size, insertion=edit.is_insertion)
        terms |= _near_edge(acceptor, _ACCEPTOR_RULES, size, insertion=edit.is_insertion)
        near, far = from_low
        if (near >= 1 and far <= size) if edit.is_insertion else (near <= size and far >= 1):
            terms.add("intron_variant")
    return terms


def _near_edge(
    distance: tuple[int, int], rules: tuple[Rule, ...], size: int, *, insertion: bool
) -> set[str]:
    """Return the terms of the windows at one edge of an intron of `size` bases."""
    near, far = distance
    if insertion:
        return {term for _, gap, term in rules if gap and gap[0] <= near and far <= gap[1]}
    return {term for (first, last), _, term in rules if near <= min(last, size) and far >= first}


def _outside(transcript: Transcript, first: int, last: int) -> str:
    before = last < transcript.start
    distance = transcript.start - last if before else first - transcript.end
    if distance > NEAR_GENE:
        return "intergenic_variant"
    return "upstream_gene_variant" if before == transcript.plus else "downstream_gene_variant"


def _broken_exons(model: CodingModel, first: int, last: int) -> set[str]:
    """Return the terms for exons that an edit cuts at an edge or removes whole."""
    terms: set[str] = set()
    transcript = model.transcript
    for exon in transcript.exons:
        low, high = max(first, exon.start), min(last, exon.end)
        if low > high:
            continue
        if high < transcript.cds_start or low > transcript.cds_end:
            terms.add(_utr(transcript, low))
            continue
        terms.add("coding_sequence_variant")
        if low < transcript.cds_start:
            terms.add(_utr(transcript, low))
        if high > transcript.cds_end:
            terms.add(_utr(transcript, high))
    start_codon, stop_codon = model.end_codons
    if any(first <= position <= last for position in start_codon):
        terms.add("start_lost")
    if any(first <= position <= last for position in stop_codon):
        terms.add("stop_lost")
    return terms


def _utr(transcript: Transcript, position: int) -> str:
    before = (position < transcript.cds_start) == transcript.plus
    return "5_prime_UTR_variant" if before else "3_prime_UTR_variant"


def exonic_terms(
    model: CodingModel, edit: Edit, place: Placement, message: EditedMessage
) -> set[str]:
    """Return the terms of an edit inside one exon, from the message that results."""
    if place.past <= model.cds_start:
        return {"5_prime_UTR_variant"}
    if place.first > model.cds_end:
        return {"3_prime_UTR_variant"}
    terms: set[str] = set()
    if place.first < model.cds_start:
        terms.add("5_prime_UTR_variant")
    if place.past - 1 > model.cds_end:
        terms.add("3_prime_UTR_variant")
    if place.first < model.cds_start + 3:
        if model.keeps_coding_region(edit) or message.protein == model.protein:
            return terms | {"start_retained_variant"}
        if message.protein[:1] != "M" or place.first < model.cds_start:
            return terms | {"start_lost"}
    return terms | _protein_terms(model, edit, place, message)


def _protein_terms(
    model: CodingModel, edit: Edit, place: Placement, message: EditedMessage
) -> set[str]:
    old, new = model.protein, message.protein
    stop_touched = place.past > model.cds_end - 2
    if new == old:
        # bases gained or lost without another protein: the stop codon is made anew
        retained = stop_touched or edit.length_change
        return {"stop_retained_variant"} if retained else {"synonymous_variant"}
    terms: set[str] = set()
    if edit.length_change % 3:
        terms.add("frameshift_variant")
    elif edit.is_insertion:
        terms.add("inframe_insertion")
    elif edit.is_deletion:
        terms.add("inframe_deletion")
    elif edit.length_change:
        terms.add("protein_altering_variant")
    if stop_touched and not _stops_in_place(model, message):
        return terms | {"stop_lost"}
    if edit.length_change % 3:
        kept = shared_start(old, new)
        return terms | ({"stop_gained"} if new[kept:] == "*" else set())
    if len(new) < len(old) + edit.length_change // 3 and new.endswith("*"):
        return {"stop_gained", *terms}
    return terms or {"missense_variant"}


def _stops_in_place(model: CodingModel, message: EditedMessage) -> bool:
    """Whether the new stop takes the place of the old one or lies before it."""
    return message.protein.endswith("*") and len(message.protein) <= len(model.protein)
