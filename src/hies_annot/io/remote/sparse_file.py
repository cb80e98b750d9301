"""A file as long as one on a server, empty where nothing was fetched of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.remote.addresses import shown
from hies_annot.io.remote.remote_file import RemoteFile
from hies_annot.io.remote.row_transport import NoRangesError
from hies_annot.io.remote.transport import Remote, Transport

LARGEST_WHOLE = 1 << 30
"""Bytes up to which a file is fetched whole where no index tells what is needed of it."""

_PIECE = 1 << 16
_TOGETHER = 1 << 22
"""Bytes of one request at most."""
_CHANGED = 1_000_000_000
"""Time of change that all such files bear (s): they change when something is added."""


class SparseFile:
    """Fetches whole pieces, each once, to their places in `path`; all places are 0-based."""

    def __init__(self, path: Path, remote: Remote, transport: Transport) -> None:
        """Make the file; nothing is fetched yet.

        Raises:
            OSError: it cannot be written.
        """
        self.path, self.remote, self._transport = path, remote, transport
        self.whole = False
        self._there: set[int] = set()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as copy:
            copy.truncate(remote.size)
        stamp(path)

    def read(self, place: int, count: int, *, ahead: int = 0) -> bytes:
        """Return bytes from a place on, at most `count`; what was lacking is fetched.

        Where something was, `ahead` bytes from the place on are fetched with it.

        Raises:
            InputError: the server's fault.
        """
        lacking = self._lacking(place, count)
        if lacking:
            self._fill(self._lacking(place, max(count, ahead)))
        with self.path.open("rb") as copy:
            copy.seek(place)
            return copy.read(count)

    def fetch_whole(self) -> None:
        """Fetch all of the file.

        Raises:
            InputError: it cannot be had, or is too large.
        """
        if self.whole:
            return
        if self.remote.size > LARGEST_WHOLE:
            raise InputError(
                f"would have to be fetched whole, and its {self.remote.size:,} bytes are too many "
                f"(at most {LARGEST_WHOLE:,}): make an index beside it that tells where the genes "
                "lie (VCF.gz: `tabix -p vcf`), or copy the file",
                file=shown(self.remote.url),
            )
        with RemoteFile(self._transport, self.remote) as source, self.path.open("r+b") as copy:
            shutil.copyfileobj(source, copy, _PIECE)
        stamp(self.path)
        self.whole = True

    def _lacking(self, place: int, count: int) -> list[int]:
        if self.whole:
            return []
        end = min(place + count, self.remote.size)
        pieces = range(place // _PIECE, -(-end // _PIECE))
        return [piece for piece in pieces if piece not in self._there]

    def _fill(self, pieces: list[int]) -> None:
        try:
            for first, end in _runs(pieces):
                self._fetch(first * _PIECE, min(end * _PIECE, self.remote.size))
        except NoRangesError:
            self.fetch_whole()

    def _fetch(self, first: int, end: int) -> None:
        for start in range(first, end, _TOGETHER):
            data = self._transport.piece(self.remote, start, min(start + _TOGETHER, end) - 1)
            with self.path.open("r+b") as copy:
                copy.seek(start)
                copy.write(data)
            stamp(self.path)
            self._there |= set(range(start // _PIECE, -(-(start + len(data)) // _PIECE)))


def stamp(path: Path) -> None:
    """Give a file the time of change that all of them bear."""
    os.utime(path, (_CHANGED, _CHANGED))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield begin and end (half-open) of the stretches of numbers in order."""
    start = 0
    for place, number in enumerate(numbers, start=1):
        if place == len(numbers) or numbers[place] != number + 1:
            yield numbers[start], number + 1
            start = place
