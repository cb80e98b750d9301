"""Drafts of gene files: what a person has still to fill in. A draft is never analysed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

MARK = "TO FILL IN"
"""Stands in a draft where only a person can say what is true."""


def unfilled(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 (any YAML)
    """Yield the key of each value that is, or still holds, the mark."""
    if isinstance(data, dict):
        for key, value in data.items():
            if MARK in str(key):
                yield (*path, str(key))
            yield from unfilled(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from unfilled(value, (*path, number))
    elif isinstance(data, str) and MARK in data:
        yield path


def fill_in(paths: list[tuple[str | int, ...]]) -> str:
    """Return the sentence that names what is missing."""
    names = ", ".join(".".join(map(str, path)) for path in paths)
    fields = "field" if len(paths) == 1 else "fields"
    return f"this gene file is a draft and is not used: fill in {len(paths)} {fields} ({names})"
