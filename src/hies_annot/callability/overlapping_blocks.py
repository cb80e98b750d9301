"""Reference blocks of one file that lie over the same bases and disagree: the worse one holds."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter

from msgspec.structs import replace

from hies_annot.callability.required import merge_spans
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
    low: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for file, statement in statements:
        if file is not None and statement.weight in _LOW:
            low[file].append((statement.start, statement.end))
    worse = {file: merge_spans(spans) for file, spans in low.items()}
    for file, statement in statements:
        if file in worse and statement.callable:
            yield from _outside(statement, worse[file])
        else:
            yield statement


def _outside(statement: Statement, worse: Sequence[tuple[int, int]]) -> Iterator[Statement]:
    """Yield the parts of a statement that lie in no worse span; these ascend and do not meet."""
    first = statement.start
    for low, high in islice(worse, bisect_left(worse, first, key=itemgetter(1)), None):
        if low > statement.end:
            break
        if low > first:
            yield replace(statement, start=first, end=low - 1)
        first = high + 1
    if first <= statement.end:
        yield replace(statement, start=first)
