"""Faults of the INFO values that are read: extents, types and copy numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from hies_annot.io.numbers import number, whole_count, whole_number
from hies_annot.io.record.mates import break_word
from hies_annot.io.record.record_extent import extent_contradicted, is_known_type, reaches_far
from hies_annot.io.record.vcf_line import info_pairs
from hies_annot.model import SiteRecord
from hies_annot.model.reading_faults import Fault

_CLAIMS = frozenset({"D", "J", "DJ", "."})
_INTERVAL = re.compile(r"(?:-?[0-9]+|\.)(?:,(?:-?[0-9]+|\.))*")


def _is_whole(text: str) -> bool:
    return whole_number(text) is not None


def _are_whole(text: str) -> bool:
    return all(part == "." or _is_whole(part) for part in text.split(","))


def _are_numbers(text: str) -> bool:
    try:
        return all(part == "." or number(part) >= 0 for part in text.split(","))
    except ValueError:
        return False


def _is_interval(text: str) -> bool:
    """Whether a text is pairs of a figure up to 0 and one from 0 on."""
    if not _INTERVAL.fullmatch(text):
        return False
    figures = [whole_number(part) or 0 for part in text.split(",")]
    pairs = zip(figures[::2], figures[1::2], strict=False)
    return len(figures) % 2 == 0 and all(low <= 0 <= high for low, high in pairs)


def _are_claims(text: str) -> bool:
    return _CLAIMS.issuperset(text.split(","))


def _is_four(text: str) -> bool:
    parts = text.split(",")
    return len(parts) == 4 and all(part == "." or whole_count(part) is not None for part in parts)


_NOT_WHOLE = "is no whole number; it is not read"
_VALUES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "END": (_is_whole, _NOT_WHOLE),
    "END2": (_is_whole, _NOT_WHOLE),
    "POS2": (_is_whole, _NOT_WHOLE),
    "SVLEN": (_are_whole, _NOT_WHOLE),
    "SVTYPE": (is_known_type, "is no type of a structural variant"),
    "SVCLAIM": (_are_claims, "is none of D, J and DJ"),
    "CN": (_are_numbers, "is no copy number"),
    "CIPOS": (_is_interval, "is no interval around 0"),
    "CIEND": (_is_interval, "is no interval around 0"),
    "DP4": (_is_four, "is not four numbers of reads; it is not read"),
}
"""What a value must be, by key (VCF 4.4, 1.6.1 and 3)."""
_ANYTHING: tuple[Callable[[str], bool], str] = (bool, "")
_FLAGS = frozenset({"IMPRECISE", "PRECISE"})


def info_faults(site: SiteRecord, text: str) -> Iterator[Fault]:
    """Yield the faults of INFO; `site.info` has what was read of it."""
    if ";" in text:
        yield from _repeated(text)
    yield from filter(None, (_value(key, value) for key, value in site.info.items()))
    mated = "CHR2" in site.info and any(break_word(alt, site.info) for alt in site.alts)
    if (whole_number(site.info.get("END")) or site.pos) < site.pos and not mated:
        yield Fault("INFO END", "lies before POS; it is not read", site.info["END"])
    if "SVLEN" in site.info and any(map(reaches_far, site.alts)):
        yield from _lengths(site)


def _lengths(site: SiteRecord) -> Iterator[Fault]:
    lengths = site.info["SVLEN"]
    if len(lengths.split(",")) != len(site.alts):
        yield Fault("INFO SVLEN", "has not one length for each ALT", lengths)
    if extent_contradicted(site.pos, site.alts, site.info):
        yield Fault("INFO END", "and SVLEN speak of different extents", site.info["END"])


def _repeated(text: str) -> Iterator[Fault]:
    found: dict[str, str] = {}
    for key, value in info_pairs(text):
        if found.setdefault(key, value) != value:
            words = "stands twice with different values; the last one counts"
            yield Fault(f"INFO {key}", words, value)


def _value(key: str, value: str) -> Fault | None:
    if key in _FLAGS:
        words = "" if value in ("", "1") else "is the value of a flag; it is read as set"
    elif not value:
        words = "has no value"
    else:
        fits, fault = _VALUES.get(key, _ANYTHING)
        words = "" if value == "." or fits(value) else fault
    return Fault(f"INFO {key}", words, value) if words else None
