"""What a file holds as a whole: where it has records, and which could not be read or placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

NO_RECORD = "has a header but not one record: nothing was called, or the file was cut"


VARIANT_KINDS = ("snps", "indels")
"""Kinds of variants that a file may lack, as `bcftools view` names them."""
REGION = "region"
"""What a file lacks that was cut to regions."""
ALL_BUT = "all but"
"""With this begin, in words, regions that were left out."""


class Lost(NamedTuple):
    """Records of one file that could not be read or placed, for one cause.

    `chrom` is the chromosome (`17`) that they may belong to, None where it may be any; `first` is
    the first of them in words. `columns` are the samples (0-based) whose genotype there is not
    plainly the reference, None where no genotype can be told: then they may be anybody's. A file
    that cannot be read at all has 0 `records`, and `first` says what it is.
    """

    cause: str
    chrom: str | None
    records: int
    first: str
    columns: frozenset[int] | None = None


class Unread(NamedTuple):
    """A gene about which nothing found says nothing, and why.

    `lost`: records that are there could not be read or placed; else it is not known whether there
    should be any.
    """

    gene: str
    reason: str
    lost: bool


class LeftOut(NamedTuple):
    """What a file cannot hold by its own header, in words.

    `selection`: records were taken out of it, which leaves gaps in reference blocks; else it is of
    a kind that never shows all variants of a gene. `regions` (chromosome, first and last base,
    1-based) are those to which the file was cut; empty: everything is concerned. `lacks` is what
    another file of the person may make up for (`snps`, `region`); empty: no file does.
    """

    words: str
    selection: bool
    lacks: str = ""
    regions: tuple[tuple[str, int, int], ...] = ()

    def concerns(self, chrom: str, spans: Iterable[tuple[int, int]]) -> bool:
        """Whether bases of stretches (1-based) may be left out, as their chromosome is named."""
        if not self.regions:
            return True
        ours = sorted(region[1:] for region in self.regions if region[0] == chrom)
        return bool(ours) and any(not _covers(ours, *span) for span in spans)

    def kept(self, chrom: str, start: int, end: int) -> bool:
        """Whether a place (1-based) lies in the regions to which the file was cut."""
        return any(
            name == chrom and first <= end and last >= start for name, first, last in self.regions
        )


def _covers(regions: Iterable[tuple[int, ...]], start: int, end: int) -> bool:
    """Whether regions in ascending order hold every base of a stretch."""
    for first, last in regions:
        if first <= start <= last:
            start = last + 1
    return start > end


class FileCensus(Struct, frozen=True):
    """What the reading of a file showed beside the records that it handed out.

    `reach` is the last start of a record (1-based) by chromosome, of those that were asked for, or
    the last base of one that was handed out; a file that was read by its index shows a record
    behind what was asked for. `records` is whether there was any at all, `left_out` what the header
    says that the file cannot hold, `region_files` the files of regions to which it was cut, or that
    were left out of it (`ALL_BUT`).
    """

    file: str
    reach: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    records: bool = True
    lost: tuple[Lost, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    region_files: tuple[str, ...] = ()

    def of_column(self, column: int) -> FileCensus:
        """Return the census as it concerns one sample (0-based column)."""
        if not self.lost:
            return self
        kept = [one for one in self.lost if one.columns is None or column in one.columns]
        return replace(self, lost=tuple(kept))
