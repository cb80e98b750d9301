"""From files to the calls of each sample: one pass over a VCF however many samples it holds.

Where a file has more than `LIST_ALL_LIMIT` samples, rows in which a sample is plainly
hom-ref are counted, not listed, unless a relative needs them: only carriers cost time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hies_annot.build import BuildDecision, decide_build, header_build
from hies_annot.errors import HiesError, InputError
from hies_annot.genome import Build
from hies_annot.genotype import CallThresholds, interpret
from hies_annot.io.vcf import COHORT, read_windows
from hies_annot.io.vcf_line import VcfLine
from hies_annot.io.vcf_open import VcfFile, open_vcf
from hies_annot.model import Allele, AlleleKind, Call, SampleFields, SampleSpec, SiteRecord
from hies_annot.normalise import classify_alt, normalise_allele
from hies_annot.reference.sequence import Reference
from hies_annot.split_records import rejoin_split

LIST_ALL_LIMIT = 10
"""Largest number of samples in a file for which every row of every sample is listed."""


@dataclass(frozen=True, slots=True)
class SampleRecords:
    """What the files say about one sample in the loci.

    `rows` are all rows of the sample as read (for callability), `calls` one entry an allele,
    `counts` the rows by what became of them; their sum is the number of rows of the file.
    """

    spec: SampleSpec
    decision: BuildDecision
    calls: tuple[Call, ...]
    rows: tuple[tuple[SiteRecord, SampleFields], ...]
    counts: Mapping[str, int]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A sample whose input cannot be used, and why."""

    spec: SampleSpec
    reason: str


@dataclass(slots=True)
class _Gathered:
    """The rows of one sample while its file is read."""

    column: int
    list_all: bool
    calls: list[Call]
    rows: list[tuple[SiteRecord, SampleFields]]
    counts: Counter[str]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What reading needs to know: references by build, thresholds, the build asked for."""

    references: Mapping[Build, Reference]
    thresholds: CallThresholds
    forced: Build | None


def read_group(
    path: Path, specs: Sequence[SampleSpec], rules: ReadingRules, *, relatives: frozenset[str]
) -> dict[str, SampleRecords | Unreadable]:
    """Read all samples of one file in one pass.

    Args:
        path: VCF, VCF.gz or BCF.
        specs: samples that are to be read from it.
        rules: references, thresholds, build.
        relatives: samples whose hom-ref rows are needed to place a child's alleles.

    Returns:
        By sample id: its records, or why they cannot be used. Nothing is raised for bad input.
    """
    try:
        file = open_vcf(path)
        gathered = _columns(file, specs, relatives)
        decision = _read(file, rules, gathered)
    except HiesError as fault:
        return {spec.sample: Unreadable(spec, str(fault)) for spec in specs}
    results: dict[str, SampleRecords | Unreadable] = {}
    for spec in specs:
        found = gathered[spec.sample]
        if isinstance(found, str):
            results[spec.sample] = Unreadable(spec, found)
        elif found.fault is not None:
            results[spec.sample] = Unreadable(spec, found.fault)
        else:
            results[spec.sample] = SampleRecords(
                spec=spec,
                decision=decision,
                calls=rejoin_split(found.calls, rules.thresholds),
                rows=tuple(found.rows),
                counts=dict(found.counts),
                warnings=file.warnings,
            )
    return results


def read_structural(
    spec: SampleSpec, rules: ReadingRules, build: Build
) -> tuple[tuple[Call, ...], tuple[str, ...]]:
    """Return the calls of a sample's SV/CNV file and warnings; a bad file is a warning."""
    if spec.sv_vcf is None:
        return (), ()
    names = replace(spec, vcf=spec.sv_vcf)
    pinned = ReadingRules(rules.references, rules.thresholds, build)
    found = read_group(Path(spec.sv_vcf), [names], pinned, relatives=frozenset())[spec.sample]
    if isinstance(found, Unreadable):
        return (), (f"structural variants were not read: {found.reason}",)
    return found.calls, ()


def _columns(
    file: VcfFile, specs: Sequence[SampleSpec], relatives: frozenset[str]
) -> dict[str, _Gathered | str]:
    small = len(file.samples) <= LIST_ALL_LIMIT
    columns = {name: column for column, name in enumerate(file.samples)}
    found: dict[str, _Gathered | str] = {}
    for spec in specs:
        name = spec.vcf_sample
        if name is None and spec.sample in columns:
            name = spec.sample
        try:
            column = columns[name] if name in columns else file.column(name)
        except InputError as fault:
            found[spec.sample] = str(fault)
            continue
        list_all = small or spec.sample in relatives
        found[spec.sample] = _Gathered(column, list_all, [], [], Counter())
    if all(isinstance(entry, str) for entry in found.values()):
        raise InputError(str(next(iter(found.values()))))
    return found


