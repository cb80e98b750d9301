"""Findings of a two-allele condition: homozygous, hemizygous, in trans, carrier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from hies_annot.findings.candidate_words import ZYGOSITY_WORDS, doubts, headline, remarks
from hies_annot.findings.candidates import Candidate
from hies_annot.findings.family_facts import family_facts
from hies_annot.findings.unread_second import unread_second
from hies_annot.findings.worksheets import false_homozygote, second_hit
from hies_annot.genes.gene_file import Condition, Gene, Role
from hies_annot.model import (
    Finding,
    JudgedCall,
    Phase,
    PhaseState,
    SampleSpec,
    Status,
    Zygosity,
)
from hies_annot.phase.denovo import origin_words
from hies_annot.phase.pairs import Links, no_reference_seen, settled
from hies_annot.phase.parents import what_can_tell
from hies_annot.phase.read_words import read_words
from hies_annot.phase.relatives import Relative
from hies_annot.phase.segregation import segregation
from hies_annot.settings.call_thresholds import CallThresholds

EVIDENCE_WORDS = {
    "same_record": "one record",
    "deletion": "a deletion on the other chromosome",
    "trio": "both parents",
    "one_parent": "one tested parent",
    "phase_set": "the phase set (PS)",
    "hp": "GATK's read-backed phase (HP)",
    "pid_pgt": "GATK's physical phase (PID/PGT)",
    "reads": "reads that show both places",
}
_ALONE_DOUBT = {
    Zygosity.OVER_DELETION: "the other copy is deleted here (*): whether that deletion harms the "
    "gene must be seen from its own record",
    Zygosity.HAPLOID: "one allele is given where two are expected: deletion or ploidy error",
    Zygosity.HALF_CALL: "the other allele was not called: heterozygous or homozygous is not known",
    Zygosity.POLYPLOID: "more than two alleles are given: ploidy error",
}
_RAISED = (
    "the genotype leaves a reference copy that no read shows: check the reads, copy number and a "
    "second assay, and test both parents"
)
_PLOIDY = frozenset({Zygosity.HAPLOID, Zygosity.POLYPLOID})


class Context(Struct, frozen=True):
    """What all findings of one recessive condition in one sample share."""

    gene: Gene
    condition: Condition
    calls: tuple[JudgedCall, ...]
    relatives: tuple[Relative, ...]
    spec: SampleSpec
    thresholds: CallThresholds
    links: Links | None = None
    gaps: tuple[str, ...] | None = None


class Pair(Struct, frozen=True):
    """Two alleles with their phase."""

    first: Candidate
    second: Candidate
    phase: Phase

    @property
    def settled(self) -> bool:
        """Whether trans or cis may be believed."""
        return settled(self.phase)

    @property
    def cis(self) -> bool:
        """Whether both lie on one chromosome."""
        return self.settled and self.phase.state is PhaseState.CIS

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the two alleles."""
        return frozenset({self.first.id, self.second.id})


def _make(
    context: Context,
    found: Sequence[Candidate],
    status: Status,
    genotype: str,
    reasons: Sequence[str],
    phase: Phase | None = None,
    panels: dict[str, tuple[str, ...]] | None = None,
) -> Finding:
    condition = context.condition
    if condition.role is Role.DIFFERENTIAL:
        status = Status.DIFFERENTIAL
    return Finding(
        condition=condition.id,
        gene=context.gene.name,
        disease=condition.disease,
        mim=condition.mim,
        inheritance=condition.inheritance.value,
        status=status,
        genotype=genotype,
        phase=phase.state if phase else PhaseState.NOT_NEEDED,
        phase_evidence=phase.evidence if phase else "none",
        variants=tuple(candidate.id for candidate in found),
        reasons=tuple(reasons),
        panels=panels or {},
        phase_detail=phase.detail if phase else "",
        **family_facts(found, context.relatives, context.thresholds),
    )


