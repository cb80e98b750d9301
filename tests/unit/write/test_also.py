"""Files for other systems: written where they are asked for, checked, moved aside where not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from hies_annot.cli.main import main
from hies_annot.errors import FaultsError
from hies_annot.results.file_names import file_stem
from hies_annot.run.folder_check import faults_of_results
from hies_annot.settings.run_config import Also, config_of
from hies_annot.shipped import resource_path
from hies_annot.write.sample_files import ALSO_FILES

ALL = [word for name in get_args(Also) for word in ("--also", name)]
ENDS = sorted(end for end, _ in ALSO_FILES.values())


def run(folder: Path, *words: str) -> None:
    vcf = resource_path("example") / "vcf"
    files = [str(vcf / name) for name in ("EX01.vcf", "NA.vcf.gz")]
    with pytest.raises(SystemExit) as end:
        main(["run", *files, "-o", str(folder), "-q", "--report-date", "2026-01-31", *words])
    assert end.value.code == 0


def extra(folder: Path) -> list[str]:
    return sorted(path.name for end in ENDS for path in folder.glob(f"batch-0001/*{end}"))


def test_every_word_of_the_setting_has_a_file() -> None:
    assert set(ALSO_FILES) == set(get_args(Also))


def test_nothing_more_is_written_unless_asked_for(tmp_path: Path) -> None:
    run(tmp_path)

    assert extra(tmp_path) == []
    assert [*faults_of_results(tmp_path)] == []


def test_they_are_written_checked_and_the_same_again(tmp_path: Path) -> None:
    run(tmp_path / "a", *ALL)
    run(tmp_path / "b", *ALL)
    names = extra(tmp_path / "a")
    first, second = tmp_path / "a/batch-0001", tmp_path / "b/batch-0001"

    assert names == sorted(f"{stem}{end}" for stem in ("EX01", "NA") for end in ENDS)
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert [*faults_of_results(tmp_path / "a")] == []
    for name in names:
        json.loads((first / name).read_text(encoding="utf-8"))
        (first / name).rename(tmp_path / name)
        (fault,) = faults_of_results(tmp_path / "a")
        assert name in fault
        assert "missing" in fault
        (tmp_path / name).rename(first / name)


def test_those_of_an_earlier_run_are_moved_aside(tmp_path: Path) -> None:
    run(tmp_path, *ALL)
    names = extra(tmp_path)
    (tmp_path / "plan.json").write_text(
        (tmp_path / "plan.json").read_text(encoding="utf-8").replace('"also":[', '"also":[],"x":[')
    )
    assert len([*faults_of_results(tmp_path)]) == len(names)
    run(tmp_path)

    assert extra(tmp_path) == []
    assert extra(tmp_path / "withdrawn") == names
    assert [*faults_of_results(tmp_path)] == []


def test_they_can_be_written_from_the_lines_of_a_batch(tmp_path: Path) -> None:
    run(tmp_path, *ALL)
    lines, again = tmp_path / "batch-0001.jsonl", tmp_path / "again"
    with pytest.raises(SystemExit):
        main(["report", "--results", str(lines), "-o", str(again / "batch-0001"), *ALL])

    assert extra(again) == extra(tmp_path)
    for name in extra(again):
        written = (again / "batch-0001" / name).read_bytes()
        assert written == (tmp_path / "batch-0001" / name).read_bytes()


def test_a_phenopacket_needs_a_day() -> None:
    with pytest.raises(FaultsError, match="report_date"):
        config_of({"also": ["phenopacket"]}, source="config.yaml")
    assert config_of(
        {"also": ["phenopacket"], "report_date": "2026-01-31"}, source="config.yaml"
    ).also == ("phenopacket",)


@pytest.mark.parametrize("end", ENDS)
def test_no_id_has_the_name_of_such_a_file(end: str) -> None:
    sample = f"x{end.removesuffix('.json')}"
    stems = {file_stem(name): name for name in (sample, sample.upper(), f"{sample}.y", "x")}

    assert len(stems) == 4
    assert not any(f"{stem}.json".lower() == f"x{end}" for stem in stems)
