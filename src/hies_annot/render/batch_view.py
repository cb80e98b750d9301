"""The batch at a glance: totals, tables, exons that fail, samples that stand out, picture. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from heapq import nsmallest
from itertools import islice
from types import MappingProxyType

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from hies_annot.render.batch_columns import (
    FindingLine,
    SampleRow,
    finding_columns,
    found_in,
    sample_columns,
)
from hies_annot.render.batch_data import PageTable
from hies_annot.render.batch_order import places
from hies_annot.render.figures.heat_picture import HeatColumns, heat_picture
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.told_list import ToldList, ToldTally
from hies_annot.render.totals import Totals
from hies_annot.render.words import STATUS_ORDER
from hies_annot.results.batch_outliers import BatchRow, ExonTally, FailingExon, outliers

WHOLE = 1.0
"""An exon fails here when any of its required bases is not callable."""

MOST_EXONS = 12
"""Most exons in the list of those that fail."""
FIRST = 200
"""Rows of a table that stand in the page itself, and so are seen without JavaScript."""
MOST_LISTED = 20
"""Most failed samples, and most warnings, that are listed; counts have all."""

_NO_SHARES: Mapping[tuple[str, int], float | None] = MappingProxyType({})


class Remarkable(Struct, frozen=True):
    """A sample that stands out, the path of its page below the results folder, and why."""

    sample: str
    page: str
    reason: str


class BatchView(Struct, frozen=True):
    """Everything that the template of a batch needs; the samples are gone through, not held.

    `tables` are those of the samples and of the findings by name, `first` their first rows and
    `rows` how many they have. `warnings` are the most frequent with the number of their samples.
    """

    counts: tuple[tuple[str, int], ...]
    samples: int
    demo: tuple[str, ...]
    assumed: int
    looser: tuple[str, ...]
    exons: tuple[FailingExon, ...]
    failed: tuple[Remarkable, ...]
    outliers: tuple[Remarkable, ...]
    warnings: tuple[tuple[str, int], ...]
    further_warnings: int
    heat: Markup | None
    tables: Mapping[str, PageTable]
    first: Mapping[str, list[SampleRow | FindingLine]]
    rows: Mapping[str, int]
    told: ToldList


class _Rows:
    """The samples with their place on the page and all their warnings; made anew each time."""

    def __init__(self, summaries: Collection[SampleSummary], hints: Mapping[int, str]) -> None:
        self._summaries, self._hints = summaries, hints
        self._places = places(summaries)

    def __iter__(self) -> Iterator[SampleRow]:
        pairs = zip(self._places, self._summaries, strict=True)
        for number, (place, summary) in enumerate(pairs):
            hint = self._hints.get(number)
            yield SampleRow(place, summary, (*summary.warnings, *([hint] if hint else ())))


class _Findings:
    """The findings of the samples."""

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[FindingLine]:
        return (line for row in self._rows for line in found_in(row))


_Light = dict[str | None, dict[str, BatchRow]]
"""By batch and sample what outliers are found by, without the exons."""


def batch_view(
    summaries: Collection[SampleSummary],
    totals: Totals,
    hints: Mapping[int, str] = MappingProxyType({}),
) -> BatchView:
    """Work out the page of a batch; `hints` are one more warning by the place of a sample."""
    tally, heat, light = ExonTally(WHOLE), HeatColumns(), _Light()
    warnings: Counter[str] = Counter()
    rows = _Rows(summaries, hints)
    families = False
    findings = 0
    told = ToldTally()
    for row in rows:
        summary = row.summary
        tally.add(summary.row)
        heat.add(summary)
        warnings.update(set(row.warnings))
        families = families or bool(summary.family)
        told.add(row.place, summary)
        findings += sum(1 for _ in found_in(row))
        light.setdefault(summary.batch, {})[summary.sample] = replace(
            summary.row, shares=_NO_SHARES
        )
    tables = {
        "samples": PageTable(sample_columns(totals.genes, families, told.any_decision), rows),
        "findings": PageTable(finding_columns(told.any_decision), _Findings(rows)),
    }
    return BatchView(
        counts=tuple((s, totals.statuses[s]) for s in STATUS_ORDER if totals.statuses.get(s)),
        samples=totals.samples,
        demo=totals.demo,
        assumed=totals.assumed,
        looser=totals.looser,
        exons=tally.failing()[:MOST_EXONS],
        failed=_failed(summaries),
        outliers=_remarkable(summaries, light),
        warnings=tuple(sorted(warnings.items(), key=_frequent)[:MOST_LISTED]),
        further_warnings=max(0, len(warnings) - MOST_LISTED),
        heat=heat_picture(summaries, heat),
        tables=tables,
        first={name: nsmallest(FIRST, table.items, key=_place) for name, table in tables.items()},
        rows={"samples": totals.samples, "findings": findings},
        told=told.listed(),
    )


def _frequent(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _place(row: SampleRow | FindingLine) -> int:
    return row.place


def _failed(summaries: Collection[SampleSummary]) -> tuple[Remarkable, ...]:
    """Return the first samples that nothing can be said about."""
    failed = (
        Remarkable(each.sample, each.file(".html"), each.status_reason)
        for each in summaries
        if each.row.failed
    )
    return tuple(islice(failed, MOST_LISTED))


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
