"""The sample columns of one record of a cohort; only those that are asked for are cut out.

The scan for columns that are not as a pattern says runs over the text of the whole record at
once: a sample that is plainly hom-ref costs no Python step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

_TAB = ord("\t")


class SampleColumns(Sequence[str]):
    """The text behind FORMAT of one record of a cohort, cut where it is asked for."""

    def __init__(self, text: str) -> None:
        """Keep the text; it is not cut before a column is asked for."""
        self._text = text

    def __len__(self) -> int:
        return len(self._starts) if self._text else 0

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """Return the text of a column (0-based), or of several."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        starts = self._starts
        end = starts[index + 1] - 1 if index + 1 < len(starts) else len(self._bytes)
        return self._bytes[starts[index] : end].tobytes().decode("utf-8")

    @cached_property
    def _bytes(self) -> NDArray[np.uint8]:
        return np.frombuffer(self._text.encode("utf-8"), dtype=np.uint8)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """First byte of each column."""
        ends = np.flatnonzero(self._bytes == _TAB)
        return np.concatenate((np.zeros(1, dtype=np.int64), ends + 1))

    def outside(self, run: re.Pattern[str]) -> Iterator[tuple[int, str]]:
        """Yield number (0-based) and text of the columns that a pattern does not take.

        `run` matches, from where it is put, as many whole columns as it can, each with the tab
        behind it; it may match none.
        """
        text, at, column = self._text + "\t", 0, 0
        while True:
            taken = run.match(text, at)
            end = taken.end() if taken else at
            column += text.count("\t", at, end)
            if end == len(text):
                return
            at = text.index("\t", end) + 1
            yield column, text[end : at - 1]
            column += 1
