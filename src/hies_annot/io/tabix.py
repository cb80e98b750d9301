"""Read a tabix index (.tbi, .csi): where in a BGZF file the records of a window are.

Format: the hts-specs documents "The Tabix index file format" and "Coordinate Sorted Index (CSI)".
An index of an exome is some megabytes of which a window needs a few bytes; blocks that hold none of
these are not unpacked, and bins of other contigs are passed over many at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hies_annot.io.bgzf import packed_size, unpack, unpacked_size

Span = tuple[int, int]
"""Virtual offsets: of the first record, and after the last."""

Region = tuple[str, int, int]
"""Name of the contig as the index spells it, first and last base (1-based inclusive)."""

_ROWS = 256
"""So many bins at a time are passed over where each has one span."""

_ONES = (1).to_bytes(4, sys.byteorder) * _ROWS

_LOOK = 1 << 15
"""Bytes of bins that are looked at together, unless a single one is larger."""

_HEAD = 28
"""Bytes of the head: kind of file, four columns and signs, lines to skip, length of the names."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """What tells the two kinds apart: in .csi a bin has the place of its first record itself."""

    shift: int
    depth: int
    has_places: bool

    @property
    def lead(self) -> int:
        """Bytes of a bin before the number of its spans."""
        return 12 if self.has_places else 4

    def leaf(self, start: int) -> int:
        """Return which of the smallest bins holds a base (1-based), counted from 0."""
        return (start - 1) >> self.shift

    def leaf_bin(self, leaf: int) -> int:
        """Return the number of a smallest bin."""
        return int(((1 << 3 * self.depth) - 1) // 7 + leaf)

    def bins(self, start: int, end: int) -> set[int]:
        """Return the numbers of all bins, large and small, that share a base with a window."""
        found: set[int] = set()
        for level in range(self.depth + 1):
            first, shift = ((1 << 3 * level) - 1) // 7, self.shift + 3 * (self.depth - level)
            found.update(range(first + ((start - 1) >> shift), first + ((end - 1) >> shift) + 1))
        return found


@dataclass(frozen=True, slots=True)
class _Bin:
    first: int
    spans: Sequence[Span]


class TabixIndex:
    """An index that is read once, from its start on."""

    def __init__(self, path: Path) -> None:
        """Read the head of an index.

        Raises:
            ValueError: it is no index of this kind, or is damaged.
            OSError: it cannot be read.
        """
        self._bytes = _Bytes(path.read_bytes())
        magic = self._bytes.take(4)
        if magic not in (b"TBI\x01", b"CSI\x01"):
            raise ValueError("the index is neither .tbi nor .csi")
        if magic == b"TBI\x01":
            contigs = self._bytes.number(4)
            self._layout = _Layout(shift=14, depth=5, has_places=False)
            text = self._names()
        else:
            self._layout = _Layout(
                shift=self._bytes.number(4), depth=self._bytes.number(4), has_places=True
            )
            rest = self._bytes.number(4) - _HEAD
            if rest < 0:
                raise ValueError("the index does not name the contigs")
            text = self._names()
            self._bytes.skip(rest - len(text))
            contigs = self._bytes.number(4)
        self.names = tuple(name.decode(errors="replace") for name in text.split(b"\0")[:-1])
        if contigs != len(self.names):
            raise ValueError("the index is damaged: contigs and names differ in number")

    def _names(self) -> bytes:
        head = self._bytes.take(_HEAD)
        return self._bytes.take(int.from_bytes(head[-4:], "little"))

    def spans(self, regions: Sequence[Region]) -> list[list[Span]]:
        """Return for each region where its records are, in file order; to be called once.

        Every record that shares a base with the region is in one of the spans, and other
        records of the same contig may be.

        Raises:
            ValueError: the index is damaged.
        """
        asked = [name for name, _, _ in regions]
        found: dict[str, tuple[Mapping[int, _Bin], Mapping[int, int]]] = {}
        for name in self.names[: max(map(self.names.index, asked), default=-1) + 1]:
            here = [(start, end) for contig, start, end in regions if contig == name]
            bins = self._bins(set().union(*(self._layout.bins(*window) for window in here)))
            leaves = {self._layout.leaf(start) for start, _ in here}
            found[name] = bins, self._places(bins, leaves)
        return [self._spans(start, end, *found[name]) for name, start, end in regions]

    def _bins(self, wanted: set[int]) -> dict[int, _Bin]:
        """Read the bins of the next contig; keep the wanted ones."""
        found: dict[int, _Bin] = {}
        lead = self._layout.lead // 4
        width = lead + 5
        left, look = self._bytes.number(4), _LOOK
        while left:
            words, at = self._bytes.words(look), 0
            while left and at + lead < len(words):
                rows = min(
                    _of_one_span(words[at + lead :: width], left), (len(words) - at) // width
                )
                end = at + rows * width if rows else at + lead + 1 + 4 * words[at + lead]
                if end > len(words):
                    break
                numbers = words[at : end if rows else at + 1 : width].tolist() if wanted else []
                for number in wanted.intersection(numbers):
                    start = at + width * numbers.index(number)
                    spans = words[start + lead + 1 : min(end, start + width) if rows else end]
                    found[number] = _bin(words[start + 1 : start + lead], spans)
                at, left = end, left - (rows or 1)
            if at == 0 and 4 * len(words) < look:
                raise ValueError("the index is cut short or damaged")
            look = _LOOK if at else 8 * look
            self._bytes.skip(4 * at)
        return found

    def _places(self, bins: Mapping[int, _Bin], leaves: Collection[int]) -> dict[int, int]:
        """Return where the first record that reaches into each leaf is, as far as is known."""
        layout = self._layout
        if layout.has_places:
            numbers = {leaf: layout.leaf_bin(leaf) for leaf in leaves}
            return {leaf: bins[bin_].first for leaf, bin_ in numbers.items() if bin_ in bins}
        count, at = self._bytes.number(4), 0
        found: dict[int, int] = {}
        for leaf in sorted(leaf for leaf in leaves if leaf < count):
            self._bytes.skip(8 * (leaf - at))
            found[leaf], at = self._bytes.number(8), leaf + 1
        self._bytes.skip(8 * (count - at))
        return found

    def _spans(
        self, start: int, end: int, bins: Mapping[int, _Bin], places: Mapping[int, int]
    ) -> list[Span]:
        place = places.get(self._layout.leaf(start), 0)
        numbers = self._layout.bins(start, end) & bins.keys()
        merged: list[Span] = []
        for first, last in sorted(span for number in numbers for span in bins[number].spans):
            if last <= place:
                continue
            if merged and first <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(last, merged[-1][1])
            else:
                merged.append((max(first, place), last))
        return merged


def _of_one_span(counts: memoryview, left: int) -> int:
    """Return how many of the next bins, `_ROWS` at most, have one span each."""
    rows = min(left, _ROWS, len(counts))
    if counts[:rows].tobytes() == _ONES[: 4 * rows]:
        return rows
    return next(row for row, count in enumerate(counts[:rows].tolist()) if count != 1)


def _bin(first: memoryview, spans: memoryview) -> _Bin:
    ends = memoryview(spans.tobytes()).cast("Q").tolist()
    place = int.from_bytes(first.tobytes(), "little")
    return _Bin(place, list(zip(ends[::2], ends[1::2], strict=True)))


class _Bytes:
    """What a packed index holds, taken from its start on; blocks skipped over stay packed."""

    def __init__(self, packed: bytes) -> None:
        self._packed = memoryview(packed)
        self._held = memoryview(b"")

    def words(self, count: int) -> memoryview:
        """Return so many of the next bytes as numbers of four, fewer at the end; stay before."""
        self._hold(count)
        return self._held[: min(count, len(self._held)) & ~3].cast("I")

    def take(self, count: int) -> bytes:
        """Return the next bytes and go on behind them."""
        self._hold(count)
        if count > len(self._held):
            raise ValueError("the index is cut short or damaged")
        taken, self._held = self._held[:count].tobytes(), self._held[count:]
        return taken

    def number(self, size: int) -> int:
        """Return the next number, of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    def skip(self, count: int) -> None:
        """Go on behind the next bytes."""
        while count > len(self._held) and self._packed:
            count -= len(self._held)
            self._held = memoryview(b"")
            block = self._next_block()
            if unpacked_size(block) > count:
                self._held = memoryview(unpack(block))
            else:
                count -= unpacked_size(block)
        self._held = self._held[count:]

    def _hold(self, count: int) -> None:
        while count > len(self._held) and self._packed:
            self._held = memoryview(b"".join((self._held, unpack(self._next_block()))))

    def _next_block(self) -> memoryview:
        size = packed_size(self._packed, 0)
        block, self._packed = self._packed[:size], self._packed[size:]
        return block
