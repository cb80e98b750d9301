"""Where the records of a stretch lie in a file, by its tabix index (hts-specs, tabix format).

Places are virtual offsets: byte of a block in the file << 16 | byte in what the block holds.
"""

from __future__ import annotations

import gzip
import re
import struct
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from hies_annot.io.bgzf import DAMAGE, LARGEST_BLOCK

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError, struct.error, UnicodeDecodeError)
_MAGIC = b"TBI\1"
_HEAD = struct.Struct("<8i")
_BIN = struct.Struct("<Ii")
_CHUNK = struct.Struct("<QQ")
_NOT_A_BIN = 37450
_WINDOW_BITS = 14
_COUNT = struct.Struct("<i")
_OFFSET_SIZE = 8
_ONE_CHUNK = _BIN.size + _CHUNK.size
_EMPTY = bytes(2 * _COUNT.size)
"""A contig without bins and windows."""
_BINS_OF_ONE_CHUNK = re.compile(rb"(?:....\x01\0\0\0.{16})*", re.DOTALL)
"""As nearly all are: passed over at once where the place of each bin would be looked at."""
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


def excerpt(index: memoryview, wanted: Callable[[str], bool]) -> bytes | memoryview:
    """Return an unpacked index that tells only of the contigs that are wanted.

    The others keep their names and have no records, so that htslib takes it in in half the time.
    What is no tabix index, or not a whole one, comes back as it is.
    """
    try:
        return b"".join(_parts(index, wanted))
    except (ValueError, struct.error):
        return index


def joined(chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """Return chunks in order; those that less than a block lies between are one."""
    found: list[Chunk] = []
    for begin, end in sorted(chunks):
        if found and begin >> 16 <= (found[-1][1] >> 16) + LARGEST_BLOCK:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return tuple(found)


def _names(data: bytes | memoryview) -> tuple[list[str], int]:
    """Return the names of the contigs, and the place behind them."""
    if data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("it is no tabix index")
    count, *_, length = _HEAD.unpack_from(data, len(_MAGIC))
    place = len(_MAGIC) + _HEAD.size
    names = str(data[place : place + length], "ascii").split("\0")
    if length < 0 or not 0 <= count <= len(names):
        raise ValueError("it names no records")
    return names[:count], place + length


def _parts(data: memoryview, wanted: Callable[[str], bool]) -> Iterator[bytes | memoryview]:
    names, place = _names(data)
    yield data[:place]
    for name in names:
        end = _behind(data, place)
        yield data[place:end] if wanted(name) else _EMPTY
        place = end
    yield data[place:]


def _behind(data: memoryview, place: int) -> int:
    """Return the place behind a contig.

    Raises:
        ValueError: the index is cut short, or a count is none.
    """
    left, place = _count(data, place)
    while left:
        found = _BINS_OF_ONE_CHUNK.match(data, place)
        alike = min((found.end() - place) // _ONE_CHUNK, left) if found else 0
        left, place = left - alike, place + alike * _ONE_CHUNK
        if left:
            chunks, place = _count(data, place + _COUNT.size)
            left, place = left - 1, _within(data, place + chunks * _CHUNK.size)
    windows, place = _count(data, place)
    return _within(data, place + windows * _OFFSET_SIZE)


def _within(data: memoryview, place: int) -> int:
    if place > len(data):
        raise ValueError("it is cut short")
    return place


def _count(data: memoryview, place: int) -> tuple[int, int]:
    """Return the count at a place, and the place behind it."""
    (count,) = _COUNT.unpack_from(data, place)
    if count < 0:
        raise ValueError("a count is less than none")
    return count, place + _COUNT.size


def _read(data: bytes) -> TabixIndex:
    names, place = _names(data)
    _, _, chrom, pos, *_ = _HEAD.unpack_from(data, len(_MAGIC))
    contigs: dict[str, ContigIndex] = {}
    for name in names:
        contigs[name], place = _contig(data, place)
    begins = [c[0] for index in contigs.values() for found in index.bins.values() for c in found]
    if len(contigs) != len(names) or not begins:
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
