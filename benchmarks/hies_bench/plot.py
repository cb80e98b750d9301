"""The plot of HIES-bench: shares of right answers by category and tool, with intervals, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.hies_bench.case_file import CATEGORIES
from benchmarks.hies_bench.score import RIGHT, Scores, applicable, interval

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#777777")
_LEFT, _WIDTH, _TOP, _LINE, _GAP = 110, 560, 24, 11, 10


def drawn(scores: Mapping[str, Scores]) -> str:
    """Return the plot: a band a category, a line a tool; what is not applicable has no line."""
    band = _LINE * len(scores) + _GAP
    bottom = _TOP + band * len(CATEGORIES)
    height = bottom + 34 + 16 * len(scores)
    style = "font-family='sans-serif' font-size='11' fill='#222'"
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_LEFT + _WIDTH + 40} {height}' {style}>",
        "<title>Share of right answers by category and tool, with 95 % intervals</title>",
        f"<rect width='{_LEFT + _WIDTH + 40}' height='{height}' fill='white'/>",
        *_axis(bottom),
    ]
    for row, category in enumerate(CATEGORIES):
        top = _TOP + row * band
        parts.append(
            f"<text x='{_LEFT - 8}' y='{top + band / 2}' text-anchor='end'>{category}</text>"
        )
        for line, one in enumerate(scores.values()):
            marks = one.marks[category]
            parts += _mark(
                marks[RIGHT], applicable(marks), top + _LINE * (line + 0.7), COLOURS[line]
            )
    for line, name in enumerate(scores):
        place = bottom + 36 + 16 * line
        parts.append(f"<circle cx='{_LEFT}' cy='{place - 4}' r='4' fill='{COLOURS[line]}'/>")
        parts.append(f"<text x='{_LEFT + 10}' y='{place}'>{name}</text>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axis(bottom: float) -> Iterator[str]:
    for percent in range(0, 101, 20):
        x = _LEFT + _WIDTH * percent / 100
        yield f"<line x1='{x}' x2='{x}' y1='{_TOP - 6}' y2='{bottom}' stroke='#ddd'/>"
        yield f"<text x='{x}' y='{bottom + 14}' text-anchor='middle'>{percent} %</text>"


def _mark(right: int, many: int, y: float, colour: str) -> Iterator[str]:
    if not many:
        return
    low, high = (_LEFT + _WIDTH * edge for edge in interval(right, many))
    x = _LEFT + _WIDTH * right / many
    yield f"<line x1='{low:.1f}' x2='{high:.1f}' y1='{y:.1f}' y2='{y:.1f}' stroke='{colour}'/>"
    yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{colour}'/>"
