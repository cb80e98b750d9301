"""The tables in a workbook: every id goes in and comes back the same, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import string
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.render.column import Column, cell, tsv_lines, unguarded
from hies_annot.render.sample_summary import summarise
from hies_annot.render.tables import sample_tsv, summary_tsv
from hies_annot.render.totals import totals_of

openpyxl = pytest.importorskip("openpyxl")

Build = Callable[[str], Callable[..., Any]]

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    '=HYPERLINK("x")',
    "{=1}",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "-",
    "'quoted",
    "''twice",
    "MAR1",
    "1-2",
    "1/1",
    "2025-11-03",
    "SEPT9",
    "007",
    "0000",
    "1E5",
    "12345678901234567890",
    "1,5",
    "TRUE",
    "NA",
    "#N/A",
    "#REF!",
    "\u2212\uff1d1",
    "\u00e9\u4f8b\u0301",
    "\U0001f9ec",
    'a"b',
    "a,b;c",
    " two  words ",
)


def workbook_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook into which the fields of a table were imported, every column as text."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells_of(book: bytes) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows()]


def fields_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def through_a_workbook(text: str) -> str:
    """Return a table after it was opened in a workbook, saved, and written as text again."""
    rows = cells_of(workbook_of(fields_of(text)))
    for row in rows:
        for each in row:
            assert each.data_type not in ("f", "d", "b")
            assert each.value is None or isinstance(each.value, str), each.value
    return "".join("\t".join(each.value or "" for each in row) + "\n" for row in rows)


def test_hostile_ids_come_back_from_a_workbook(built: Build) -> None:
    listed = [summarise(built("result")(sample=name)) for name in HOSTILE]
    text = "".join(summary_tsv(listed, totals_of(listed).genes))
    back = through_a_workbook(text)

    assert back == text
    place = fields_of(back)[0].index("sample")
    assert [unguarded(row[place]) for row in fields_of(back)[1:]] == list(HOSTILE)


def test_the_variants_of_a_sample_come_back_from_a_workbook(built: Build) -> None:
    text = sample_tsv(built("result")(sample="=1+1"))

    assert through_a_workbook(text) == text
    assert len(fields_of(text)) > 1


def test_a_field_that_is_not_guarded_would_be_a_formula() -> None:
    """What the apostrophe is for: without it the same import makes a formula of the field."""
    assert [each.data_type for each in cells_of(workbook_of([["=1+1", "'=1+1"]]))[0]] == ["f", "s"]


@given(
    st.lists(
        st.text(st.sampled_from("=+-@'/\t\n" + string.digits + "JanMAR\u00e9E"), max_size=12),
        min_size=1,
        max_size=5,
    )
)
def test_any_id_comes_back(names: list[str]) -> None:
    columns = {"sample": Column("sample", lambda value: value), "end": Column("end", lambda _: ".")}
    text = "".join(tsv_lines(columns, names))
    back = through_a_workbook(text)

    assert back == text
    assert [unguarded(row[0]) for row in fields_of(back)[1:]] == [cell(name) for name in names]


@pytest.mark.parametrize("name", HOSTILE)
def test_the_command_of_the_manual_reads_the_id(name: str, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "table.tsv"
    columns = {"sample": Column("sample", lambda value: value), "end": Column("end", lambda _: ".")}
    path.write_text("".join(tsv_lines(columns, [name])), encoding="utf-8")
    table = pandas.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=3)
    values = table.map(lambda field: field.removeprefix("'"))

    assert list(values["sample"]) == [name]
