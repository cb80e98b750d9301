"""Time and peak memory of a command, and medians over turns."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
nothing = subprocess.DEVNULL
child = subprocess.Popen(sys.argv[1:], stdin=nothing, stdout=nothing, stderr=nothing)
_, status, usage = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
seconds = usage.ru_utime + usage.ru_stime
print(child.returncode, time.perf_counter() - start, seconds, usage.ru_maxrss)
"""
"""A small process of its own: a child's peak memory starts with the size of its parent."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of processor time (all processes), peak MB of the largest."""

    wall: float
    processor: float
    memory: float


def cost_of(command: Sequence[str]) -> Cost:
    """Run a command to its end.

    Raises:
        SystemExit: the command fails; its last words are told.
    """
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *command]
    said = subprocess.run(
        launcher, capture_output=True, text=True, check=True, env=as_installed()
    ).stdout
    code, wall, processor, kilobytes = said.split()
    if code != "0":
        raise SystemExit(f"exit code {code}: {' '.join(command)[:300]}")
    return Cost(float(wall), float(processor), int(kilobytes) / 1024)


RESULTS = "{results}"
"""A word of a command in whose place the folder for its results is put."""


def in_turn(commands: Mapping[str, Sequence[str]], turns: int, results: Path) -> dict[str, Cost]:
    """Run all commands one after the other, `turns` times over; return the median of each.

    Each run gets a new folder in `results`, and nothing is removed before the last one ends: for
    some seconds ext4 steps over each inode that was freed whenever it makes a file, which would
    cost a tenth of a batch with reports.
    """
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(turns):
        for number, (name, command) in enumerate(commands.items()):
            folder = results / f"{turn}-{number}"
            folder.mkdir(parents=True)
            words = [str(folder) if word == RESULTS else word for word in command]
            found[name].append(cost_of(words))
            last = found[name][-1]
            print(
                f"turn {turn + 1}: {name}: {last.wall:.1f} s, cpu {last.processor:.1f}", flush=True
            )
    shutil.rmtree(results)
    return {name: middle(costs) for name, costs in found.items()}


def as_installed() -> dict[str, str]:
    """Return the environment in which Python keeps bytecode, as an installed package has it."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure by itself."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.processor for cost in costs),
        median(cost.memory for cost in costs),
    )
