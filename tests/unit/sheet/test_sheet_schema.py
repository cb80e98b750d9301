"""The schema of a sheet agrees with what the reading takes, cell by cell."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import FaultsError
from hies_annot.sheet.codes import AFFECTED_WORDS, PARENTAGE_WORDS, SEX_WORDS
from hies_annot.sheet.sample_specs import specs_of
from hies_annot.sheet.sheet_columns import COLUMNS, header_faults
from hies_annot.sheet.sheet_schema import sheet_schema
from hies_annot.sheet.table import read_sheet
from hies_annot.shipped import resource_path

CHECK = jsonschema.Draft202012Validator(sheet_schema())
words = st.sampled_from([*SEX_WORDS, *AFFECTED_WORDS, *PARENTAGE_WORDS, "x", "males", "-", "10"])
cells = st.one_of(words, words.map(str.upper), words.map(lambda word: f" {word.title()} "))
terms = st.lists(
    st.sampled_from(["HP:0000964", "HP:123", "0000964", "HP:00009640", ";", "|", ", ", " "]),
    max_size=5,
).map("".join)


def taken(row: dict[str, str]) -> bool:
    try:
        specs_of([row])
    except FaultsError:
        return False
    return True


@given(sex=cells, affected=cells, parentage=cells, hpo=terms)
def test_a_cell_is_valid_where_the_reading_takes_it(
    sex: str, affected: str, parentage: str, hpo: str
) -> None:
    for name, cell in (
        ("sex", sex),
        ("affected", affected),
        ("parentage", parentage),
        ("hpo", hpo),
    ):
        row = {"sample": "S", "vcf": "a.vcf", name: cell}
        assert CHECK.is_valid([row]) is taken(row), row


@given(st.sampled_from([*COLUMNS, "x_note", "nih_rash", "sxe", "VCF", "note"]))
def test_a_column_is_valid_where_the_header_may_have_it(name: str) -> None:
    row = {"sample": "S", "vcf": "a.vcf"}
    faults = list(header_faults(list(dict.fromkeys([*row, name]))))
    assert CHECK.is_valid([{name: "", **row}]) is (not faults)


@pytest.mark.parametrize("row", [{"sample": "S"}, {"vcf": "a.vcf"}, {"sample": "", "vcf": "a"}])
def test_sample_and_file_are_demanded(row: dict[str, str]) -> None:
    assert not CHECK.is_valid([row])


def test_the_example_sheet_is_valid() -> None:
    rows = [dict(row) for row in read_sheet(Path(resource_path("example/samples.tsv")))]
    CHECK.validate(rows)
    CHECK.check_schema(sheet_schema())
