"""Read-backed phase of two alleles, from counts of fragments that show both places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from hies_annot.model import Allele, Finding, JudgedCall, Phase, PhaseState
from hies_annot.model.fragments import ReadLinks

MIN_FRAGMENTS = 3
"""Fewest fragments that decide: a single one may be chimeric."""
MAX_AGAINST = 0.1
"""Largest share of fragments that may say the opposite."""


def pairs_in_doubt(
    findings: Iterable[Finding], calls: Sequence[JudgedCall]
) -> tuple[tuple[Allele, Allele], ...]:
    """Return the pairs of alleles whose phase the findings leave open: reads may tell."""
    alleles = {judged.id: judged.call.allele for judged in calls}
    return tuple(
        (alleles[first], alleles[second])
        for finding in findings
        if finding.phase is PhaseState.UNKNOWN
        for first, second in combinations(finding.variants, 2)
    )


def phase_from_blocks(first: tuple[str, int], second: tuple[str, int]) -> Phase:
    """Return the phase of two alleles by (block, haplotype) as WhatsHap places them."""
    if first[0] != second[0]:
        words = f"WhatsHap: different blocks ({first[0]} and {second[0]})"
        return Phase(PhaseState.UNKNOWN, "none", words)
    state = PhaseState.CIS if first[1] == second[1] else PhaseState.TRANS
    return Phase(state, "reads", f"WhatsHap, block {first[0]}")


def phase_from_links(links: ReadLinks) -> Phase:
    """Return the phase that the linking fragments show.

    Cis: fragments carry both alleles. Trans: fragments carry the one or the other, and both
    kinds are seen. Anything mixed or thin is unknown.
    """
    apart = links.first_only + links.second_only
    total = links.telling
    words = (
        f"{links.both} fragments with both alleles, {links.first_only} with the first only, "
        f"{links.second_only} with the second only"
    )
    if total >= MIN_FRAGMENTS and apart <= MAX_AGAINST * total:
        return Phase(PhaseState.CIS, "reads", words)
    if (
        total >= MIN_FRAGMENTS
        and links.both <= MAX_AGAINST * total
        and min(links.first_only, links.second_only) > 0
    ):
        return Phase(PhaseState.TRANS, "reads", words)
    return Phase(PhaseState.UNKNOWN, "none", f"reads do not decide: {words}")
