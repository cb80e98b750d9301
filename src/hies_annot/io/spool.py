"""Rows that wait in a file without a name, so that memory does not grow with their number."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from hies_annot.io.atomic import naming

T = TypeVar("T")

_TOGETHER = 512
"""Rows that are packed together: what they share is written and read once."""


class Spool(Collection[T]):
    """Rows in the order in which they were added; they may be gone through any number of times.

    The file lies in `folder`, is made with the first rows and has no name: whatever ends the
    process, nothing stays behind. Only what the program itself wrote is ever unpickled.
    """

    def __init__(self, folder: Path) -> None:
        """Start with no row and no file."""
        self._folder = folder
        self._file: BinaryIO | None = None
        self._ends = array("Q", [0])
        self._waiting: list[T] = []

    def append(self, row: T) -> None:
        """Put a row at the end.

        Raises:
            OSError: the folder cannot be written to.
        """
        self._waiting.append(row)
        if len(self._waiting) == _TOGETHER:
            self._store()

    def __len__(self) -> int:
        return (len(self._ends) - 1) * _TOGETHER + len(self._waiting)

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._ends) - 1):
            yield from self._load(number)
        yield from self._waiting

    def __contains__(self, row: object) -> bool:
        return any(row == other for other in self)

    def _store(self) -> None:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = tempfile.TemporaryFile(prefix=".spool.", dir=self._folder)  # noqa: SIM115
            weakref.finalize(self, file.close)
            self._file = cast("BinaryIO", file)
        self._file.seek(self._ends[-1])
        with naming(self._folder):
            pickle.dump(self._waiting, self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
        self._ends.append(self._file.tell())
        self._waiting = []

    def _load(self, number: int) -> list[T]:
        assert self._file is not None
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        return cast("list[T]", pickle.loads(self._file.read(end - start)))  # noqa: S301 (our own)
