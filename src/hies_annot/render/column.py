"""A column of a table: its line in the manual, how it is filled, and how a value is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

Cell = str | int | float | bool | None
Item = TypeVar("Item")

_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")


class Column(Struct, Generic[Item], frozen=True):
    """One column: `what` is its line in the manual, `read` gives its value of one row."""

    what: str
    read: Callable[[Item], Cell]


def cell(value: Cell) -> str:
    """Return a value as one field of a table."""
    if isinstance(value, str):
        return value if value.isprintable() else value.translate(_CONTROL)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def joined(values: Iterable[str]) -> str:
    """Join several values of one field."""
    return "; ".join(values)


def tsv_lines(columns: Mapping[str, Column[Item]], items: Iterable[Item]) -> Iterator[str]:
    """Yield a table: a header line, and one line an item."""
    yield "\t".join(columns) + "\n"
    readers = [column.read for column in columns.values()]
    for item in items:
        yield "\t".join([cell(read(item)) for read in readers]) + "\n"
