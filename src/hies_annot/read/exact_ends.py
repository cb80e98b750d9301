"""How far the ends of a structural allele may lie off, by its record (CIPOS, CIEND, IMPRECISE)."""

from __future__ import annotations

from hies_annot.io.numbers import whole_number
from hies_annot.model import SiteRecord

WIDEST = 1000
"""Bases that an end may lie off; the fragments of paired reads are shorter."""
Bounds = tuple[int, int]
_EXACT: Bounds = (0, 0)


def end_bounds(site: SiteRecord, index: int) -> tuple[Bounds, Bounds] | None:
    """Return how far start and end of an ALT (1-based) may lie before and behind their places.

    None where they are exact: PRECISE, or an interval of a homology (from 0 on, no IMPRECISE).
    CIPOS and CIEND (VCF 4.2, 3) are as wide as the fragments of a library are long; what is wider
    than `WIDEST` is cut there, for it tells no place any more.
    """
    if "PRECISE" in site.info:
        return None
    start, end = (_cut(bounds) for bounds in _stated(site, index))
    if (start, end) == (_EXACT, _EXACT):
        return None
    if "IMPRECISE" not in site.info and start[0] == end[0] == 0:
        return None
    return start, end


def unsure_bases(site: SiteRecord, index: int) -> int:
    """Return how far an end of an ALT (1-based) may lie elsewhere, however wide that is.

    For what lies within: there it does not matter that a wide interval tells no place.
    """
    return max(abs(bound) for bounds in _stated(site, index) for bound in bounds)


def _stated(site: SiteRecord, index: int) -> tuple[Bounds, Bounds]:
    """Return the intervals of both ends; an end without one is as unsure as the start."""
    start = _interval(site, "CIPOS", index)
    return start or _EXACT, _interval(site, "CIEND", index) or start or _EXACT


def _cut(bounds: Bounds) -> Bounds:
    return max(-WIDEST, bounds[0]), min(WIDEST, bounds[1])


def _interval(site: SiteRecord, key: str, index: int) -> Bounds | None:
    """Return how far an end may lie before and behind its place; None where it is not told."""
    parts = site.info.get(key, "").split(",")
    own = parts[2 * index - 2 : 2 * index] if len(parts) == 2 * len(site.alts) else parts[:2]
    numbers = [whole_number(part.strip().lstrip("+")) for part in own]
    if len(numbers) != 2 or None in numbers:
        return None
    low, high = (number or 0 for number in numbers)
    return min(0, low), max(0, high)
