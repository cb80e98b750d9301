"""One row of an interval file: its columns, and the blocks that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.io.numbers import whole_number

_BED12, _BLOCKS = 9, 6
"""Columns behind the span in a BED with blocks, and which of them is the number of blocks."""
_REGION = re.compile(r"\S+:[0-9]+-[0-9]+[+]?")
_AS_BED = "make a BED of it (picard IntervalListToBed), or give mosdepth's per-base file"


class BedRow(Struct, frozen=True):
    """A row as read: canonical chromosome, 1-based inclusive span, the columns after it."""

    chrom: str
    start: int
    end: int
    fields: tuple[str, ...]


def bed_columns(path: Path, number: int, text: str) -> tuple[Any, ...]:
    """Return chromosome, start (0-based) and end of a line, and its further columns.

    Raises:
        InputError: it is no row of a BED; of other lists of intervals the message says which.
    """
    columns = text.split("\t") if "\t" in text else text.split()
    where = {"file": str(path), "record": f"line {number}"}
    if columns[0] in ("@HD", "@SQ") or _REGION.fullmatch(columns[0]):
        raise InputError(f"is an interval list, which counts from 1: {_AS_BED}", **where)
    start, end = (whole_number(text.strip()) for text in (*columns[1:3], "", "")[:2])
    if start is None or end is None or start < 0:
        raise InputError("chromosome, start and end were expected", **where)
    if end < start:
        raise InputError(
            f"{columns[0]} {start} {end} ends before it begins: are these depths of bases "
            f"(samtools depth, bedtools -d)? {_AS_BED}",
            **where,
        )
    return (columns[0], start, end, *columns[3:])


def blocks_of(row: BedRow, path: Path) -> Iterator[BedRow]:
    """Yield the blocks of a row with blocks (BED12), which are all that it stands for; else itself.

    Raises:
        InputError: the blocks do not lie in the row.
    """
    if len(row.fields) != _BED12 or not row.fields[_BLOCKS].isdecimal():
        yield row
        return
    sizes, starts = (
        [whole_number(each) for each in row.fields[column].rstrip(",").split(",")]
        for column in (_BLOCKS + 1, _BLOCKS + 2)
    )
    if int(row.fields[_BLOCKS]) != len(sizes) or len(sizes) != len(starts):
        raise InputError(
            f"the blocks of {row.chrom}:{row.start}-{row.end} do not fit their number",
            file=str(path),
        )
    for size, offset in zip(sizes, starts, strict=True):
        first = row.start + (offset or 0)
        last = first + (size or 0) - 1
        if size is None or offset is None or offset < 0 or last > row.end:
            raise InputError(
                f"a block of {row.chrom}:{row.start}-{row.end} does not lie in it", file=str(path)
            )
        if last >= first:
            yield BedRow(row.chrom, first, last, (*row.fields[:3],))
