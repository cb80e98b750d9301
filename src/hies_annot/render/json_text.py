"""JSON whose last member is long: its parts are written one by one.

The text is that of `json.dumps(..., indent=1, ensure_ascii=False)` and a line end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping


def long_list(head: Mapping[str, object], key: str, items: Iterable[str]) -> Iterator[str]:
    """Yield the text of an object that ends with a list; `items` come from `item_text`."""
    return _parts(head, key, "[]", items)


def long_object(
    head: Mapping[str, object], key: str, members: Iterable[tuple[str, object]]
) -> Iterator[str]:
    """Yield the text of an object that ends with an object of many members."""
    texts = (f"{_dumped(name)}: {item_text(value)}" for name, value in members)
    return _parts(head, key, "{}", texts)


def item_text(value: object) -> str:
    """Return a value as it stands in the list or object at the end."""
    return _dumped(value).replace("\n", "\n  ")


def _parts(
    head: Mapping[str, object], key: str, brackets: str, items: Iterable[str]
) -> Iterator[str]:
    opening, closing = brackets[0], brackets[1]
    yield _dumped({**head, key: None}).removesuffix("null\n}") + opening
    empty = True
    for item in items:
        yield f"{'' if empty else ','}\n  {item}"
        empty = False
    yield f"{closing}\n}}\n" if empty else f"\n {closing}\n}}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)
