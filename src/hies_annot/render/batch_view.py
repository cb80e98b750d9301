"""The batch at a glance: totals, exons that fail, samples that stand out, heat map. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from hies_annot.callability.batch import FailingExon, failing_exons, outliers
from hies_annot.callability.config import CallabilityConfig
from hies_annot.render.sample_summary import GeneSummary, SampleSummary
from hies_annot.render.words import STATUS_ORDER

WHOLE = CallabilityConfig(min_exon_share=1.0)
"""An exon fails here when any of its required bases is not callable."""

MOST_EXONS = 12
"""Most exons in the list of those that fail."""

_LEVEL_CLASS = {"#": "f", "?": "u", "-": "r", "0": "z"}


@dataclass(frozen=True, slots=True)
class HeatGene:
    """The columns of one gene: exon numbers written downwards, a line a digit."""

    gene: str
    demo: bool
    exons: tuple[int, ...]
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One sample: for each gene the runs of equal exons as (style class, characters)."""

    summary: SampleSummary
    genes: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    """Everything that the template of a batch needs."""

    samples: tuple[SampleSummary, ...]
    counts: tuple[tuple[str, int], ...]
    failed: tuple[SampleSummary, ...]
    demo: tuple[str, ...]
    assumed: int
    exons: tuple[FailingExon, ...]
    outliers: tuple[tuple[SampleSummary, str], ...]
    heat_genes: tuple[HeatGene, ...]
    heat_rows: tuple[HeatRow, ...]


def batch_view(summaries: Sequence[SampleSummary]) -> BatchView:
    """Work out the page of a batch; samples keep the order given."""
    counts = Counter(summary.status for summary in summaries)
    genes = tuple(_heat_genes(summaries))
    rows = [summary.row for summary in summaries]
    return BatchView(
        samples=tuple(summaries),
        counts=tuple((status, counts[status]) for status in STATUS_ORDER if counts[status]),
        failed=tuple(summary for summary in summaries if summary.status == "failed"),
        demo=tuple(sorted({gene for summary in summaries for gene in summary.demo_genes})),
        assumed=sum(summary.assumed_reference for summary in summaries),
        exons=failing_exons(rows, WHOLE)[:MOST_EXONS],
        outliers=tuple(_outliers(summaries)),
        heat_genes=genes,
        heat_rows=tuple(_heat_row(summary, genes) for summary in summaries if summary.genes),
    )


def _outliers(summaries: Sequence[SampleSummary]) -> Iterator[tuple[SampleSummary, str]]:
    """Yield the samples that stand out; equal ids of several batches are compared apart."""
    batches: dict[str | None, dict[str, SampleSummary]] = {}
    for summary in summaries:
        batches.setdefault(summary.batch, {})[summary.sample] = summary
    for batch in batches.values():
        for found in outliers([summary.row for summary in batch.values()]):
            yield batch[found.sample], found.reason


def _heat_genes(summaries: Sequence[SampleSummary]) -> Iterator[HeatGene]:
    exons: dict[str, set[int]] = {}
    demo: set[str] = set()
    for gene in (gene for summary in summaries for gene in summary.genes):
        exons.setdefault(gene.gene, set()).update(gene.exons)
        if gene.demo:
            demo.add(gene.gene)
    for name, numbers in exons.items():
        ordered = tuple(sorted(numbers))
        width = max((len(str(exon)) for exon in ordered), default=1)
        texts = [str(exon).rjust(width) for exon in ordered]
        header = tuple("".join(text[digit] for text in texts) for digit in range(width))
        yield HeatGene(name, name in demo, ordered, header)


def _heat_row(summary: SampleSummary, genes: Sequence[HeatGene]) -> HeatRow:
    known = {gene.gene: gene for gene in summary.genes}
    return HeatRow(
        summary, tuple(_runs(_levels(known.get(gene.gene), gene.exons)) for gene in genes)
    )


def _levels(gene: GeneSummary | None, exons: Sequence[int]) -> str:
    given = dict(zip(gene.exons, gene.levels, strict=True)) if gene else {}
    return "".join(given.get(exon, "?") for exon in exons)


def _runs(levels: str) -> tuple[tuple[str, str], ...]:
    return tuple((style, "".join(run)) for style, run in groupby(levels, key=_style))


def _style(level: str) -> str:
    return _LEVEL_CLASS.get(level, "p")
