"""Mutation testing of the rules: `python -m benchmarks.mutants [--sample N] [--seed S] [ROOM ...]`.

mutmut changes one thing at a time in the rooms that `[tool.mutmut]` names (an operator, a number, a
word, an argument) and runs the tests that call the changed function. A sample drawn by `--seed` is
tried (`--sample 0`: every mutant, hours); the table gives for each room how many were noticed, with
the 95 % interval of Wilson, and `mutants/survivors.diff` holds those that nobody noticed.

A mutant that mypy refuses never reaches a test: it is counted apart, and `noticed` leaves it out.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.hies_bench.score import interval
from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parents[1]
MUTANTS = ROOT / "mutants"
NOTICED = {"killed", "timeout", "segfault"}
REFUSED = "caught by type check"


def main() -> None:
    """Make the mutants, try the sample, print the table and write down who survived."""
    options = _options()
    _mutmut("run", "no.such.mutant")
    names = [each for each in _outcomes() if not options.room or _room(each) in options.room]
    drawn = random.Random(options.seed)
    sample = drawn.sample(sorted(names), min(options.sample or len(names), len(names)))
    _mutmut("run", "--max-children", str(options.children), *sample)
    outcomes = _outcomes()
    for line in _table({each: outcomes[each] for each in sample}):
        print(line)
    survivors = [each for each in sample if outcomes[each] not in NOTICED | {REFUSED}]
    (MUTANTS / "survivors.diff").write_text("".join(_differences(sorted(survivors))))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=2)
    parser.add_argument("room", nargs="*")
    return parser.parse_args()


def _mutmut(*arguments: str) -> None:
    command = [sys.executable, "-m", "mutmut", *arguments]
    subprocess.run(command, cwd=ROOT, check=False, stdout=sys.stderr)


def _outcomes() -> dict[str, str]:
    """What came of each mutant that was made, by its name."""
    files = sorted((MUTANTS / "src").rglob("*.meta"))
    codes = [json.loads(each.read_text())["exit_code_by_key"] for each in files]
    return {name: status_by_exit_code[code] for each in codes for name, code in each.items()}


def _room(name: str) -> str:
    return name.split(".")[1]


def _table(outcomes: dict[str, str]) -> Iterator[str]:
    yield "| room | tried | refused by mypy | run | noticed | 95 % |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for room in sorted({_room(each) for each in outcomes}):
        yield _row(room, [found for name, found in outcomes.items() if _room(name) == room])
    yield _row("all", list(outcomes.values()))


def _row(room: str, found: Sequence[str]) -> str:
    count = Counter("noticed" if each in NOTICED else each for each in found)
    run = len(found) - count[REFUSED]
    low, high = interval(count["noticed"], run)
    share = f"{count['noticed']} ({100 * count['noticed'] / max(run, 1):.1f} %)"
    return (
        f"| {room} | {len(found)} | {count[REFUSED]} | {run} | {share} "
        f"| {100 * low:.1f} to {100 * high:.1f} |"
    )


def _differences(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        command = [sys.executable, "-m", "mutmut", "show", name]
        yield subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
