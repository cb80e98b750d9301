"""A place to run Snakemake in, as a user would: own folder, own sheet, the command on PATH."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources/example"


@dataclass(frozen=True)
class Place:
    """A working directory with a configuration; `sheet` and `configure` write its files."""

    folder: Path
    environment: Mapping[str, str]

    def sheet(self, rows: Sequence[Mapping[str, object]], name: str = "samples.tsv") -> Path:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        lines = ["\t".join(columns)]
        lines += ["\t".join(str(row.get(column, "")) for column in columns) for row in rows]
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n")
        return path

    def configure(self, **settings: object) -> Path:
        path = self.folder / "config.yaml"
        path.write_text(yaml.safe_dump({"samples": "samples.tsv", **settings}))
        return path

    def make_samples(self, count: int, **cells: object) -> list[dict[str, object]]:
        """Write `count` files that only have to exist, and return their rows."""
        (self.folder / "vcf").mkdir(exist_ok=True)
        rows = []
        for number in range(1, count + 1):
            (self.folder / f"vcf/S{number}.vcf").touch()
            rows.append({"sample": f"S{number}", "vcf": f"vcf/S{number}.vcf", **cells})
        return rows

    def command(self, *arguments: str, snakefile: Path = ROOT / "Snakefile") -> list[str]:
        config = ["--configfile", "config.yaml"] if (self.folder / "config.yaml").exists() else []
        return [
            *(sys.executable, "-m", "snakemake", "--snakefile", str(snakefile)),
            *("--cores", "1", "--nocolor", *config, *arguments),
        ]

    def snakemake(
        self, *arguments: str, snakefile: Path = ROOT / "Snakefile", ok: bool = True
    ) -> str:
        """Run Snakemake here; return what it said (both streams)."""
        done = subprocess.run(
            self.command(*arguments, snakefile=snakefile),
            cwd=self.folder,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        logs = sorted(self.folder.glob("**/logs/**/*.log"))
        said = done.stdout + "".join(f"\n== {log}\n{log.read_text()}" for log in logs if not ok)
        assert (done.returncode == 0) is ok, said
        return said

    def plan(self, *arguments: str, snakefile: Path = ROOT / "Snakefile") -> dict[str, int]:
        """Return how many jobs of each rule a run would start now."""
        return job_counts(self.snakemake("--dry-run", *arguments, snakefile=snakefile))

    def lines(self, batch: str, results: str = "results") -> list[dict[str, object]]:
        text = (self.folder / results / f"{batch}.jsonl").read_text()
        return [json.loads(line) for line in text.splitlines()]


def job_counts(said: str) -> dict[str, int]:
    table = re.search(
        r"^Job stats:\njob +count\n[- ]+\n(.*?)^total", said, re.DOTALL | re.MULTILINE
    )
    rows = table.group(1).splitlines() if table else []
    return {name: int(count) for name, count in (row.split() for row in rows)}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder whose path has a space, with `hies-annot` of this very source on PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "hies-annot"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hies_annot "$@"\n')
    command.chmod(0o755)
    folder = tmp_path / "work place"
    folder.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "HIES_ANNOT_CACHE": str(tmp_path / "cache"),
        "XDG_CACHE_HOME": str(tmp_path / "xdg"),
    }
    return Place(folder, environment)
