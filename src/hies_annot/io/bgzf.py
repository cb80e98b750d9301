"""BGZF: gzip in blocks that can be unpacked one by one (SAM specification 1.6, section 4.1).

A virtual offset is the place of a block in its file (bytes, 0-based), shifted left by 16 bits, plus
a place in the unpacked block.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from isal import igzip, isal_zlib
from isal.igzip_lib import IsalError

# The stubs of isal call its error an instance, and leave `open` without types.
DAMAGE: tuple[type[Exception], ...] = (
    EOFError,
    gzip.BadGzipFile,
    cast("type[Exception]", IsalError),
)
"""What reading damaged gzip raises."""

_MAGIC = b"\x1f\x8b\x08\x04"
_HEAD, _FOOT = 18, 8
LARGEST_BLOCK = 0x10000
"""Bytes that a block takes at most, packed or not."""


def open_gzip(path: Path) -> BinaryIO:
    """Open gzip, in blocks or not, to be read from its start on.

    Raises:
        OSError: it cannot be opened. Reading raises one of `DAMAGE` where data are damaged.
    """
    return cast("BinaryIO", igzip.open(path))  # type: ignore[no-untyped-call]


def is_bgzip(head: bytes) -> bool:
    """Return whether the first bytes (18 are enough) are those of a block of bgzip."""
    return head.startswith(_MAGIC) and head[12:14] == b"BC"


def packed_size(data: bytes | memoryview, at: int) -> int:
    """Return the size in bytes of the block that starts at `at` (0-based).

    Raises:
        ValueError: no block starts there.
    """
    head = bytes(data[at : at + _HEAD])
    if len(head) < _HEAD or not head.startswith(_MAGIC) or head[12:16] != b"BC\x02\x00":
        raise ValueError(f"no block of bgzip starts at byte {at}")
    return int.from_bytes(head[16:18], "little") + 1


def unpacked_size(block: bytes | memoryview) -> int:
    """Return how many bytes a whole block holds, as its end says.

    Raises:
        ValueError: more than a block can hold.
    """
    size = int.from_bytes(block[-4:], "little")
    if size > LARGEST_BLOCK:
        raise ValueError("a block of bgzip is damaged")
    return size


def unpack(block: bytes | memoryview) -> bytes:
    """Return what a whole block holds.

    Raises:
        ValueError: the block is cut short, or its sum is wrong.
    """
    try:
        data = isal_zlib.decompress(block[_HEAD:-_FOOT], -15, LARGEST_BLOCK)
    except DAMAGE:
        raise ValueError("a block of bgzip is damaged") from None
    if len(data) != unpacked_size(block) or isal_zlib.crc32(data) != int.from_bytes(
        block[-8:-4], "little"
    ):
        raise ValueError("a block of bgzip is damaged")
    return data


class BgzfLines:
    """The lines of a BGZF file between two virtual offsets."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            OSError: it cannot be opened.
        """
        self._file = os.open(path, os.O_RDONLY)
        self._last: tuple[int, bytes, int] | None = None

    def __enter__(self) -> BgzfLines:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def between(self, begin: int, end: int) -> Iterator[bytes]:
        """Yield the lines that start at or after `begin` and before `end`, without line feed.

        Raises:
            ValueError: `begin` is no place in the file, or a block is damaged.
            OSError: the file cannot be read on.
        """
        block, place = begin >> 16, begin & 0xFFFF
        text, following = self._block(block)
        if not following or place > len(text):
            raise ValueError(f"byte {block} is outside the file")
        while following and (block << 16 | place) < end:
            stop = text.find(b"\n", place)
            parts = [text[place : stop if stop >= 0 else len(text)]]
            while stop < 0 and following:
                block = following
                text, following = self._block(block)
                stop = text.find(b"\n")
                parts.append(text[: stop if stop >= 0 else len(text)])
            line = b"".join(parts)
            if line or stop >= 0:
                yield line
            place = stop + 1
            while following and place == len(text):
                block, place = following, 0
                text, following = self._block(block)

    def _block(self, at: int) -> tuple[bytes, int]:
        """Return what the block at `at` holds and where the next starts; 0 after the last."""
        if self._last is None or self._last[0] != at:
            packed = memoryview(os.pread(self._file, LARGEST_BLOCK, at))
            if not packed:
                return b"", 0
            size = packed_size(packed, 0)
            self._last = at, unpack(packed[:size]), at + size
        return self._last[1:]
