"""The part of docs/benchmark.md about names, from `answers/names.tsv`."""

from __future__ import annotations


def names_section() -> str:
    """Return the part, or an empty text where no names are kept."""
    return ""
