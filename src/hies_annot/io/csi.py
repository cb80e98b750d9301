"""Where the records of a contig begin, by a CSI index (hts-specs, CSIv1)."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

from hies_annot.io.bgzf import DAMAGE

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError, struct.error)
_MAGIC = b"CSI\1"
_AFTER_SHIFTS = 12
"""Bytes before the length of the auxiliary data."""


def first_offset(index: Path, contig: int) -> int | None:
    """Return the virtual offset of the first record of a contig (its number in the header).

    None where the index has no record of it.

    Raises:
        ValueError: the file is no CSI index, or damaged.
    """
    try:
        data = gzip.decompress(index.read_bytes())
        return _first_offset(data, contig)
    except _DAMAGE as fault:
        raise ValueError(f"could not load the index: {fault}") from None


def _first_offset(data: bytes, contig: int) -> int | None:
    if not data.startswith(_MAGIC):
        raise ValueError("could not load the index: no CSI")
    (auxiliary,) = struct.unpack_from("<i", data, _AFTER_SHIFTS)
    place = _AFTER_SHIFTS + 4 + auxiliary
    (contigs,) = struct.unpack_from("<i", data, place)
    place += 4
    for number in range(contigs):
        (bins,) = struct.unpack_from("<i", data, place)
        place += 4
        begins = []
        for _ in range(bins):
            (chunks,) = struct.unpack_from("<i", data, place + 12)
            if number == contig and chunks:
                begins.append(struct.unpack_from("<Q", data, place + 16)[0])
            place += 16 + 16 * chunks
        if number == contig:
            return min(begins, default=None)
    return None
