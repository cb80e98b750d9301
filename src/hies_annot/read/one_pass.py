"""One pass over a file: the columns of the samples that each record concerns, still as text.

What they mean is worked out later, a part of the samples at a time: the rows of a cohort wait
on disk, in a temporary file for each part.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from hies_annot.genome import Build
from hies_annot.io.spool import Spool
from hies_annot.io.vcf import COHORT, read_windows
from hies_annot.io.vcf_line import VcfLine
from hies_annot.io.vcf_open import VcfFile
from hies_annot.model import Allele, AlleleKind, SiteRecord
from hies_annot.read.detect_build import BuildDecision, decide_build, header_build
from hies_annot.read.written_allele import Written, written_alleles
from hies_annot.reference.normalise import classify_alt, normalise_allele
from hies_annot.reference.sequence import Reference
from hies_annot.settings.call_thresholds import CallThresholds

TakenColumn = tuple[int, int, str]
"""Place of the sample among those read, number of the record (both 0-based), its column."""


class Wanted(NamedTuple):
    """A sample that is read: its column (0-based), and whether hom-ref rows are listed too."""

    column: int
    list_all: bool


class Head(NamedTuple):
    """A record without its sample columns; `alleles` has one entry an ALT."""

    site: SiteRecord
    keys: tuple[str, ...]
    alleles: tuple[Allele | None, ...]


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What reading needs to know: references by build, thresholds, the build asked for."""

    references: Mapping[Build, Reference]
    thresholds: CallThresholds
    forced: Build | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a pass brought.

    `heads` are the records that concern a sample, `rows` the columns by part of the samples,
    `count` is the number of records in the loci, and `first` the first record at all.
    """

    decision: BuildDecision
    heads: tuple[Head, ...]
    rows: list[Collection[TakenColumn]]
    count: int
    first: SiteRecord | None
    genotypes: bool


class RowSink(Protocol):
    """Takes the columns of each record; `add` tells whether the head of the record is needed."""

    @property
    def parts(self) -> Sequence[Collection[TakenColumn]]:
        """The columns by part of the samples."""

    def add(self, line: VcfLine, number: int, takers: Iterable[tuple[int, int]]) -> bool:
        """Take the columns of a record: place of the sample, and its column."""


def gather(
    file: VcfFile,
    rules: ReadingRules,
    wanted: Sequence[Wanted | None],
    *,
    together: int = 1,
    rows: RowSink | None = None,
) -> Gathered:
    """Read the file once where header or user tell the build, else once more for the sites.

    Args:
        file: the opened file.
        rules: references and build.
        wanted: the samples, None for one that is not in the file.
        together: samples of a part; of several parts the rows wait on disk.
        rows: what takes the columns instead; the parts are then its own.

    Raises:
        InputError: the file, a record, or the build cannot be used.
    """
    header = header_build(file.contigs, file=file.name)
    rows = rows if rows is not None else _Rows(-(-len(wanted) // together), together)
    if rules.forced is not None and header is not None and rules.forced is not header:
        decision = decide_build(header, [], rules.references, forced=rules.forced, file=file.name)
        return Gathered(decision, (), list(rows.parts), 0, None, genotypes=False)
    build = rules.forced or header
    if build is None:
        sites = [line.site for line in read_windows(file, _windows(rules.references.values()))]
        build = decide_build(None, sites, rules.references, forced=None, file=file.name).build
    reference, takers = rules.references[build], _Takers(wanted)
    heads: list[Head] = []
    seen: list[SiteRecord] = []
    count, genotypes = 0, False
    # A cohort with a clear header is not read a second time only to doubt that header.
    one = header is not None and len(file.samples) > COHORT
    looked_at = [reference] if one else rules.references.values()
    for line in read_windows(file, _windows(looked_at)):
        seen.append(line.site)
        if reference.overlapping(line.site.chrom, line.site.pos, line.site.end) is None:
            continue
        count += 1
        genotypes = genotypes or line.has_genotypes
        if rows.add(line, len(heads), takers.of(line)):
            heads.append(Head(line.site, line.keys, record_alleles(line.site, reference)))
    decision = decide_build(header, seen, rules.references, forced=rules.forced, file=file.name)
    first = seen[0] if seen else None
    return Gathered(decision, tuple(heads), list(rows.parts), count, first, genotypes)


def _windows(references: Iterable[Reference]) -> tuple[tuple[str, int, int], ...]:
    return tuple((locus.chrom, locus.start, locus.end) for ref in references for locus in ref.loci)


class _Takers:
    """The samples that are read, by the records that concern them."""

    def __init__(self, wanted: Sequence[Wanted | None]) -> None:
        """Divide the samples into those that list every row and those that list carried ones."""
        found = [(place, sample) for place, sample in enumerate(wanted) if sample is not None]
        self._all = [(place, sample.column) for place, sample in found if sample.list_all]
        self._carriers: dict[int, list[tuple[int, int]]] = {}
        for place, sample in found:
            if not sample.list_all:
                self._carriers.setdefault(sample.column, []).append((place, sample.column))

    def of(self, line: VcfLine) -> Iterator[tuple[int, int]]:
        """Yield place and column of the samples that a record concerns."""
        yield from self._all
        if self._carriers:
            for column in line.not_hom_ref():
                yield from self._carriers.get(column, ())


class _Rows:
    """The rows by part of the samples: in memory where there is one part only."""

    def __init__(self, parts: int, together: int) -> None:
        self._together = together
        folder = Path(tempfile.gettempdir())
        self._lists: list[list[TakenColumn] | Spool[TakenColumn]]
        self._lists = [[]] if parts == 1 else [Spool(folder) for _ in range(parts)]

    @property
    def parts(self) -> list[Collection[TakenColumn]]:
        return list(self._lists)

    def add(self, line: VcfLine, number: int, takers: Iterable[tuple[int, int]]) -> bool:
        """Add the columns of a record; tell whether there was any."""
        place = None
        for place, column in takers:
            self._lists[place // self._together].append((place, number, line.columns[column]))
        return place is not None


def record_alleles(site: SiteRecord, reference: Reference) -> tuple[Allele | None, ...]:
    """Return the normalised allele of each ALT of a record, in order.

    A row without ALT gives one reference block. `<NON_REF>` and `<*>` beside other ALTs
    make no entry of their own (None).
    """
    written = written_alleles(site)
    kinds = [classify_alt(one.alt) for one in written]
    real = any(kind is not AlleleKind.REFERENCE_BLOCK for kind in kinds)
    return tuple(
        None
        if real and kind is AlleleKind.REFERENCE_BLOCK
        else normalise_allele(
            reference,
            site.chrom,
            one.pos,
            site.ref if one.alt in site.alts or one.alt == "." else _anchor(site, one, reference),
            one.alt,
            end=one.end,
            copy_number=one.copy_number,
            precise="PRECISE" in site.info,
        )
        for one, kind in zip(written, kinds, strict=True)
    )


def _anchor(site: SiteRecord, one: Written, reference: Reference) -> str:
    """Return the base before a change whose spelling was another one in the file."""
    locus = reference.overlapping(site.chrom, one.pos, one.pos)
    return locus.bases(one.pos, one.pos).upper() if locus is not None else "N"
