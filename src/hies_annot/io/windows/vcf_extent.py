"""Which regions a VCF has records in, by its index or all its records, and what two files share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Self

import pysam
from msgspec import Struct

from hies_annot.errors import HiesError
from hies_annot.genome import canonical_chrom
from hies_annot.io.header.vcf_open import VcfFile, open_vcf
from hies_annot.io.numbers import whole_number
from hies_annot.io.remote.stand_ins import attend_region
from hies_annot.io.text_lines import text_lines
from hies_annot.io.windows.vcf import read_windows
from hies_annot.io.windows.window_fetches import Window

_LONGEST = 1 << 29
"""No chromosome of a person is longer; it is also what a .tbi can hold."""


class Extent(Struct, frozen=True):
    """First and last start of a record (1-based) by chromosome; empty: no record is known."""

    spans: tuple[tuple[str, int, int], ...]

    def shared_with(self, other: Extent) -> Iterator[Window]:
        """Yield the spans that both cover, by chromosome."""
        theirs = {chrom: (first, last) for chrom, first, last in other.spans}
        for chrom, first, last in self.spans:
            start, end = theirs.get(chrom, (0, 0))
            if first <= end and start <= last:
                yield chrom, max(first, start), min(last, end)


def extent_of(file: str) -> Extent | None:
    """Return the extent of a file, or None where it cannot be read (its reading tells why)."""
    path = Path(file)
    try:
        state = path.stat()
        return _extent(file, (state.st_mtime_ns, state.st_size))
    except (HiesError, OSError, ValueError):
        return None


@lru_cache(maxsize=4096)
def _extent(file: str, state: tuple[int, int]) -> Extent:  # noqa: ARG001 (the key)
    vcf = open_vcf(Path(file))
    return vcf.safely(partial(_spans, vcf))


def _spans(vcf: VcfFile) -> Extent:
    spans: dict[str, tuple[int, int]] = {}
    for name, first, last in _by_index(vcf) if vcf.indexed else _by_reading(vcf):
        chrom = canonical_chrom(name) or name
        low, high = spans.get(chrom, (first, last))
        spans[chrom] = min(low, first), max(high, last)
    return Extent(tuple((chrom, first, last) for chrom, (first, last) in spans.items()))


def is_border(one: str, other: str, span: Window) -> bool:
    """Whether two files have a span in common only as chunks have their border.

    There, one of them has nothing but records that the other has word for word, at least one.

    Raises:
        InputError: one of them cannot be read.
    """
    first, second = open_vcf(Path(one)), open_vcf(Path(other))
    return first.safely(partial(second.safely, partial(_is_border, first, second, span)))


def _is_border(first: VcfFile, second: VcfFile, span: Window) -> bool:
    shared = sorted({*first.samples} & {*second.samples})
    records = merge(_records(first, shared, span, 0), _records(second, shared, span, 1))
    common, alone = False, set()
    for _, found in groupby(records, key=lambda record: record[0]):
        parts: dict[str, set[int]] = {}
        for _, text, part in found:
            parts.setdefault(text, set()).add(part)
        common = common or any(len(holders) > 1 for holders in parts.values())
        alone |= {part for holders in parts.values() if len(holders) == 1 for part in holders}
        if len(alone) > 1:
            return False
    return common


def _records(
    vcf: VcfFile, samples: Sequence[str], span: Window, part: int
) -> Iterator[tuple[int, str, int]]:
    """Yield position, content for some samples, and `part`, of the records that start in a span."""
    columns = [vcf.samples.index(name) for name in samples]
    for line in read_windows(vcf, (span,)):
        site = line.site._replace(file="", number=None, identifier=None, chrom_written="")
        if span[1] <= site.pos <= span[2]:
            cells = [line.columns[column] for column in columns]
            yield site.pos, f"{site} {line.keys} {cells}", part


def _by_reading(vcf: VcfFile) -> Iterator[tuple[str, int, int]]:
    if vcf.kind == "bcf":
        with pysam.VariantFile(vcf.name) as handle:
            for record in handle:
                yield record.chrom, record.pos, record.pos
        return
    for line in text_lines(vcf.path, vcf.kind, vcf.longest_line):
        if not line.startswith("#"):
            chrom, _, rest = line.partition("\t")
            position = whole_number(rest.partition("\t")[0])
            if position is not None:
                yield chrom, position, position


def _by_index(vcf: VcfFile) -> Iterator[tuple[str, int, int]]:
    """Yield contig, first and last position: the last is found by halving what is left."""
    with _Starts(vcf) as starts:
        for contig in starts.contigs:
            first = starts.next(contig, 1)
            if first is None:
                continue
            low, high = first, _LONGEST
            while high - low > 1:
                middle = (low + high) // 2
                found = starts.next(contig, middle)
                low, high = (low, middle) if found is None else (found, high)
            yield contig, first, low


class _Starts:
    """Where records start, by way of the index."""

    def __init__(self, vcf: VcfFile) -> None:
        """Open file and index; the contigs are those that the index or the header names."""
        self._handle: pysam.VariantFile | pysam.TabixFile
        self._path = vcf.path
        if vcf.kind == "bcf":
            self._handle = pysam.VariantFile(vcf.name)
            self.contigs = tuple(map(str, self._handle.header.contigs))
        else:
            self._handle = pysam.TabixFile(vcf.name, index=str(vcf.index))
            self.contigs = tuple(self._handle.contigs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.close()

    def next(self, contig: str, base: int) -> int | None:
        """Return the start of the first record that starts at a base (1-based) or after it."""
        return next((start for start in self._from(contig, base) if start >= base), None)

    def _from(self, contig: str, base: int) -> Iterator[int]:
        if isinstance(self._handle, pysam.TabixFile):
            attend_region(self._path, contig, base - 1, base - 1)
            for line in self._handle.fetch(contig, base - 1, _LONGEST):
                yield int(line.split("\t", 2)[1])
        else:
            yield from (record.pos for record in self._handle.fetch(contig, base - 1, _LONGEST))
