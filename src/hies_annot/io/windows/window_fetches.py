"""What is fetched for some windows by an index, and which of the lines are of interest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hies_annot.genome import canonical_chrom
from hies_annot.io.windows.by_index import stated_position

Window = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""

_RUN_UP_BITS = 14
"""Reading starts at the last whole 16 kb: an index does not know of all ends that we read."""
_FAR = re.compile(r"SVTYPE=|SVLEN=|[\t,]<(?!NON_REF>|\*>|X>)|\tDEL|[\[\]]|:LEN\b", re.IGNORECASE)
"""What stands in a record that may reach farther than its bases and END say."""
_END = re.compile(r"[\t;]END=([0-9]+)")


class Fetch(NamedTuple):
    """Where to read (1-based); before `near`, only records that reach far are of interest.

    What starts up to `done` was read for another window.
    """

    name: str
    chrom: str
    start: int
    near: int
    end: int
    done: int


def fetches(names: tuple[str, ...], windows: tuple[Window, ...], before: int) -> Iterator[Fetch]:
    """Yield what is to be fetched: in the order of the index, and no base twice.

    Args:
        names: the contigs of the index.
        windows: what is asked for.
        before: bases before each window that are looked through for records that reach into it.
    """
    for name in names:
        chrom, done = canonical_chrom(name), 0
        for start, end in _joined([(a, b) for contig, a, b in windows if contig == chrom]):
            yield Fetch(name, str(chrom), max(1, start - before), start, end, done)
            done = end


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join spans that meet, each with its run-up."""
    reach: tuple[int, int] | None = None
    for start, end in sorted(spans):
        run_up = (max(start, 1) - 1 >> _RUN_UP_BITS << _RUN_UP_BITS) + 1
        if reach is not None and run_up <= reach[1] + 1:
            reach = reach[0], max(end, reach[1])
            continue
        if reach is not None:
            yield reach
        reach = run_up, end
    if reach is not None:
        yield reach


def of_interest(line: str, fetch: Fetch) -> bool:
    """Whether a record may reach a window and was not handed out for another one."""
    position = stated_position(line)
    if position is None:
        return True
    if position >= fetch.near or fetch.start == fetch.near:
        return position > fetch.done
    end = _END.search(line)
    far = position + len(line) >= fetch.near or (end and int(end[1]) >= fetch.near)
    return position > fetch.done and bool(far or _FAR.search(line))
