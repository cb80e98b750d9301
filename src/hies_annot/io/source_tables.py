"""Reading evidence files with pysam: only the records of the loci, as plain rows.

Positions are 1-based on the build of the file. Nothing is interpreted here.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pysam
from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.genome import canonical_chrom
from hies_annot.io.bgzf import DAMAGE
from hies_annot.io.htslib_faults import htslib_faults, in_words
from hies_annot.io.lab_text import no_text
from hies_annot.io.row_faults import Locus, allele_fault, place_fault, several_alts

NOT_TABIX = "make it readable by place: bgzip FILE && tabix (-p vcf, or -s1 -b2 -e2) FILE.gz"
COMPRESSED = (".gz", ".bgz")
_FILTERS = re.compile(r"filters?(?: - \w+)?", re.IGNORECASE)
"""Columns of failed filters, also `Filters - exomes` of gnomAD's browser."""
_BETWEEN_FILTERS = re.compile(r"[\s;,|\[\]\"']+")
_PASSED = frozenset({"", ".", "-", "PASS", "NA", "N/A", "NAN", "NONE", "NULL"})


class SourceRegion(Struct, frozen=True):
    """A stretch of a canonical chromosome, 1-based inclusive."""

    chrom: str
    start: int
    end: int


class SourceRow(Struct, frozen=True):
    """One alternate allele of one record with its values as text; absent values are left out.

    `shared` are the values that the record gives once for all of its several alleles.
    """

    chrom: str
    pos: int
    identifier: str | None
    ref: str
    alt: str
    filters: tuple[str, ...]
    values: Mapping[str, str]
    shared: frozenset[str] = frozenset()


_NO_PLACE = ("", ".", "-", "-1", "na", "n/a", "nan", "none", "null")
"""What stands for a position that is not known: of scores on another build, of ClinVar's tables."""


class Table(Struct, frozen=True):
    """What was read: header lines as key -> value, columns or INFO fields, rows."""

    header: Mapping[str, str]
    fields: frozenset[str]
    rows: tuple[SourceRow, ...]


def read_table(
    path: str,
    regions: Iterable[SourceRegion],
    columns: Mapping[str, str],
    *,
    every_allele: bool = True,
) -> Table:
    """Read the rows of `regions` from a tab- or comma-separated table with a header line.

    `columns` names the columns that hold chrom, pos, ref and alt (and others the caller wants).
    `every_allele`: alleles that are not written as in a VCF are a fault, not left for others.

    Raises:
        InputError: missing file or index, a column that is not there, no matching chromosome.
    """
    wanted = tuple(regions)
    header, names, separator = _table_head(path)
    if len(names) == 1 and ";" in names[0]:
        told = "columns are separated by semicolons, and must be by tabs or commas: save it so"
        raise InputError(told, file=path)
    for role in ("chrom", "pos", "ref", "alt"):
        if columns[role] not in names:
            raise InputError(
                f"column {columns[role]!r} ({role}) is not in the header "
                f"({', '.join(names[:12])}); name it under `fields`",
                file=path,
            )
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise InputError(f"column {twice[0]!r} is there twice: leave one", file=path)
    rows = []
    loci = tuple((region.chrom, region.start, region.end) for region in wanted)
    for cells in _table_lines(path, wanted, separator, names, columns["chrom"]):
        values = dict(zip(names, cells, strict=False))
        row = _table_row(values, columns, loci, path, every_allele=every_allele)
        if row is not None and any(inside(row, region) for region in wanted):
            rows.append(row)
    return Table(header, frozenset(names), tuple(rows))


def spellings(
    names: Iterable[str], regions: tuple[SourceRegion, ...], path: str
) -> dict[str, list[str]]:
    """Return canonical chromosome -> its spellings in a file.

    Raises:
        InputError: the file has none of the chromosomes of the regions.
    """
    listed = sorted(names)
    found: dict[str, list[str]] = {}
    for name in listed:
        chrom = canonical_chrom(name)
        if chrom in {region.chrom for region in regions}:
            found.setdefault(str(chrom), []).append(name)
    if not found:
        shown = ", ".join(listed[:5]) or "none"
        raise InputError(
            f"none of its chromosomes ({shown}) is one of "
            f"{', '.join(sorted({region.chrom for region in regions}))}: the file holds nothing "
            "for the genes of this run",
            file=path,
        )
    return found


