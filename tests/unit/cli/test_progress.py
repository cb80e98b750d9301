"""What a run says while it goes on, and what it refuses before it begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hies_annot.cli import progress
from hies_annot.cli.main import main
from hies_annot.cli.progress import known_number, tracked
from hies_annot.render.sample_summary import summaries
from hies_annot.render.terminal import SHOWN, text_table
from hies_annot.shipped import resource_path

Build = Callable[[str], Callable[..., Any]]


def code_of(*words: str) -> object:
    with pytest.raises(SystemExit) as stop:
        main(list(words))
    return stop.value.code


def lines(
    total: int | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    monkeypatch.setattr(progress, "_EVERY_SECONDS", 0.0)
    assert list(tracked(range(3), total, "batch x")) == [0, 1, 2]
    return capsys.readouterr().err.splitlines()


def test_a_number_that_is_not_known_is_not_made_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lines(None, monkeypatch, capsys)[-1] == "batch x: 3 samples"
    assert lines(3, monkeypatch, capsys)[-1] == "batch x: 3 of 3"


def test_the_samples_of_a_file_are_not_known_before_it_is_read() -> None:
    assert known_number([{"vcf": "cohort.vcf"}]) is None
    assert known_number([{"vcf": "a.vcf", "sample": "a"}]) == 1


def test_a_pattern_without_a_file_is_no_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_of("run", str(tmp_path / "none*.vcf"), "-o", str(tmp_path / "out"))

    assert code != 0
    assert "no file matches" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


CELLS = {
    "family": ("X", "Y", 0),
    "father": ("F", "M", 2),
    "mother": ("M", "F", 3),
    "sex": ("male", "2", 4),
    "affected": ("yes", "1", 5),
}


@pytest.mark.parametrize("column", CELLS)
def test_a_sheet_against_its_ped_is_refused_in_the_words_of_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str
) -> None:
    vcf = resource_path("example") / "vcf" / "EX01.vcf"
    cell, other, place = CELLS[column]
    sheet, ped, config = (tmp_path / name for name in ("samples.tsv", "a.ped", "config.yaml"))
    sheet.write_text(f"sample\tvcf\t{column}\nEX01\t{vcf}\t{cell}\n", encoding="utf-8")
    row = ["0" if place else ".", "EX01", "0", "0", "0", "0"]
    row[place] = other
    ped.write_text(" ".join(row) + "\n", encoding="utf-8")
    config.write_text(f"samples: {sheet}\nped: {ped}\n", encoding="utf-8")
    out = tmp_path / "out"

    assert code_of("run", "--samples", str(sheet), "--ped", str(ped), "-o", str(out)) != 0
    told = capsys.readouterr().err
    assert f"sample 'EX01': {column} is" in told
    assert not out.exists()
    assert code_of("check", "--config", str(config)) != 0
    said = "".join(capsys.readouterr())
    assert all(line.removeprefix("hies-annot: ") in said for line in told.splitlines())


def test_one_sample_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vcf = resource_path("example") / "vcf" / "EX01.vcf"

    assert code_of("run", str(vcf), "-o", str(tmp_path / "out")) == 0
    said = capsys.readouterr()
    assert "1 sample, " in said.err
    assert "1 samples" not in said.err + said.out


@pytest.mark.parametrize("more", [0, 1, 7])
def test_the_terminal_lists_the_first_by_status(built: Build, more: int) -> None:
    none = [built("negative")(sample=f"N{number:03}") for number in range(SHOWN - 1 + more)]
    rows = list(summaries([*none, built("result")(sample="LAST")]))
    table = list(text_table(rows))
    listed = [line.split()[0] for line in table[2 : 2 + SHOWN]]

    assert listed == ["LAST", *(f"N{number:03}" for number in range(SHOWN - 1))]
    told = f"... and {more} more sample{'' if more == 1 else 's'}: see summary.tsv and index.html"
    assert (told in table) is (more > 0)
    assert f"{SHOWN + more} samples: 1 relevant, {SHOWN - 1 + more} none" in table
