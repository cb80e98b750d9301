"""`results.md` and the plot of `batches.py`, from its figures."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pysam
from pysam import libchtslib
from rivals import MADE_UP_GENES

from hies_annot import __version__

FAR = 100_000
"""Samples to which the cohort's cost is extrapolated."""


def write_report(figures: Mapping[str, Any], folder: Path) -> None:
    """Write `results.md` and `cohort.svg` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [_head()]
    if "exomes" in figures:
        parts.append(_exomes(figures["exomes"]))
    if "cohort" in figures:
        parts.append(_cohort(figures["cohort"]))
        (folder / "cohort.svg").write_text(plot(figures["cohort"]), encoding="utf-8")
    parts.insert(1, _targets(figures))
    (folder / "results.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _head() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"""# Speed and memory, measured

Written by `python benchmarks/batches.py --work FOLDER`. Commands ran in turn on one machine that
others used at the same time: the ratios say more than the seconds. Medians; "processor" is user
plus system time of all processes of a command; peak memory is that of its largest process.

Machine: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GB,
{platform.platform()}. hies-annot {__version__}, Python {platform.python_version()},
pysam {pysam.__version__} ({_features()}), {_bcftools()}."""


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _features() -> str:
    """Return what the htslib in pysam was built with, as far as speed depends on it."""
    library = ctypes.CDLL(libchtslib.__file__)
    library.hts_feature_string.restype = ctypes.c_char_p
    words = library.hts_feature_string().decode().split()
    return ", ".join(word for word in words if word.startswith("libdeflate"))


def _bcftools() -> str:
    said = subprocess.run(["bcftools", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[0]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _exomes(data: Mapping[str, Any]) -> str:
    costs, files = data["costs"], data["files"]
    base = costs["bcftools view, norm, csq"]
    rows = []
    for name, cost in costs.items():
        part = data["part"].get(name, files)
        scale = files / part
        rows.append(
            [
                name + (f" ({part} files, scaled)" if scale != 1 else ""),
                f"{cost['wall'] * scale:.1f}",
                f"{cost['processor'] * scale:.1f}",
                f"{cost['wall'] * scale / base['wall']:.2f}",
                f"{cost['processor'] * scale / base['processor']:.2f}",
                f"{cost['memory']:.0f}",
            ]
        )
    head = [
        "command",
        "wall (s)",
        "processor (s)",
        "wall / bcftools",
        "processor / bcftools",
        "peak MB",
    ]
    text = f"""## (a) {files} exomes, one VCF a sample

{files} bgzipped, indexed VCFs of {data["records"]:,} records each, {data["bytes"] / 1e6:.0f} MB,
about 20 records of a sample in the two loci; medians of {data["turns"]}. hies-annot annotates,
judges by ACMG, pairs alleles, assesses callability and writes JSON, HTML, TSV and an indexed VCF a
sample; bcftools cuts, normalises and names consequences, file by file.

{_table(head, rows)}"""
    if data["part"]:
        text += f"""

SnpEff 5.1 gets the cut loci, one start a file. Its database `loci` has these two genes only, so it
starts faster than any that is in use; `genome` has {MADE_UP_GENES:,} made-up genes besides, on two
chromosomes, with four transcripts of ten exons each: fewer than any annotation of a human genome."""
    return text


def _targets(figures: Mapping[str, Any]) -> str:
    """Return the ratios that were asked for beside those that were reached."""
    rows: list[list[str]] = []

    def add(name: str, wanted: str, wall: float, processor: float) -> None:
        rows.append([name, wanted, f"{wall:.2f}", f"{processor:.2f}"])

    costs = figures.get("exomes", {}).get("costs", {})
    for name, cost in costs.items():
        if name.startswith("hies"):
            base = costs["bcftools view, norm, csq"]
            wanted = "at most 0.6" if "no reports" in name else "at most 1"
            ratios = (cost[key] / base[key] for key in ("wall", "processor"))
            add(f"{name}, against bcftools", wanted, *ratios)
    for rival, part in figures.get("exomes", {}).get("part", {}).items():
        scale = figures["exomes"]["files"] / part
        for name, cost in costs.items():
            if name.startswith("hies"):
                ratios = (scale * costs[rival][key] / cost[key] for key in ("wall", "processor"))
                add(f"{rival}, against {name}", "at least 50", *ratios)
    for entry in figures.get("cohort", [])[-1:]:
        view, reading = entry["costs"]["bcftools view -r"], entry["costs"]["reading pass"]
        ratios = (reading[key] / view[key] for key in ("wall", "processor"))
        add(f"reading pass of {entry['samples']:,} samples", "at most 2", *ratios)
        memory = f"{entry['costs']['whole']['memory']:.0f} MB"
        rows.append([f"peak memory, {entry['samples']:,} samples", "under 400 MB", memory, ""])
    head = ["figure", "wanted", "on the clock", "processor time"]
    return f"## Asked for and reached\n\n{_table(head, rows)}"


def _cohort(data: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for entry in data:
        view, reading, whole = (
            entry["costs"][name] for name in ("bcftools view -r", "reading pass", "whole")
        )
        rows.append(
            [
                f"{entry['samples']:,}",
                f"{entry['bytes'] / 1e6:.0f}",
                f"{entry['carried']:,}",
                f"{view['wall']:.1f} / {view['processor']:.1f}",
                f"{reading['wall']:.1f} / {reading['processor']:.1f}",
                " / ".join(f"{reading[key] / view[key]:.2f}" for key in ("wall", "processor")),
                _without(entry["costs"].get("start-up"), reading, view),
                f"{whole['wall']:.1f} / {whole['processor']:.1f}",
                f"{1000 * whole['processor'] / entry['samples']:.1f}",
                f"{whole['memory']:.0f}",
            ]
        )
    head = [
        "samples",
        "MB",
        "calls not hom-ref",
        "`bcftools view -r` (s)",
        "reading pass (s)",
        "ratio",
        "without start-up",
        "whole analysis (s)",
        "ms a sample",
        "peak MB",
    ]
    fits = {name: _line(data, name) for name in ("bcftools view -r", "reading pass", "whole")}
    far = ", ".join(
        f"{name} {fixed + FAR * slope:.0f} s" for name, (fixed, slope, _) in fits.items()
    )
    linear = ", ".join(f"{name} {share:.3f}" for name, (_, _, share) in fits.items())
    return f"""## (b) One BCF of many samples, 3,000 records in the loci

