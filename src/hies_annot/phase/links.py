"""Read-backed phase of two alleles, from counts of fragments that show both places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hies_annot.model import Allele, Call, Phase, PhaseState, Zygosity
from hies_annot.model.fragments import ReadLinks
from hies_annot.phase.one_event import same_event
from hies_annot.phase.pairs import phase_of
from hies_annot.phase.relatives import Relative
from hies_annot.settings.call_thresholds import CallThresholds

MIN_FRAGMENTS = 3
"""Fewest fragments that decide: a single one may be chimeric."""
MAX_AGAINST = 0.1
"""Largest share of fragments that may say the opposite."""


def pairs_in_doubt(
    calls: Sequence[Call], relatives: Sequence[Relative], thresholds: CallThresholds
) -> tuple[tuple[Allele, Allele], ...]:
    """Return the pairs of carried alleles whose phase nothing tells yet: reads may."""
    single = [call for call in calls if call.zygosity is not Zygosity.HOM_ALT]
    return tuple(
        (a.allele, b.allele)
        for a, b in combinations(single, 2)
        if a.allele.gene == b.allele.gene
        and a.allele != b.allele
        and not same_event(a, b)
        and phase_of(a, b, relatives, thresholds).state is PhaseState.UNKNOWN
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
