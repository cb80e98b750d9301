"""The marks that figures are made of. Text is escaped by `Markup`, never trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

WIDTH = 720
"""Width of a figure in its own units; the page scales it."""

_KEPT = 16384
"""Marks that are kept: most recur from sample to sample, and making one takes ten times as long."""

SHAPES = {
    "dominant_negative": Markup('<circle cx="{x}" cy="{y}" r="{r}" class="{c}"/>'),
    "loss_of_function": Markup('<path d="M{x} {y}m-{r} -{r}h{d}v{d}h-{d}z" class="{c}"/>'),
    "gain_of_function": Markup('<path d="M{x} {y}m0 -{r}l{r} {d}h-{d}z" class="{c}"/>'),
    "somatic_activating": Markup(
        '<path d="M{x} {y}m0 -{r}l{r} {r}l-{r} {r}l-{r} -{r}z" class="{c}"/>'
    ),
}
OTHER = Markup('<path d="M{x} {y}m-{r} -{r}l{d} {d}m0 -{d}l-{d} {d}" class="{c}"/>')
"""A cross: no mechanism is known."""


@lru_cache(maxsize=_KEPT)
def shape(mechanism: str | None, x: float, y: float, r: float, style: str) -> Markup:
    """Return the mark of a mechanism; its form tells the mechanism without any colour."""
    form = SHAPES.get(mechanism or "", OTHER)
    return form.format(x=f"{x:.1f}", y=f"{y:.1f}", r=f"{r:g}", d=f"{2 * r:g}", c=style)


@lru_cache(maxsize=_KEPT)
def text(x: float, y: float, words: object, anchor: str = "start", style: str = "") -> Markup:
    """Return words at a place; `anchor` is start, middle or end."""
    form = Markup('<text x="%.1f" y="%.1f" text-anchor="%s" class="%s">%s</text>')
    return form % (x, y, anchor, style, words)


@lru_cache(maxsize=_KEPT)
def box(x: float, y: float, width: float, height: float, style: str) -> Markup:
    """Return a rectangle by its upper left corner."""
    form = Markup('<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" class="%s"/>')
    return form % (x, y, width, height, style)


@lru_cache(maxsize=_KEPT)
def line(x1: float, y1: float, x2: float, y2: float, style: str = "ln") -> Markup:
    """Return a straight line."""
    return Markup('<path d="M%.1f %.1fL%.1f %.1f" class="%s"/>') % (x1, y1, x2, y2, style)


def figure(title: str, description: str, height: float, marks: Iterable[Markup]) -> Markup:
    """Return a figure with its alternative in words; the caption repeats the title."""
    return Markup(
        '<figure><svg class="fig" role="img" viewBox="0 0 {w} {h:.0f}">'
        "<title>{title}</title><desc>{desc}</desc>{marks}</svg>"
        "<figcaption><strong>{title}.</strong> {desc}</figcaption></figure>"
    ).format(w=WIDTH, h=height, title=title, desc=description, marks=Markup("").join(marks))


def spread(places: Iterable[float], least: float, end: float) -> list[float]:
    """Return sorted places moved apart to at least `least`, as far as they fit before `end`."""
    moved: list[float] = []
    for place in sorted(places):
        moved.append(max(place, moved[-1] + least) if moved else place)
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], end - least * (len(moved) - 1 - number))
    return moved


def residue(hgvs_p: str | None) -> int | None:
    """Return the first residue of a p. name; None where the name has none."""
    found = re.search(r"p\.\(?[A-Z][a-z]{2}(\d+)", hgvs_p or "")
    return int(found[1]) if found else None


def short_c(hgvs_c: str | None, otherwise: str) -> str:
    """Return a c. name without its transcript, cut where it is long."""
    name = (hgvs_c or "").rpartition(":")[2] or otherwise
    return name if len(name) <= 28 else f"{name[:25]}..."
