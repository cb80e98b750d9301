"""The batch at a glance: totals, exons that fail, samples that stand out, heat map. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from hies_annot.render.sample_summary import GeneSummary, SampleSummary
from hies_annot.render.words import STATUS_ORDER

SMALLEST_BATCH = 8
"""Fewest samples from which a sample can be said to stand out."""

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
class ExonFailure:
    """An exon with samples in which it was not wholly callable, or not known."""

    gene: str
    demo: bool
    exon: int
    incomplete: int
    unknown: int
    assessed: int


@dataclass(frozen=True, slots=True)
class BatchView:
    """Everything that the template of a batch needs."""

    samples: tuple[SampleSummary, ...]
    counts: tuple[tuple[str, int], ...]
    failed: tuple[SampleSummary, ...]
    demo: tuple[str, ...]
    assumed: int
    exons: tuple[ExonFailure, ...]
    outliers: tuple[tuple[SampleSummary, str], ...]
    heat_genes: tuple[HeatGene, ...]
    heat_rows: tuple[HeatRow, ...]


def batch_view(summaries: Sequence[SampleSummary]) -> BatchView:
    """Work out the page of a batch; samples keep the order given."""
    counts = Counter(summary.status for summary in summaries)
    genes = tuple(_heat_genes(summaries))
    return BatchView(
        samples=tuple(summaries),
        counts=tuple((status, counts[status]) for status in STATUS_ORDER if counts[status]),
        failed=tuple(summary for summary in summaries if summary.status == "failed"),
        demo=tuple(sorted({gene for summary in summaries for gene in summary.demo_genes})),
        assumed=sum(summary.assumed_reference for summary in summaries),
        exons=tuple(failing_exons(summaries)),
        outliers=tuple(outliers(summaries)),
        heat_genes=genes,
        heat_rows=tuple(_heat_row(summary, genes) for summary in summaries if summary.genes),
    )


def failing_exons(summaries: Sequence[SampleSummary], most: int = 12) -> list[ExonFailure]:
    """Return the exons that are not wholly callable in some sample, the most frequent first."""
    levels: dict[tuple[str, int], Counter[str]] = {}
    demo = {gene for summary in summaries for gene in summary.demo_genes}
    for gene in (gene for summary in summaries for gene in summary.genes):
        for exon, level in zip(gene.exons, gene.levels, strict=True):
            kind = {"#": "full", "?": "unknown", "-": "none"}.get(level, "incomplete")
            levels.setdefault((gene.gene, exon), Counter())[kind] += 1
    failures = [
        ExonFailure(
            gene=gene,
            demo=gene in demo,
            exon=exon,
            incomplete=kinds["incomplete"],
            unknown=kinds["unknown"],
            assessed=kinds["full"] + kinds["incomplete"],
        )
        for (gene, exon), kinds in levels.items()
        if kinds["incomplete"]
    ]
    return sorted(failures, key=lambda failure: -failure.incomplete)[:most]


def outliers(summaries: Sequence[SampleSummary]) -> Iterator[tuple[SampleSummary, str]]:
    """Yield samples whose number of alleles in the loci is far from the batch's median.

    Far is more than five times the median absolute deviation (which counts as at least 3
    alleles) from the median. Failed samples and batches below SMALLEST_BATCH take no part.
    """
    read = [summary for summary in summaries if summary.status != "failed"]
    if len(read) < SMALLEST_BATCH:
        return
    middle = median(summary.carried for summary in read)
    spread = max(3.0, median(abs(summary.carried - middle) for summary in read))
    for summary in read:
        if abs(summary.carried - middle) > 5 * spread:
            word = "many" if summary.carried > middle else "few"
            yield summary, f"{word} alleles in the loci: {summary.carried}, median {middle:g}"


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
