"""What a spreadsheet adds to a sheet: empty columns, empty rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hies_annot.errors import FaultsError
from hies_annot.sheet.table import read_sheet

HEADER, ROWS = ["sample", "vcf", "sex"], [["P1", "a.vcf", "female"], ["P2", "b.vcf", ""]]


def written(folder: Path, lines: list[list[str]]) -> Path:
    path = folder / "s.tsv"
    path.write_text("".join("\t".join(line) + "\n" for line in lines))
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(0, 3), max_size=4), st.lists(st.integers(0, 3), max_size=3))
def test_wholly_empty_columns_and_rows_change_nothing(tmp_path, columns, rows) -> None:
    plain = read_sheet(written(tmp_path, [HEADER, *ROWS]))
    lines = [[*HEADER], *([*row] for row in ROWS)]
    for at in columns:
        for line in lines:
            line.insert(at, "")
    for at in rows:
        lines.insert(1 + min(at, len(lines) - 1), [""] * len(lines[0]))
    assert read_sheet(written(tmp_path, lines)) == plain


@pytest.mark.parametrize("extra", ["note", "x"])
def test_a_cell_without_a_column_is_still_a_fault(tmp_path: Path, extra: str) -> None:
    lines = [HEADER, [*ROWS[0], "", extra], ROWS[1]]
    with pytest.raises(FaultsError, match=r"cells under|column"):
        read_sheet(written(tmp_path, lines))
