"""Calls of one sample with their facts and verdicts, including what the sample itself adds.

What is known about each allele alone comes first, then the phase of the pairs (so that reads
can be asked for it), then the verdicts with de novo state, partner alleles and signs. A partner
counts with the class that it has without its own partner.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.judge.alleles import AlleleBook, AlleleFacts
from hies_annot.judge.context import Partner, Phenotype, SampleContext
from hies_annot.judge.drop_reasons import drop_after_evidence, drop_before_evidence
from hies_annot.judge.kin_states import in_trans, kin_states
from hies_annot.judge.phenotype import usable_items
from hies_annot.judge.unsure_ends import UNSURE, reason_of
from hies_annot.model import (
    Call,
    Evidence,
    JudgedCall,
    Met,
    PhaseState,
    SampleSpec,
    Support,
    Zygosity,
)
from hies_annot.model.closed_words import DropReason
from hies_annot.phase.denovo import de_novo, not_new
from hies_annot.phase.pairs import Links, phase_of, settled
from hies_annot.phase.relatives import Relative, parents
from hies_annot.settings.call_thresholds import CallThresholds

_TWO_COPIES = frozenset({Zygosity.HOM_ALT})


class KnownCall(Struct, frozen=True):
    """A call with what is known about its allele alone.

    `reason` says why it takes no part in any finding; `facts` are None where the reason was
    clear before anything was looked up.
    """

    call: Call
    facts: AlleleFacts | None
    reason: DropReason | None


def look_up(calls: Sequence[Call], book: AlleleBook) -> tuple[KnownCall, ...]:
    """Return each call with what is known about its allele, whoever carries it."""
    return tuple(_known(call, book) for call in calls)


def _known(call: Call, book: AlleleBook) -> KnownCall:
    reason = drop_before_evidence(call)
    if reason is not None:
        return KnownCall(call, None, reason)
    reason, by_ends = reason_of(call, book)
    flagged = replace(call, flags=(*call.flags, UNSURE)) if by_ends else call
    return KnownCall(flagged, book.facts(call.allele), reason)


def that_may_pair(known: Sequence[KnownCall], genes: Collection[str]) -> tuple[Call, ...]:
    """Return the calls of some genes of which two may make a genotype together."""
    return tuple(
        entry.call
        for entry in known
        if entry.reason is None and entry.call.carried and entry.call.allele.gene in genes
    )


def judge_calls(
    known: Sequence[KnownCall],
    book: AlleleBook,
    relatives: Sequence[Relative],
    spec: SampleSpec,
    thresholds: CallThresholds,
    links: Links,
) -> tuple[JudgedCall, ...]:
    """Return each call with annotation, outside facts, verdicts and drop reason.

    Args:
        known: all calls of the sample in the loci, carried or not.
        book: facts by allele.
        relatives: parents and siblings with their calls.
        spec: the sample (for its signs).
        thresholds: call thresholds (for phase, and for what counts as new).
        links: what the reads say of pairs.
    """
    kept = [entry for entry in known if entry.reason is None]
    signs = Phenotype(hpo=spec.hpo, nih_items=usable_items(spec.nih_items))

    def judged(entry: KnownCall) -> JudgedCall:
        call, facts = entry.call, entry.facts
        if facts is None:
            return JudgedCall(call, None, Evidence(), {}, entry.reason)
        verdicts = facts.verdicts
        if entry.reason is None:
            partners = _partners(entry, kept, relatives, thresholds, links)
            context = SampleContext(
                de_novo=de_novo(call, relatives, thresholds),
                not_new=not_new(call, relatives, thresholds) if parents(relatives) else None,
                partners=tuple(partner for partner, _ in partners),
                phenotype=signs,
                kin=kin_states(call, in_trans(partners), relatives),
            )
            verdicts = book.rejudge(call.allele, context)
        reason = entry.reason or drop_after_evidence(call, verdicts)
        return JudgedCall(call, facts.annotation, facts.evidence, verdicts, reason)

    return tuple(judged(entry) for entry in known)


def _partners(
    entry: KnownCall,
    kept: Sequence[KnownCall],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links,
) -> tuple[tuple[Partner, Call], ...]:
    """Return the alleles that stand opposite this one, or may (phase unknown), with their calls."""
    call = entry.call
    if call.zygosity in _TWO_COPIES:
        return ((_partner(entry, "homozygous"), call),)
    partners = []
    for other in kept:
        if not _may_be_partner(call, other.call):
            continue
        found = phase_of(call, other.call, relatives, thresholds, links)
        if settled(found) and found.state is PhaseState.CIS:
            continue
        phase = "trans" if settled(found) else "unknown"
        partners.append((_partner(other, phase), other.call))
    return tuple(partners)


def _partner(entry: KnownCall, phase: str) -> Partner:
    return Partner(_classification(entry), phase, _rare(entry))


def _rare(entry: KnownCall) -> bool | None:
    """Whether an allele meets PM2 under the conditions of its gene; None: not known."""
    verdicts = entry.facts.verdicts.values() if entry.facts is not None else ()
    found = {
        criterion.met
        for verdict in verdicts
        for criterion in (verdict.acmg.criteria if verdict.acmg else ())
        if criterion.code == "PM2"
    }
    if not found or Met.UNKNOWN in found:
        return None
    return Met.NO not in found


def _may_be_partner(call: Call, other: Call) -> bool:
    same_gene = other.allele.gene == call.allele.gene
    return other is not call and other.carried and same_gene and other.allele != call.allele


def _classification(entry: KnownCall) -> str:
    """Return the class of an allele without its partner: the curated one, else our own."""
    verdicts = entry.facts.verdicts.values() if entry.facts is not None else ()
    if any(verdict.support is Support.PATHOGENIC for verdict in verdicts):
        return "pathogenic"
    acmg = next((verdict.acmg for verdict in verdicts if verdict.acmg is not None), None)
    return "uncertain" if acmg is None else acmg.classification
