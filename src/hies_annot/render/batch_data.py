"""The rows of the tables of a batch as the data block of its page. Pure.

A value that many rows share is written once, in `words`, and rows have its number: 100,000 rows
stay small. The text may stand in a `script` element: it has no `<`, and ASCII only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hies_annot.render.batch_columns import PageColumn
from hies_annot.render.visible_text import visible

_OWN = frozenset({"sample", "status", "files"})
"""Kinds whose values stand in the rows themselves."""


class PageTable(NamedTuple):
    """A table: its columns and the rows to fill them from, each with its `place`."""

    columns: Sequence[PageColumn[Any]]
    items: Iterable[Any]


class _Words:
    """Numbers texts in the order in which they appear first."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.known.setdefault(text, len(self.known))


def data_block(head: Mapping[str, object], tables: Mapping[str, PageTable]) -> Iterator[str]:
    """Yield the text of `{head..., "tables": {name: {columns, rows}}, "words": [...]}`.

    A row is its place and one value a column: a number in `words`, or for `sample`, `status` and
    `files` the value itself.
    """
    words = _Words()
    yield script_json(dict(head)).removesuffix("}") + ("," if head else "") + '"tables":{'
    for number, (name, table) in enumerate(tables.items()):
        columns = [
            {"title": column.title, "kind": column.kind, "width": column.width}
            for column in table.columns
        ]
        start = f'{script_json(name)}:{{"columns":{script_json(columns)},"rows":['
        yield f"{',' if number else ''}{start}"
        yield from _rows(table, words)
        yield "]}"
    yield f'}},"words":{script_json(list(words.known))}}}'


def script_json(value: object) -> str:
    """Return JSON that may stand in a `script` element."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _rows(table: PageTable, words: _Words) -> Iterator[str]:
    between = "\n"
    for item in table.items:
        cells: list[str | int] = [item.place]
        for column in table.columns:
            read = column.read(item)
            value = visible(read) if isinstance(read, str) else read
            cells.append(value if column.kind in _OWN else words.number(value))
        yield between + script_json(cells)
        between = ",\n"
