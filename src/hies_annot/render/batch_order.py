"""The order in which the page of a batch shows its samples: relevant first, families together."""

from __future__ import annotations

from collections.abc import Collection

from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.standing import rank
from hies_annot.results.run_families import Families


def places(summaries: Collection[SampleSummary]) -> list[int]:
    """Return for each sample its place on the page (0-based), in the order given.

    A family stands where its highest status belongs, and within it the highest status comes first.
    Samples that this leaves equal keep the order given.
    """
    families = Families(summary.sample for summary in summaries)
    for summary in summaries:
        families.add(summary.sample, summary.kin)
    heads: list[str] = []
    ranks: list[int] = []
    first: dict[str, tuple[int, int]] = {}
    for number, summary in enumerate(summaries):
        head, own = families.of(summary.sample), rank(summary.status)
        best, since = first.get(head, (own, number))
        first[head] = (min(best, own), since)
        heads.append(head)
        ranks.append(own)
    order = sorted(range(len(heads)), key=lambda number: (*first[heads[number]], ranks[number]))
    found = [0] * len(order)
    for place, number in enumerate(order):
        found[number] = place
    return found
