"""Faults of a file that is read all the same: the field, what is wrong, where it stood first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_SHOWN = 40
"""Characters of a value that a message shows."""


class Fault(NamedTuple):
    """A fault of one field; `words` say what is wrong with it, behind the value that is shown."""

    field: str
    words: str
    shown: str = ""


class FaultTally:
    """Faults by field and words: the first is named with its place, the others are counted."""

    def __init__(self) -> None:
        """Start without a fault."""
        self._found: dict[tuple[str, str], tuple[str, str, int]] = {}

    def note(self, where: str, fault: Fault) -> None:
        """Count a fault; `where` is its record or line in words."""
        key = fault.field, fault.words
        first, shown, times = self._found.get(key, (where, fault.shown, 0))
        self._found[key] = first, shown, times + 1

    def sentences(self, file: str) -> tuple[str, ...]:
        """Return a sentence for each kind of fault, in the order in which they were met."""
        return tuple(
            _sentence(file, field, words, *first) for (field, words), first in self._found.items()
        )


def told(file: str, faults: Iterable[tuple[str, Fault]]) -> tuple[str, ...]:
    """Return the sentences about the faults of a file, each given with its place in words."""
    tally = FaultTally()
    for where, fault in faults:
        tally.note(where, fault)
    return tally.sentences(file)


def _sentence(file: str, field: str, words: str, where: str, shown: str, times: int) -> str:
    value = f"{shown[:_SHOWN]!r} " if shown else ""
    more = f" (and {times - 1} more)" if times > 1 else ""
    return f"{file}: {where}, {field}: {value}{words}{more}"
