"""Where the records of a stretch lie in a file, by its tabix index (hts-specs, tabix format).

Places are virtual offsets: byte of a block in the file << 16 | byte in what the block holds.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterable

from msgspec import Struct

from hies_annot.io.bgzf import DAMAGE, LARGEST_BLOCK

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError, struct.error, UnicodeDecodeError)
_MAGIC = b"TBI\1"
_HEAD = struct.Struct("<8i")
_BIN = struct.Struct("<Ii")
_CHUNK = struct.Struct("<QQ")
_NOT_A_BIN = 37450
_WINDOW_BITS = 14
_LEVELS = ((1, 26), (9, 23), (73, 20), (585, 17), (4681, 14))

Chunk = tuple[int, int]


class ContigIndex(Struct, frozen=True):
    """Bins and windows of one contig."""

    bins: dict[int, tuple[Chunk, ...]]
    windows: tuple[int, ...]

    def chunks(self, start: int, end: int) -> tuple[Chunk, ...]:
        """Return where records of `start`..`end` (1-based, inclusive) may lie, in order."""
        window = min((start - 1) >> _WINDOW_BITS, len(self.windows) - 1)
        low = self.windows[window] if self.windows else 0
        wanted = {0}.union(
            *(
                range(first + ((start - 1) >> bits), first + ((end - 1) >> bits) + 1)
                for first, bits in _LEVELS
            )
        )
        found = (chunk for name in wanted for chunk in self.bins.get(name, ()) if chunk[1] > low)
        return joined(found)


class TabixIndex(Struct, frozen=True):
    """An index: contigs by their names in the file, and where the first record begins.

    `columns` are those of chromosome and position, counted from 0.
    """

    contigs: dict[str, ContigIndex]
    first_record: int
    columns: tuple[int, int]


def read_tabix(packed: bytes) -> TabixIndex:
    """Read a tabix index (TBI).

    Raises:
        ValueError: it is none, or damaged.
    """
    try:
        return _read(gzip.decompress(packed))
    except _DAMAGE as fault:
        raise ValueError(str(fault)) from None


def joined(chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """Return chunks in order; those that less than a block lies between are one."""
    found: list[Chunk] = []
    for begin, end in sorted(chunks):
        if found and begin >> 16 <= (found[-1][1] >> 16) + LARGEST_BLOCK:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return tuple(found)


def _read(data: bytes) -> TabixIndex:
    if not data.startswith(_MAGIC):
        raise ValueError("it is no tabix index")
    count, _, chrom, pos, *_, length = _HEAD.unpack_from(data, len(_MAGIC))
    place = len(_MAGIC) + _HEAD.size
    names = data[place : place + length].decode("ascii").split("\0")[:count]
    place += length
    contigs: dict[str, ContigIndex] = {}
    for name in names:
        contigs[name], place = _contig(data, place)
    begins = [c[0] for index in contigs.values() for found in index.bins.values() for c in found]
    if len(contigs) != count or not begins:
        raise ValueError("it names no records")
    return TabixIndex(contigs, min(begins), (chrom - 1, pos - 1))


def _contig(data: bytes, place: int) -> tuple[ContigIndex, int]:
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    bins: dict[int, tuple[Chunk, ...]] = {}
    for _ in range(count):
        name, chunks = _BIN.unpack_from(data, place)
        place += _BIN.size
        if name != _NOT_A_BIN:
            span = data[place : place + chunks * _CHUNK.size]
            bins[name] = tuple((begin, end) for begin, end in _CHUNK.iter_unpack(span))
        place += chunks * _CHUNK.size
    (windows,) = struct.unpack_from("<i", data, place)
    offsets = struct.unpack_from(f"<{windows}Q", data, place + 4)
    return ContigIndex(bins, offsets), place + 4 + windows * 8
