"""The records of some windows by way of an index, through htslib, where the index proves itself.

htslib stops without a word both where a window is over and where an index of another file leads
astray. So each window is read on to a record that lies behind it. Where none comes, as in a file
that was cut to the genes, nothing is handed out, and the caller reads the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from hies_annot.errors import InputError
from hies_annot.genome import canonical_chrom
from hies_annot.io.allowance import Allowance
from hies_annot.io.bcf_text import bcf_lines
from hies_annot.io.by_index import (
    ByIndex,
    EndedError,
    opened_by_index,
    position_of,
    stated_position,
)
from hies_annot.io.htslib_faults import FOREIGN_INDEX, htslib_faults
from hies_annot.io.placing import Census, Odd, position_fault
from hies_annot.io.vcf_open import VcfFile

Window = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""

BY_INDEX = "cannot be read by its index"

_HEAD = 10_000
"""Bases at the start of a chromosome (telomere): an index puts there what it cannot read as POS."""
_LONGEST = 1 << 29
"""No chromosome of a person is longer."""
_RUN_UP_BITS = 14
"""Reading starts at the last whole 16 kb: an index does not know of all ends that we read."""
_SMALL = 4_000_000
"""Bytes up to which all of a file with structural records is looked through."""
UPSTREAM = 1_000_000
"""Bases that are looked through before a gene in a larger file with structural records."""
_FAR = re.compile(r"SVTYPE=|SVLEN=|\t(?:DEL|<DEL|<CN|<DUP|<INV)|[\[\]]|:LEN\b")
"""What stands in a record that may reach farther than its bases and END say."""
_END = re.compile(r"[\t;]END=([0-9]+)")


class Indexed(Struct, frozen=True):
    """Record lines with their chromosomes; none where `silent` holds anything.

    `silent` are the chromosomes of which the index shows no record after a base: with it nothing
    is proven, the whole file must be read, and a record that lies there proves the index wrong.
    """

    lines: Iterable[tuple[str, str]] = ()
    silent: Mapping[str, int] = field(default_factory=dict)


class _Fetch(NamedTuple):
    """Where to read (1-based); before `near`, only records that reach far are of interest.

    What starts up to `done` was read for another window.
    """

    name: str
    chrom: str
    start: int
    near: int
    end: int
    done: int


def indexed_lines(
    file: VcfFile, windows: tuple[Window, ...], census: Census, *, cohort: bool
) -> Indexed:
    """Return the lines of the records in and around some windows, window by window.

    What the index proves goes into the census: records behind the windows, and those without a
    place (a contig of unknown name, POS before the first base or behind the last one).

    The lines of a `cohort` are too large to hold: they are read while they are asked for.

    Raises:
        InputError: the index or the file is damaged, or they do not belong together.
    """
    with htslib_faults(file.name, BY_INDEX), opened_by_index(file) as source:
        before = _upstream(file)
        fetches = list(_fetches(source.names, windows, before))
        absent = {chrom for chrom, _, _ in windows} - {fetch.chrom for fetch in fetches}
        if absent:
            return Indexed(silent=dict.fromkeys(absent, 0))
        found = (
            _as_asked_for(file, source, fetches) if cohort else _at_once(source, fetches, census)
        )
        if not found.silent:
            census.reach |= {fetch.chrom: fetch.end for fetch in fetches}
            census.notes += [_TOLD.format(file=file.name)] if before == UPSTREAM else []
            _count_lost(source, census)
        return found


_TOLD = (
    "{file}: read by its index, structural records from "
    f"{UPSTREAM:,} bases before each gene on; a longer deletion without END and breakends round a "
    "gene are not seen so: give the structural variants in a file of their own (sv_vcf)"
)


def is_looked_through(file: VcfFile) -> bool:
    """Whether a file has structural records and is so small that all of it is looked through."""
    return file.structural and file.path.stat().st_size <= _SMALL


def _upstream(file: VcfFile) -> int:
    """Return how many bases before a window are looked through for records that reach into it."""
    if not file.structural:
        return 0
    return _LONGEST if is_looked_through(file) else UPSTREAM


def _count_lost(source: ByIndex, census: Census) -> None:
    """Count the records that lie on no contig that is known, or off the ends of one that is."""
    for name in source.names:
        place = census.places[name]
        if place is None:
            continue
        if isinstance(place, Odd):
            for line in source.on(name, 0, None):
                census.lose(place.cause, place.chrom, line)
            continue
        for start, end in ((0, _HEAD), (place.length, None)):
            for line in source.on(name, start, end):
                fault = position_fault(stated_position(line), place.length, line)
                if fault is not None:
                    census.lose(fault, place.chrom, line)


def _fetches(names: tuple[str, ...], windows: tuple[Window, ...], before: int) -> Iterator[_Fetch]:
    """Yield what is to be fetched: in the order of the index, and no base twice."""
    for name in names:
        chrom, done = canonical_chrom(name), 0
        for start, end in _joined([(a, b) for contig, a, b in windows if contig == chrom]):
            yield _Fetch(name, str(chrom), max(1, start - before), start, end, done)
            done = end


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


def _of_interest(line: str, fetch: _Fetch) -> bool:
    """Whether a record may reach a window and was not handed out for another one."""
    position = stated_position(line)
    if position is None:
        return True
    if position >= fetch.near or fetch.start == fetch.near:
        return position > fetch.done
    end = _END.search(line)
    far = position + len(line) >= fetch.near or (end and int(end[1]) >= fetch.near)
    return position > fetch.done and bool(far or _FAR.search(line))


def _at_once(source: ByIndex, fetches: list[_Fetch], census: Census) -> Indexed:
    held: list[tuple[str, str]] = []
    silent: dict[str, int] = {}
    allowance = Allowance(census.file.name, len(census.file.samples), census.limits)
    for fetch in fetches:
        try:
            for line in source.lines(fetch.name, fetch.start, fetch.end):
                if _of_interest(line, fetch):
                    allowance.keep(len(line))
                    held.append((line, fetch.chrom))
        except EndedError:
            silent[fetch.chrom] = min(fetch.end, silent.get(fetch.chrom, fetch.end))
    return Indexed(silent=silent) if silent else Indexed(held)


def _as_asked_for(file: VcfFile, source: ByIndex, fetches: list[_Fetch]) -> Indexed:
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
    with htslib_faults(file.name, BY_INDEX), opened_by_index(file) as source:
        for fetch in fetches:
            try:
                for line in source.lines(fetch.name, fetch.start, fetch.end):
                    if _of_interest(line, fetch):
                        yield line, fetch.chrom
            except EndedError:
                raise _foreign(file) from None


def _cohort_bcf(
    file: VcfFile, fetches: list[_Fetch], behind: list[int]
) -> Iterator[tuple[str, str]]:
    """Yield the lines of each window; the record behind it must come, too."""
    regions = [(f.name, f.start, place) for f, place in zip(fetches, behind, strict=True)]
    due = set(range(len(fetches)))
    for number, line in bcf_lines(file.name, regions):
        if position_of(line) > fetches[number].end:
            due.discard(number)
        elif _of_interest(line, fetches[number]):
            yield line, fetches[number].chrom
    if due:
        raise _foreign(file)


def _foreign(file: VcfFile) -> InputError:
    return InputError(f"{BY_INDEX}: {FOREIGN_INDEX}", file=file.name)
