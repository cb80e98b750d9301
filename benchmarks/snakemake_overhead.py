"""What Snakemake costs beside the work: `python benchmarks/snakemake_overhead.py [SAMPLES ...]`.

For each number of samples (default 100, 1,000 and 5,000) it makes single-sample VCFs in a temporary
folder and measures, on this machine:

- the dry run: seconds and jobs;
- the run: `snakemake --cores 1`, and the work in it: all calls of `hies-annot` that it makes, which
  a command put before them times;
- the work alone: the very same calls, one after the other, without Snakemake.

The overhead is (run - work) / work of one and the same run, in seconds that passed and in seconds
of processor time, so that other programs on the machine cannot slow the one and spare the other.
The work alone stands beside it: it shows whether the work itself takes more under Snakemake. One
line a size goes to standard output, as Markdown.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import as_installed

from hies_annot.sheet.batches import plan_batches
from hies_annot.sheet.table import read_sheet

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "resources/example/vcf/EX01.vcf"
COLUMNS = (
    *("samples", "jobs", "dry run (s)", "work (s)", "run (s)", "overhead"),
    *("work (CPU s)", "run (CPU s)", "overhead (CPU)", "work alone (CPU s)"),
)
TIMES = "times.txt"
TIMED = """#!/bin/bash
TIMEFORMAT="%R %U %S"
exec 3>&2
{{ time "{python}" -m hies_annot "$@" 2>&3; }} 2>>"{times}"
"""


def main(sizes: list[int]) -> None:
    """Measure each size and print one table."""
    print(
        f"Machine: {os.cpu_count()} cores, {platform.platform()}, Python {sys.version.split()[0]}\n"
    )
    print(f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder), size), flush=True)


def measure(folder: Path, size: int) -> str:
    """Return the row of one size."""
    environment = prepare(folder, size)
    dry, said = timed(["--dry-run"], folder, environment)
    jobs = int(re.findall(r"^total +(\d+)", said, re.MULTILINE)[-1])
    run, _ = timed(["--cores", "1"], folder, environment)
    work = work_of(folder)
    _, alone = seconds_of(commands(folder), folder, environment)
    pairs = [
        f"{part:.1f} | {whole:.1f} | {100 * (whole - part) / part:.0f} %"
        for part, whole in zip(work, run, strict=True)
    ]
    return f"| {size} | {jobs} | {dry[0]:.1f} | {' | '.join(pairs)} | {alone:.1f} |"


def prepare(folder: Path, size: int) -> dict[str, str]:
    """Write VCFs, sheet and configuration; return the environment of the commands."""
    (folder / "vcf").mkdir()
    rows = ["sample\tvcf\tvcf_sample"]
    for number in range(size):
        shutil.copy(SOURCE, folder / f"vcf/S{number}.vcf")
        rows.append(f"S{number}\tvcf/S{number}.vcf\tEX01")
    (folder / "samples.tsv").write_text("\n".join(rows) + "\n")
    (folder / "config.yaml").write_text("samples: samples.tsv\n")
    (folder / "bin").mkdir()
    command = folder / "bin/hies-annot"
    command.write_text(TIMED.format(times=folder / TIMES, python=sys.executable))
    command.chmod(0o755)
    return {
        **as_installed(),
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }


def clock() -> tuple[float, float]:
    """Return seconds that passed and processor seconds of the programs that were run."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def since(start: tuple[float, float]) -> tuple[float, float]:
    """Return what the clock shows more than at `start`."""
    now = clock()
    return now[0] - start[0], now[1] - start[1]


def timed(
    arguments: list[str], folder: Path, environment: dict[str, str]
) -> tuple[tuple[float, float], str]:
    """Run Snakemake; return what the clock shows and what it said."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(ROOT / "Snakefile")]
    start = clock()
    done = subprocess.run(
        [*command, "--configfile", "config.yaml", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        sys.exit(done.stdout)
    return since(start), done.stdout


def work_of(folder: Path) -> tuple[float, float]:
    """Return the seconds and the processor seconds of all calls of `hies-annot` until now."""
    calls = [
        [float(word) for word in line.split()] for line in (folder / TIMES).read_text().splitlines()
    ]
    return sum(call[0] for call in calls), sum(call[1] + call[2] for call in calls)


def commands(folder: Path) -> list[list[str]]:
    """Return the commands of a finished run, with their output in another folder."""
    batches = plan_batches(read_sheet(folder / "samples.tsv"), 100)
    alone = folder / "alone"
    calls: list[list[str]] = []
    for batch in batches:
        lines = str(alone / f"{batch.name}.jsonl")
        settings = ["--config", "results/config.json", "--sheet-json", batch.to_json()]
        calls.append(["annotate", *settings, "--batch", batch.name, "-o", lines])
        calls.append(["report", "--results", lines, "-o", str(alone / batch.name)])
    written = [str(alone / f"{batch.name}.jsonl") for batch in batches]
    return [*calls, ["summarise", "--results", *written, "-o", str(alone)]]


def seconds_of(
    calls: list[list[str]], folder: Path, environment: dict[str, str]
) -> tuple[float, float]:
    """Run calls of `hies-annot` one after the other; return what the clock shows for all."""
    (folder / "alone").mkdir()
    start = clock()
    for call in calls:
        subprocess.run(
            ["hies-annot", *call],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    return since(start)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100, 1000, 5000])
