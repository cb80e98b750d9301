"""What a number of a VCF is: the one place where its text becomes one.

A position or length that is none is "not stated"; a figure of a sample that is none is a fault of
that sample.
"""

from __future__ import annotations

import math
import re

LARGEST = 2**31 - 1
"""The largest Integer of VCF (VCF 4.3, 1.3)."""
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z|[-+]?(?:inf|infinity|nan)\Z",
    re.ASCII | re.IGNORECASE,
)
"""A Float of VCF (VCF 4.3, 1.3), with a point at its end too."""
_WHOLE = re.compile(r"[+-]?[0-9]+(?:\.0*)?\Z")
_LONGEST = 18
"""Characters of a number; longer ones lie outside every genome."""


def whole_number(text: str | None) -> int | None:
    """Return a whole number in ASCII digits (`12`, `-3`, `4.0`), None for everything else."""
    if text is None or not text.isascii() or len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    if not _WHOLE.match(text):
        return None
    return int(float(text)) if "." in text else int(text)


def whole_count(text: str) -> int | None:
    """Return a whole number from 0 to the largest Integer of VCF, None for everything else."""
    value = whole_number(text)
    return value if value is not None and 0 <= value <= LARGEST else None


def count_of(text: str | None) -> int | None:
    """Return a count from 0 on, None where none is given; a list counts by its first part.

    Raises:
        ValueError: the text is no number, or no finite one from 0 on.
    """
    if text is None or text == ".":
        return None
    plain = len(text) <= _LONGEST and text.isascii() and text.isdecimal()
    value = int(text) if plain else number(text.partition(",")[0])
    if not 0 <= value <= LARGEST:
        raise ValueError(f"no count: {text[:20]!r}")
    return int(value)


def number(text: str) -> float:
    """Return a number as VCF writes it; `inf` and `nan` are numbers.

    Raises:
        ValueError: the text is none (`1_000`, Arabic digits, blanks around it).
    """
    if not _NUMBER.match(text):
        raise ValueError(f"a number is due where {text[:20]!r} stands")
    return float(text)


def stated_number(text: str) -> float | None:
    """Return a number, None where it is `nan`: that states nothing.

    Raises:
        ValueError: the text is no number.
    """
    value = number(text)
    return None if math.isnan(value) else value


def finite_or_none(text: str) -> float | None:
    """Return a finite number, None where a text is none."""
    try:
        return finite_number(text)
    except ValueError:
        return None


def finite_number(text: str) -> float:
    """Return a finite number.

    Raises:
        ValueError: the text is none.
    """
    value = number(text)
    if not math.isfinite(value):
        raise ValueError(f"no finite number: {text[:20]!r}")
    return value
