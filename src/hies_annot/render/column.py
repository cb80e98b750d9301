"""A column of a table: its line in the manual, how it is filled, and how a value is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from hies_annot.render.visible_text import visible

Cell = str | int | float | bool | None

Item = TypeVar("Item")

_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")

_STARTS = frozenset("=+-@'\uff1d\uff0b\uff0d\uff20")
"""What begins a formula (also in full width), and the guard itself."""
_DATE = re.compile(r"[1-9][0-9]{0,3}[-/](?:[1-9]|0[1-9])[0-9]?(?:[-/][0-9]{1,4})?")
_MONTH = re.compile(
    r"(?=.*[0-9])(?:[0-9]{1,2}[-/ ]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]{0,6}[-/ ]?[0-9]{0,4}",
    re.IGNORECASE,
)
"""What spreadsheets take for dates: `1/1`, `6/15`, `2-1`, `MAR1`, `1-Sep`."""


class Column(Struct, Generic[Item], frozen=True):
    """One column: `what` is its line in the manual, `read` gives its value of one row.

    `kind` is the type of its values where a file keeps types: str, int, float or bool.
    """

    what: str
    read: Callable[[Item], Cell]
    kind: type[str | int | float | bool] = str


def cell(value: Cell) -> str:
    """Return a value as one field of a table."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isprintable() else visible(value.translate(_CONTROL))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def guarded(text: str) -> str:
    """Return a field that no spreadsheet runs as a formula or turns into a date.

    Such a field gets an apostrophe in front, and so does one that begins with an apostrophe: what
    is read back is the field without its first apostrophe (`unguarded`).
    """
    first = text[:1]
    if first in _STARTS or (first.isdigit() and _DATE.fullmatch(text)) or _MONTH.fullmatch(text):
        return f"'{text}"
    return text


def guard_patterns() -> list[tuple[str, str]]:
    """Return what `guarded` guards, for a script: patterns of whole fields with their flags."""
    starts = "".join(sorted(_STARTS))
    return [
        (rf"[{re.escape(starts)}]", ""),
        (f"(?:{_DATE.pattern})$", ""),
        (f"(?:{_MONTH.pattern})$", "i"),
    ]


def unguarded(field: str) -> str:
    """Return what a field of a table holds: the opposite of `guarded`."""
    return field.removeprefix("'")


def joined(values: Iterable[str]) -> str:
    """Join several values of one field."""
    return "; ".join(values)


def tsv_lines(columns: Mapping[str, Column[Item]], items: Iterable[Item]) -> Iterator[str]:
    """Yield a table: a header line, and one line an item."""
    yield "\t".join(columns) + "\n"
    readers = [column.read for column in columns.values()]
    for item in items:
        yield "\t".join([_field(read(item)) for read in readers]) + "\n"


def _field(value: Cell) -> str:
    return _text_field(value) if isinstance(value, str) else cell(value)


@lru_cache(maxsize=4096)
def _text_field(text: str) -> str:
    """The same few words stand in most rows."""
    return guarded(cell(text))
