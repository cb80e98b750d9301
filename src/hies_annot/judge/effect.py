"""What kind of change an allele makes, from its annotation: the word that the rules share."""

from __future__ import annotations

import re
from enum import StrEnum

from hies_annot.annotate.structural_change import Change, change_of
from hies_annot.model import Allele, AlleleKind, Annotation, StructuralEffect
from hies_annot.model.allele import TANDEM_COPIES


class Effect(StrEnum):
    """Kinds of change, from the SO terms and the predictions of the annotation."""

    TRUNCATING = "truncating"  # nonsense, frameshift
    SPLICE_OUT_OF_FRAME = "splice_out_of_frame"
    SPLICE_IN_FRAME = "splice_in_frame"
    SPLICE_UNKNOWN = "splice_unknown"
    START_LOST = "start_lost"
    STOP_LOST = "stop_lost"
    DELETION_WHOLE_GENE = "deletion_whole_gene"
    DELETION_OUT_OF_FRAME = "deletion_out_of_frame"
    DELETION_IN_FRAME = "deletion_in_frame"
    DELETION_TERMINAL = "deletion_terminal"  # first or last coding exon gone: no frame to speak of
    START_REMOVED = "start_removed"  # promoter and first exon deleted or turned away
    DUPLICATION_OUT_OF_FRAME = "duplication_out_of_frame"
    WHOLE_GENE_GAINED = "whole_gene_gained"  # one more whole copy: the others stay as they are
    WHOLE_GENE_TURNED = "whole_gene_turned"  # both ends outside: the transcript is intact
    STRUCTURAL_OTHER = "structural_other"
    IN_FRAME_INDEL = "in_frame_indel"
    MISSENSE = "missense"
    SPLICE_REGION = "splice_region"
    SYNONYMOUS = "synonymous"
    NONCODING = "noncoding"
    UNKNOWN = "unknown"


NULL_EFFECTS = frozenset(
    {
        Effect.TRUNCATING,
        Effect.SPLICE_OUT_OF_FRAME,
        Effect.START_LOST,
        Effect.DELETION_WHOLE_GENE,
        Effect.DELETION_OUT_OF_FRAME,
        Effect.DELETION_TERMINAL,
        Effect.START_REMOVED,
        Effect.DUPLICATION_OUT_OF_FRAME,
    }
)

_ENDING = frozenset({"stop_gained", "frameshift_variant"})
_SPLICE_SITE = {"splice_acceptor_variant", "splice_donor_variant"}
_BY_TERM = (
    (_ENDING, Effect.TRUNCATING),
    ({"start_lost"}, Effect.START_LOST),
    ({"stop_lost"}, Effect.STOP_LOST),
    ({"inframe_insertion", "inframe_deletion", "protein_altering_variant"}, Effect.IN_FRAME_INDEL),
    ({"missense_variant"}, Effect.MISSENSE),
    (
        {
            "splice_donor_5th_base_variant",
            "splice_donor_region_variant",
            "splice_region_variant",
            "splice_polypyrimidine_tract_variant",
        },
        Effect.SPLICE_REGION,
    ),
    (
        {"synonymous_variant", "stop_retained_variant", "start_retained_variant"},
        Effect.SYNONYMOUS,
    ),
)
DONOR_CONSENSUS = {3: "A", 4: "A", 5: "G", 6: "T"}
"""The commonest base of human donor sites, GT(A/G)AGT, by its distance from the exon."""
_MILD_TERMS = {
    "splice_donor_5th_base_variant",
    "splice_donor_region_variant",
    "splice_region_variant",
    "splice_polypyrimidine_tract_variant",
    "intron_variant",
}
_INTRONIC = re.compile(r"c\.[*-]?\d+([+-])(\d+)(?:([ACGT])>([ACGT])|dup)\Z")
_PYRIMIDINES = {"C", "T"}
_SUBSTITUTION = re.compile(r"p\.\(?([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2})\)?\Z")


_DELETION = {
    True: Effect.DELETION_IN_FRAME,
    False: Effect.DELETION_OUT_OF_FRAME,
    None: Effect.DELETION_TERMINAL,
}


def effect_of(annotation: Annotation) -> Effect:
    """Return the kind of change; splice sites by what skipping the exon would do."""
    found = _effect(annotation)
    outside = found is Effect.NONCODING and annotation.acts_beside
    return Effect.STRUCTURAL_OTHER if outside else found


def _effect(annotation: Annotation) -> Effect:
    if annotation.structural is not None:
        return _of_structure(annotation, annotation.structural)
    terms = set(annotation.consequence)
    if "transcript_ablation" in terms:
        return Effect.DELETION_WHOLE_GENE
    if annotation.allele.kind is not AlleleKind.SEQUENCE or not terms:
        return Effect.UNKNOWN
    if terms & _ENDING:
        return Effect.TRUNCATING
    if terms & _SPLICE_SITE:
        return Effect.SPLICE_REGION if makes_gt_donor(annotation) else _splice(annotation)
    allele = annotation.allele
    if "protein_altering_variant" in terms and len(allele.ref) == len(allele.alt):
        return Effect.MISSENSE
    if "coding_sequence_variant" in terms:  # a codon of made-up bases: silent, or not
        return Effect.UNKNOWN
    for wanted, effect in _BY_TERM:
        if terms & wanted:
            return effect
    return Effect.NONCODING


