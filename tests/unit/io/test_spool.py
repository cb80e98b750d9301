"""Rows on disk: the order, any number of readings, and nothing left behind."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from hies_annot.io.spool import Spool


def filled(folder: Path, count: int) -> Spool[str]:
    spool: Spool[str] = Spool(folder)
    for number in range(count):
        spool.append(f"row {number}")
    return spool


@pytest.mark.parametrize("count", [0, 1, 511, 512, 513, 1024, 1600])
def test_rows_come_back_in_their_order_each_time(tmp_path: Path, count: int) -> None:
    spool = filled(tmp_path, count)

    expected = [f"row {number}" for number in range(count)]
    assert len(spool) == count
    assert list(spool) == expected
    assert list(spool) == expected


def test_two_readings_at_the_same_time_do_not_meet(tmp_path: Path) -> None:
    spool = filled(tmp_path, 1600)
    one, two = iter(spool), iter(spool)
    assert list(islice(one, 1200))[-1] == "row 1199"
    assert next(two) == "row 0"
    assert next(one) == "row 1200"


def test_rows_can_be_added_after_a_reading(tmp_path: Path) -> None:
    spool = filled(tmp_path, 1100)
    next(iter(spool))
    for number in range(1100, 2500):
        spool.append(f"row {number}")
    assert list(spool) == [f"row {number}" for number in range(2500)]


def test_the_file_has_no_name_and_few_rows_have_no_file(tmp_path: Path) -> None:
    few = filled(tmp_path / "few", 10)
    many = filled(tmp_path / "many", 1000)
    assert not (tmp_path / "few").exists()
    assert list((tmp_path / "many").iterdir()) == []
    assert "row 999" in many
    assert "row 999" not in few
