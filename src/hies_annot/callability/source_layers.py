"""The sources beside the VCF, and which source decides at which base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from hies_annot.callability.bed_format import BedKind, bed_kind
from hies_annot.callability.depth import DepthProfile, depth_profiles, depth_statements
from hies_annot.callability.gaps import NO_RECORD
from hies_annot.callability.intervals import CAVEATS, OUTSIDE, bed_statements
from hies_annot.callability.records import VcfEvidence, VcfKind
from hies_annot.callability.required import RequiredBases, spans_of
from hies_annot.callability.statements import Layer, Statement, Weight, combine, fill, paint
from hies_annot.genome import Build
from hies_annot.io.coverage import BedFile, covering_reads, people_of_reads, read_bed
from hies_annot.io.in_child import in_child
from hies_annot.settings.callability_rules import CallabilityConfig


class CoverageSource(Struct, frozen=True):
    """One source besides the VCF: its name, its statements by gene, and its limits."""

    name: str
    statements: dict[str, tuple[Statement, ...]]
    notes: tuple[str, ...] = ()
    intervals: BedKind | None = None

    def layer(self, required: RequiredBases) -> Layer:
        """Return what holds at each required base of a gene.

        Where rows of an interval file contradict each other, the worse one holds. A region of
        which not all bases reach a threshold does not contradict a smaller one that does.
        """
        statements = self.statements[required.gene]
        if self.intervals is None:
            return paint(required, statements)
        painted = paint(required, statements, worst=self.intervals is not BedKind.THRESHOLDS)
        return fill(painted, _whole(required, self.name, OUTSIDE))


def read_sources(
    build: Build,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    bam: Path | None,
    callable_file: Path | None,
    names: Sequence[str] = (),
) -> list[CoverageSource]:
    """Read what is given, best first; `names` are those that the sample may have in a BAM.

    Raises:
        InputError: a file cannot be used; BuildMismatchError where it is of another build.
    """
    sources: list[CoverageSource] = []
    if bam is not None:
        sources.append(_depth_source(build, required, config, bam, names))
    if callable_file is not None:
        sources.append(_bed_source(build, required, config, callable_file))
    return sources


def _depth_source(
    build: Build,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    path: Path,
    names: Sequence[str],
) -> CoverageSource:
    name = "CRAM" if path.suffix.lower() == ".cram" else "BAM"
    read = partial(_depths, build, required, config, path, names)
    profiles, notes = in_child(path, read)
    statements = {
        gene: tuple(each for one in found for each in depth_statements(one, name, config))
        for gene, found in profiles.items()
    }
    return CoverageSource(name, statements, notes)


def _depths(
    build: Build,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    path: Path,
    names: Sequence[str],
) -> tuple[dict[str, tuple[DepthProfile, ...]], tuple[str, ...]]:
    """Return the depth over the required bases by gene, and whose the reads are not."""
    return _profiles(build, required, config, path, names), tuple(_whose(path, names))


def _whose(path: Path, names: Sequence[str]) -> Iterator[str]:
    """Say that the reads are, by their read groups, those of somebody else."""
    people = people_of_reads(path)
    if people and names and people.isdisjoint(names):
        # Whose they are is not said: results name nobody but their sample.
        words = f"its read groups (SM) name another id, not {names[0]!r}"
        yield f"{path.name}: {words}: are these reads of this sample?"


def _profiles(
    build: Build,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    path: Path,
    names: Sequence[str],
) -> dict[str, tuple[DepthProfile, ...]]:
    """Return the depth over the required bases by gene."""
    found = {}
    for item in required:
        least = config.min_mapq
        reads = covering_reads(path, build, item.chrom, item.spans, min_mapq=least, names=names)
        found[item.gene] = depth_profiles(item.spans, reads, config)
    return found


def _bed_source(
    build: Build,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    path: Path,
) -> CoverageSource:
    bed = read_bed(path, build, spans_of(required))
    kind = bed_kind(bed.name, bed.header, bed.rows, bed.tracks)
    statements: dict[str, tuple[Statement, ...]] = {}
    for item in required:
        rows = [row for row in bed.rows if row.chrom == item.chrom]
        statements[item.gene] = tuple(bed_statements(str(path), kind, bed.header, rows, config))
    return CoverageSource(str(kind), statements, tuple(_bed_notes(bed, kind, required)), kind)


def _bed_notes(bed: BedFile, kind: BedKind, required: Sequence[RequiredBases]) -> Iterator[str]:
    if kind in CAVEATS:
        yield f"{bed.name}: {CAVEATS[kind]}"
    for item in required:
        if item.chrom not in bed.chromosomes:
            yield f"{bed.name} names no interval on chromosome {item.chrom} ({item.gene})"


def _whole(required: RequiredBases, source: str, reason: str) -> Statement:
    first, last = required.spans[0][0], required.spans[-1][1]
    return Statement(first, last, Weight.NOT_CALLABLE, source, reason=reason)


def merge_sources(
    required: RequiredBases, evidence: VcfEvidence, others: Sequence[CoverageSource]
) -> Layer:
    """Return the statement that holds at each required base of one gene.

    Called records and gVCF blocks come first, then the other sources in their order, then the
    hom-ref rows of an all-sites VCF. What a gVCF or an all-sites VCF does not mention at all is
    "no record"; in a gVCF no other source replaces that.
    """
    rows = [item for item in evidence.statements if _is_all_sites_row(item)]
    called = [item for item in evidence.statements if not _is_all_sites_row(item)]
    layer = paint(required, called)
    silent = _whole(required, str(evidence.kind), NO_RECORD)
    if evidence.kind is VcfKind.GVCF:
        layer = fill(layer, silent)
    for other in others:
        layer = combine(layer, other.layer(required))
    if evidence.kind is VcfKind.ALL_SITES:
        layer = fill(combine(layer, paint(required, rows)), silent)
    return layer


def _is_all_sites_row(statement: Statement) -> bool:
    """Whether a hom-ref row of an all-sites VCF; a no-call stands above every other source."""
    return statement.source == VcfKind.ALL_SITES and statement.weight is not Weight.NO_CALL
