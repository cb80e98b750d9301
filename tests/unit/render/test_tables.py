"""Tab-separated tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.render.column import Column, cell, guarded, tsv_lines, unguarded
from hies_annot.render.run_columns import FINDING_COLUMNS
from hies_annot.render.sample_summary import SampleSummary, summaries, summarise
from hies_annot.render.tables import findings_tsv, sample_tsv, summary_tsv
from hies_annot.render.totals import totals_of
from hies_annot.render.variant_columns import VARIANT_COLUMNS
from hies_annot.results.contract import SampleResult

Build = Callable[[str], Callable[..., Any]]


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.endswith("\n")
    assert "\r" not in text
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def summary_rows(summarised: list[SampleSummary]) -> list[dict[str, str]]:
    genes = totals_of(summarised).genes
    return rows_of("".join(summary_tsv(summarised, genes)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (0.1 + 0.2, "0.3"),
        ("a\tb\nc", "a b c"),
        ("a\x1b[31m\x9b", "a [31m "),
        ("007", "007"),
        ("NA", "NA"),
    ],
)
def test_cells(value: Any, text: str) -> None:
    assert cell(value) == text


def test_a_sample_has_one_row_for_every_variant(built: Build) -> None:
    rows = rows_of(sample_tsv(built("negative")()))

    assert [row["drop_reason"] for row in rows] == ["no_coding_or_splice_effect", "common"]
    assert {row["reported"] for row in rows} == {"no"}
    assert tuple(rows[0]) == tuple(VARIANT_COLUMNS)


def test_a_variant_row(built: Build) -> None:
    row = rows_of(sample_tsv(built("compound")()))[1]

    assert row["sample"] == "P04"
    assert row["hgvs_c"] == "NM_001282933.2:c.1156C>T"
    assert row["hgvs_p"] == "p.(Arg386Ter)"
    assert row["zygosity"] == "het"
    assert row["criteria"] == "PS1_strong; PM1_moderate"
    assert row["verdicts"] == "ZNF341-AR-HIES=pathogenic (curated)"
    assert row["population"] == "gnomAD genomes v4.1: AF 3.2e-05"
    assert row["demo_reference"] == "yes"
    assert row["record"] == "record 77"


def test_a_transcript_without_prefix_is_put_in_front(built: Build) -> None:
    variant = built("variant")(hgvs_c="c.1144C>T")
    row = rows_of(sample_tsv(built("result")(variants=[variant])))[0]

    assert row["hgvs_c"] == "NM_139276.3:c.1144C>T"
    assert row["demo_reference"] == "no"


def test_summary_has_one_row_a_sample_in_order(results: list[SampleResult]) -> None:
    rows = summary_rows(list(summaries(results)))

    assert [row["sample"] for row in rows] == ["P01", "P02", "P03", "P04", "P05"]
    assert [row["status"] for row in rows] == [
        "relevant",
        "none",
        "failed",
        "possible",
        "inconclusive",
    ]


def test_a_summary_row(results: list[SampleResult]) -> None:
    row = summary_rows(list(summaries(results)))[3]

    assert row["condition"] == "ZNF341-AR-HIES"
    assert row["gene"] == "ZNF341"
    assert row["variants"] == (
        "NM_001282933.2:c.904C>T p.(Arg302Ter); NM_001282933.2:c.1156C>T p.(Arg386Ter)"
    )
    assert row["zygosity"] == "het; het"
    assert row["phase"] == "unknown"
    assert row["callable_percent_STAT3"] == ""
    assert row["callable_percent_ZNF341"] == "98.57"
    assert row["known_sites_not_covered"] == "1"
    assert row["demo_reference"] == "ZNF341"
    assert row["warnings"] == "The parents were not given."
    assert row["html"] == "B1/P04.html"
    assert row["vcf"] == "B1/P04.vcf.gz"


def test_a_failed_sample_has_empty_figures(results: list[SampleResult]) -> None:
    row = summary_rows(list(summaries(results)))[2]

    assert row["status_reason"].endswith("copy it again.")
    assert row["callable_percent_STAT3"] == row["known_sites_not_covered"] == row["gene"] == ""


def test_almost_all_is_not_all(built: Build) -> None:
    gene = replace(built("gene")(gene="STAT3"), required_bases=1_000_000, callable_bases=999_999)
    result = built("result")(callability=built("callability")(genes=[gene]))

    assert summary_rows([summarise(result)])[0]["callable_percent_STAT3"] == "99.99"


def test_findings_has_one_row_a_condition(built: Build) -> None:
    other = built("znf341_condition")(status="carrier", genotype="heterozygous")
    result = built("result")(
        sample="007",
        conditions=[built("condition")(), other],
        variants=[built("variant")(), built("znf341")(zygosity="het")],
    )
    rows = rows_of("".join(findings_tsv([summarise(result)])))

    assert tuple(rows[0]) == tuple(FINDING_COLUMNS)
    assert [(row["sample"], row["condition"], row["status"]) for row in rows] == [
        ("007", "STAT3-AD-HIES", "relevant"),
        ("007", "ZNF341-AR-HIES", "carrier"),
    ]
    assert rows[1]["mim"] == "618282"
    assert [row["demo_reference"] for row in rows] == ["no", "yes"]
    summary = summary_rows([summarise(result)])[0]
    assert summary["condition"] == "STAT3-AD-HIES"
    assert summary["other_findings"] == "ZNF341-AR-HIES=carrier"


def test_no_text_breaks_a_row(built: Build) -> None:
    result = built("result")(status_reason="a\tb\r\nc", warnings=["x\ny"])
    rows = summary_rows([summarise(result)])

    assert len(rows) == 1
    assert rows[0]["warnings"] == "x y"


def test_a_filter_on_pathogenic_finds_every_relevant_finding(built: Build) -> None:
    """What an allele counts as stands beside the class that the run reached alone."""
    result = built("result")()
    (row,) = rows_of("".join(findings_tsv([summarise(result)])))
    assert row["status"] == "relevant"
    assert set(row["counts_as"].split("; ")) == {"pathogenic"}
    assert row["basis"] in {"curated", "clinvar", "lab", "acmg"}
    assert row["own_acmg_class"] == row["classification"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "-", "1/1", "6/15", "2-1", "2025-11-03",
     "MAR1", "1-Sep", "Sept2", "'x", "\uff1d1"],
)  # fmt: skip
def test_no_field_is_run_or_becomes_a_date(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "007", "NA", "1e5", "0/1", "0|1", "c.1144C>T", "marker", "May", "a=b", "8/x"]
)
def test_other_fields_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


@given(st.text() | st.from_regex(r"['=+@-]*[0-9]{1,4}[-/][0-9]{1,2}"))
def test_what_is_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=20))
def test_no_field_of_a_table_begins_a_formula(sample: str) -> None:
    column = Column("sample", lambda value: value)
    field = [*tsv_lines({"sample": column}, [sample])][1][:-1]

    assert field[:1] not in tuple("=+-@")
    assert unguarded(field) == cell(sample)


def test_hostile_ids_come_back_from_a_table(built: Build) -> None:
    names = ["=HYPERLINK(1)", "@x", "'y", "-z", "MAR1", "007"]
    listed = [summarise(built("result")(sample=name)) for name in names]

    assert [unguarded(row["sample"]) for row in summary_rows(listed)] == names
