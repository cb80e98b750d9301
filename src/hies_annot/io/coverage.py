"""Reading of interval files (BED, mosdepth) and of depth from BAM/CRAM."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pysam

from hies_annot.callability.intervals import BedRow
from hies_annot.callability.required import RequiredBases
from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genome import Build, build_of_accession, canonical_chrom, contigs

_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class BedFile:
    """The rows of an interval file that overlap the loci, and its last comment line, split.

    `chromosomes` are all that the file names (canonical), so that "nothing here" can be told
    from "nothing at all".
    """

    name: str
    header: tuple[str, ...] | None
    rows: tuple[BedRow, ...]
    chromosomes: frozenset[str]


def read_bed(path: Path, build: Build, required: Sequence[RequiredBases]) -> BedFile:
    """Read the rows over the required bases; with an index (.tbi, .csi) only the chromosomes.

    Raises:
        InputError: the file cannot be read, a row is malformed, or no contig is known.
        BuildMismatchError: a contig name or a position belongs to another build.
    """
    wanted = {item.chrom for item in required}
    header: tuple[str, ...] | None = None
    names: set[str] = set()
    rows: list[BedRow] = []
    try:
        for number, line in enumerate(_lines(path, wanted, names), 1):
            text = line.lstrip("\ufeff").rstrip("\r\n")
            if text.startswith("#"):
                header = tuple(text.lstrip("#").split("\t"))
            elif text.strip() and not text.startswith(("track", "browser")):
                row = _row(path, number, text, build, names)
                if row is not None and _needed(row, required):
                    rows.append(row)
    except (OSError, UnicodeDecodeError, EOFError) as fault:
        raise InputError(f"cannot be read: {fault}", file=str(path)) from None
    known = {chrom for name in names if (chrom := canonical_chrom(name))}
    if not known:
        raise InputError("no row names a human chromosome", file=str(path))
    return BedFile(path.name, header, tuple(rows), frozenset(known))


def _lines(path: Path, wanted: set[str], names: set[str]) -> Iterator[str]:
    if not any(Path(f"{path}{suffix}").exists() for suffix in (".tbi", ".csi")):
        with path.open("rb") as probe:
            opener = gzip.open if probe.read(2) == _GZIP_MAGIC else open
        with opener(path, "rt", encoding="utf-8") as handle:
            yield from handle
        return
    with pysam.TabixFile(str(path), encoding="utf-8") as tabix:
        yield from tabix.header
        names.update(tabix.contigs)
        for contig in tabix.contigs:
            if canonical_chrom(contig) in wanted:
                yield from tabix.fetch(contig)


def _row(path: Path, number: int, text: str, build: Build, names: set[str]) -> BedRow | None:
    columns = text.split("\t") if "\t" in text else text.split()
    try:
        name, start, end = columns[0], int(columns[1]), int(columns[2])
    except (IndexError, ValueError):
        raise InputError(
            "chromosome, start and end were expected", file=str(path), record=f"line {number}"
        ) from None
    names.add(name)
    chrom = canonical_chrom(name)
    if chrom is None:
        return None
    stated = build_of_accession(name)
    length = contigs(build)[chrom].length
    if (stated is not None and stated is not build) or end > length:
        raise BuildMismatchError(
            f"{name}:{start}-{end} does not lie on {build}: give the intervals on {build}",
            file=str(path),
            record=f"line {number}",
        )
    return BedRow(chrom, start + 1, end, tuple(columns[3:])) if end > start else None


def _needed(row: BedRow, required: Iterable[RequiredBases]) -> bool:
    return any(item.chrom == row.chrom and item.overlaps(row.start, row.end) for item in required)
