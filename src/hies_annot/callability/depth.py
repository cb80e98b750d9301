"""Depth over a span of bases from aligned reads, and what it says about each base. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, groupby

from msgspec import Struct

from hies_annot.callability.statements import Statement, Weight
from hies_annot.io.coverage import AlignedRead, Span
from hies_annot.settings.callability_rules import CallabilityConfig

MATCH, INSERTION, DELETION, SKIP, SOFT_CLIP, EQUAL, DIFFERENT = 0, 1, 2, 3, 4, 7, 8
"""CIGAR operations as SAM numbers them."""


class DepthProfile(Struct, frozen=True):
    """Depth at each base from `start` (1-based) on.

    `spanning` counts the fragments that go on for the flank at both sides of the base.
    """

    start: int
    depth: tuple[int, ...]
    spanning: tuple[int, ...]


class DepthCounter:
    """Adds up the reads over `start`..`end` (1-based inclusive), each fragment once.

    Reads must come in the order of their start. Overlapping mates count once; a deletion or a
    skipped stretch is no depth; bases below `min_baseq` do not count.
    """

    def __init__(self, start: int, end: int, config: CallabilityConfig) -> None:
        self._start = start
        self._size = end - start + 1
        self._low_quality = _low_quality(config.min_baseq)
        self._flank = config.indel_flank
        self._depth = [0] * (self._size + 1)
        self._spanning = [0] * (self._size + 1)
        self._counted: dict[str, tuple[int, int]] = {}

    def add(self, read: AlignedRead) -> None:
        """Count one read."""
        depth_from, span_from = self._counted.get(read.name, (0, 0))
        last = read.start - 1
        for first, offset, length in _blocks(read):
            last = first + length - 1
            self._change(self._depth, max(first, depth_from), last, 1)
            if read.qualities is not None:
                for low in self._low_quality.finditer(read.qualities, offset, offset + length):
                    position = first + low.start() - offset
                    if position >= depth_from:
                        self._change(self._depth, position, position, -1)
        inner = last - self._flank
        self._change(self._spanning, max(read.start + self._flank, span_from), inner, 1)
        self._counted[read.name] = (max(depth_from, last + 1), max(span_from, inner + 1))

    def profile(self) -> DepthProfile:
        """Return the depth of all reads so far."""
        return DepthProfile(
            self._start,
            tuple(accumulate(self._depth[:-1])),
            tuple(accumulate(self._spanning[:-1])),
        )

    def _change(self, counts: list[int], first: int, last: int, step: int) -> None:
        low = max(first - self._start, 0)
        high = min(last - self._start + 1, self._size)
        if low < high:
            counts[low] += step
            counts[high] -= step


def depth_profiles(
    spans: Sequence[Span], reads: Iterable[tuple[Span, AlignedRead]], config: CallabilityConfig
) -> tuple[DepthProfile, ...]:
    """Return the depth over each span from the reads over it."""
    counters = {span: DepthCounter(*span, config) for span in spans}
    for span, read in reads:
        counters[span].add(read)
    return tuple(counter.profile() for counter in counters.values())


def depth_statements(
    profile: DepthProfile, source: str, config: CallabilityConfig
) -> Iterator[Statement]:
    """Yield one statement for each run of equal depth."""
    position = profile.start
    for (depth, spanning), run in groupby(zip(profile.depth, profile.spanning, strict=True)):
        length = sum(1 for _ in run)
        enough = depth >= config.min_depth
        reason = f"depth below {config.min_depth}" if depth else "no reads"
        yield Statement(
            start=position,
            end=position + length - 1,
            weight=Weight.CALLABLE if enough else Weight.NOT_CALLABLE,
            source=source,
            depth=depth,
            reason="" if enough else reason,
            indel=enough and spanning >= config.indel_min_depth,
        )
        position += length


def _blocks(read: AlignedRead) -> Iterator[tuple[int, int, int]]:
    """Yield (genome position, offset in the read, length) of the aligned stretches."""
    position, offset = read.start, 0
    for operation, length in read.cigar:
        if operation in (MATCH, EQUAL, DIFFERENT):
            yield position, offset, length
            position += length
            offset += length
        elif operation in (DELETION, SKIP):
            position += length
        elif operation in (INSERTION, SOFT_CLIP):
            offset += length


@cache
def _low_quality(minimum: int) -> re.Pattern[bytes]:
    """Return a pattern of one quality below `minimum` (one that never matches for 0)."""
    below = b"".join(re.escape(bytes((quality,))) for quality in range(min(minimum, 255)))
    return re.compile(b"[" + below + b"]" if below else b"(?!)", re.DOTALL)
