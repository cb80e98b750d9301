"""Calls of one sample with their facts and verdicts, including what the sample itself adds.

Order: facts of the allele alone, then de novo state, partner alleles and signs, then the
verdicts again with these. A partner counts with the class it has without its own partner.
"""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.judge.alleles import AlleleFacts, FactBook
from hies_annot.judge.context import Partner, Phenotype, SampleContext
from hies_annot.judge.drop_reasons import drop_after_evidence, drop_before_evidence
from hies_annot.model import (
    Call,
    Evidence,
    JudgedCall,
    PhaseState,
    SampleSpec,
    Support,
    Zygosity,
)
from hies_annot.phase.denovo import de_novo
from hies_annot.phase.pairs import phase_of
from hies_annot.phase.relatives import Relative
from hies_annot.settings.call_thresholds import CallThresholds

_TWO_COPIES = frozenset({Zygosity.HOM_ALT})


def judge_calls(
    calls: Sequence[Call],
    book: FactBook,
    relatives: Sequence[Relative],
    spec: SampleSpec,
    thresholds: CallThresholds,
) -> tuple[JudgedCall, ...]:
    """Return each call with annotation, outside facts, verdicts and drop reason.

    Args:
        calls: all calls of the sample in the loci, carried or not.
        book: facts by allele.
        relatives: parents and siblings with their calls.
        spec: the sample (for its signs).
        thresholds: call thresholds (for phase).
    """
    early = {id(call): drop_before_evidence(call) for call in calls}
    candidates = [call for call in calls if early[id(call)] is None]
    facts = {id(call): book.facts(call.allele) for call in candidates}
    kept = [call for call in candidates if facts[id(call)].drop_reason is None]
    signs = Phenotype(hpo=spec.hpo, nih_items=spec.nih_items)
    judged = []
    for call in calls:
        reason = early[id(call)]
        if reason is not None:
            judged.append(JudgedCall(call, None, Evidence(), {}, reason))
            continue
        known = facts[id(call)]
        verdicts = known.verdicts
        if known.drop_reason is None:
            context = SampleContext(
                de_novo=de_novo(call, relatives),
                partners=_partners(call, kept, facts, relatives, thresholds),
                phenotype=signs,
            )
            verdicts = book.rejudge(call.allele, context)
        reason = known.drop_reason or drop_after_evidence(call, verdicts)
        judged.append(JudgedCall(call, known.annotation, known.evidence, verdicts, reason))
    return tuple(judged)


def _partners(
    call: Call,
    kept: Sequence[Call],
    facts: dict[int, AlleleFacts],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
) -> tuple[Partner, ...]:
    """Return the alleles that stand opposite this one, or may (phase unknown)."""
    own = _classification(facts[id(call)])
    if call.zygosity in _TWO_COPIES:
        return (Partner(classification=own, phase="homozygous"),)
    partners = []
    for other in kept:
        if other is call or not other.carried or other.allele.gene != call.allele.gene:
            continue
        if other.allele == call.allele:
            continue
        state = phase_of(call, other, relatives, thresholds).state
        if state is PhaseState.CIS:
            continue
        phase = "trans" if state is PhaseState.TRANS else "unknown"
        partners.append(Partner(classification=_classification(facts[id(other)]), phase=phase))
    return tuple(partners)


def _classification(facts: AlleleFacts) -> str:
    """Return the class of an allele without its partner: the curated one, else our own."""
    if any(verdict.support is Support.PATHOGENIC for verdict in facts.verdicts.values()):
        return "pathogenic"
    acmg = next((v.acmg for v in facts.verdicts.values() if v.acmg is not None), None)
    return "uncertain" if acmg is None else acmg.classification
