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
    absent records were taken as reference.
    """

    samples: int
    statuses: Mapping[str, int]
    genes: tuple[str, ...]
    demo: tuple[str, ...]
    assumed: int


def totals_of(summaries: Iterable[SampleSummary]) -> Totals:
    """Count a run in one go through its samples."""
    statuses: Counter[str] = Counter()
    genes: dict[str, None] = {}
    demo: set[str] = set()
    assumed = 0
    for summary in summaries:
        statuses[summary.status] += 1
        genes.update(dict.fromkeys(gene.gene for gene in summary.genes))
        demo.update(summary.demo_genes)
        assumed += summary.assumed_reference
    return Totals(statuses.total(), statuses, tuple(genes), tuple(sorted(demo)), assumed)
