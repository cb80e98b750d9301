"""The batch at a glance: totals, exons that fail, samples that stand out, heat map. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import Status
from hies_annot.render.sample_summary import GeneSummary, SampleSummary
from hies_annot.render.totals import Totals
from hies_annot.render.words import STATUS_ORDER
from hies_annot.results.batch_outliers import BatchRow, ExonTally, FailingExon, outliers

WHOLE = 1.0
"""An exon fails here when any of its required bases is not callable."""

MOST_EXONS = 12
"""Most exons in the list of those that fail."""

_NO_SHARES: Mapping[tuple[str, int], float | None] = MappingProxyType({})
_LEVEL_CLASS = {"#": "f", "?": "u", "-": "r", "0": "z"}


class HeatGene(Struct, frozen=True):
    """The columns of one gene: exon numbers written downwards, a line a digit."""

    gene: str
    exons: tuple[int, ...]
    header: tuple[str, ...]


class HeatRow(Struct, frozen=True):
    """One sample: for each gene the runs of equal exons as (style class, characters)."""

    summary: SampleSummary
    genes: tuple[tuple[tuple[str, str], ...], ...]


class Remarkable(Struct, frozen=True):
    """A sample that stands out, the path of its page below the results folder, and why."""

    sample: str
    page: str
    reason: str


class BatchView(Struct, frozen=True):
    """Everything that the template of a batch needs; the samples are gone through, not held."""

    samples: Collection[SampleSummary]
    counts: tuple[tuple[str, int], ...]
    demo: tuple[str, ...]
    assumed: int
    looser: tuple[str, ...]
    exons: tuple[FailingExon, ...]
    outliers: tuple[Remarkable, ...]
    heat_genes: tuple[HeatGene, ...]

    @property
    def failed(self) -> Iterator[SampleSummary]:
        """The samples that nothing can be said about."""
        return (summary for summary in self.samples if summary.status == Status.FAILED)

    @property
    def heat_rows(self) -> Iterator[HeatRow]:
        """One row for each sample of which any gene was assessed."""
        return (_heat_row(each, self.heat_genes) for each in self.samples if each.genes)


_Light = dict[str | None, dict[str, BatchRow]]
"""By batch and sample what outliers are found by, without the exons."""


def batch_view(summaries: Collection[SampleSummary], totals: Totals) -> BatchView:
    """Work out the page of a batch; samples keep the order given."""
    tally, heat, light = ExonTally(WHOLE), _HeatColumns(), _Light()
    for summary in summaries:
        tally.add(summary.row)
        heat.add(summary)
        rows = light.setdefault(summary.batch, {})
        rows[summary.sample] = replace(summary.row, shares=_NO_SHARES)
    return BatchView(
        samples=summaries,
        counts=tuple((s, totals.statuses[s]) for s in STATUS_ORDER if totals.statuses.get(s)),
        demo=totals.demo,
        assumed=totals.assumed,
        looser=totals.looser,
        exons=tally.failing()[:MOST_EXONS],
        outliers=_remarkable(summaries, light),
        heat_genes=tuple(heat.genes()),
    )


def _remarkable(summaries: Collection[SampleSummary], light: _Light) -> tuple[Remarkable, ...]:
    """Return the samples that stand out; equal ids of several batches are compared apart."""
    found = [
        (batch, item.sample, item.reason)
        for batch, rows in light.items()
        for item in outliers(tuple(rows.values()))
    ]
    wanted = {(batch, sample) for batch, sample, _ in found}
    if not wanted:
        return ()
    pages = {
        (each.batch, each.sample): each.file(".html")
        for each in summaries
        if (each.batch, each.sample) in wanted
    }
    return tuple(
        Remarkable(sample, pages[batch, sample], reason) for batch, sample, reason in found
    )


class _HeatColumns:
    """Gathers the genes and exons of a batch."""

    def __init__(self) -> None:
        self._exons: dict[str, set[int]] = {}

    def add(self, summary: SampleSummary) -> None:
        for gene in summary.genes:
            self._exons.setdefault(gene.gene, set()).update(gene.exons)

    def genes(self) -> Iterator[HeatGene]:
        for name, numbers in self._exons.items():
            ordered = tuple(sorted(numbers))
            width = max((len(str(exon)) for exon in ordered), default=1)
            texts = [str(exon).rjust(width) for exon in ordered]
            header = tuple("".join(text[digit] for text in texts) for digit in range(width))
            yield HeatGene(name, ordered, header)


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
