"""The group of a population with the highest frequency, and the figures of a record as numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hies_annot.evidence.scores import MISSING
from hies_annot.io.numbers import stated_number
from hies_annot.io.source_tables import SourceRow

FAF_GROUPS = ("afr", "amr", "eas", "nfe", "sas")
"""Groups that are not bottlenecked; v2 and v3 give one FAF95 for each (`faf95_afr`)."""

GROUPS = ("grpmax_joint", "grpmax", "popmax")
"""What stands behind AF_, AC_ and AN_ of the group with the highest frequency, best first."""
LEAST_OF_GROUP = 2000
"""Alleles of a group below which nothing is said of it (as gnomAD's own FAF95)."""

_NORMAL_95 = 1.6449
"""95 % quantile of the normal distribution."""

_Found = tuple[float | None, float | None, str | None]


def of_highest_group(row: SourceRow, part: str | None, *, only_highest: bool) -> _Found:
    """Return AF, FAF95 and name of the group with the highest frequency.

    The FAF95 is that which the record gives, else that of the counts; without counts, or with few
    alleles, it is not known.

    Args:
        row: the record.
        part: the data type of a joint record that counts alone.
        only_highest: the file states the highest FAF95, so that single groups tell no more.
    """
    stated = _stated_limit(row, (f"{part}_",) if part else ("", "joint_"))
    if stated is not None:
        return None, *stated
    for words in (f"grpmax_{part}",) if part else GROUPS:
        found = _of_group(row, words, row.values.get(words))
        if found is not None:
            return found
    return (None, None, None) if only_highest else _of_single_groups(row, part)


def _stated_limit(row: SourceRow, parts: tuple[str, ...]) -> tuple[float, str] | None:
    found = []
    for group in FAF_GROUPS:
        for part in parts:
            value = number_of(row, f"faf95_{part}{group}")
            if value is None and not part:
                value = number_of(row, f"faf95-{group}")
            if value is not None:
                found.append((value, group))
    return max(found, default=None)


def _of_single_groups(row: SourceRow, part: str | None) -> _Found:
    """Return the figures of the group with the highest FAF95, without any with the highest AF.

    gnomAD v3.0, and files that were cut to `AF_afr`, `AF_eas`, ..., state no highest group.
    """
    found = list(_each_group(row, (f"{part}_",) if part else ("", "joint_")))
    counted = [one for one in found if one[1] is not None]
    bare = [one for one in found if one[0] is not None]
    best = max(counted, key=lambda one: (one[1] or 0.0, one[2]), default=None)
    return best or max(bare, key=lambda one: (one[0] or 0.0, one[2]), default=(None, None, None))


def _each_group(row: SourceRow, parts: tuple[str, ...]) -> Iterator[_Found]:
    for group in FAF_GROUPS:
        for part in parts:
            found = _of_group(row, f"{part}{group}", group)
            if found is not None:
                yield found


def _of_group(row: SourceRow, words: str, name: str | None) -> _Found | None:
    """Return AF, FAF95 and name of one group; None: nothing is said of it."""
    names = [f"{figure}_{words}" for figure in ("AF", "AC", "AN")]
    if not row.shared.isdisjoint(names[:2]):
        return None
    frequency = number_of(row, names[0])
    count, number = count_of(row, names[1]), count_of(row, names[2])
    if count is not None and number and count <= number:
        if number < LEAST_OF_GROUP:
            return None, None, None
        return None, lower_limit(count) / number, name
    return None if frequency is None else (frequency, None, name)


def lower_limit(count: int) -> float:
    """Return the lowest mean that gives `count` or more in 5 % of samples (Wilson, Hilferty 1931).

    None is shown by a single allele.
    """
    if count < 2:
        return 0.0
    return float(count * (1 - 1 / (9 * count) - _NORMAL_95 / (3 * count**0.5)) ** 3)


def number_of(row: SourceRow, field: str | None) -> float | None:
    """Return a figure of a record, None where none is given.

    Raises:
        ValueError: the text is no number; unread, a figure that denies the allele would be lost.
    """
    text = row.values.get(field or "", "").strip()
    if text.lower() in MISSING:
        return None
    try:
        value = stated_number(text)
    except ValueError:
        told = f"{field} {text[:20]!r} is no number: write digits, the decimals behind a point"
        raise ValueError(told) from None
    return None if value is None or math.isinf(value) else value


def count_of(row: SourceRow, field: str | None) -> int | None:
    """Return a count of a record, None where none is given.

    Raises:
        ValueError: the text is no number.
    """
    value = number_of(row, field)
    return None if value is None or value < 0 else round(value)
