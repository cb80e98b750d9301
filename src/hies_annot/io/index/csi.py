"""CSI indexes (hts-specs, CSIv1): bins of each contig, and where its records begin."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from hies_annot.io.bgzf import DAMAGE

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError, struct.error)
_MAGIC = b"CSI\1"
_HEAD = struct.Struct("<4s3i")
_BIN = struct.Struct("<IQi")
_CHUNK = struct.Struct("<QQ")
_MOST_BITS, _MOST_LEVELS = 30, 10


class Bin(NamedTuple):
    """Where its records lie (virtual offsets), and before which offset none of them overlaps it."""

    low: int
    chunks: tuple[tuple[int, int], ...]


class CsiIndex(Struct, frozen=True):
    """Bits of the smallest bins, levels, auxiliary data, and the bins of each contig by number."""

    shift: int
    depth: int
    auxiliary: bytes
    contigs: tuple[Mapping[int, Bin], ...]


def read_csi(packed: bytes) -> CsiIndex:
    """Read an index.

    Raises:
        ValueError: it is no CSI index, or damaged.
    """
    try:
        return _read(gzip.decompress(packed))
    except _DAMAGE as fault:
        raise ValueError(f"could not load the index: {fault}") from None


def first_offset(index: Path, contig: int) -> int | None:
    """Return the virtual offset of the first record of a contig (its number in the header).

    None where the index has no record of it.

    Raises:
        ValueError: the file is no CSI index, or damaged.
    """
    try:
        contigs = read_csi(index.read_bytes()).contigs
    except OSError as fault:
        raise ValueError(f"could not load the index: {fault}") from None
    bins = contigs[contig].values() if contig < len(contigs) else ()
    return min((one.chunks[0][0] for one in bins if one.chunks), default=None)


def _read(data: bytes) -> CsiIndex:
    if not data.startswith(_MAGIC):
        raise ValueError("could not load the index: no CSI")
    _, shift, depth, length = _HEAD.unpack_from(data)
    if not (0 < shift <= _MOST_BITS and 0 <= depth <= _MOST_LEVELS):
        raise ValueError("could not load the index: its bins are of no size")
    place = _HEAD.size + length
    auxiliary = data[_HEAD.size : place]
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    contigs = []
    for _ in range(count):
        bins, place = _contig(data, place)
        contigs.append(bins)
    return CsiIndex(shift, depth, auxiliary, tuple(contigs))


def _contig(data: bytes, place: int) -> tuple[dict[int, Bin], int]:
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    bins = {}
    for _ in range(count):
        number, low, chunks = _BIN.unpack_from(data, place)
        place += _BIN.size
        end = place + chunks * _CHUNK.size
        bins[number] = Bin(low, tuple(_CHUNK.iter_unpack(data[place:end])))
        place = end
    return bins, place
