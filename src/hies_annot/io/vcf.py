"""Hand out the records of some windows of a VCF, VCF.gz or BCF, with or without an index.

Text is read as text (nothing is reformatted on the way); BCF goes through htslib.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pysam

from hies_annot.errors import InputError, NoRecordError
from hies_annot.genome import canonical_chrom
from hies_annot.io.bcf_text import bcf_lines_from
from hies_annot.io.htslib_faults import FOREIGN_INDEX, htslib_faults
from hies_annot.io.numbers import whole_number
from hies_annot.io.vcf_index import BY_INDEX, Window, indexed_lines
from hies_annot.io.vcf_line import VcfLine, parse_line
from hies_annot.io.vcf_open import VcfFile, text_lines

COHORT = 200
"""From so many samples on, starting another process for the text of a BCF pays."""

_NO_CLAIM: Mapping[str, int] = MappingProxyType({})


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


def _indexed_lines(file: VcfFile, windows: tuple[Window, ...]) -> Iterator[tuple[None, str, str]]:
    """Yield the lines of the windows by way of the index, or of the whole file without proof."""
    cohort = len(file.samples) > COHORT
    found = indexed_lines(file, windows, cohort=cohort)
    lines = found.lines
    if found.silent and file.kind == "bcf" and cohort:
        lines = _whole_cohort(file, windows, found.silent)
    elif found.silent:
        lines = (line[1:] for line in _streamed_lines(file, windows, found.silent))
    for line, chrom in lines:
        yield None, line, chrom


def _whole_cohort(
    file: VcfFile, windows: tuple[Window, ...], silent: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """Yield the lines of a BCF of many samples from the first window of a contig on."""
    chroms = {name: chrom for name in file.contigs if (chrom := canonical_chrom(name))}
    starts = [
        (name, start)
        for name in chroms
        for start in sorted(start for chrom, start, _ in windows if chrom == chroms[name])[:1]
    ]
    for line in bcf_lines_from(file.name, starts) if starts else ():
        name, position, _ = line.split("\t", 2)
        _demand_truth(file, silent, chroms[name], position)
        yield line, chroms[name]


def _demand_truth(file: VcfFile, silent: Mapping[str, int], chrom: str, position: str) -> None:
    """An index that shows no record after a base is wrong where there is one."""
    if chrom in silent and (whole_number(position) or 0) > silent[chrom]:
        raise InputError(f"{BY_INDEX}: {FOREIGN_INDEX}", file=file.name)


def _streamed_lines(
    file: VcfFile, windows: tuple[Window, ...], silent: Mapping[str, int] = _NO_CLAIM
) -> Iterator[tuple[int, str, str]]:
    """Yield number, text and chromosome of the records that may touch a window.

    `silent` is what an index says: the chromosomes without a record after a base.
    """
    if file.kind == "bcf":
        yield from _streamed_bcf(file, windows, silent)
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
        _demand_truth(file, silent, chrom, position)
        if (whole_number(position) or 0) > last_base[chrom]:
            continue
        yield number, line, chrom
    _demand_records(file, number)


def _demand_records(file: VcfFile, count: int) -> None:
    if count == 0:
        raise NoRecordError(
            "has a header but not one record: nothing was called, or the file was cut",
            file=file.name,
        )


def _streamed_bcf(
    file: VcfFile, windows: tuple[Window, ...], silent: Mapping[str, int]
) -> Iterator[tuple[int, str, str]]:
    number = 0
    with htslib_faults(file.name, "cannot be read on"), pysam.VariantFile(file.name) as handle:
        for record in handle:
            number += 1
            chrom = canonical_chrom(record.chrom)
            if chrom is None:
                continue
            _demand_truth(file, silent, chrom, str(record.pos))
            if _touched(windows, chrom, record.pos, record.stop):
                yield number, str(record).rstrip("\n"), chrom
    _demand_records(file, number)
