"""When an index that is silent about a gene is believed: it must be shown to know its whole file.

Silence is right where a file holds another chromosome, or is a chunk that ends before the gene; it
is wrong where the index belongs to another file or state of it. It is believed where

1. the records that the index knows lie in the file without a gap, contig behind contig,
2. the first begins where the header ends, and the last ends where the file does, to the byte,
3. the first record of each contig, and all of its last chunk, bear its name.

Bins and chunks: hts-specs, SAM 1.6 section 5, CSIv1, tabix. The counts of records that an index may
hold prove nothing of the file, and some writers leave them out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pysam
from msgspec import Struct

from hies_annot.io.bgzf import nothing_behind
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.index.bin_index import BinIndex, read_index
from hies_annot.io.index.csi import read_csi
from hies_annot.io.remote.stand_ins import attend_region, attend_span
from hies_annot.io.windows.by_index import stated_position

SMALL = 1 << 19
"""Bytes up to which reading all of a file costs less than its index could tell us."""
_TAIL = 1 << 18
"""Bytes behind the last record that may hold empty blocks."""
_MOST = 100
"""Contigs with records at most, as each is looked at."""

_UNPROVEN = (OSError, ValueError, zlib.error)

_Record = tuple[str, int | None, object]
"""Contig as the file spells it, POS (1-based), and what has the line of the record as its `str`."""


class WholeIndex(Struct, frozen=True):
    """An index that knows each record of its file, and the last POS (1-based) of each contig."""

    file: VcfFile
    index: BinIndex
    last: Mapping[str, int]

    def tells_rest(self, name: str, start: int) -> bool:
        """Return whether all lines from a base (1-based) to the end of a contig are records.

        Raises:
            InputError: they cannot be fetched from the server.
        """
        attend_region(self.file.path, name, start - 1, None)
        try:
            return all(position is not None for _, position, _ in self._rest(name, start))
        except _UNPROVEN:
            return False

    def rest(self, name: str, start: int) -> Iterator[str]:
        """Yield the lines of the records that may reach a base (1-based) or lie behind it.

        Raises:
            OSError, ValueError: the file was changed since its rest was told.
        """
        for *_, record in self._rest(name, start):
            yield str(record).rstrip("\r\n")

    def _rest(self, name: str, start: int) -> Iterator[_Record]:
        with closing(_opened(self.file)) as source:
            for begin, end in self.index.chunks(name, start - 1, None):
                yield from _of_contig(source, name, begin, end)


def is_small(file: VcfFile) -> bool:
    """Whether reading all of a file costs less than its index could tell."""
    return file.path.stat().st_size <= SMALL


def whole_index(file: VcfFile) -> WholeIndex | None:
    """Return the index of a file where it is shown to know the whole file, else None.

    It is not looked at where the file is small, or has structural records: no index knows how far
    these reach.

    Raises:
        InputError: what is needed for it cannot be fetched from the server.
    """
    if file.index is None or file.structural or is_small(file):
        return None
    try:
        with closing(_opened(file)) as source:
            return _proven(file, source)
    except _UNPROVEN:
        return None


class _Span(NamedTuple):
    """Where the records of a contig begin, where the last chunk does, and where they end."""

    begin: int
    tail: int
    end: int
    name: str


def _proven(file: VcfFile, source: _Text | _Bcf) -> WholeIndex | None:
    index = source.index(Path(str(file.index)).read_bytes())
    spans = _spans(index)
    if not 0 < len(spans) <= _MOST or source.header_end() != spans[0].begin:
        return None
    if any(one.end != other.begin for one, other in pairwise(spans)):
        return None
    if not _ends_at(file.path, spans[-1].end):
        return None
    return WholeIndex(file, index, {span.name: _last(file, source, span) for span in spans})


def _spans(index: BinIndex) -> list[_Span]:
    """Return the contigs that have records, in the order of the file.

    Raises:
        ValueError: there is a gap between the chunks of one.
    """
    found = []
    for name in index.contigs:
        chunks = index.exact(name)
        reach = chunks[0][0] if chunks else 0
        for begin, end in chunks:
            if begin > reach:
                raise ValueError("the index does not know all records")
            reach = max(reach, end)
        found += [_Span(chunks[0][0], chunks[-1][0], reach, name)] if chunks else []
    return sorted(found)


def _ends_at(path: Path, end: int) -> bool:
    """Whether nothing but empty blocks lies behind a virtual offset."""
    with path.open("rb") as handle:
        handle.seek(end >> 16)
        data = handle.read(_TAIL + 1)
    return len(data) <= _TAIL and nothing_behind(data, end & 0xFFFF)


def _last(file: VcfFile, source: _Text | _Bcf, span: _Span) -> int:
    """Return the last POS of a contig whose first record and last chunk bear its name.

    Raises:
        ValueError: they do not, or a line is no record.
    """
    attend_region(file.path, span.name, 0, 0)
    attend_span(file.path, span.tail, span.end)
    contig, _, _ = next(source.between(span.begin, span.end), ("", None, ""))
    positions = [position for _, position, _ in _of_contig(source, span.name, span.tail, span.end)]
    known = [position for position in positions if position is not None]
    if contig != span.name or not known or len(known) < len(positions) or sorted(known) != known:
        raise ValueError("the index belongs to another file")
    return known[-1]


def _of_contig(source: _Text | _Bcf, name: str, begin: int, end: int) -> Iterator[_Record]:
    """Yield the records of a chunk, all of which lie on one contig.

    Raises:
        ValueError: one does not, or the chunk does not end with a record.
    """
    for record in source.between(begin, end):
        if record[0] != name:
            raise ValueError("the index belongs to another file")
        yield record


class _Text:
    """The lines of a VCF.gz by their places."""

    def __init__(self, file: VcfFile) -> None:
        self._file = pysam.BGZFile(file.name, "rb", None)

    def close(self) -> None:
        self._file.close()

    @staticmethod
    def index(packed: bytes) -> BinIndex:
        return read_index(packed)

    def header_end(self) -> int | None:
        """Return the place behind the line with the names of the columns."""
        while (line := self._file.readline()).startswith(b"#"):
            if line.startswith(b"#CHROM"):
                return int(self._file.tell())
        return None

    def between(self, begin: int, end: int) -> Iterator[_Record]:
        """Yield the records between two places."""
        self._file.seek(begin)
        while (place := self._file.tell()) < end:
            text = self._file.readline()
            if not text:
                raise ValueError("the file ends before the index does")
            line = text.decode("utf-8", "replace")
            yield line.partition("\t")[0], stated_position(line), line
        if place != end:
            raise ValueError("the index ends within a record")


class _Bcf:
    """The records of a BCF by their places."""

    def __init__(self, file: VcfFile) -> None:
        self._file = pysam.VariantFile(file.name)
        self._begin = int(self._file.tell())

    def close(self) -> None:
        self._file.close()

    def index(self, packed: bytes) -> BinIndex:
        """Return the index with the names that the header gives the contigs."""
        index = read_csi(packed)
        named = {
            str(self._file.get_reference_name(number)): bins
            for number, bins in enumerate(index.contigs)
            if bins
        }
        return BinIndex(index.shift, index.depth, named)

    def header_end(self) -> int | None:
        """Return the place where the first record begins."""
        return self._begin

    def between(self, begin: int, end: int) -> Iterator[_Record]:
        """Yield the records between two places."""
        self._file.seek(begin)
        while (place := self._file.tell()) < end:
            record = next(self._file, None)
            if record is None:
                raise ValueError("the file ends before the index does")
            yield str(record.chrom), record.pos, record
        if place != end:
            raise ValueError("the index ends within a record")


def _opened(file: VcfFile) -> _Text | _Bcf:
    return _Bcf(file) if file.kind == "bcf" else _Text(file)
