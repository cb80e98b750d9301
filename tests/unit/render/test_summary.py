"""Summaries, batch outputs and the text table."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from hies_annot.io.spool import Spool
from hies_annot.render.gene_summary import exon_level
from hies_annot.render.multiqc import multiqc_bars, multiqc_json
from hies_annot.render.sample_summary import SampleSummary, summaries, summarise
from hies_annot.render.summary import RUN_FILES, summary_files, summary_rows, text_table
from hies_annot.render.totals import totals_of
from hies_annot.results.callability_contract import ExonResult
from hies_annot.results.contract import SampleResult

Build = Callable[[str], Callable[..., Any]]


def table_of(*rows: SampleSummary) -> str:
    return "\n".join(text_table(rows))


def multiqc_of(rows: list[SampleSummary]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads("".join(multiqc_json(rows, totals_of(rows))))
    return content


def files_of(
    rows: Collection[SampleSummary], hints: Mapping[int, str] = MappingProxyType({})
) -> dict[str, Iterator[str]]:
    return summary_files(rows, hints, {"schema_version": "1"}, ["{}" for _ in rows])


def make_exon(*, required: int = 140, callable_bases: int | None = 140) -> ExonResult:
    return ExonResult(
        exon=1,
        start=1,
        end=140,
        required=required,
        callable=callable_bases,
        indel_callable=None,
        mean_depth=None,
    )


@pytest.mark.parametrize(
    ("required", "callable_bases", "level"),
    [
        (140, 140, "#"),
        (140, 139, "9"),
        (140, 126, "9"),
        (140, 125, "8"),
        (140, 13, "0"),
        (140, 0, "0"),
        (140, None, "?"),
        (0, 0, "-"),
    ],
)
def test_exon_level(required: int, callable_bases: int | None, level: str) -> None:
    assert exon_level(make_exon(required=required, callable_bases=callable_bases)) == level


def test_counts(built: Build) -> None:
    summary = summarise(built("negative")())

    assert (summary.records, summary.reference_blocks, summary.carried, summary.reported) == (
        3,
        1,
        2,
        0,
    )
    assert summary.top == ()


def test_the_top_finding_is_the_one_behind_the_status(built: Build) -> None:
    carrier = built("znf341_condition")(status="carrier")
    summary = summarise(built("result")(conditions=[carrier, built("condition")()]))

    assert [finding.condition for finding in summary.top] == ["STAT3-AD-HIES"]
    assert len(summary.findings) == 2


def test_sites_of_which_nothing_is_known_are_counted_apart(built: Build) -> None:
    sites = [built("site")(state=state) for state in ("unknown", "not_covered", "variant_seen")]
    some = summarise(built("result")(callability=built("callability")(known_sites=sites)))
    none = summarise(built("result")(callability=built("callability")(known_sites=[])))

    assert (some.known_sites_missed, some.known_sites_unknown) == (1, 1)
    assert (none.known_sites_missed, none.known_sites_unknown) == (None, None)


def test_names_are_unique_in_a_batch_and_free_between_batches(built: Build) -> None:
    rows = list(
        summary_rows(
            built("result")(sample=sample, batch=batch)
            for sample, batch in (("a", "1"), ("A", "1"), ("A", "2"), ("A", None))
        )
    )
    files = [row.file(".json") for row in rows]

    assert files[0] == "1/a.json"
    assert files[1].startswith("1/A~")
    assert files[2:] == ["2/A.json", "A.json"]


def test_the_files_are_the_same_each_time(results: list[SampleResult]) -> None:
    rows = list(summary_rows(results))
    first, second = (
        {name: "".join(parts) for name, parts in files_of(rows).items()} for _ in range(2)
    )

    assert list(first) == list(RUN_FILES)
    assert all(first.values())
    assert first == second


def test_the_files_are_the_same_from_rows_on_disk(
    results: list[SampleResult], tmp_path: Path
) -> None:
    many = [*results] * 40
    listed, stored = list(summary_rows(many)), Spool[SampleSummary](tmp_path)
    for row in summary_rows(many):
        stored.append(row)
    held, read = files_of(listed, {3: "a hint"}), files_of(stored, {3: "a hint"})

    assert {name: "".join(held[name]) for name in held} == {
        name: "".join(read[name]) for name in read
    }
    assert list(text_table(listed)) == list(text_table(stored))


def test_a_hint_is_a_warning_of_its_sample_only(results: list[SampleResult]) -> None:
    rows = list(summary_rows(results))
    plain = "".join(files_of(rows)["summary.tsv"]).splitlines()
    hinted = "".join(files_of(rows, {1: "the hint"})["summary.tsv"]).splitlines()

    changed = [place for place, line in enumerate(plain) if line != hinted[place]]
    assert changed == [2]
    assert "the hint" in hinted[2]


def test_text_table(results: list[SampleResult]) -> None:
    lines = list(text_table(list(summary_rows(results))))

    assert lines[0].split() == [
        "sample",
        "status",
        "finding",
        "STAT3",
        "callable",
        "ZNF341",
        "callable",
    ]
    assert lines[2].startswith("P01     relevant      STAT3 c.1144C>T p.(Arg382Trp)")
    assert lines[3].startswith("P04     possible      ZNF341* c.904C>T p.(Arg302Ter) + c.1156C>T")
    assert "5 samples: 1 relevant, 1 possible, 1 none, 1 inconclusive, 1 failed" in lines
    assert lines[-1].startswith("DEMO REFERENCE (*): ZNF341")


def test_text_table_warns_of_assumed_reference(built: Build) -> None:
    assumed = built("negative")(callability=built("callability")(assumed_reference=True))

    assert "taken as reference in 1 sample(s)" in table_of(summarise(assumed))
    assert "taken as reference" not in table_of(summarise(built("negative")()))


def test_text_table_aligns_wide_and_odd_ids(built: Build) -> None:
    table = table_of(
        *(summarise(built("result")(sample=name)) for name in ("\u60a3\u8005", "a\x1b[31m"))
    )
    lines = table.splitlines()

    assert lines[2].index("relevant") + 2 == lines[3].index("relevant")
    assert "\x1b" not in table


def test_text_table_of_nothing() -> None:
    assert "0 samples" in table_of()


def test_multiqc_is_a_custom_content_table(results: list[SampleResult]) -> None:
    content = multiqc_of(list(summary_rows(results)))

    assert content["plot_type"] == "table"
    assert list(content["data"]) == ["P01", "P02", "P03", "P04", "P05"]
    assert set().union(*content["data"].values()) <= set(content["headers"])
    assert content["data"]["P01"]["callable_STAT3"] == 100
    assert "callable_STAT3" not in content["data"]["P04"]
    assert "DEMO REFERENCE: ZNF341" in content["description"]
    assert content["data"]["P04"]["finding"].startswith("ZNF341 [DEMO REFERENCE] NM_")


def test_multiqc_keeps_equal_ids_of_two_batches_apart(built: Build) -> None:
    rows = list(summary_rows(built("result")(sample="x", batch=batch) for batch in ("1", "2")))

    assert list(multiqc_of(rows)["data"]) == ["x", "2/x"]


def test_multiqc_gets_no_markup_from_an_id(built: Build) -> None:
    odd = "<img src=x onerror=alert(1)>"
    rows = list(summaries([built("result")(sample=odd, batch=odd)]))
    texts = ["".join(multiqc_json(rows, totals_of(rows))), "".join(multiqc_bars(rows))]

    assert not [text for text in texts if "<img" in text]
    assert [text for text in texts if "&lt;img" in text] == texts


def test_multiqc_bars_count_every_sample_once(results: list[SampleResult]) -> None:
    rows = list(summary_rows(results))
    content = json.loads("".join(multiqc_bars(rows)))

    assert sum(sum(counts.values()) for counts in content["data"].values()) == len(rows)
    assert content["plot_type"] == "bargraph"
    assert all(set(counts) == set(content["categories"]) for counts in content["data"].values())
