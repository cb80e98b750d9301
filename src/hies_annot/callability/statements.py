"""What a source says about a stretch of bases, and which statement holds at each base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import groupby

from msgspec import Struct

from hies_annot.callability.required import RequiredBases


class Weight(IntEnum):
    """Which statement of one source holds where several overlap: the highest."""

    INCOMPLETE = 0  # the record lacks the figures to judge it by; other sources may
    NOT_CALLABLE = 1
    CALLABLE = 2
    NO_CALL = 3  # the caller itself declined: nothing overrides that


class Statement(Struct, frozen=True):
    """What one source says about `start`..`end` (1-based inclusive).

    `indel` is None where the source says nothing about insertions and deletions; `depth` is
    the mean depth where given; `reason` says why the bases are not callable, else "".
    """

    start: int
    end: int
    weight: Weight
    source: str
    depth: float | None = None
    reason: str = ""
    indel: bool | None = None

    @property
    def callable(self) -> bool:
        """Whether single-base changes would have been seen."""
        return self.weight is Weight.CALLABLE


Layer = list[Statement | None]
"""One entry for each required base: the statement that holds there, None where nothing is said."""


def paint(
    required: RequiredBases, statements: Iterable[Statement], *, worst: bool = False
) -> Layer:
    """Return the statement that holds at each required base: the heaviest, or the lightest."""
    layer: Layer = [None] * required.size
    sign = -1 if worst else 1
    for statement in sorted(statements, key=lambda item: sign * item.weight):
        for low, high in required.ranges(statement.start, statement.end):
            layer[low:high] = [statement] * (high - low)
    return layer


def combine(best: Layer, other: Layer) -> Layer:
    """Return `best`, filled from `other` where it is silent or could not be judged."""
    return [
        first
        if first is not None and (first.weight is not Weight.INCOMPLETE or second is None)
        else second
        for first, second in zip(best, other, strict=True)
    ]


def runs(layer: Layer, low: int, high: int) -> Iterator[tuple[Statement | None, int]]:
    """Yield each statement that holds between two indices (half-open) and for how many bases."""
    for _, group in groupby(layer[low:high], key=id):
        entries = list(group)
        yield entries[0], len(entries)


def fill(layer: Layer, statement: Statement) -> Layer:
    """Return `layer` with `statement` wherever nothing is said."""
    return [statement if entry is None else entry for entry in layer]
