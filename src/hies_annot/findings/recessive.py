"""Conditions that need two alleles: which genotypes a sample's alleles make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from hies_annot.findings.biallelic import (
    Context,
    Pair,
    alone_finding,
    carrier_finding,
    pair_finding,
)
from hies_annot.findings.candidates import Candidate
from hies_annot.genes.gene_file import Role
from hies_annot.model import Finding, Phase, Zygosity
from hies_annot.phase.deletions import deletes
from hies_annot.phase.one_event import same_event
from hies_annot.phase.pairs import no_reference_seen, phase_of
from hies_annot.read.copy_number import names_more
from hies_annot.read.genotype import stated_beside

ALONE = frozenset(
    {
        Zygosity.HOM_ALT,
        Zygosity.OVER_DELETION,
        Zygosity.HAPLOID,
        Zygosity.HALF_CALL,
        Zygosity.POLYPLOID,
    }
)
"""Genotypes in which one allele may fill both copies by itself."""


def recessive_findings(found: Sequence[Candidate], context: Context) -> tuple[Finding, ...]:
    """Return the findings of a two-allele condition; each genotype once, ordered by place.

    A condition that is a differential lists only genotypes that alleles known for it make.
    """
    if context.condition.role is Role.DIFFERENTIAL:
        found = [candidate for candidate in found if _carrier_allele(candidate)]
    pairs = [
        Pair(first, second, _phase(first, second, context))
        for first, second in combinations(found, 2)
        if _may_pair(first, second)
    ]
    biallelic = [pair for pair in pairs if not pair.cis]
    hemizygous = {
        id_ for pair in biallelic if pair.phase.evidence == "deletion" for id_ in pair.ids
    }
    alone = [
        candidate
        for candidate in found
        if _may_fill_both(candidate) and candidate.id not in hemizygous
    ]
    explained = {id_ for pair in biallelic for id_ in pair.ids} | {one.id for one in alone}
    carriers = _carrier_groups(
        [one for one in found if one.id not in explained and _carrier_allele(one)], pairs
    )
    return (
        *(alone_finding(candidate, context) for candidate in alone),
        *(pair_finding(pair, context) for pair in biallelic),
        *(
            carrier_finding(group, pairs, context)
            for group in carriers
            if context.condition.role is Role.DIAGNOSTIC
        ),
    )


def _phase(first: Candidate, second: Candidate, context: Context) -> Phase:
    return phase_of(first.call, second.call, context.relatives, context.thresholds, context.links)


def _may_pair(first: Candidate, second: Candidate) -> bool:
    """Two alleles make a genotype unless one of them fills both copies already."""
    a, b = first.call, second.call
    if same_event(a, b):
        return False
    if Zygosity.HOM_ALT not in (a.zygosity, b.zygosity):
        return True
    return any(
        deletes(one, other) and one.zygosity is not Zygosity.HOM_ALT
        for one, other in ((a, b), (b, a))
    )


def _may_fill_both(candidate: Candidate) -> bool:
    """Whether one allele may fill both copies: by its genotype, or by its reads.

    Of a genotype that its copy number or its likelihoods contradict, either may be right.
    """
    call = candidate.call
    beside = stated_beside(call.fields)
    both = beside is not None and beside.copies(call.alt_index) > 1
    otherwise = no_reference_seen(call) or names_more(call) or both
    return call.zygosity in ALONE or otherwise


def _carrier_allele(candidate: Candidate) -> bool:
    return candidate.verdict.asks


def _carrier_groups(
    left: Sequence[Candidate], pairs: Iterable[Pair]
) -> list[tuple[Candidate, ...]]:
    """Group carrier alleles that lie on one chromosome: one haplotype is one carrier state."""
    joined = [pair.ids for pair in pairs if pair.cis]
    groups: list[list[Candidate]] = []
    for candidate in left:
        mates = [
            group
            for group in groups
            if any(frozenset({candidate.id, one.id}) in joined for one in group)
        ]
        merged = [one for group in mates for one in group]
        groups = [group for group in groups if group not in mates]
        groups.append([*merged, candidate])
    return [tuple(group) for group in groups]
