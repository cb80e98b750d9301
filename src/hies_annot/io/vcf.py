"""Hand out the records of some windows of a VCF, VCF.gz or BCF, with or without an index.

Text is read as text (nothing is reformatted on the way); BCF goes through htslib.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pysam

from hies_annot.errors import InputError, NoRecordError
from hies_annot.genome import canonical_chrom
from hies_annot.io.bcf_text import bcf_lines
from hies_annot.io.bgzf import BgzfLines
from hies_annot.io.tabix import TabixIndex
from hies_annot.io.vcf_line import VcfLine, parse_line
from hies_annot.io.vcf_open import VcfFile, text_lines

Window = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""

COHORT = 200
"""From so many samples on, starting another process for the text of a BCF pays."""


def read_windows(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[VcfLine]:
    """Yield the records that share a base with a window, in file order.

    Raises:
        InputError: the file is cut short, has no record at all, or a record cannot be read.
    """
    wide: set[str] = set()
    name, samples = file.name, len(file.samples)
    lines = _indexed_lines(file, windows) if file.indexed else _streamed_lines(file, windows)
    for number, line, chrom in lines:
        record = parse_line(line, file=name, number=number, chrom=chrom, sample_count=samples)
        touched = _touched(windows, chrom, record.site.pos, record.site.end)
        if touched > 1:  # an index hands such a record out once a window
            if line in wide:
                continue
            wide.add(line)
        if touched:
            yield record


def _touched(windows: tuple[Window, ...], chrom: str, start: int, end: int) -> int:
    touched = 0
    for name, first, last in windows:
        if start <= last and end >= first and chrom == name:
            touched += 1
    return touched


def _streamed_lines(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[tuple[int, str, str]]:
    """Yield number, text and chromosome of the records that may touch a window."""
    if file.kind == "bcf":
        yield from _streamed_bcf(file, windows)
        return
    wanted = {chrom for chrom, _, _ in windows}
    last_base = {chrom: max(end for name, _, end in windows if name == chrom) for chrom in wanted}
    names: dict[str, str | None] = {}
    number = 0
    for line in text_lines(file.path, file.kind):
        if line.startswith("#") or not line.strip():
            continue
        number += 1
        name, _, rest = line.partition("\t")
        if name not in names:
            if not rest:
                raise InputError(
                    "the columns are not separated by tabs",
                    file=file.name,
                    record=f"record {number}",
                )
            names[name] = canonical_chrom(name)
        chrom = names[name]
        if chrom is None or chrom not in wanted:
            continue
        position = rest.partition("\t")[0]
        if position.isdigit() and int(position) > last_base[chrom]:
            continue
        yield number, line, chrom
    _demand_records(file, number)


def _demand_records(file: VcfFile, count: int) -> None:
    if count == 0:
        raise NoRecordError(
            "has a header but not one record: nothing was called, or the file was cut",
            file=file.name,
        )


def _streamed_bcf(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[tuple[int, str, str]]:
    number = 0
    with pysam.VariantFile(file.name) as handle:
        try:
            for record in handle:
                number += 1
                chrom = canonical_chrom(record.chrom)
                if chrom is not None and _touched(windows, chrom, record.pos, record.stop):
                    yield number, str(record).rstrip("\n"), chrom
        except (OSError, ValueError) as fault:
            raise InputError(
                f"cannot be read on: {fault}", file=file.name, record=f"record {number + 1}"
            ) from None
    _demand_records(file, number)


def _indexed_lines(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[tuple[None, str, str]]:
    """Yield the lines of the windows by way of the index."""
    try:
        read = _indexed_bcf if file.kind == "bcf" else _indexed_text
        for line, chrom in read(file, windows):
            yield None, line, chrom
    except (OSError, ValueError) as fault:
        raise InputError(f"cannot be read by its index: {fault}", file=file.name) from None


def _indexed_text(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[tuple[str, str]]:
    if file.index is None:
        raise ValueError("there is none")
    index = TabixIndex(file.index)
    if not index.names:
        _demand_records(file, 0)
    fetches = list(_fetches(index.names, windows))
    places = index.spans([(name, start, end) for name, _, start, end in fetches])
    with BgzfLines(file.path) as text:
        for (name, chrom, _, end), spans in zip(fetches, places, strict=True):
            for line in _lines_up_to(end, name, text, spans):
                yield line, chrom


def _lines_up_to(
    last: int, contig: str, text: BgzfLines, spans: Iterable[tuple[int, int]]
) -> Iterator[str]:
    """Yield the lines of a sorted file in some spans whose position is not after `last`."""
    start_of_line = f"{contig}\t".encode()
    for span in spans:
        for line in text.between(*span):
            if not line.startswith(start_of_line):
                raise ValueError("it belongs to another file or state of it; make it anew")
            position = line.split(b"\t", 2)[1]
            if position.isdigit() and int(position) > last:
                return
            yield line.rstrip(b"\r").decode(errors="replace")


def _indexed_bcf(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[tuple[str, str]]:
    with pysam.VariantFile(file.name) as handle:
        fetches = list(_fetches(tuple(map(str, handle.header.contigs)), windows))
        if len(file.samples) > COHORT and fetches:
            chroms = {name: chrom for name, chrom, _, _ in fetches}
            for line in bcf_lines(file.name, [(name, a, b) for name, _, a, b in fetches]):
                yield line, chroms[line.partition("\t")[0]]
            return
        for name, chrom, start, end in fetches:
            for record in handle.fetch(name, start - 1, end):
                yield str(record).rstrip("\n"), chrom


def _fetches(
    names: tuple[str, ...], windows: tuple[Window, ...]
) -> Iterator[tuple[str, str, int, int]]:
    spelled = [(name, canonical_chrom(name)) for name in names]
    for chrom, start, end in windows:
        for name, canonical in spelled:
            if canonical == chrom:
                yield name, chrom, start, end
