"""Optional columns of the curated table: odds of an assay, and persons who carry the allele."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from hies_annot.errors import InputError
from hies_annot.io.numbers import whole_number


def counts_of(row: Mapping[str, str], record: str, file: str) -> dict[str, Any]:
    """Return the fields of the optional columns.

    Raises:
        InputError: a cell that is no such number, or numbers without a source.
    """
    text = {name: row.get(name, "").strip() for name in OPTIONAL}
    try:
        found: dict[str, Any] = {
            name: read(text[name]) if text[name] else None for name, read in OPTIONAL.items()
        }
    except ValueError:
        raise InputError(
            "odds_path, assay_controls and probands are numbers, cases and controls are written "
            "as carriers/all",
            file=file,
            record=record,
        ) from None
    if any(text[name] for name in ("probands", "cases", "controls")) and not text["counts_source"]:
        raise InputError(
            "probands, cases and controls need a counts_source", file=file, record=record
        )
    return found


def _share(text: str) -> tuple[int, int]:
    carriers, everybody = (_whole(part) for part in text.split("/"))
    if carriers > everybody:
        raise ValueError(text)
    return carriers, everybody


def is_whole(text: str) -> bool:
    """Whether a cell is a whole number from 0 on, in ASCII digits and of no endless length."""
    return text.isdecimal() and whole_number(text) is not None


def _whole(text: str) -> int:
    if not is_whole(text):
        raise ValueError(text)
    return int(text)


def _positive(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


OPTIONAL: Mapping[str, Callable[[str], Any]] = {
    "odds_path": _positive,
    "assay_controls": _whole,
    "probands": _whole,
    "cases": _share,
    "controls": _share,
    "counts_source": str,
}
"""Columns that a table may lack -> how a cell is read."""
