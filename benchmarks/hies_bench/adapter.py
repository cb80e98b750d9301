"""What every adapter is: a tool by name, its version, and its answers to the cases."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from benchmarks.hies_bench.case_file import NOT_APPLICABLE, Case
from benchmarks.hies_bench.score import COLUMNS, Said


@dataclass(frozen=True)
class Adapter:
    """A tool on the benchmark.

    `needs` are the programs without which it cannot run, `install` how they come here, `way` the
    tool's own manual that is followed, `claims` the categories that it sets out to answer. `version` may start the tool; `answer` has the cases
    unpacked in a folder and a second folder to work in.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    install: str
    way: str
    version: Callable[[], str]
    claims: tuple[str, ...]
    answer: Callable[[Sequence[Case], Path, Path], list[Said]]

    def missing(self) -> tuple[str, ...]:
        """Return the programs that are not on PATH."""
        return tuple(name for name in self.needs if shutil.which(name) is None)


def claimed(adapter: Adapter, cases: Iterable[Case], said: Iterable[Said]) -> list[Said]:
    """Return the answers; those to categories that the tool does not claim are not applicable."""
    category = {case.id: case.category for case in cases}
    return [
        row if category[row.case] in adapter.claims else replace(row, answer=NOT_APPLICABLE)
        for row in said
    ]


def write_said(path: Path, said: Iterable[Said]) -> None:
    """Write a tool's file for `hies-bench score`, in the order of the cases' ids."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, delimiter="\t", lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(astuple(row) for row in sorted(said, key=lambda row: row.case))


def output(command: Sequence[str]) -> str:
    """Return what a command prints on both streams; a failure is no error here."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout
