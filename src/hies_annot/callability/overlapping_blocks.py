"""Reference blocks of one file that lie over the same bases and disagree: the worse one holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from hies_annot.callability.statements import Statement, Weight

_LOW = (Weight.INCOMPLETE, Weight.NOT_CALLABLE)


def worse_blocks(statements: Sequence[tuple[str | None, Statement]]) -> Iterator[Statement]:
    """Yield statements, callable blocks without the bases of which their own file has a worse one.

    Blocks of one caller do not overlap; those of files put together may, and nothing says which
    was meant. Of two files of a person either may have seen a base. A called record within a block
    says more than the block.

    Args:
        statements: each with the file that makes it, None where it is no block.
    """
    worse: dict[str | None, list[Statement]] = {}
    for file, statement in statements:
        if file is not None and statement.weight in _LOW:
            worse.setdefault(file, []).append(statement)
    for file, statement in statements:
        if file in worse and statement.callable:
            yield from _outside(statement, worse[file])
        else:
            yield statement


def _outside(statement: Statement, worse: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the parts of a statement that no worse one overlaps."""
    first = statement.start
    for low in sorted(worse, key=lambda each: each.start):
        if low.end < first or low.start > statement.end:
            continue
        if low.start > first:
            yield replace(statement, start=first, end=low.start - 1)
        first = low.end + 1
    if first <= statement.end:
        yield replace(statement, start=first)
