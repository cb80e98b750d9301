"""An index for htslib that needs no unpacking, which is half of what reading by an index costs.

The pysam of PyPI unpacks with zlib, at twice the time of libdeflate (`bgzf.unpacked`). htslib reads
an index that is not packed as well, here from a file in memory, which only Linux has. Where there
is no such file or no libdeflate, or the index is none in whole blocks, htslib reads the index
itself and says what is wrong with it.
"""

from __future__ import annotations

import os
import threading
import zlib
from pathlib import Path

from hies_annot.io import bgzf

_MOST_BLOCKS = 1000
"""Blocks that are unpacked at most (64 MB; that of a genome has 30): Linux writes 1,024 at once."""


def plain_index(index: str) -> str:
    """Return the path of an index as htslib may read it at once; it holds until the next call."""
    if not bgzf.LIBDEFLATE or not hasattr(os, "memfd_create"):
        return index
    try:
        packed = Path(index).read_bytes()
        places = list(bgzf.spans(packed))
        if not 0 < len(places) <= _MOST_BLOCKS or places[-1][1] != len(packed):
            return index
        return _in_memory([bgzf.unpacked(packed[begin:end]) for begin, end in places])
    except (OSError, zlib.error):
        return index


def _in_memory(parts: list[bytes | bytearray]) -> str:
    """Return the path of a file in memory that holds some parts, one after the other.

    Raises:
        OSError: the system gives no such file or does not show it.
    """
    memory = _memory.of_this_thread()
    written = os.pwritev(memory, parts, 0)
    os.ftruncate(memory, written)  # nothing of an earlier index may follow
    path = Path(f"/proc/self/fd/{memory}")
    if written != sum(map(len, parts)) or path.stat().st_size != written:
        raise OSError("the file in memory cannot be used")
    return str(path)


class _Memory(threading.local):
    """A file in memory for each thread; a process that was parted from another makes its own."""

    process: int | None = None
    number = -1

    def of_this_thread(self) -> int:
        """Return the number of the open file."""
        if self.process != os.getpid():
            self.process, self.number = os.getpid(), os.memfd_create("index")
        return self.number


_memory = _Memory()
