"""Reads on the pages: only where they are asked for, and the viewer once beside the pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from made_up_reads import write_bam

from hies_annot.cli.main import cli
from hies_annot.render.alignments import VIEWER
from hies_annot.run.folder_check import faults_of_results
from hies_annot.shipped import resource_path

SHOWN = "Reads at the reported variants"


def start(folder: Path, *options: str, bam: str = "A.bam") -> Result:
    for name in "AB":
        shutil.copy(resource_path("example/vcf/EX01.vcf"), folder / f"{name}.vcf")
    sheet = folder / "samples.tsv"
    rows = f"A\tA.vcf\tEX01\t{bam}\nB\tB.vcf\tEX01\t\n"
    sheet.write_text("sample\tvcf\tvcf_sample\tbam\n" + rows)
    words = ["run", "--samples", str(sheet), "-o", str(folder / "results"), "-q", *options]
    return CliRunner().invoke(cli, words)


def page(folder: Path, sample: str = "A") -> str:
    return (folder / f"results/batch-0001/{sample}.html").read_text()


def test_pages_show_reads_only_where_they_are_asked_for_and_there(tmp_path: Path) -> None:
    write_bam(tmp_path / "A.bam")
    viewer = tmp_path / "results" / VIEWER
    assert start(tmp_path).exit_code == 0
    plain = page(tmp_path)
    assert SHOWN not in plain
    assert "file:" not in plain
    assert not viewer.exists()

    assert start(tmp_path, "--alignments").exit_code == 0
    assert SHOWN in page(tmp_path)
    assert "15 + 15" in page(tmp_path)
    assert "all 60 reads" in page(tmp_path)
    assert "'self' file:; img-src data:" in page(tmp_path)
    assert SHOWN not in page(tmp_path, "B")
    assert "'self' file:" not in page(tmp_path, "B")
    assert "secret" not in page(tmp_path)
    assert viewer.read_text().startswith("/*\nThe MIT License (MIT)")
    assert list(faults_of_results(tmp_path / "results")) == []
    viewer.unlink()
    (fault,) = faults_of_results(tmp_path / "results")
    assert f"{VIEWER}: is missing" in fault

    assert start(tmp_path, "--alignments").exit_code == 0
    assert viewer.exists()
    assert start(tmp_path).exit_code == 0
    assert page(tmp_path) == plain
    assert not viewer.exists()


def test_reads_change_no_answer(tmp_path: Path) -> None:
    write_bam(tmp_path / "A.bam")
    start(tmp_path)
    without = json.loads((tmp_path / "results/batch-0001/A.json").read_text())
    start(tmp_path, "--alignments")
    result = json.loads((tmp_path / "results/batch-0001/A.json").read_text())
    assert without["alignments"] == []
    (found,) = result["alignments"]
    assert found["variant"] == "17-42329643-G-A"
    assert {**result, "alignments": []} == without


@pytest.mark.parametrize("name", ["gone.bam", "other.bam"])
def test_alignments_that_cannot_be_read_are_a_warning(tmp_path: Path, name: str) -> None:
    (tmp_path / "other.bam").write_bytes(b"no alignments")
    made = start(tmp_path, "--alignments", bam=name)
    assert f"reads are not shown: {name}" in made.output
    assert "reads are not shown" in page(tmp_path)
    assert SHOWN not in page(tmp_path)
    result = json.loads((tmp_path / "results/batch-0001/A.json").read_text())
    assert result["status"] == "relevant"
