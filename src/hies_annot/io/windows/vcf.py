"""Hand out the records of some windows of a VCF, VCF.gz or BCF, with or without an index.

Text is read as text (nothing is reformatted on the way); BCF goes through htslib.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import TypeGuard

import pysam

from hies_annot.errors import InputError
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.htslib_faults import FOREIGN_INDEX, htslib_faults
from hies_annot.io.numbers import whole_number
from hies_annot.io.record.record_extent import reaches_far
from hies_annot.io.record.vcf_line import VcfLine, parse_line
from hies_annot.io.text_lines import text_lines
from hies_annot.io.windows.bcf_text import bcf_lines_from
from hies_annot.io.windows.far_mates import note_mates
from hies_annot.io.windows.loose_ends import may_lead_elsewhere
from hies_annot.io.windows.placing import (
    NO_TABS,
    Census,
    Known,
    Odd,
    commented_place,
    position_fault,
)
from hies_annot.io.windows.vcf_index import BY_INDEX, Silent, indexed_lines, is_looked_through
from hies_annot.io.windows.window_fetches import Window

COHORT = 200
"""From so many samples on, starting another process for the text of a BCF pays."""

_NO_EXTENT = "it is not stated how far a structural record reaches"
_NO_CLAIM: Silent = MappingProxyType({})


def read_windows(
    file: VcfFile, windows: tuple[Window, ...], census: Census | None = None, *, whole: bool = False
) -> Iterator[VcfLine]:
    """Yield the records that share a base with a window, in file order.

    Args:
        file: the opened file.
        windows: what is asked for.
        census: where records that cannot be read or placed are counted, with what else the reading
            shows of the file; without it, the first that cannot be read is a fault.
        whole: read every record, whatever an index says (structural records reach far).

    Raises:
        InputError: the file is cut short, is of another assembly, has no record that can be read,
            or (without a census) a record cannot be read.
    """
    seen = Census(file, {chrom for chrom, _, _ in windows}) if census is None else census
    by_index = file.indexed and not whole
    lines = _indexed_lines if by_index else _streamed_lines
    wide: set[str] = set()
    for line, record in _parsed(file, lines(file, windows, seen), seen, strict=census is None):
        chrom, pos, last = record.site.chrom, record.site.pos, record.reach
        touched = _touched(windows, chrom, pos, last)
        if may_lead_elsewhere(record.site.alts, record.site.info):
            seen.note_mate(line, record.site.number)
        if touched > 1 and line in wide:  # an index hands such a record out once a window
            continue
        if touched > 1:
            wide.add(line)
        # It may lie in the window of one build and reach into that of the other.
        far = record.farthest if record.open_ended else 0
        if any(name == chrom and last < x <= far for name, x, _ in windows):
            seen.lose(_NO_EXTENT, chrom, line, record.site.number)
        if touched:
            seen.touched(record, last, line)
            yield record
    for cause, chrom, line, number in seen.breaks.loose(windows):
        seen.lose(cause, chrom, line, number)


def _parsed(
    file: VcfFile, lines: Iterable[tuple[int | None, str, str]], census: Census, *, strict: bool
) -> Iterator[tuple[str, VcfLine]]:
    """Yield each line that can be taken apart; the others are counted, or a fault at once.

    Raises:
        InputError: there are lines, and none of them can be taken apart.
    """
    first_fault, good = None, False
    name, samples = file.name, len(file.samples)
    for number, line, chrom in lines:
        try:
            record = parse_line(line, file=name, number=number, chrom=chrom, sample_count=samples)
        except InputError as fault:
            if strict:
                raise
            first_fault = first_fault or fault
            census.lose("the line cannot be read", chrom, line, number, fault.message)
            continue
        if len(record.site.alts) > census.limits.alts:
            census.lose(census.too_many_alts, chrom, line, number)
            continue
        good = True
        yield line, record
    if first_fault is not None and not good:
        raise first_fault


def _touched(windows: tuple[Window, ...], chrom: str, start: int, end: int) -> int:
    touched = 0
    for name, first, last in windows:
        if start <= last and end >= first and chrom == name:
            touched += 1
    return touched


def _last_base(windows: tuple[Window, ...], chrom: str) -> int:
    return max(end for name, _, end in windows if name == chrom)


def _indexed_lines(
    file: VcfFile, windows: tuple[Window, ...], census: Census
) -> Iterator[tuple[None, str, str]]:
    """Yield the lines of the windows by way of the index, or of the whole file without proof."""
    cohort = len(file.samples) > COHORT
    found = indexed_lines(file, windows, census, cohort=cohort)
    lines = found.lines
    if found.silent and file.kind == "bcf" and cohort:
        lines = _whole_cohort(file, windows, census, found.silent)
    elif found.silent:
        lines = (line[1:] for line in _streamed_lines(file, windows, census, found.silent))
    elif is_looked_through(file):
        note_mates(file, census)
    for line, chrom in lines:
        yield None, line, chrom


def _whole_cohort(
    file: VcfFile, windows: tuple[Window, ...], census: Census, silent: Silent
) -> Iterator[tuple[str, str]]:
    """Yield the lines of a BCF of many samples from the first window of a contig on."""
    places = {name: place for name in file.contigs if (place := census.places[name])}
    firsts = {chrom: min(start for name, start, _ in windows if name == chrom)
              for chrom, _, _ in windows}  # fmt: skip
    starts = [(name, firsts[p.chrom] if isinstance(p, Known) else 1) for name, p in places.items()]
    for line in bcf_lines_from(file.name, starts) if starts else ():
        name, text, _ = line.split("\t", 2)
        position, place = whole_number(text), places[name]
        if _placed(place, position, line, None, census):
            _demand_truth(file, silent, place.chrom, name, position)
            yield line, place.chrom


def _demand_truth(
    file: VcfFile, silent: Silent, chrom: str, name: str, position: int | None
) -> None:
    """An index that shows no record after a base of a contig is wrong where there is one."""
    base = silent.get((chrom, name), silent.get((chrom, None)))
    if base is not None and (position or 0) > base:
        raise InputError(f"{BY_INDEX}: {FOREIGN_INDEX}", file=file.name)


def _placed(
    place: Known | Odd, position: int | None, line: str, number: int | None, census: Census
) -> TypeGuard[Known]:
    """Whether a record has its place; one that has none is counted as lost."""
    if isinstance(place, Odd):
        census.lose(place.cause, place.chrom, line, number)
        return False
    fault = position_fault(position, place.length, line)
    if fault is not None:
        census.lose(fault, place.chrom, line, number)
        return False
    census.reach[place.chrom] = max(position or 0, census.reach.get(place.chrom, 0))
    return True


def _streamed_lines(
    file: VcfFile,
    windows: tuple[Window, ...],
    census: Census,
    silent: Silent = _NO_CLAIM,
) -> Iterator[tuple[int, str, str]]:
    """Yield number, text and chromosome of the records that may touch a window.

    `silent` is what an index says: the contigs without a record after a base.
    """
    if file.kind == "bcf":
        yield from _streamed_bcf(file, windows, census, silent)
        return
    last_base = {chrom: _last_base(windows, chrom) for chrom, _, _ in windows}
    number = untabbed = 0
    for line in text_lines(file.path, file.kind, file.longest_line):
        if line.startswith("#") or not line.strip():
            census.faults.header_again(line, number)
            if (spot := commented_place(line)) and _touched(windows, *spot, spot[1]):
                census.lose("the record is commented out", spot[0], line)
            continue
        number += 1
        name, _, rest = line.partition("\t")
        place = census.places[name]
        untabbed += not rest
        if place is None:
            census.note_mate(line, number)
            continue
        position = whole_number(rest.partition("\t")[0])
        if _placed(place, position, line, number, census):
            _demand_truth(file, silent, place.chrom, name, position)
            if (position or 0) <= last_base[place.chrom]:
                yield number, line, place.chrom
            else:
                census.note_mate(line, number)
    if number and untabbed == number:
        raise InputError(NO_TABS, file=file.name, record="record 1")
    census.records = number > 0


def _streamed_bcf(
    file: VcfFile, windows: tuple[Window, ...], census: Census, silent: Silent
) -> Iterator[tuple[int, str, str]]:
    number = 0
    with htslib_faults(file.name, "cannot be read on"), pysam.VariantFile(file.name) as handle:
        for record in handle:
            number += 1
            place = census.places[record.chrom]
            if may_lead_elsewhere(record.alts or (), record.info.keys()):
                census.note_mate(str(record).rstrip("\n"), number)
            if place is None:
                continue
            if isinstance(place, Known):
                _demand_truth(file, silent, place.chrom, record.chrom, record.pos)
                if 0 < record.pos <= place.length and not _may_touch(record, place, windows):
                    census.reach[place.chrom] = max(record.pos, census.reach.get(place.chrom, 0))
                    continue
            line = str(record).rstrip("\n")
            if _placed(place, record.pos, line, number, census):
                yield number, line, place.chrom
    census.records = number > 0


def _may_touch(record: pysam.VariantRecord, place: Known, windows: tuple[Window, ...]) -> bool:
    """Whether a record may reach a window; htslib does not know every end that we read."""
    spans = [(first, last) for name, first, last in windows if name == place.chrom]
    if record.pos > max(last for _, last in spans):
        return False
    if record.stop >= min(first for first, _ in spans):
        return True
    return "LEN" in record.format or any(map(reaches_far, record.alts or ()))