def inside(row: SourceRow, region: SourceRegion) -> bool:
    """Whether a row shares a base with a region."""
    last = row.pos + len(row.ref) - 1
    return row.chrom == region.chrom and row.pos <= region.end and last >= region.start


def _text_lines(path: str) -> Iterator[str]:
    if not Path(path).is_file():
        raise InputError("this evidence file does not exist", file=path)
    packed = path.lower().endswith(COMPRESSED)
    opener = gzip.open if packed else open
    try:
        with Path(path).open("rb") as start:
            told = None if packed else no_text(start.read(8))
        if told is not None:
            raise InputError(f"cannot be read: {told}", file=path)
        with opener(path, "rt", encoding="utf-8-sig") as handle:
            for line in handle:
                yield line.rstrip("\r\n")
    except DAMAGE:
        told = "is cut short or damaged: it cannot be unpacked; copy or make it again"
        raise InputError(told, file=path) from None
    except UnicodeDecodeError as fault:
        raise InputError(f"cannot be read: {in_words(fault)}", file=path) from None
    except OSError as fault:
        raise InputError(f"cannot be read as text ({fault})", file=path) from None


def _table_head(path: str) -> tuple[dict[str, str], list[str], str]:
    """Header comments (`# key: value`), column names and the separator of a table."""
    header: dict[str, str] = {}
    names = ""
    for line in _text_lines(path):
        if line.startswith("#"):
            comment = line.lstrip("# ")
            names = comment if "\t" in comment else names
            if "\t" not in comment and ":" in comment:
                key, value = comment.split(":", 1)
                header[key.strip()] = value.strip()
            continue
        names = names or line
        break
    separator = "\t" if "\t" in names else ","
    cells = next(csv.reader([names], delimiter=separator), [])
    return header, [name.strip() for name in cells], separator


def _table_lines(
    path: str,
    regions: tuple[SourceRegion, ...],
    separator: str,
    names: list[str],
    chrom_column: str,
) -> Iterator[list[str]]:
    if not path.lower().endswith(COMPRESSED):
        lines = (line for line in _text_lines(path) if line and not line.startswith("#"))
        rows = [cells for cells in csv.reader(lines, delimiter=separator) if cells != names]
        place = names.index(chrom_column)
        spellings({cells[place] for cells in rows if len(cells) > place}, regions, path)
        yield from rows
        return
    if not Path(f"{path}.tbi").is_file():
        raise InputError(f"there is no index; {NOT_TABIX}", file=path)
    with htslib_faults(path), pysam.TabixFile(path, encoding="utf-8") as file:
        spelled = spellings(file.contigs, regions, path)
        for region in regions:
            for name in spelled.get(region.chrom, ()):
                for line in file.fetch(name, region.start - 1, region.end):
                    yield line.split(separator)


def _table_row(
    values: Mapping[str, str],
    columns: Mapping[str, str],
    loci: Collection[Locus],
    path: str,
    *,
    every_allele: bool,
) -> SourceRow | None:
    """Return a row on one of the chromosomes; None: another one, or without a place.

    Raises:
        InputError: a place or an allele that cannot be read: what the row says would be lost.
    """
    roles = ("chrom", "pos", "ref", "alt")
    name, position, ref, alt = (values.get(columns[role], "").strip() for role in roles)
    place = f"{name}:{position} {ref}>{alt}"
    chrom = canonical_chrom(name)
    if chrom is None and (told := place_fault(name, position, loci)):
        raise InputError(told, file=path, record=place)
    here = [(first, last) for own, first, last in loci if own == chrom]
    if chrom is None or not here or position.lower() in _NO_PLACE:
        return None
    if not position.isdecimal():
        told = "the position is no whole number (a spreadsheet may have changed it): write digits"
        raise InputError(told, file=path, record=place)
    within = any(first <= int(position) <= last for first, last in here)
    told = several_alts(alt) or (allele_fault(ref, alt) if every_allele and within else None)
    if told:
        raise InputError(told, file=path, record=place)
    kept = {key: value for key, value in values.items() if value not in ("", ".")}
    return SourceRow(chrom, int(position), None, ref, alt, _failed(kept), kept)


def _failed(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of failed filters, as a record of a VCF has them."""
    cells = (value for name, value in values.items() if _FILTERS.fullmatch(name))
    words = (word for cell in cells for word in _BETWEEN_FILTERS.split(cell))
    return tuple(dict.fromkeys(word for word in words if word.upper() not in _PASSED))
