"""The sample columns of one record of a cohort; only those that are asked for are cut out.

The scan for carriers runs over the bytes of the whole record at once: a sample that is plainly
hom-ref costs no Python step.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np
from numpy.typing import NDArray

_TAB, _ZERO, _SLASH, _BAR, _COLON = b"\t0/|:"


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

    def not_hom_ref(self) -> list[int]:
        """Return the columns (0-based) whose genotype is not plainly `0/0` or `0|0`.

        Only meaningful where GT is the first key of FORMAT. Everything odd (missing, haploid,
        half calls, more alleles) counts as not plainly hom-ref.
        """
        padded = np.concatenate((self._bytes, np.full(4, _TAB, dtype=np.uint8)))
        starts = self._starts
        first, bar, second, after = (padded[starts + step] for step in range(4))
        plain = (
            (first == _ZERO)
            & ((bar == _SLASH) | (bar == _BAR))
            & (second == _ZERO)
            & ((after == _COLON) | (after == _TAB))
        )
        found: list[int] = np.flatnonzero(~plain).tolist()
        return found
