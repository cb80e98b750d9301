"""What has no end, or more than any file of people, ends one sample with a sentence, soon."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS, COLUMNS, FINDING, HEAD, Bomb, write

from hies_annot.io import text_lines
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.limits import Limits
from hies_annot.settings.run_config import RunConfig

SMALL = Limits(records=1000, megabytes=1, alts=100, alleles=20)
SCALES = {"line.vcf": 0.01, "far.vcf": 0.01, "deletions.vcf": 0.1, "alts.vcf": 0.1}
"""How much smaller than in docs/limits.md, for files that are not a thousandth of it."""
OUTCOMES = {
    "one line of 4 GB, gzip": ("relevant", "longer than"),
    "one line of 500 MB": ("relevant", "longer than"),
    "one line of 500 MB elsewhere": ("relevant", None),
    "6 million records elsewhere, gzip": ("relevant", None),
    "a header of 1 GB": ("failed", "header is longer than"),
    "a header of 1 GB, gzip": ("failed", "header is longer than"),
    "5 million records in a gene": ("failed", "more than 1,000 records (limits.records)"),
    "2,000 ALTs of 1 kB in one record": ("relevant", "more than 100 ALTs (limits.alts)"),
    "400 overlapping deletions": ("failed", "no person has more than 20 (limits.alleles)"),
}


def good(folder: Path) -> Path:
    path = folder / "good.vcf"
    path.write_text(HEAD + COLUMNS.replace("\tP\n", "\tG\n") + FINDING)
    return path


@pytest.fixture
def _small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "_LINE", 1_000_000)
    monkeypatch.setattr("hies_annot.io.header.header_lines.LARGEST_HEADER", 100_000)


@pytest.mark.usefixtures("_small_bounds")
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.title)
def test_a_bomb_is_told_and_harms_nobody_else(bomb: Bomb, tmp_path: Path) -> None:
    scale = SCALES.get(bomb.name, 0.001)
    rows = [{"vcf": str(write(bomb, tmp_path, scale))}, {"vcf": str(good(tmp_path))}]
    results = list(analyse_rows(Engine(RunConfig(limits=SMALL)), rows, (), batch=None))
    found = {result.sample: result for result in results}
    (other,) = (result for name, result in found.items() if name != "G")
    status, words = OUTCOMES[bomb.title]
    assert found["G"].status == "relevant"
    assert other.status == status
    assert words is None or words in " ".join([other.status_reason, *other.warnings])


def run(*arguments: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hies_annot", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **more)


def statuses(folder: Path) -> dict[str, str]:
    lines = [line for path in folder.glob("*.jsonl") for line in path.read_text().splitlines()]
    return {found["sample"]: found["status"] for found in map(json.loads, lines)}


def _few_bytes() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (350_000_000, 350_000_000))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by the kernel")
@pytest.mark.slow
def test_a_line_that_unpacks_to_much_takes_little(tmp_path: Path) -> None:
    bomb = write(BOMBS[0], tmp_path, 0.1)
    ended = run("run", "-q", bomb, good(tmp_path), "-o", tmp_path / "out", preexec_fn=_few_bytes)
    assert statuses(tmp_path / "out") == {"P": "relevant", "G": "relevant"}
    assert "it is longer than 32 MB" in ended.stderr


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.vcf"
    os.mkfifo(pipe)
    ended = run("run", "-q", pipe, good(tmp_path), "-o", tmp_path / "out")
    assert ended.returncode == 1
    assert "pipe.vcf: is a pipe, not a file" in ended.stderr
    assert statuses(tmp_path / "out")["G"] == "relevant"


@pytest.mark.parametrize("option", ["--samples", "--ped", "--config"])
def test_a_pipe_with_a_name_is_no_sheet(option: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    more = [] if option == "--samples" else [good(tmp_path)]
    ended = run("run", "-q", option, pipe, *more, "-o", tmp_path / "out")
    assert ended.returncode in (1, 2)
    assert "is a pipe, not a file" in ended.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/fd as Linux has it")
def test_a_sheet_may_come_from_another_command(tmp_path: Path) -> None:
    sheet = f"sample\tvcf\nG\t{good(tmp_path)}\n"
    reader, writer = os.pipe()
    os.write(writer, sheet.encode())
    os.close(writer)
    out = tmp_path / "out"
    ended = run("run", "-q", "--samples", f"/dev/fd/{reader}", "-o", out, pass_fds=(reader,))
    os.close(reader)
    assert (ended.returncode, statuses(out)) == (0, {"G": "relevant"}), ended.stderr