GT:AD:DP:GQ; half of the sites are carried once or twice. Wall / processor time. `bcftools view -r`
writes the same blocks as text; the reading pass is hies-annot up to the carriers of each record,
its start-up included (`without start-up`: the same less the pass over a cohort of 201 samples and
200 records); the whole analysis (one run, without reports) adds the work on every carried call, and
the summaries.

{_table(head, rows)}

Straight lines through the processor times fit with R² = {linear}. Extrapolated to {FAR:,} samples,
in processor time: {far}.

![cost against samples](cohort.svg)"""


def _without(
    start: Mapping[str, float] | None, reading: Mapping[str, float], view: Mapping[str, float]
) -> str:
    """Return the ratios of the reading pass without its start-up, where that was measured."""
    if start is None:
        return "n/a"
    return " / ".join(
        f"{(reading[key] - start[key]) / view[key]:.2f}" for key in ("wall", "processor")
    )


def _line(data: Sequence[Mapping[str, Any]], name: str) -> tuple[float, float, float]:
    """Return intercept, slope and R² of processor seconds against samples."""
    xs = [float(entry["samples"]) for entry in data]
    ys = [float(entry["costs"][name]["processor"]) for entry in data]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs) or 1.0
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / spread
    fixed = mean_y - slope * mean_x
    left = sum((y - fixed - slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    total = sum((y - mean_y) ** 2 for y in ys) or 1.0
    return fixed, slope, 1 - left / total


# --- plot ------------------------------------------------------------------

_WIDTH, _HEIGHT, _EDGE = 640, 360, 60
_COLOURS = {"bcftools view -r": "#999999", "reading pass": "#0072b2", "whole": "#d55e00"}


def plot(data: Sequence[Mapping[str, Any]]) -> str:
    """Return an SVG: processor seconds against samples, a line a measure."""
    most_x = max(entry["samples"] for entry in data)
    most_y = max(cost["processor"] for entry in data for cost in entry["costs"].values())

    def place(x: float, y: float) -> str:
        across = _EDGE + (_WIDTH - 2 * _EDGE) * x / most_x
        return f"{across:.1f},{_HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * y / most_y:.1f}"

    axes = f"M{place(0, most_y)} L{place(0, 0)} L{place(most_x, 0)}"
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="12"',
        f' viewBox="0 0 {_WIDTH} {_HEIGHT}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<path d="{axes}" fill="none" stroke="black"/>',
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 15}" text-anchor="middle">samples in one BCF</text>',
        f'<text x="{_EDGE}" y="{_EDGE - 15}">processor time (s), up to {most_y:.0f}</text>',
    ]
    for entry in data:
        x, y = place(entry["samples"], 0).split(",")
        parts.append(
            f'<text x="{x}" y="{float(y) + 18}" text-anchor="middle">{entry["samples"]:,}</text>'
        )
    for number, (name, colour) in enumerate(_COLOURS.items()):
        points = [place(e["samples"], e["costs"][name]["processor"]) for e in data]
        line = " ".join(points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point in points:
            x, y = point.split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
        label = "whole analysis" if name == "whole" else name
        parts.append(
            f'<text x="{_EDGE + 15}" y="{_EDGE + 5 + 16 * number}" fill="{colour}">{label}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
