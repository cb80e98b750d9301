"""The tabix index of a sample's VCF, made from where its rows went while they were written.

htslib would read the finished file again and sync it to disk, which costs as much as everything
else about a sample's VCF. Layout: the Tabix index format and section 5 of the SAM specification
(samtools.github.io/hts-specs); it reaches 512 Mb of a contig, more than any human one has.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

_VCF, _CHROM_COLUMN, _POS_COLUMN, _END_COLUMN = 2, 1, 2, 0
_SKIPPED_LINES = 0
_REACH = 1 << 29
_WINDOW_BITS = 14
_LEVELS = ((14, 4681), (17, 585), (20, 73), (23, 9), (26, 1))
"""Bits of a position within a bin of a level, and the number of the level's first bin."""
_COUNTS = 37450
"""The bin that holds no place but the number of rows of the contig."""


class Placed(NamedTuple):
    """One row: its bases (1-based inclusive), and its virtual offsets in the bgzipped file."""

    chrom: str
    start: int
    end: int
    begins: int
    stops: int


def tabix_index(rows: Sequence[Placed]) -> bytes:
    """Return the index, not yet compressed, of rows that are sorted by contig and start."""
    contigs = [(name, list(group)) for name, group in groupby(rows, lambda row: row.chrom)]
    names = b"".join(name.encode() + b"\0" for name, _ in contigs)
    columns = (_VCF, _CHROM_COLUMN, _POS_COLUMN, _END_COLUMN, ord("#"), _SKIPPED_LINES)
    head = struct.pack("<4s8i", b"TBI\1", len(contigs), *columns, len(names))
    unplaced = struct.pack("<Q", 0)
    return b"".join((head, names, *(_contig(group) for _, group in contigs), unplaced))


def _contig(rows: Sequence[Placed]) -> bytes:
    bins: dict[int, list[Placed]] = {}
    for row in rows:
        bins.setdefault(_bin(row), []).append(row)
    counts = (rows[0].begins, rows[-1].stops, len(rows), 0)
    windows = b"".join(_windows(rows))
    return b"".join(
        (
            struct.pack("<i", len(bins) + 1),
            *(_chunks(number, group) for number, group in bins.items()),
            struct.pack("<Ii4Q", _COUNTS, 2, *counts),
            struct.pack("<i", len(windows) // 8),
            windows,
        )
    )


def _bin(row: Placed) -> int:
    """Return the smallest bin that holds all bases of a row."""
    first, last = _zero_based(row)
    for bits, offset in _LEVELS:
        if first >> bits == last >> bits:
            return offset + (first >> bits)
    return 0


def _zero_based(row: Placed) -> tuple[int, int]:
    """Return the first and the last base, 0-based; what lies beyond the reach is cut off."""
    first = min(max(row.start, 1), _REACH) - 1
    return first, max(first, min(row.end, _REACH) - 1)


def _chunks(number: int, rows: Iterable[Placed]) -> bytes:
    chunks = [struct.pack("<2Q", row.begins, row.stops) for row in rows]
    return struct.pack("<Ii", number, len(chunks)) + b"".join(chunks)


def _windows(rows: Iterable[Placed]) -> Iterator[bytes]:
    """Yield, for runs of windows of 16 kb, the offset of the first row that reaches into each.

    Where no row does, an offset before it stands for it.
    """
    done, offset = 0, struct.pack("<Q", 0)
    for row in rows:
        first, last = (base >> _WINDOW_BITS for base in _zero_based(row))
        if last >= done:
            yield offset * (first - done)
            offset = struct.pack("<Q", row.begins)
            yield offset * (last + 1 - max(first, done))
            done = last + 1