def alone_finding(candidate: Candidate, context: Context) -> Finding:
    """Return the finding of an allele that fills, or may fill, both copies by itself."""
    call = candidate.call
    against = list(doubts(candidate))
    if call.zygosity in _ALONE_DOUBT:
        against.append(f"{candidate.name}: {_ALONE_DOUBT[call.zygosity]}")
    genotype = ZYGOSITY_WORDS[call.zygosity]
    if no_reference_seen(call):
        genotype += "; by its reads perhaps homozygous or hemizygous"
        against.append(f"{candidate.name}: {_RAISED}")
    reasons = [*against, headline((candidate,), genotype)]
    reasons.append(f"{candidate.name}: {read_words(call)}")
    reasons.append(origin_words(call, context.relatives, context.thresholds))
    reasons += [*remarks(candidate), *segregation((candidate.id,), 2, context.relatives)]
    return _make(
        context,
        (candidate,),
        Status.POSSIBLE if against else Status.RELEVANT,
        genotype,
        reasons,
        panels={
            "false_homozygote": false_homozygote(
                candidate, context.calls, context.relatives, context.spec
            )
        },
    )


def pair_finding(pair: Pair, context: Context) -> Finding:
    """Return the finding of two alleles in trans or of unknown phase."""
    both = (pair.first, pair.second)
    phase = pair.phase
    against = [doubt for candidate in both for doubt in doubts(candidate)]
    if phase.evidence != "deletion":
        against += [
            f"{candidate.name}: {_ALONE_DOUBT[candidate.call.zygosity]}"
            for candidate in both
            if candidate.call.zygosity in _PLOIDY
        ]
    if not pair.settled:
        next_step = what_can_tell(pair.first.call, pair.second.call, context.relatives)
        against.append(f"phase is not known: {phase.detail}; {next_step}")
    reasons = [f"phase conflict: {phase.conflict}"] if phase.conflict else []
    reasons += [*against, headline(both, _pair_words(pair))]
    if pair.settled:
        reasons.append(f"in trans by {EVIDENCE_WORDS[phase.evidence]}: {phase.detail}")
    for candidate in both:
        origin = origin_words(candidate.call, context.relatives, context.thresholds)
        reasons.append(f"{candidate.name}: {read_words(candidate.call)}; {origin}")
        reasons += remarks(candidate)
    reasons += segregation([candidate.id for candidate in both], 1, context.relatives)
    settled = phase if pair.settled else Phase(PhaseState.UNKNOWN, "none", phase.detail)
    return _make(
        context,
        both,
        Status.POSSIBLE if against else Status.RELEVANT,
        _pair_words(pair),
        reasons,
        settled,
    )


def _pair_words(pair: Pair) -> str:
    if pair.phase.evidence == "deletion":
        return "hemizygous: one allele opposite a deletion"
    if pair.settled:
        return "compound heterozygous (in trans)"
    return "two heterozygous alleles (phase unknown)"


def carrier_finding(group: Sequence[Candidate], pairs: Iterable[Pair], context: Context) -> Finding:
    """Return the finding of alleles on one chromosome whose other copy shows nothing.

    Where an allele that cannot be read may be the second one, it is `possible`.
    """
    ids = {candidate.id for candidate in group}
    cis = [pair for pair in pairs if pair.cis and ids & pair.ids]
    words = ZYGOSITY_WORDS[group[0].call.zygosity]
    genotype = f"{words}, {len(group)} alleles in cis" if len(group) > 1 else words
    unread = unread_second(group, context.calls)
    reasons = [*unread, *(doubt for candidate in group for doubt in doubts(candidate))]
    only = "" if unread else "; one chromosome only: carrier, not a diagnosis"
    reasons.append(f"{headline(group, genotype)}{only}")
    for pair in cis:
        other = f" (conflict: {pair.phase.conflict})" if pair.phase.conflict else ""
        reasons.append(
            f"{pair.first.name} and {pair.second.name} lie on one chromosome, in cis by "
            f"{EVIDENCE_WORDS[pair.phase.evidence]}: {pair.phase.detail}{other}"
        )
    for candidate in group:
        origin = origin_words(candidate.call, context.relatives, context.thresholds)
        reasons.append(f"{candidate.name}: {read_words(candidate.call)}; {origin}")
        reasons += remarks(candidate)
    return _make(
        context,
        group,
        Status.POSSIBLE if unread else Status.CARRIER,
        genotype,
        reasons,
        cis[0].phase if cis else None,
        {"second_hit": second_hit(group[0], context.calls, context.spec, context.gaps)},
    )
