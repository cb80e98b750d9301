"""An index for htslib that needs no unpacking and tells only of the contigs that are read.

To take in the index of a whole exome or genome costs more than all that is then read by it.
The pysam of PyPI unpacks with zlib, at twice the time of libdeflate (`bgzf.unpacked`). htslib reads
an index that is not packed as well, here from a file in memory, which only Linux has. Where there
is no such file or no libdeflate, or the index is none in whole blocks, htslib reads the index
itself and says what is wrong with it.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

from hies_annot.io import bgzf
from hies_annot.io.index.tabix_index import excerpt

_MOST_BLOCKS = 1000
"""Blocks that are unpacked at most (64 MB; the index of a genome has 30)."""


def plain_index(index: str, wanted: Callable[[str], bool]) -> str:
    """Return the path of an index as htslib may read it at once; it holds until the next call.

    What it tells of contigs that are not wanted may be lacking.
    """
    if not bgzf.LIBDEFLATE or not hasattr(os, "memfd_create"):
        return index
    try:
        packed = Path(index).read_bytes()
        places = list(bgzf.spans(packed))
        if not 0 < len(places) <= _MOST_BLOCKS or places[-1][1] != len(packed):
            return index
        return _in_memory(excerpt(_unpacked(packed, places), wanted))
    except (OSError, zlib.error):
        return index


def _unpacked(packed: bytes, places: list[tuple[int, int]]) -> memoryview:
    """Return what blocks hold, in the room of this thread: to set some aside each time is slow.

    Raises:
        zlib.error: one is damaged.
    """
    room, size = _memory.of_this_thread().room, 0
    for begin, end in places:
        part = bgzf.unpacked(packed[begin:end])
        room[size : size + len(part)] = part
        size += len(part)
    return memoryview(room)[:size]


def _in_memory(index: bytes | memoryview) -> str:
    """Return the path of a file in memory that holds an index and nothing else.

    Raises:
        OSError: the system gives no such file or does not show it.
    """
    memory = _memory.of_this_thread().number
    written = os.pwrite(memory, index, 0)
    os.ftruncate(memory, written)  # nothing of an earlier index may follow
    path = Path(f"/proc/self/fd/{memory}")
    if written != len(index) or path.stat().st_size != written:
        raise OSError("the file in memory cannot be used")
    return str(path)


class _Memory(threading.local):
    """A file in memory for each thread; a process that was parted from another makes its own.

    `number` is that of the open file, `room` what an index is unpacked into.
    """

    process: int | None = None
    number = -1

    def __init__(self) -> None:
        self.room = bytearray()

    def of_this_thread(self) -> _Memory:
        """Return the memory with its file open."""
        if self.process != os.getpid():
            self.process, self.number = os.getpid(), os.memfd_create("index")
        return self


_memory = _Memory()
