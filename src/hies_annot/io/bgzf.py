"""What gzip shows of itself: whether it is in blocks (BGZF), whether it is whole, what it holds.

BGZF: SAM specification 1.6, section 4.1. Reading by place is left to htslib.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator

try:
    import deflate
except ImportError:  # Bioconda has no such package; its pysam unpacks with libdeflate
    LIBDEFLATE = False
else:
    LIBDEFLATE = True

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
    if is_bgzip(head):
        begin, end = next(spans(head), (0, 0))
        if not end:
            raise EOFError("the first block is cut short")
        return bytes(unpacked(head[begin:end]))
    return zlib.decompressobj(_GZIP).decompress(head, LARGEST_BLOCK + 1)


def first_bytes(head: bytes, count: int) -> bytes:
    """Return up to so many of the first bytes that gzip holds.

    Raises:
        zlib.error: it is damaged.
    """
    return zlib.decompressobj(_GZIP).decompress(head, count)


def spans(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield begin and end (bytes in `data`) of each block; one that is cut off is left out.

    Raises:
        zlib.error: there is no block where one must begin.
    """
    place = 0
    while len(data) - place >= _BLOCK_HEAD:
        if not is_bgzip(data[place : place + _BLOCK_HEAD]):
            raise zlib.error("there is no block of bgzip")
        end = place + struct.unpack_from("<H", data, place + 16)[0] + 1
        if end > len(data):
            return
        yield place, end
        place = end


def blocks(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield begin and end (bytes in `data`) and content of each block; the last may be cut off.

    Raises:
        zlib.error: there is no block where one must begin, or it is damaged.
    """
    for begin, end in spans(data):
        yield begin, end, bytes(unpacked(data[begin:end]))


def unpacked(block: bytes) -> bytes | bytearray:
    """Return what a block holds; libdeflate takes half of the time that zlib does.

    Raises:
        zlib.error: it is damaged.
    """
    if not LIBDEFLATE:
        return zlib.decompress(block, _GZIP)
    if int.from_bytes(block[-4:], "little") > LARGEST_BLOCK:  # so much would be set aside for it
        raise zlib.error("it states a larger size than any block has")
    try:
        return deflate.gzip_decompress(block)
    except deflate.DeflateError as fault:
        raise zlib.error(str(fault)) from None


def nothing_behind(data: bytes, skip: int) -> bool:
    """Return whether the blocks at the end of a file hold nothing behind some bytes of the first.

    Raises:
        zlib.error: there is no block where one must begin, or it is damaged.
    """
    found = list(blocks(data))
    text = b"".join(content for *_, content in found)
    return bool(found) and found[-1][1] == len(data) and len(text) == skip
