"""A place to run Snakemake in, as a user would: own folder, own sheet, the command on PATH."""

import csv
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import forked_snakemake
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources/example"


@dataclass(frozen=True)
class Place:
    """A working directory with a configuration; `sheet` and `configure` write its files.

    `python`: start Snakemake by this interpreter, as a user does; None: a fork of a loaded one.
    """

    folder: Path
    environment: Mapping[str, str]
    python: str | None = None

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

    def words(self, *arguments: str, snakefile: Path = ROOT / "Snakefile") -> list[str]:
        config = ["--configfile", "config.yaml"] if (self.folder / "config.yaml").exists() else []
        given = ("--snakefile", str(snakefile), "--cores", "1", "--nocolor")
        return [*given, *config, *arguments]

    def command(self, *arguments: str, snakefile: Path = ROOT / "Snakefile") -> list[str]:
        words = self.words(*arguments, snakefile=snakefile)
        return [self.python or sys.executable, "-m", "snakemake", *words]

    def snakemake(
        self, *arguments: str, snakefile: Path = ROOT / "Snakefile", ok: bool = True
    ) -> str:
        """Run Snakemake here; return what it said (both streams)."""
        if self.python is None:
            words = self.words(*arguments, snakefile=snakefile)
            code, said = forked_snakemake.run(words, self.folder, self.environment)
        else:
            code, said = self.run(*self.command(*arguments, snakefile=snakefile))
        logs = sorted(self.folder.glob("**/logs/**/*.log"))
        said += "".join(f"\n== {log}\n{log.read_text()}" for log in logs if not ok)
        assert (code == 0) is ok, said
        return said

    def run(self, *command: str) -> tuple[int, str]:
        """Run a command here; return its exit code and what it said (both streams)."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=forked_snakemake.SECONDS,
            check=False,
        )
        return done.returncode, done.stdout

    def plan(self, *arguments: str, snakefile: Path = ROOT / "Snakefile") -> dict[str, int]:
        """Return how many jobs of each rule a run would start now."""
        return job_counts(self.snakemake("--dry-run", *arguments, snakefile=snakefile))

    def stand_in(self, seconds: float = 0) -> None:
        """Let `hies-annot` do no more than wait and make its output."""
        command = Path(self.environment["PATH"].split(os.pathsep)[0]) / "hies-annot"
        command.write_text(
            "#!/bin/sh\n"
            "for word do\n"
            '  case "$last" in\n'
            '    -o) out="$word" ;; --folder) folder="$word" ;; --plan) from="$word" ;;\n'
            "  esac\n"
            '  last="$word"\n'
            "done\n"
            'plan=$(head -c 42 "$from" | cut -d\\" -f4)\n'
            'case "$1" in\n'
            f'  annotate) sleep {seconds}; echo "{{\\"plan\\":\\"$plan\\"}}" >"$out"\n'
            '    mkdir -p "$folder"; echo "$plan" >"$folder/.plan" ;;\n'
            '  summarise) echo "{\\"plan\\":\\"$plan\\"}" >"$out/run.json"\n'
            '    cd "$out" && touch summary.tsv findings.tsv index.html hies_mqc.json\n'
            "    touch hies_status_mqc.json versions.yml\n"
            """    echo '{"failed":[]}' >status.json ;;\n"""
            "esac\n"
        )

    def put_before_command(self, script: str) -> None:
        """Run a piece of shell before each call of `hies-annot`."""
        command = Path(self.environment["PATH"].split(os.pathsep)[0]) / "hies-annot"
        first, rest = command.read_text().split("\n", 1)
        command.write_text(f"{first}\n{script}{rest}")


def read_rows(table: Path) -> list[dict[str, str]]:
    with table.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def wait_until(happened: Callable[[], bool], run: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert run.poll() is None, "the run ended before what the test waits for"
        assert time.monotonic() < deadline, "what the test waits for did not happen"
        time.sleep(0.01)


def job_counts(said: str) -> dict[str, int]:
    table = re.search(
        r"^Job stats:\njob +count\n[- ]+\n(.*?)^total", said, re.DOTALL | re.MULTILINE
    )
    rows = table.group(1).splitlines() if table else []
    return {name: int(count) for name, count in (row.split() for row in rows)}


BY_COMMAND = """
import os, sys

words = sys.orig_argv
if words[1:3] == ["-m", "hies_annot"] and "HIES_BY_COMMAND" not in os.environ:
    os.environ["HIES_BY_COMMAND"] = "yes"
    os.execv("{command}", ["{command}", *words[3:]])
"""
"""The jobs call the interpreter of the workflow; so that a test can step in, it calls a command."""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place of the test's own."""
    return make_place(tmp_path)


def make_place(tmp_path: Path) -> Place:
    """Return a folder whose path has a space, with `hies-annot` of this very source on PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "hies-annot"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hies_annot "$@"\n')
    command.chmod(0o755)
    (programs / "sitecustomize.py").write_text(BY_COMMAND.format(command=command))
    folder = tmp_path / "work place"
    folder.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{programs}{os.pathsep}{ROOT / 'src'}",
        "HIES_ANNOT_CACHE": str(tmp_path / "cache"),
        "XDG_CACHE_HOME": str(tmp_path / "xdg"),
    }
    return Place(folder, environment)
