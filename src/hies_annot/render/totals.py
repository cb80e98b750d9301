"""What holds for all samples of a run together: counts, genes, what must be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from hies_annot.render.sample_summary import SampleSummary


class Totals(Struct, frozen=True):
    """Totals of a run.

    `statuses` counts the samples by status, `genes` are in the order in which they appear
    first, `demo` are the genes read on the demo reference, `assumed` counts the samples whose
    absent records were taken as reference, `looser` are the settings that let pass what the
    defaults do not.
    """

    samples: int
    statuses: Mapping[str, int]
    genes: tuple[str, ...]
    demo: tuple[str, ...]
    assumed: int
    looser: tuple[str, ...]


def totals_of(summaries: Iterable[SampleSummary]) -> Totals:
    """Count a run in one go through its samples."""
    statuses: Counter[str] = Counter()
    genes: dict[str, None] = {}
    demo: set[str] = set()
    looser: dict[str, None] = {}
    assumed = 0
    for summary in summaries:
        statuses[summary.status] += 1
        genes.update(dict.fromkeys(gene.gene for gene in summary.genes))
        demo.update(summary.demo_genes)
        looser.update(dict.fromkeys(summary.looser))
        assumed += summary.assumed_reference
    return Totals(
        samples=statuses.total(),
        statuses=statuses,
        genes=tuple(genes),
        demo=tuple(sorted(demo)),
        assumed=assumed,
        looser=tuple(looser),
    )
