"""One pass over a file: the columns of the samples that each record concerns, still as text.

What they mean is worked out later, a part of the samples at a time: the rows of a cohort wait
on disk, in a temporary file for each part.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct

from hies_annot.errors import NoRecordError
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.record.vcf_line import VcfLine
from hies_annot.io.spool import Spool
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import COHORT, read_windows
from hies_annot.io.windows.window_fetches import Window
from hies_annot.model import Allele, AlleleKind, SiteRecord
from hies_annot.model.allele import STRUCTURAL_SIZE
from hies_annot.model.census import NO_RECORD, FileCensus
from hies_annot.model.file_bounds import USUAL, FileBounds
from hies_annot.read.detect_build import BuildDecision, decide_build, demand_one_build, header_build
from hies_annot.read.record_alleles import record_alleles, with_reach
from hies_annot.read.undoubted import Spans, Undoubted
from hies_annot.reference.sequence import Reference
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.callability_rules import CallabilityConfig

_COPIES = frozenset({"CN", "TCN"})

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


class ReadingRules(Struct, frozen=True):
    """What reading needs: references by build, thresholds, the build asked for, limits.

    `required` tells the bases of which it is asked whether they were looked at; None: all.
    """

    references: Mapping[Build, Reference]
    thresholds: CallThresholds
    forced: Build | None
    limits: FileBounds = USUAL
    callability: CallabilityConfig = CallabilityConfig()
    required: Callable[[Build], Spans] | None = None

    def undoubted(self, build: Build) -> Undoubted:
        """Return what tells the plain reference columns of a cohort."""
        required = None if self.required is None else self.required(build)
        return Undoubted(self.thresholds, self.callability, required)


class Gathered(Struct, frozen=True):
    """What a pass brought.

    `heads` are the records that concern a sample, `rows` the columns by part of the samples, and
    `count` is the number of records in the loci.
    """

    decision: BuildDecision
    heads: tuple[Head, ...]
    rows: list[Collection[TakenColumn]]
    count: int
    census: FileCensus


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
    whole: bool = False,
    rows: RowSink | None = None,
) -> Gathered:
    """Read the file once where header or user tell the build, else once more for the sites.

    Args:
        file: the opened file.
        rules: references and build.
        wanted: the samples, None for one that is not in the file.
        together: samples of a part; of several parts the rows wait on disk.
        whole: look at every record of the file, whatever its index says.
        rows: what takes the columns instead; the parts are then its own.

    Raises:
        InputError: the file or the build cannot be used.
        NoRecordError: nothing tells the build of a file that has no record.
    """
    header = header_build(file.contigs, file=file.name, assembly=file.assembly)
    rows = rows if rows is not None else _Rows(-(-len(wanted) // together), together)
    if rules.forced is not None and header is not None and rules.forced is not header:
        decision = decide_build(header, [], rules.references, forced=rules.forced, file=file.name)
        nothing = FileCensus(file.name)
        return Gathered(decision, (), list(rows.parts), 0, census=nothing)
    build = rules.forced or header
    if build is None:
        windows = _windows(rules.references.values())
        census = _census(file, windows, rules)
        sites = [line.site for line in read_windows(file, windows, census, whole=whole)]
        if not census.records:
            raise NoRecordError(NO_RECORD, file=file.name)
        build = decide_build(None, sites, rules.references, forced=None, file=file.name).build
    reference, takers = rules.references[build], _Takers(wanted, rules, build)
    heads: list[Head] = []
    seen: list[SiteRecord] = []
    count = 0
    # A cohort with a clear header is not read a second time only to doubt that header.
    one = header is not None and len(file.samples) > COHORT
    looked_at = [reference] if one else rules.references.values()
    windows = _windows(looked_at)
    census = _census(file, windows, rules)
    for line in read_windows(file, windows, census, whole=whole):
        seen.append(line.site)
        reach = line.reach
        if reference.overlapping(line.site.chrom, line.site.pos, reach) is None:
            continue
        count += 1
        if rows.add(line, len(heads), takers.of(line)):
            alleles = record_alleles(with_reach(line.site, reach), reference, line.keys)
            heads.append(Head(line.site, line.keys, alleles))
            census.faults.met_again(line.site, _changes(alleles))
    decision = decide_build(header, seen, rules.references, forced=rules.forced, file=file.name)
    demand_one_build(decision.build, census.builds | census.faults.builds, file=file.name)
    parts, census_of_file = list(rows.parts), census.finished()
    return Gathered(decision, tuple(heads), parts, count, census_of_file)


def _census(file: VcfFile, windows: Iterable[Window], rules: ReadingRules) -> Census:
    return Census(file, {chrom for chrom, _, _ in windows}, rules.limits)


def _changes(alleles: Iterable[Allele | None]) -> set[str]:
    """Return the ids of the alleles that are changes of bases."""
    return {one.id for one in alleles if one is not None and one.kind is AlleleKind.SEQUENCE}


def _windows(references: Iterable[Reference]) -> tuple[Window, ...]:
    return tuple((locus.chrom, locus.start, locus.end) for ref in references for locus in ref.loci)


class _Takers:
    """The samples that are read, by the records that concern them."""

    def __init__(self, wanted: Sequence[Wanted | None], rules: ReadingRules, build: Build) -> None:
        """Divide the samples into those that list every row and those that count plain ones."""
        found = [(place, sample) for place, sample in enumerate(wanted) if sample is not None]
        self._all = [(place, sample.column) for place, sample in found if sample.list_all]
        self._carriers: dict[int, list[tuple[int, int]]] = {}
        for place, sample in found:
            if not sample.list_all:
                self._carriers.setdefault(sample.column, []).append((place, sample.column))
        self._undoubted = rules.undoubted(build) if self._carriers else None
        self._within: dict[int, tuple[str, int]] = {}

    def of(self, line: VcfLine) -> Iterator[tuple[int, int]]:
        """Yield place and column of the samples that a record concerns.

        Within a long change that a sample may carry its reference calls count, too: they may
        contradict it.
        """
        yield from self._all
        if self._undoubted is None:
            return
        others = self._undoubted.others(line)
        for column in (*others, *self._inside(line, set(others))):
            yield from self._carriers.get(column, ())
        if line.reach - line.site.pos >= STRUCTURAL_SIZE:
            end = (line.site.chrom, line.reach)
            for column in filter(partial(_may_carry, line), others):
                self._within[column] = max(end, self._within.get(column, end))

    def _inside(self, line: VcfLine, others: set[int]) -> list[int]:
        """Return the other columns of which a long change reaches over a record."""
        here = (line.site.chrom, line.site.pos)
        inside = {n: end for n, end in self._within.items() if end[0] == here[0] and end > here}
        self._within = inside
        return sorted(inside.keys() - others)


def _may_carry(line: VcfLine, column: int) -> bool:
    """Whether a column names an allele (its genotype stands first) or perhaps a copy number."""
    first = line.columns[column].partition(":")[0]
    return not _COPIES.isdisjoint(line.keys) or any(sign in "123456789" for sign in first)


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
