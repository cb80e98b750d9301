"""Cells of a sheet and fields of a PED that name no parent.

Standard library only, as the workflow plans its batches again on every cluster node.
"""

from __future__ import annotations

from collections.abc import Container

NOBODY = frozenset({"", "0", ".", "-9"})
PERHAPS_NOBODY = ("na", "n/a", "nan", "none", "null", "unknown", "-")
"""What people write where 0 is due, in small letters; an individual may have such a name."""


def parent_named(text: str | None, people: Container[str]) -> str | None:
    """Return the parent that a cell names, None: nobody; `people` are those who are listed."""
    if text is None or text in NOBODY:
        return None
    return None if text not in people and text.lower() in PERHAPS_NOBODY else text
