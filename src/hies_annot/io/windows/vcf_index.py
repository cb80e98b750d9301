"""The records of some windows by way of an index, through htslib, where the index proves itself.

htslib stops without a word both where a window is over and where an index of another file leads
astray. So each window is read on to a record that lies behind it. Where none comes, or the index
has nothing of the chromosome, it is believed only where it is shown to know the whole file
(`io.windows.index_silence`). Else nothing is handed out, and the caller reads the whole file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby

from msgspec import Struct, field

from hies_annot.errors import InputError
from hies_annot.io.allowance import Allowance
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.htslib_faults import FOREIGN_INDEX, htslib_faults
from hies_annot.io.windows.bcf_text import bcf_lines
from hies_annot.io.windows.by_index import (
    ByIndex,
    EndedError,
    opened_by_index,
    position_of,
    stated_position,
)
from hies_annot.io.windows.index_silence import WholeIndex, is_small, whole_index
from hies_annot.io.windows.placing import Census, Odd, position_fault
from hies_annot.io.windows.window_fetches import Fetch, Window, fetches, of_interest

BY_INDEX = "cannot be read by its index"

_HEAD = 10_000
"""Bases at the start of a chromosome (telomere): an index puts there what it cannot read as POS."""
_LONGEST = 1 << 29
"""No chromosome of a person is longer."""
_SMALL = 4_000_000
"""Bytes up to which all of a file with structural records is looked through."""
UPSTREAM = 1_000_000
"""Bases that are looked through before a gene in a larger file with structural records."""


Silent = Mapping[tuple[str, str | None], int]
"""By chromosome and name of the contig (None: any name) a base behind which no record lies."""


class Indexed(Struct, frozen=True):
    """Record lines with their chromosomes; none where `silent` holds anything.

    `silent` are the contigs of which the index shows no record after a base: with it nothing
    is proven, the whole file must be read, and a record that lies there proves the index wrong.
    `reach` is a base up to which, at least, a chromosome was seen to have records.
    """

    lines: Iterable[tuple[str, str]] = ()
    silent: Silent = field(default_factory=dict)
    reach: Mapping[str, int] = field(default_factory=dict)


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
    whole = cache(lambda: whole_index(file))
    with htslib_faults(file.name, BY_INDEX), opened_by_index(file, census.wants) as source:
        before = _upstream(file)
        wanted = list(fetches(source.names, windows, before))
        absent = {chrom for chrom, _, _ in windows} - {fetch.chrom for fetch in wanted}
        if absent and whole() is None:
            return Indexed(silent={(chrom, None): 0 for chrom in absent})
        found = (
            _as_asked_for(file, source, wanted, whole)
            if cohort
            else _at_once(census, source, wanted, whole)
        )
        if not found.silent:
            census.reach |= found.reach
            census.notes += [_TOLD.format(file=file.name)] if before == UPSTREAM else []
            _count_lost(source, census)
        return found


_TOLD = (
    "{file}: read by its index, structural records from "
    f"{UPSTREAM:,} bases before each gene on; a longer deletion without END and breakends round a "
    "gene are not seen so: give the structural variants in a file of their own (sv_vcf)"
)


def is_looked_through(file: VcfFile) -> bool:
    """Whether a file is so small that all of it is looked through, for records that reach far.

    Of a larger file the header decides: what has structural records nearly always declares them.
    """
    return is_small(file) or (file.structural and file.path.stat().st_size <= _SMALL)


def _upstream(file: VcfFile) -> int:
    """Return how many bases before a window are looked through for records that reach into it."""
    if is_looked_through(file):
        return _LONGEST
    return UPSTREAM if file.structural else 0


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


def _at_once(
    census: Census, source: ByIndex, wanted: list[Fetch], whole: Callable[[], WholeIndex | None]
) -> Indexed:
    file, held = census.file, list[tuple[str, str]]()
    reach: dict[Fetch, int] = {}
    allowance = Allowance(file.name, len(file.samples), census.limits)
    for fetch in wanted:
        found: list[str] = []
        try:
            for line in source.lines(fetch.name, fetch.start, fetch.end):
                if of_interest(line, fetch):
                    allowance.keep(len(line))
                    found.append(line)
            reach[fetch] = fetch.end
        except EndedError:
            index = _that_tells(fetch, whole())
            if index is None:
                continue
            kept, found = len(found), []
            for line in _rest(file, fetch, index):
                if len(found) >= kept:
                    allowance.keep(len(line))
                found.append(line)
            reach[fetch] = index.last.get(fetch.name, 0)
        held.extend((line, fetch.chrom) for line in found)
    open_ones = [fetch for fetch in wanted if fetch not in reach]
    return Indexed(silent=_silent(open_ones)) if open_ones else Indexed(held, reach=_far(reach))


def _that_tells(fetch: Fetch, index: WholeIndex | None) -> WholeIndex | None:
    """Return the index if it is believed that no record lies behind a window."""
    return index if index and index.tells_rest(fetch.name, fetch.start) else None


def _rest(file: VcfFile, fetch: Fetch, index: WholeIndex) -> Iterator[str]:
    """Yield the lines from the start of a window to the last record of its contig."""
    with htslib_faults(file.name, BY_INDEX):
        yield from (x for x in index.rest(fetch.name, fetch.start) if of_interest(x, fetch))


def _silent(open_ones: Iterable[Fetch]) -> Silent:
    """Return the bases behind which the index shows no record, by contig; of several the first."""
    ends = ((fetch.chrom, fetch.name, fetch.end) for fetch in open_ones)
    return {(chrom, name): end for chrom, name, end in sorted(ends, reverse=True)}


def _far(reach: Mapping[Fetch, int]) -> dict[str, int]:
    """Return the farthest base by chromosome, of those that have a record."""
    return dict(sorted((fetch.chrom, base) for fetch, base in reach.items() if base))


def _as_asked_for(
    file: VcfFile, source: ByIndex, wanted: list[Fetch], whole: Callable[[], WholeIndex | None]
) -> Indexed:
    behind = {fetch: source.after(fetch.name, fetch.end) for fetch in wanted}
    ended = {f: _that_tells(f, whole()) for f, place in behind.items() if place is None}
    tellers = {fetch: index for fetch, index in ended.items() if index is not None}
    if len(tellers) < len(ended):
        return Indexed(silent=_silent(ended.keys() - tellers.keys()))
    reach = {f: tellers[f].last.get(f.name, 0) if f in tellers else f.end for f in wanted}
    return Indexed(_cohort_lines(file, behind, tellers), reach=_far(reach))


def _cohort_lines(
    file: VcfFile, behind: Mapping[Fetch, int | None], tellers: Mapping[Fetch, WholeIndex]
) -> Iterator[tuple[str, str]]:
    for over, group in groupby(behind, key=tellers.__contains__):
        some = list(group)
        if over:
            yield from ((x, f.chrom) for f in some for x in _rest(file, f, tellers[f]))
        elif file.kind == "bcf":
            yield from _cohort_bcf(file, some, [behind[fetch] or 0 for fetch in some])
        else:
            yield from _cohort_text(file, some)


def _cohort_text(file: VcfFile, wanted: list[Fetch]) -> Iterator[tuple[str, str]]:
    names = {fetch.name for fetch in wanted}
    with htslib_faults(file.name, BY_INDEX), opened_by_index(file, names.__contains__) as source:
        for fetch in wanted:
            try:
                for line in source.lines(fetch.name, fetch.start, fetch.end):
                    if of_interest(line, fetch):
                        yield line, fetch.chrom
            except EndedError:
                raise _foreign(file) from None


def _cohort_bcf(file: VcfFile, wanted: list[Fetch], behind: list[int]) -> Iterator[tuple[str, str]]:
    """Yield the lines of each window; the record behind it must come, too."""
    regions = [(f.name, f.start, place) for f, place in zip(wanted, behind, strict=True)]
    due = set(range(len(wanted)))
    for number, line in bcf_lines(file.name, regions):
        if position_of(line) > wanted[number].end:
            due.discard(number)
        elif of_interest(line, wanted[number]):
            yield line, wanted[number].chrom
    if due:
        raise _foreign(file)


def _foreign(file: VcfFile) -> InputError:
    return InputError(f"{BY_INDEX}: {FOREIGN_INDEX}", file=file.name)
