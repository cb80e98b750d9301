"""Which bytes of an indexed VCF.gz htslib reads for a region, so that they can be there before.

The rules are those of `hts_itr_query` in htslib: bins that overlap, without chunks that end before
the low offset of the first bin. Its later refinements leave out more, never less.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping

from msgspec import Struct

from hies_annot.io.bgzf import DAMAGE
from hies_annot.io.index.csi import Bin, CsiIndex, read_csi
from hies_annot.io.index.tabix_index import Chunk, TabixIndex, joined, read_tabix

_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, OSError)
_CSI = b"CSI\1"
_TABIX_SHIFT, _TABIX_DEPTH = 14, 5
_NAMES_AT = 28
"""Bytes before the names in the auxiliary data of the CSI index of a text file."""


class BinIndex(Struct, frozen=True):
    """The bins of each contig by its name in the file; places are virtual offsets."""

    shift: int
    depth: int
    contigs: Mapping[str, Mapping[int, Bin]]

    @property
    def records(self) -> Chunk:
        """Where the first record begins and the last one ends."""
        chunks = [chunk for name in self.contigs for chunk in self.chunks(name, 0, None)]
        return min(chunks)[0], max(end for _, end in chunks)

    def chunks(self, name: str, start: int, end: int | None) -> tuple[Chunk, ...]:
        """Return where records of a half-open span (0-based) may lie, in the order of the file."""
        bins = self.contigs.get(name, {})
        low = self._low(bins, start) if start else 0
        reach = end or 1 << self.shift + 3 * self.depth
        found = (
            chunk
            for number, one in bins.items()
            if self._overlaps(number, start, reach)
            for chunk in one.chunks
            if chunk[1] > low
        )
        return joined(found)

    def exact(self, name: str) -> tuple[Chunk, ...]:
        """Return the chunks of all records of a contig as they stand in the index, by begin."""
        bins = self.contigs.get(name, {}).items()
        limit = self.first(self.depth + 1)
        return tuple(sorted(c for number, one in bins if number < limit for c in one.chunks))

    def behind(self, name: str, base: int) -> int | None:
        """Return an offset that the records up to a base (0-based) hardly lie behind."""
        first, leaf = self.first(self.depth), base >> self.shift
        begins = (
            one.chunks[0][0]
            for number, one in self.contigs.get(name, {}).items()
            if first + leaf < number < self.first(self.depth + 1) and one.chunks
        )
        return min(begins, default=None)

    def _low(self, bins: Mapping[int, Bin], start: int) -> int:
        number = self.first(self.depth) + (start >> self.shift)
        while number and number not in bins:
            parent = (number - 1) >> 3
            number = number - 1 if number > (parent << 3) + 1 else parent
        return bins[number].low if number in bins else 0

    def _overlaps(self, number: int, start: int, end: int) -> bool:
        for level in range(self.depth, -1, -1):
            if (first := self.first(level)) <= number < self.first(level + 1):
                bits = self.shift + 3 * (self.depth - level)
                return number - first << bits < end and number - first + 1 << bits > start
        return False  # what htslib keeps beside the bins

    @staticmethod
    def first(level: int) -> int:
        """Return the number of the first bin of a level."""
        return ((1 << 3 * level) - 1) // 7


def read_index(packed: bytes) -> BinIndex:
    """Read the index (.tbi or .csi) of a VCF.gz.

    Raises:
        ValueError: it is none, or damaged.
    """
    try:
        is_csi = gzip.decompress(packed).startswith(_CSI)
    except _DAMAGE as fault:
        raise ValueError(str(fault)) from None
    index = _of_csi(read_csi(packed)) if is_csi else _of_tabix(read_tabix(packed))
    if not any(index.chunks(name, 0, None) for name in index.contigs):
        raise ValueError("it names no records")
    return index


def _of_csi(index: CsiIndex) -> BinIndex:
    text = index.auxiliary[_NAMES_AT:].decode("ascii", "replace")
    return BinIndex(
        index.shift, index.depth, dict(zip(text.split("\0"), index.contigs, strict=False))
    )


def _of_tabix(index: TabixIndex) -> BinIndex:
    """A low offset is that of the first window of a bin (`update_loff` in htslib)."""
    contigs = {
        name: {
            number: Bin(_window(found.windows, number), chunks)
            for number, chunks in found.bins.items()
        }
        for name, found in index.contigs.items()
    }
    return BinIndex(_TABIX_SHIFT, _TABIX_DEPTH, contigs)


def _window(windows: tuple[int, ...], number: int) -> int:
    first = BinIndex.first(_TABIX_DEPTH)
    while number < first:
        number = (number << 3) + 1
    return windows[number - first] if number - first < len(windows) else 0
