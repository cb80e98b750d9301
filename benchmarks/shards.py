"""What it costs to divide a cohort: `python benchmarks/shards.py --work FOLDER [--samples 20000]`.

Makes a joint-called cohort (seeded, kept for the next run), and compares the processor time of one
`run` with that of a plan, one reading pass, all shards and the summary, by number of shards, each
step called as the workflow calls it. Then plans 100,000 samples. Writes `shards.md` and
`shards.svg` beside itself (`-o` names another folder). What was measured is kept in the work
folder, so that a later call measures what is lacking only (`--again`: all). Needs bcftools.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from batch_inputs import write_cohort
from measuring import cost_of

from hies_annot.run.plan import read_run_plan, run_file

SEED, RECORDS = 7, 3_000
PLAN = """
import sys
from pathlib import Path
from hies_annot.model.closed import as_json
from hies_annot.run.workflow_plan import plan_workflow
from hies_annot.settings.run_config import RunConfig
sheet, size, folder = sys.argv[1:]
config = RunConfig(samples=sheet, batch_size=int(size), output=folder, reports="none")
plan_workflow(as_json(config), Path(folder))
"""
HERE = Path(__file__).resolve().parent
HIES = [sys.executable, "-m", "hies_annot"]


def main() -> None:
    """Make the input, measure, write the report."""
    words = _arguments()
    work: Path = words.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    cohort = work / f"{words.samples}.bcf"
    if not cohort.with_suffix(".done").exists():
        write_cohort(cohort, words.samples, RECORDS, SEED)
        cohort.with_suffix(".done").touch()
    sheet = _sheet(work, cohort, words.samples)
    kept = _Kept(work / f"measured-{words.samples}.json", again=words.again)
    (whole,) = kept.get("run", lambda: _whole(work, sheet)).values()
    rows = [
        kept.get(f"{shards} shards", partial(_divided, work, sheet, words.samples, shards))
        for shards in words.shards
    ]
    (planned,) = kept.get(
        f"plan of {words.planned}", lambda: _planned(work, words.planned)
    ).values()
    _write(words.output, words.samples, whole, rows, (words.planned, planned))


class _Kept:
    """What was measured, by name, in a JSON file."""

    def __init__(self, path: Path, *, again: bool) -> None:
        self._path = path
        self._found: dict[str, dict[str, float]] = {}
        if path.exists() and not again:
            self._found = json.loads(path.read_text())

    def get(self, name: str, measure: Callable[[], dict[str, float]]) -> dict[str, float]:
        """Return seconds of processor time by step, measured where they are not known."""
        if name not in self._found:
            self._found[name] = measure()
            self._path.write_text(json.dumps(self._found, indent=1))
        print(name, self._found[name], flush=True)
        return self._found[name]


def _whole(work: Path, sheet: Path) -> dict[str, float]:
    """Return the seconds of processor time of one run over all."""
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [*HIES, "run", "--samples", str(sheet), "--config", _one_batch(work), "-q",
               "--reports", "none", "-o", str(out)]  # fmt: skip
    return {"run": cost_of(command).processor}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--work", type=Path, default=Path("bench"))
    parser.add_argument("--samples", type=int, default=20_000)
    parser.add_argument("--shards", type=int, nargs="*", default=[4, 10, 20, 40])
    parser.add_argument("--planned", type=int, default=100_000)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=HERE)
    return parser.parse_args()


def _sheet(work: Path, cohort: Path, samples: int) -> Path:
    path = work / f"samples-{samples}.tsv"
    lines = (f"C{number:06d}\t{cohort}\n" for number in range(samples))
    path.write_text("sample\tvcf\n" + "".join(lines))
    return path


def _one_batch(work: Path) -> str:
    path = work / "whole.yaml"
    path.write_text("batch_size: 5000\n")
    return str(path)


def _divided(work: Path, sheet: Path, samples: int, shards: int) -> dict[str, float]:
    """Return the seconds of processor time of each step."""
    out = work / "shards"
    shutil.rmtree(out, ignore_errors=True)
    size = str(-(-samples // shards))
    seconds = {"shards": float(shards)}
    seconds["plan"] = cost_of([sys.executable, "-c", PLAN, str(sheet), size, str(out)]).processor
    run = read_run_plan(run_file(out))
    plan = ["--plan", str(run_file(out))]
    seconds["pass"] = sum(
        cost_of([*HIES, "carriers", *plan, "--cohort", key]).processor for key in run.cohorts
    )
    seconds["jobs"] = sum(cost_of(_job(out, run.cohorts, batch)).processor for batch in run.batches)
    seconds["summary"] = cost_of([*HIES, "summarise", *plan, "-o", str(out)]).processor
    return seconds


def _job(out: Path, cohorts: object, batch: str) -> list[str]:
    keys = list(cohorts)  # type: ignore[call-overload]
    carriers = [
        word for key in keys for word in ("--carriers", f"{out}/carriers/{key}/{batch}.jsonl")
    ]
    return [*HIES, "annotate", "--plan", f"{out}/plan/{batch}.plan", *carriers, "-q",
            "-o", f"{out}/{batch}.jsonl", "--folder", f"{out}/{batch}", "--reports", "none"]  # fmt: skip


def _planned(work: Path, samples: int) -> dict[str, float]:
    """Return the seconds of processor time that a plan of one cohort takes."""
    cohort = work / "planned.vcf"
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"]
    names = [f"C{number:06d}" for number in range(samples)]
    cohort.write_text("##fileformat=VCFv4.2\n" + "\t".join([*columns, *names]) + "\n")
    out = work / "planned"
    shutil.rmtree(out, ignore_errors=True)
    sheet = _sheet(work, cohort, samples)
    command = [sys.executable, "-c", PLAN, str(sheet), "500", str(out)]
    return {"plan": cost_of(command).processor}


def _write(
    folder: Path,
    samples: int,
    whole: float,
    rows: list[dict[str, float]],
    planned: tuple[int, float],
) -> None:
    head = "| shards | plan | pass | jobs | summary | all | of one `run` |\n|" + " --- |" * 7
    steps = ("plan", "pass", "jobs", "summary")
    sums = [sum(row[step] for step in steps) for row in rows]
    lines = [
        f"| {row['shards']:.0f} | "
        + " | ".join(f"{row[step]:.1f}" for step in steps)
        + f" | {total:.1f} | {total / whole:.2f} |"
        for row, total in zip(rows, sums, strict=True)
    ]
    text = (
        f"# A cohort of {samples:,} samples in shards\n\n"
        f"Made by `benchmarks/shards.py --samples {samples}` on a machine of {os.cpu_count()} cores: "
        "seconds of processor time, no reports of single samples, without Snakemake itself. "
        f"One `run` takes {whole:.1f} s.\n\n"
        f"{head}\n" + "\n".join(lines) + "\n\n"
        "![cost against shards](shards.svg)\n\n"
        f"{planned[0]:,} samples of one cohort are planned in {planned[1]:.1f} s.\n"
    )
    (folder / "shards.md").write_text(text)
    (folder / "shards.svg").write_text(_plot([row["shards"] for row in rows], sums, whole))


def _plot(shards: list[float], sums: list[float], whole: float) -> str:
    """Return a plot: shards to the right, seconds upwards, the single run as a line."""
    top, right = max(*sums, 1.5 * whole), max(shards)

    def at(x: float, y: float) -> str:
        return f"{50 + 400 * x / right:.1f},{250 - 220 * y / top:.1f}"

    points = " ".join(at(x, y) for x, y in zip(shards, sums, strict=True))
    marks = "".join(
        f'<text x="{50 + 400 * x / right:.0f}" y="268" text-anchor="middle">{x:.0f}</text>'
        for x in shards
    )
    lines = "".join(
        f'<polyline points="{at(0, y)} {at(right, y)}" stroke="#888" fill="none"/>'
        f'<text x="52" y="{246 - 220 * y / top:.0f}">{label}: {y:.0f} s</text>'
        for y, label in ((whole, "one run"), (1.5 * whole, "1.5 times"))
    )
    dots = "".join(
        '<circle cx="{}" cy="{}" r="3" fill="#06c"/>'.format(*at(x, y).split(","))
        for x, y in zip(shards, sums, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="290" font-family="sans-serif" '
        f'font-size="11"><polyline points="{at(0, 0)} {at(right, 0)}" stroke="#000" fill="none"/>'
        f'{lines}<polyline points="{points}" stroke="#06c" fill="none" stroke-width="2"/>{dots}{marks}'
        '<text x="250" y="284" text-anchor="middle">shards</text></svg>\n'
    )


if __name__ == "__main__":
    main()
