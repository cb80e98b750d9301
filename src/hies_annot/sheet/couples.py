"""Whose children are siblings: the parents of a child, told apart from others of their names.

Standard library only, as the workflow plans its batches again on every cluster node.
"""

from __future__ import annotations

from collections.abc import Container

Couple = tuple[str, str, tuple[str, ...]]
"""Father, mother, and what tells them from others of these names."""


def couple_of(
    father: str | None,
    mother: str | None,
    family: str | None,
    vcfs: tuple[str, ...],
    listed: Container[str],
) -> Couple | None:
    """Return the parents of a child, None where not both are named.

    A parent without a row is one of its family or, where no family is named, of the child's files:
    `F` and `M` are the parents of many. `listed` are the people with rows.
    """
    if not father or not mother:
        return None
    if father in listed or mother in listed:
        return father, mother, ()
    return father, mother, (family,) if family else vcfs
