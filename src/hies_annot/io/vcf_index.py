"""The records of some windows by way of an index, through htslib, where the index proves itself.

htslib stops without a word both where a window is over and where an index of another file leads
astray. So each window is read on to a record that lies behind it. Where none comes, as in a file
that was cut to the genes, nothing is handed out, and the caller reads the whole file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import NamedTuple

import pysam
from msgspec import Struct, field

from hies_annot.errors import InputError
from hies_annot.genome import canonical_chrom
from hies_annot.io.bcf_text import bcf_lines
from hies_annot.io.htslib_faults import FOREIGN_INDEX, htslib_faults
from hies_annot.io.numbers import whole_number
from hies_annot.io.vcf_open import VcfFile

Window = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""

BY_INDEX = "cannot be read by its index"

_RUN_UP_BITS = 14
"""Reading starts at the last whole 16 kb: an index does not know of all ends that we read."""


class Indexed(Struct, frozen=True):
    """Record lines with their chromosomes; none where `silent` holds anything.

    `silent` are the chromosomes of which the index shows no record after a base: with it nothing
    is proven, the whole file must be read, and a record that lies there proves the index wrong.
    """

    lines: Iterable[tuple[str, str]] = ()
    silent: Mapping[str, int] = field(default_factory=dict)


class _EndedError(Exception):
    """Reading came to an end without a record behind the window."""


class _Fetch(NamedTuple):
    name: str
    chrom: str
    start: int
    end: int


def indexed_lines(file: VcfFile, windows: tuple[Window, ...], *, cohort: bool) -> Indexed:
    """Return the lines of the records in and around some windows, window by window.

    The lines of a `cohort` are too large to hold: they are read while they are asked for.

    Raises:
        InputError: the index or the file is damaged, or they do not belong together.
    """
    with htslib_faults(file.name, BY_INDEX), _opened(file) as source:
        fetches = list(_fetches(source.names, windows))
        absent = {chrom for chrom, _, _ in windows} - {fetch.chrom for fetch in fetches}
        if absent:
            return Indexed(silent=dict.fromkeys(absent, 0))
        return _as_asked_for(file, source, fetches) if cohort else _at_once(source, fetches)


class _Text:
    """A bgzipped VCF; lines are handed out as they stand."""

    def __init__(self, file: VcfFile) -> None:
        # Bytes that are no UTF-8 must not end the reading.
        self._file = pysam.TabixFile(file.name, index=str(file.index), encoding="latin-1")
        self.names = tuple(self._file.contigs)

    def close(self) -> None:
        self._file.close()

    def lines(self, name: str, start: int, end: int) -> Iterator[str]:
        """Yield the lines from a base on up to the last that begins in the window."""
        for line in self._file.fetch(name, start - 1):
            if _position(line) > end:
                return
            yield line if line.isascii() else line.encode("latin-1").decode(errors="replace")
        raise _EndedError

    def after(self, name: str, base: int) -> int | None:
        """Return the position of the first record that begins after a base."""
        positions = map(_position, self._file.fetch(name, base))
        return next((position for position in positions if position > base), None)


class _Bcf:
    """A BCF; htslib makes lines of its records."""

    def __init__(self, file: VcfFile) -> None:
        self._file = pysam.VariantFile(file.name, index_filename=str(file.index))
        if self._file.index is None:
            raise ValueError("could not load the index")
        self.names = tuple(map(str, self._file.index))

    def close(self) -> None:
        self._file.close()

    def lines(self, name: str, start: int, end: int) -> Iterator[str]:
        for record in self._file.fetch(name, start - 1):
            if record.pos > end:
                return
            yield str(record).rstrip("\n")
        raise _EndedError

    def after(self, name: str, base: int) -> int | None:
        positions = (record.pos for record in self._file.fetch(name, base))
        return next((position for position in positions if position > base), None)


def _opened(file: VcfFile) -> closing[_Text | _Bcf]:
    return closing(_Bcf(file) if file.kind == "bcf" else _Text(file))


def _position(line: str) -> int:
    """Return POS, 0 where it is no number: such a record is told of when it is read."""
    start = line.find("\t") + 1
    text = line[start : line.find("\t", start)]
    return whole_number(text) or 0


def _fetches(names: tuple[str, ...], windows: tuple[Window, ...]) -> Iterator[_Fetch]:
    """Yield what is to be fetched: in the order of the index, and no base twice."""
    for name in names:
        chrom = canonical_chrom(name)
        for start, end in _joined([(a, b) for contig, a, b in windows if contig == chrom]):
            yield _Fetch(name, str(chrom), start, end)


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join spans that meet, each with its run-up."""
    reach: tuple[int, int] | None = None
    for start, end in sorted(spans):
        run_up = (max(start, 1) - 1 >> _RUN_UP_BITS << _RUN_UP_BITS) + 1
        if reach is not None and run_up <= reach[1] + 1:
            reach = reach[0], max(end, reach[1])
            continue
        if reach is not None:
            yield reach
        reach = run_up, end
    if reach is not None:
        yield reach


def _at_once(source: _Text | _Bcf, fetches: list[_Fetch]) -> Indexed:
    held: list[tuple[str, str]] = []
    silent: dict[str, int] = {}
    for fetch in fetches:
        try:
            lines = source.lines(fetch.name, fetch.start, fetch.end)
            held.extend((line, fetch.chrom) for line in lines)
        except _EndedError:
            silent[fetch.chrom] = min(fetch.end, silent.get(fetch.chrom, fetch.end))
    return Indexed(silent=silent) if silent else Indexed(held)


def _as_asked_for(file: VcfFile, source: _Text | _Bcf, fetches: list[_Fetch]) -> Indexed:
    behind = [source.after(fetch.name, fetch.end) for fetch in fetches]
    silent: dict[str, int] = {}
    for fetch, place in zip(fetches, behind, strict=True):
        if place is None:
            silent.setdefault(fetch.chrom, fetch.end)
    if silent:
        return Indexed(silent=silent)
    if file.kind == "bcf":
        return Indexed(_cohort_bcf(file, fetches, [place or 0 for place in behind]))
    return Indexed(_cohort_text(file, fetches))


def _cohort_text(file: VcfFile, fetches: list[_Fetch]) -> Iterator[tuple[str, str]]:
    with htslib_faults(file.name, BY_INDEX), _opened(file) as source:
        for fetch in fetches:
            try:
                for line in source.lines(fetch.name, fetch.start, fetch.end):
                    yield line, fetch.chrom
            except _EndedError:
                raise _foreign(file) from None


def _cohort_bcf(
    file: VcfFile, fetches: list[_Fetch], behind: list[int]
) -> Iterator[tuple[str, str]]:
    """Yield the lines of each window; the record behind it must come, too."""
    regions = [(f.name, f.start, place) for f, place in zip(fetches, behind, strict=True)]
    due = set(range(len(fetches)))
    for number, line in bcf_lines(file.name, regions):
        if _position(line) > fetches[number].end:
            due.discard(number)
        else:
            yield line, fetches[number].chrom
    if due:
        raise _foreign(file)


def _foreign(file: VcfFile) -> InputError:
    return InputError(f"{BY_INDEX}: {FOREIGN_INDEX}", file=file.name)
