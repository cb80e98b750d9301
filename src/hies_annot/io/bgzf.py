"""What gzip shows of itself: whether it is in blocks (BGZF), whether it is whole, what it holds.

BGZF: SAM specification 1.6, section 4.1. Reading by place is left to htslib.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator

DAMAGE: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading damaged gzip raises."""

END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
"""The empty block that a whole file in blocks ends with."""

LARGEST_BLOCK = 0x10000
"""Bytes that a block takes at most, packed or not."""

_BLOCK_HEAD = 18
_MAGIC = b"\x1f\x8b\x08\x04"
_GZIP = 16 + zlib.MAX_WBITS


def is_bgzip(head: bytes) -> bool:
    """Return whether the first bytes (18 are enough) are those of a block of bgzip."""
    return head.startswith(_MAGIC) and head[12:14] == b"BC"


def first_block(head: bytes) -> bytes:
    """Return what the first block of bgzip holds, or as many of the first bytes of other gzip.

    Raises:
        zlib.error: it is damaged.
        EOFError: a block of bgzip is cut short.
    """
    unpacker = zlib.decompressobj(_GZIP)
    start = unpacker.decompress(head, LARGEST_BLOCK + 1)
    if is_bgzip(head) and not unpacker.eof:
        raise EOFError("the first block is cut short")
    return start


def first_bytes(head: bytes, count: int) -> bytes:
    """Return up to so many of the first bytes that gzip holds.

    Raises:
        zlib.error: it is damaged.
    """
    return zlib.decompressobj(_GZIP).decompress(head, count)


def blocks(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield begin and end (bytes in `data`) and content of each block; the last may be cut off.

    Raises:
        zlib.error: there is no block where one must begin, or it is damaged.
    """
    place = 0
    while len(data) - place >= _BLOCK_HEAD:
        if not is_bgzip(data[place : place + _BLOCK_HEAD]):
            raise zlib.error("there is no block of bgzip")
        end = place + struct.unpack_from("<H", data, place + 16)[0] + 1
        if end > len(data):
            return
        yield place, end, zlib.decompress(data[place:end], _GZIP)
        place = end


def nothing_behind(data: bytes, skip: int) -> bool:
    """Return whether the blocks at the end of a file hold nothing behind some bytes of the first.

    Raises:
        zlib.error: there is no block where one must begin, or it is damaged.
    """
    found = list(blocks(data))
    text = b"".join(content for *_, content in found)
    return bool(found) and found[-1][1] == len(data) and len(text) == skip