def mild_splice_change(annotation: Annotation) -> bool:
    """Whether an intronic change near an exon is of a kind that rarely acts on splicing.

    A substitution or one-base duplication at +7 or +8; before the acceptor, from -4 on, a
    pyrimidine for a pyrimidine or one base twice: both leave the tract and make no new AG. Nearer
    the exon, a substitution that keeps the consensus of the site, or makes it (GC to GT).
    """
    if makes_gt_donor(annotation):
        return True
    match = _INTRONIC.search(annotation.hgvs_c or "")
    if match is None or not set(annotation.consequence) <= _MILD_TERMS:
        return False
    side, distance, old, new = match[1], int(match[2]), match[3], match[4]
    if old is not None and _keeps_consensus(side, distance, old, new):
        return True
    if side == "+":
        return distance > 6
    return distance > 3 and (old is None or {old, new} <= _PYRIMIDINES)


def leaves_gc_donor(annotation: Annotation) -> bool:
    """Whether a donor GT becomes GC, which still splices at some sites."""
    match = _INTRONIC.search(annotation.hgvs_c or "")
    return match is not None and match.groups() == ("+", "2", "T", "C")


def makes_gt_donor(annotation: Annotation) -> bool:
    """Whether a donor GC becomes GT, the canonical one: that destroys no site.

    Introns of a reference are GT-AG or GC-AG: what has a C at +2 is a GC donor.
    """
    match = _INTRONIC.search(annotation.hgvs_c or "")
    return match is not None and match.groups() == ("+", "2", "C", "T")


def _keeps_consensus(side: str, distance: int, old: str, new: str) -> bool:
    """A pyrimidine for a pyrimidine at -3, or the consensus base itself at +3 to +6."""
    if side == "-":
        return distance == 3 and {old, new} <= _PYRIMIDINES
    return new == DONOR_CONSENSUS.get(distance)


def substitution(hgvs_p: str | None) -> tuple[str, int, str] | None:
    """Return (`Arg`, 382, `Trp`) of a protein substitution, or None for any other name."""
    match = _SUBSTITUTION.search(hgvs_p or "")
    return (match[1], int(match[2]), match[3]) if match else None


def _splice(annotation: Annotation) -> Effect:
    if annotation.splice is None:
        return Effect.SPLICE_UNKNOWN
    return Effect.SPLICE_IN_FRAME if annotation.splice.in_frame else Effect.SPLICE_OUT_OF_FRAME


def _of_structure(annotation: Annotation, found: StructuralEffect) -> Effect:
    if _ends_within_an_exon(annotation):
        return Effect.TRUNCATING
    return _splice(annotation) if _loses_a_site(annotation, found) else _structural(annotation)


def _ends_within_an_exon(annotation: Annotation) -> bool:
    """Whether a tandem copy or an inversion of exact bases within an exon ends the message.

    Only there has one that is no loss a prediction of decay.
    """
    alt = annotation.allele.alt
    exact = annotation.nmd is not None and (alt in TANDEM_COPIES or alt.startswith("<INV"))
    return exact and not _ENDING.isdisjoint(annotation.consequence)


def _loses_a_site(annotation: Annotation, found: StructuralEffect) -> bool:
    """Whether exact bases are lost of which a splice site, and no frame, tells what is left."""
    site = annotation.splice is not None and not _SPLICE_SITE.isdisjoint(annotation.consequence)
    open_ = found.in_frame is None and not found.start_lost
    return open_ and site and _is_loss(annotation.allele)


def _is_loss(allele: Allele) -> bool:
    return allele.kind is AlleleKind.SEQUENCE or change_of(allele) is Change.LOSS


def _structural(annotation: Annotation) -> Effect:
    found = annotation.structural
    symbol = annotation.allele.alt.upper()
    if found is None or (not found.exons and not found.whole_gene):
        broken = "feature_truncation" in annotation.consequence
        breaks = annotation.allele.kind is AlleleKind.BREAKEND
        return Effect.UNKNOWN if broken and breaks else Effect.NONCODING
    change = change_of(annotation.allele)
    if change is Change.NONE:
        return Effect.NONCODING
    if found.whole_gene and change is Change.GAIN:
        return Effect.WHOLE_GENE_GAINED
    if found.whole_gene and change is Change.INVERSION:
        return Effect.WHOLE_GENE_TURNED
    if change is Change.LOSS and found.whole_gene:
        return Effect.DELETION_WHOLE_GENE
    if found.start_lost:
        return Effect.START_REMOVED
    if found.end_lost and found.cds_share > 0 and change is Change.INVERSION:
        return Effect.DELETION_TERMINAL
    if found.cds_share > 0 and _is_loss(annotation.allele):
        return _DELETION[found.in_frame]
    copied = change is Change.GAIN and symbol.startswith("<DUP")
    if copied and not found.whole_gene and found.in_frame is False:
        return Effect.DUPLICATION_OUT_OF_FRAME
    return Effect.STRUCTURAL_OTHER
