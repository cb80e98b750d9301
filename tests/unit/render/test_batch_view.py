"""The batch at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hies_annot.render.batch_view import FIRST, MOST_LISTED, BatchView, batch_view
from hies_annot.render.sample_summary import SampleSummary, summaries, summarise
from hies_annot.render.totals import totals_of
from hies_annot.results.batch_outliers import SMALLEST_BATCH
from hies_annot.results.contract import SampleResult

Build = Callable[[str], Callable[..., Any]]


def view_of(rows: Iterable[SampleSummary]) -> BatchView:
    listed = list(rows)
    return batch_view(listed, totals_of(listed))


def make_batch(built: Build, counts: list[int]) -> list[SampleSummary]:
    return [
        summarise(
            built("negative")(
                sample=str(index),
                variants=[built("dropped")(pos=42320000 + offset) for offset in range(count)],
            )
        )
        for index, count in enumerate(counts)
    ]


def test_totals_follow_the_order_of_the_statuses(results: list[SampleResult]) -> None:
    view = view_of(summaries(results))

    assert view.counts == (
        ("relevant", 1),
        ("possible", 1),
        ("none", 1),
        ("inconclusive", 1),
        ("failed", 1),
    )
    assert [summary.sample for summary in view.failed] == ["P03"]
    assert view.demo == ("ZNF341",)


def test_exons_that_fail(results: list[SampleResult]) -> None:
    exons = view_of(summaries([*results, results[-1]])).exons

    assert [(exon.gene, exon.exon, exon.failing) for exon in exons] == [
        ("STAT3", 12, 2),
        ("ZNF341", 4, 1),
    ]
    assert (exons[0].assessed, exons[0].unknown) == (4, 1)


def test_first_rows_are_those_that_matter_most(results: list[SampleResult]) -> None:
    view = view_of(summaries(reversed(results)))

    assert [row.summary.status for row in view.first["samples"]] == [
        "relevant",
        "possible",
        "none",
        "inconclusive",
        "failed",
    ]
    assert view.rows["findings"] == len(view.first["findings"]) == 2


def test_a_large_batch_has_its_first_rows_only(built: Build) -> None:
    view = view_of(make_batch(built, [0] * (FIRST + 3)))

    assert len(view.first["samples"]) == FIRST
    assert view.rows["samples"] == FIRST + 3


def test_warnings_are_counted_with_the_hints(built: Build) -> None:
    rows = [summarise(built("negative")(sample=name, warnings=["no index"])) for name in ("a", "b")]
    view = batch_view(rows, totals_of(rows), {1: "same person as a"})

    assert view.warnings == (("no index", 2), ("same person as a", 1))
    assert [row.warnings for row in view.first["samples"]] == [
        ("no index",),
        ("no index", "same person as a"),
    ]


def test_failed_samples_are_listed_up_to_a_limit(built: Build) -> None:
    rows = [summarise(built("failed")(sample=str(number))) for number in range(MOST_LISTED + 5)]

    assert len(view_of(rows).failed) == MOST_LISTED


def test_a_sample_with_many_alleles_stands_out(built: Build) -> None:
    view = view_of(make_batch(built, [10] * SMALLEST_BATCH + [60]))

    assert [(found.sample, found.reason) for found in view.outliers] == [
        (str(SMALLEST_BATCH), "too many variants in the loci: 60, batch median 10")
    ]


def test_a_sample_with_few_alleles_stands_out(built: Build) -> None:
    view = view_of(make_batch(built, [40] * SMALLEST_BATCH + [0]))

    assert [found.reason for found in view.outliers] == [
        "too few variants in the loci: 0, batch median 40"
    ]


def test_batches_are_compared_apart(built: Build) -> None:
    mixed = [10] * (SMALLEST_BATCH - 1) + [60]
    both = [
        summarise(
            built("negative")(
                sample=str(index),
                batch=batch,
                variants=[built("dropped")(pos=42320000 + offset) for offset in range(count)],
            )
        )
        for batch in ("A", "B")
        for index, count in enumerate(mixed)
    ]

    assert [found.page for found in view_of(both).outliers] == ["A/7.html", "B/7.html"]


def test_an_ordinary_spread_is_no_outlier(built: Build) -> None:
    assert view_of(make_batch(built, [10] * SMALLEST_BATCH + [20])).outliers == ()


def test_a_small_batch_has_no_outliers(built: Build) -> None:
    assert view_of(make_batch(built, [10] * (SMALLEST_BATCH - 2) + [60])).outliers == ()
