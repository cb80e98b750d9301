"""Callability of a batch as a picture: a row a sample or a group of samples, a column an exon."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup
from msgspec import Struct

from hies_annot.render.figures.marks import WIDTH, box, figure, text
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.words import plural

MOST_ROWS = 200
"""Most rows of the picture; more samples share rows."""
NAMED = 100
"""Most samples whose rows are named."""
_LEFT, _TOP, _GAP = 130, 34, 8
_STYLES = {"#": "h-full", "?": "h-open", "0": "h-none", "-": ""}
_STYLE_OF_PART = {level: "h-most" if level >= "5" else "h-least" for level in "123456789"}


class HeatGene(Struct, frozen=True):
    """The columns of one gene."""

    gene: str
    exons: tuple[int, ...]


class HeatColumns:
    """Gathers the genes and exons of a batch, and counts what the words of the picture say."""

    def __init__(self) -> None:
        """Start with no sample."""
        self._exons: dict[str, set[int]] = {}
        self.assessed = self.whole = self.unknown = 0

    def add(self, summary: SampleSummary) -> None:
        """Take in one sample; one of which no gene was assessed has no place in the picture."""
        if not summary.genes:
            return
        levels = {level for gene in summary.genes for level in gene.levels} - {"-"}
        self.assessed += 1
        self.whole += levels == {"#"}
        self.unknown += "?" in levels
        for gene in summary.genes:
            self._exons.setdefault(gene.gene, set()).update(gene.exons)

    def genes(self) -> tuple[HeatGene, ...]:
        """Return the columns: the exons of each gene that any sample has."""
        return tuple(HeatGene(name, tuple(sorted(them))) for name, them in self._exons.items())


def heat_picture(summaries: Collection[SampleSummary], columns: HeatColumns) -> Markup | None:
    """Return the picture of a batch, None where no exon was assessed.

    Samples stand in the order given. Where they are more than `MOST_ROWS`, neighbours share a row,
    see `_together`.
    """
    genes = [gene for gene in columns.genes() if gene.exons]
    if not genes:
        return None
    size = -(-columns.assessed // MOST_ROWS)
    cell = (WIDTH - _LEFT - _GAP * len(genes)) / sum(len(gene.exons) for gene in genes)
    height = 11.0 if columns.assessed <= NAMED else 3.0
    marks = [*_header(genes, cell)]
    y = float(_TOP)
    for group in _groups(summaries, size):
        marks.append(_row(group, genes, y, cell, height))
        y += height
    said = "a row a sample" if size == 1 else f"a row for each {size} neighbours"
    return figure("Callability, samples by exons", _described(columns, said), y + 4, marks)


def _described(columns: HeatColumns, rows: str) -> str:
    unknown = plural(columns.unknown, "sample")
    return (
        f"{rows.capitalize()}, in the order of the sheet; a column an exon. Pale: all required "
        "bases callable; the darker, the fewer (half and more, less than half, less than a tenth); "
        "striped: not known; empty: nothing required. Every required base is callable in "
        f"{columns.whole:,} of {plural(columns.assessed, 'sample')}"
        f"{f', and something is not known of {unknown}' if columns.unknown else ''}. "
        "The table of samples names the exons that are not wholly callable."
    )


def _groups(summaries: Collection[SampleSummary], size: int) -> Iterator[list[SampleSummary]]:
    group: list[SampleSummary] = []
    for summary in summaries:
        if summary.genes:
            group.append(summary)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _header(genes: Sequence[HeatGene], cell: float) -> Iterator[Markup]:
    for x, gene in _placed(genes, cell):
        yield text(x, 12, gene.gene, style="b")
        for number, exon in enumerate(gene.exons):
            yield text(x + cell * (number + 0.5), 28, exon, "middle", "h-exon")


def _placed(genes: Sequence[HeatGene], cell: float) -> Iterator[tuple[float, HeatGene]]:
    x = float(_LEFT)
    for gene in genes:
        yield x, gene
        x += cell * len(gene.exons) + _GAP


def _row(
    group: Sequence[SampleSummary], genes: Sequence[HeatGene], y: float, cell: float, height: float
) -> Markup:
    name = group[0].sample if len(group) == 1 else f"{group[0].sample} to {group[-1].sample}"
    marks = [Markup("<title>{}</title>").format(name)]
    if height > 10:
        short = name if len(name) <= 20 else f"{name[:19]}…"
        marks.append(text(_LEFT - 6, y + height - 2.5, short, "end"))
    for start, gene in _placed(genes, cell):
        x = start
        for style, run in groupby(_levels(group, gene), key=_style):
            width = cell * sum(1 for _ in run)
            if style:
                marks.append(box(x, y, width, height - (1 if height > 10 else 0), style))
            x += width
    return Markup("<g>{}</g>").format(Markup("").join(marks))


def _style(level: str) -> str:
    return _STYLES.get(level) or _STYLE_OF_PART.get(level, "")


def _levels(group: Sequence[SampleSummary], gene: HeatGene) -> list[str]:
    known = [_levels_of(summary, gene.gene) for summary in group]
    return [_together([levels.get(exon, "?") for levels in known]) for exon in gene.exons]


def _levels_of(summary: SampleSummary, gene: str) -> dict[int, str]:
    found = next((each for each in summary.genes if each.gene == gene), None)
    return dict(zip(found.exons, found.levels, strict=True)) if found else {}


def _together(levels: Sequence[str]) -> str:
    """Return one level for several samples: the mean of the figures, whole only where all are.

    Where more are not known than are, it is not known.
    """
    if all(level == "-" for level in levels):
        return "-"
    figures = [10 if level == "#" else int(level) for level in levels if level not in "?-"]
    unknown = levels.count("?")
    if unknown > len(figures):
        return "?"
    if min(figures) == 10 and not unknown:
        return "#"
    return str(min(9, sum(figures) // len(figures)))
