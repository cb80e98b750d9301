"""Fuzz what reads other people's files, guided by coverage (atheris, libFuzzer).

    python -m tests.fuzz                      a minute for all targets together
    python -m tests.fuzz --seconds 1800       half an hour
    python -m tests.fuzz records names        these targets only
    python -m tests.fuzz --seed 7             another way through; the default is always the same

An input that the program was not made for is written to tests/fuzz/found/TARGET, where
tests/test_fuzzed.py runs it from then on. Exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
CORPUS, FOUND, WORDS = HERE / "corpus", HERE / "found", HERE / "words"
LONGEST = 20_000
"""Bytes of an input: what is larger is slow, and its like is smaller."""
SLOWEST = 20
"""Seconds that an input may take."""
MEMORY = 3000
"""Megabytes that a target may take."""
_DONE = re.compile(r"Done (\d+) runs")
_COVERED = re.compile(r"cov: (\d+)")


def main() -> int:
    """Run the command line."""
    asked = _arguments()
    if find_spec("atheris") is None:
        _say("fuzzing: atheris is not installed on this machine, nothing was fuzzed")
        return 0
    names = asked.targets or sorted(each.name for each in CORPUS.iterdir())
    workers = min(len(names), os.cpu_count() or 1)
    seconds = max(1, asked.seconds * workers // len(names))
    with ThreadPoolExecutor(workers) as pool:
        ended = list(pool.map(lambda name: fuzz(name, seconds, asked.seed), names))
    for name, (code, told) in zip(names, ended, strict=True):
        runs, covered = _DONE.search(told), _COVERED.findall(told)
        figures = f"{runs[1]} inputs, {covered[-1]} edges" if runs and covered else "ended early"
        _say(f"{name:14} {'good' if code == 0 else 'FAULT'}  {figures}")
        if code:
            _say("\n".join(line for line in told.splitlines() if not line.startswith("INFO")))
    return 1 if any(code for code, _ in ended) else 0


def fuzz(name: str, seconds: int, seed: int) -> tuple[int, str]:
    """Fuzz a target in a process of its own; return its exit code and what it said."""
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        shutil.copytree(CORPUS / name, corpus)
        options = {
            "max_total_time": seconds,
            "seed": seed,
            "max_len": LONGEST,
            "timeout": SLOWEST,
            "report_slow_units": SLOWEST,
            "rss_limit_mb": MEMORY,
            "artifact_prefix": f"{found}/",
            "dict": WORDS,
        }
        words = [f"-{option}={value}" for option, value in options.items()]
        command = [sys.executable, "-m", "tests.fuzz.one", name, *words, str(corpus)]
        ended = subprocess.run(
            command,
            cwd=HERE.parents[1],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    if found.is_dir() and not any(found.iterdir()):
        found.rmdir()
    return ended.returncode, ended.stdout + ended.stderr


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
