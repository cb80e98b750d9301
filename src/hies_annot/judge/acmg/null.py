"""PVS1: the decision tree of ClinGen (Abou Tayoun 2018), for genes where loss of function kills.

PVS1 and PM4 never count together: PM4 asks this module first.
"""

from __future__ import annotations

import re

from hies_annot.genes.acmg_rules import NullEffect, Strength
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.effect import NULL_EFFECTS, Effect
from hies_annot.model import Criterion

CITATION = "Abou Tayoun 2018 (PMID 30192042)"
LARGE_SHARE = 0.10
"""Share of the protein above which its loss counts as strong."""

_BY_MESSAGE = frozenset(
    {Effect.SPLICE_OUT_OF_FRAME, Effect.SPLICE_IN_FRAME, Effect.SPLICE_UNKNOWN, Effect.TRUNCATING}
)
"""What the message that is left tells, also where a structural allele with exact ends makes it."""
_ELIGIBLE = NULL_EFFECTS | {
    Effect.SPLICE_IN_FRAME,
    Effect.SPLICE_UNKNOWN,
    Effect.DELETION_IN_FRAME,
}
_RANGE = re.compile(r"p\.\(?[A-Z][a-z]{2}(\d+)(?:_[A-Z][a-z]{2}(\d+))?")


def pvs1(case: Case) -> Criterion:
    """Judge PVS1; not met where the condition's mechanism is not loss of function."""
    if case.effect not in _ELIGIBLE:
        return not_met("PVS1", f"not a null allele ({_terms(case)})", CITATION)
    rule = case.rules.null_alleles
    if rule.effect is not NullEffect.CAUSAL:
        return not_met("PVS1", f"not applicable to {case.condition.id}: {rule.reason}", CITATION)
    if case.effect is Effect.START_LOST:
        return _graded(rule.start_loss, f"loss of the start codon: {rule.start_loss_reason}")
    if case.effect is Effect.DELETION_WHOLE_GENE:
        return _graded(Strength.VERY_STRONG, "the whole gene is deleted")
    if case.effect is Effect.START_REMOVED:
        return _graded(Strength.VERY_STRONG, "promoter and first exon lost: no message begins")
    if case.annotation.structural is not None and case.effect not in _BY_MESSAGE:
        return _structural(case)
    if case.effect is Effect.TRUNCATING:
        return _truncating(case)
    return _splice(case)


def _truncating(case: Case) -> Criterion:
    nmd = case.annotation.nmd
    if nmd is None or nmd.triggers is None:
        why = nmd.reason if nmd else "the place of the new stop is not known"
        return unknown("PVS1", f"truncating, but the fate of the message is open: {why}", CITATION)
    if nmd.triggers:
        return _graded(Strength.VERY_STRONG, f"nonsense-mediated decay predicted: {nmd.reason}")
    critical = sorted(set(nmd.domains_lost) & _critical(case))
    if critical:
        return _graded(
            Strength.STRONG, f"no decay, but a critical region is lost ({', '.join(critical)})"
        )
    return _by_share(nmd.protein_lost, f"no decay ({nmd.reason}); role of the lost part unknown")


def _splice(case: Case) -> Criterion:
    splice = case.annotation.splice
    if splice is None:
        return unknown("PVS1", "splice site, but what skipping does is not predicted", CITATION)
    if not splice.in_frame:
        nmd = case.annotation.nmd
        if nmd is not None and nmd.triggers is not None:
            return _truncating(case)
        last = _exon_count(case)
        if last is not None and splice.exon >= last - 1:
            return _graded(
                Strength.STRONG, f"{splice.reason}; near the end of the message, decay uncertain"
            )
        return _graded(Strength.VERY_STRONG, f"frame lost by skipping: {splice.reason}")
    span = _residues(splice.protein_if_skipped)
    return _loss(case, span, splice.skipped_nt / 3, f"{splice.reason}; in frame")


def _structural(case: Case) -> Criterion:
    found = case.annotation.structural
    if found is None:
        return unknown("PVS1", "extent of the structural allele is not known", CITATION)
    exons = f"exons {', '.join(str(number) for number in found.exons)}"
    gone = "turned away" if case.annotation.allele.alt.startswith("<INV") else "deleted"
    if case.effect is Effect.DUPLICATION_OUT_OF_FRAME:
        return _graded(Strength.STRONG, f"{exons} duplicated, frame lost if in tandem (presumed)")
    last = _exon_count(case)
    escapes = last is None or max(found.exons) >= last - 1
    if case.effect is Effect.DELETION_OUT_OF_FRAME and not escapes:
        return _graded(Strength.VERY_STRONG, f"{exons} deleted, frame lost, decay expected")
    if case.effect is Effect.DELETION_IN_FRAME:
        reason = f"{exons} deleted, frame kept"
    else:
        reason = f"{exons} {gone} at an end of the message, decay not expected"
    length = _protein_length(case)
    if length is None:
        return _by_share(found.cds_share, reason)
    return _loss(case, case.annotation.residues, found.cds_share * length, reason)


def _loss(case: Case, span: tuple[int, int] | None, residues: float, reason: str) -> Criterion:
    hit = [
        domain.name
        for domain in case.gene.domains.features
        if span and domain.critical and domain.start <= span[1] and domain.end >= span[0]
    ]
    if hit:
        return _graded(Strength.STRONG, f"{reason}; critical region hit: {hit[0]}")
    length = _protein_length(case)
    return _by_share(residues / length if length else None, reason)


def _by_share(share: float | None, reason: str) -> Criterion:
    if share is None:
        return unknown("PVS1", f"{reason}; the lost share of the protein is not known", CITATION)
    strength = Strength.STRONG if share > LARGE_SHARE else Strength.MODERATE
    return _graded(strength, f"{reason}; {share:.0%} of the protein lost")


def _graded(strength: Strength, reason: str) -> Criterion:
    if strength is Strength.NONE:
        return not_met("PVS1", reason, CITATION)
    return met("PVS1", strength, reason, CITATION)


def _critical(case: Case) -> set[str]:
    return {domain.name for domain in case.gene.domains.features if domain.critical}


def _residues(name: str | None) -> tuple[int, int] | None:
    match = _RANGE.search(name or "")
    return (int(match[1]), int(match[2] or match[1])) if match else None


def _exon_count(case: Case) -> int | None:
    """Number of exons of the transcript, from `5/15` or `6-15/15`."""
    for text, more in ((case.annotation.exon, 0), (case.annotation.intron, 1)):
        if text and "/" in text:
            return int(text.split("/")[1]) + more
    return None


def _protein_length(case: Case) -> int | None:
    return case.gene.transcripts.protein_length


def _terms(case: Case) -> str:
    return ", ".join(case.annotation.consequence) or "no consequence named"