def _read(
    file: VcfFile, rules: ReadingRules, gathered: Mapping[str, _Gathered | str]
) -> BuildDecision:
    """Read the file once where header or user tell the build, else once more for the sites."""
    header = header_build(file.contigs, file=file.name)
    if rules.forced is not None and header is not None and rules.forced is not header:
        return decide_build(header, [], rules.references, forced=rules.forced, file=file.name)
    build = rules.forced or header
    if build is None:
        sites = [line.site for line in read_windows(file, _windows(rules.references.values()))]
        build = decide_build(None, sites, rules.references, forced=None, file=file.name).build
    entries = [entry for entry in gathered.values() if isinstance(entry, _Gathered)]
    takers = _Takers(entries)
    reference = rules.references[build]
    seen: list[SiteRecord] = []
    genotypes = False
    # A cohort with a clear header is not read a second time only to doubt that header.
    one = header is not None and len(file.samples) > COHORT
    looked_at = [reference] if one else rules.references.values()
    for line in read_windows(file, _windows(looked_at)):
        seen.append(line.site)
        if reference.overlapping(line.site.chrom, line.site.pos, line.site.end) is None:
            continue
        genotypes = genotypes or line.has_genotypes
        _take(line, reference, rules.thresholds, takers)
    takers.close()
    decision = decide_build(header, seen, rules.references, forced=rules.forced, file=file.name)
    if seen and not genotypes and any(entry.calls for entry in entries):
        raise InputError(
            "has no genotypes (FORMAT/GT) in the loci: nothing can be said about zygosity",
            file=file.name,
            record=seen[0].where,
        )
    return decision


def _windows(references: Iterable[Reference]) -> tuple[tuple[str, int, int], ...]:
    return tuple((locus.chrom, locus.start, locus.end) for ref in references for locus in ref.loci)


class _Takers:
    """The samples of one file that are read, ordered for a pass over its records."""

    def __init__(self, entries: Iterable[_Gathered]) -> None:
        """Divide the samples into those that list every row and those that list carried ones."""
        entries = list(entries)
        self._all = [entry for entry in entries if entry.list_all]
        self._carriers: dict[int, list[_Gathered]] = {}
        for entry in entries:
            if not entry.list_all:
                self._carriers.setdefault(entry.column, []).append(entry)
        self._rows = 0

    def of(self, line: VcfLine) -> Iterator[_Gathered]:
        """Yield the samples that a record concerns."""
        self._rows += 1
        yield from self._all
        if self._carriers:
            for column in line.not_hom_ref():
                yield from self._carriers.get(column, ())

    def close(self) -> None:
        """Count the rows that were plainly hom-ref, so that nothing is lost without a word."""
        for entries in self._carriers.values():
            for entry in entries:
                skipped = self._rows - entry.counts["listed"]
                if skipped:
                    entry.counts["hom_ref_not_listed"] = skipped


def _take(line: VcfLine, reference: Reference, thresholds: CallThresholds, takers: _Takers) -> None:
    """Add one record to every sample that it concerns."""
    alleles: tuple[Allele | None, ...] | None = None
    for entry in takers.of(line):
        if entry.fault is not None:
            continue
        if alleles is None:
            alleles = record_alleles(line.site, reference)
        try:
            fields = line.fields(entry.column)
            calls = interpret(line.site, fields, alleles, thresholds)
        except InputError as fault:
            entry.fault = str(fault)
            continue
        entry.rows.append((line.site, fields))
        entry.calls.extend(calls)
        entry.counts["listed"] += 1


def record_alleles(site: SiteRecord, reference: Reference) -> tuple[Allele | None, ...]:
    """Return the normalised allele of each ALT of a record, in order.

    A row without ALT gives one reference block. `<NON_REF>` and `<*>` beside other ALTs
    make no entry of their own (None).
    """
    copy_number = int(site.info["CN"]) if site.info.get("CN", "").isdigit() else None

    def allele(alt: str) -> Allele | None:
        return normalise_allele(
            reference,
            site.chrom,
            site.pos,
            site.ref,
            alt,
            end=site.end,
            copy_number=copy_number,
            precise="PRECISE" in site.info,
        )

    if not site.alts:
        return (allele("."),)
    kinds = [classify_alt(alt) for alt in site.alts]
    real = any(kind is not AlleleKind.REFERENCE_BLOCK for kind in kinds)
    return tuple(
        None if real and kind is AlleleKind.REFERENCE_BLOCK else allele(alt)
        for alt, kind in zip(site.alts, kinds, strict=True)
    )
