"""Callability of one sample from everything that is known about its bases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hies_annot.callability.config import CallabilityConfig
from hies_annot.callability.gaps import NO_RECORD, find_gaps
from hies_annot.callability.intervals import OUTSIDE, bed_kind, bed_statements
from hies_annot.callability.known import known_site_calls, worst_first
from hies_annot.callability.records import Record, VcfEvidence, VcfKind, read_evidence, vcf_kind
from hies_annot.callability.required import KnownSite, RequiredBases, RequiredExon, required_regions
from hies_annot.callability.statements import Layer, Statement, Weight, combine, fill, paint
from hies_annot.genes import Gene
from hies_annot.io.coverage import read_bed
from hies_annot.model import Callability, ExonCallability, GeneCallability, KnownSiteCall
from hies_annot.reference.sequence import Reference

UNKNOWN_SOURCE = "unknown"
ASSUMED_SOURCE = "assumed reference"
ASSUMED_NOTE = "absent records were taken as reference"


@dataclass(frozen=True, slots=True)
class Source:
    """One source besides the VCF: its name and its statements by gene."""

    name: str
    statements: dict[str, tuple[Statement, ...]]


def assess_callability(
    reference: Reference,
    genes: Sequence[Gene],
    known_sites: Iterable[KnownSite],
    config: CallabilityConfig,
    *,
    records: Sequence[Record],
    bam: Path | None = None,
    callable_file: Path | None = None,
) -> Callability:
    """Say for every required base whether it was looked at, from the best source there is.

    Best first: gVCF blocks and called rows, BAM/CRAM, BED or mosdepth, hom-ref rows of an
    all-sites VCF. Where a gVCF has no record nothing replaces it: its caller did not look
    there. `records` are all records of the sample over the loci; variants alone say nothing
    about the bases between them, so without another source the counts are None.

    Raises:
        InputError: a BAM/CRAM or interval file cannot be used.
        BuildMismatchError: such a file belongs to another build than the reference.
    """
    known = tuple(known_sites)
    required = [required_regions(gene, reference, known) for gene in genes]
    others = _other_sources(reference, required, config, bam, callable_file)
    kind = vcf_kind(site for site, _ in records)
    evidence = [read_evidence(_of_locus(records, item), kind, config) for item in required]
    parts = [
        _assess_gene(item, found, others, known, config)
        for item, found in zip(required, evidence, strict=True)
    ]
    return Callability(
        source=", ".join(_source_names(kind, others, config)) or UNKNOWN_SOURCE,
        assumed_reference=config.assume_reference,
        genes=tuple(part.result for part in parts),
        known_sites=worst_first(call for part in parts for call in part.known),
        notes=tuple(_notes(evidence, parts, config)),
    )


@dataclass(frozen=True, slots=True)
class _GenePart:
    result: GeneCallability
    known: tuple[KnownSiteCall, ...]
    assumed_bases: int


def _of_locus(records: Sequence[Record], required: RequiredBases) -> list[Record]:
    first, last = required.spans[0][0], required.spans[-1][1]
    return [
        record
        for record in records
        if record[0].chrom == required.chrom and record[0].end >= first and record[0].pos <= last
    ]


def _other_sources(
    reference: Reference,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    bam: Path | None,
    callable_file: Path | None,
) -> list[Source]:
    del bam
    sources: list[Source] = []
    if callable_file is not None:
        sources.append(_bed_source(reference, required, config, callable_file))
    return sources


def _bed_source(
    reference: Reference,
    required: Sequence[RequiredBases],
    config: CallabilityConfig,
    path: Path,
) -> Source:
    bed = read_bed(path, reference.build, required)
    kind = bed_kind(bed.name, bed.header, bed.rows)
    statements: dict[str, tuple[Statement, ...]] = {}
    for item in required:
        rows = [row for row in bed.rows if row.chrom == item.chrom]
        found = tuple(bed_statements(str(path), kind, bed.header, rows, config))
        statements[item.gene] = (_whole(item, str(kind), OUTSIDE), *found)
    return Source(str(kind), statements)


def _whole(required: RequiredBases, source: str, reason: str) -> Statement:
    first, last = required.spans[0][0], required.spans[-1][1]
    return Statement(first, last, Weight.NOT_CALLABLE, source, reason=reason)


def _assess_gene(
    required: RequiredBases,
    evidence: VcfEvidence,
    others: Sequence[Source],
    known: Sequence[KnownSite],
    config: CallabilityConfig,
) -> _GenePart:
    layer = _merge_sources(required, evidence, others)
    assumed = None
    assumed_bases = 0
    if config.assume_reference:
        assumed = Statement(0, 0, Weight.CALLABLE, ASSUMED_SOURCE)
        assumed_bases = sum(1 for entry in layer if _absent(entry))
        layer = [assumed if _absent(entry) else entry for entry in layer]
    stated = bool(others) or evidence.kind is not VcfKind.VARIANTS or assumed is not None
    calls = known_site_calls(known, required, layer, evidence.carried, assumed)
    return _GenePart(_gene_result(required, layer, stated=stated), calls, assumed_bases)


def _merge_sources(
    required: RequiredBases, evidence: VcfEvidence, others: Sequence[Source]
) -> Layer:
    rows = [item for item in evidence.statements if _is_all_sites_row(item)]
    called = [item for item in evidence.statements if not _is_all_sites_row(item)]
    layer = paint(required, called)
    silent = _whole(required, str(evidence.kind), NO_RECORD)
    if evidence.kind is VcfKind.GVCF:
        layer = fill(layer, silent)
    for other in others:
        layer = combine(layer, paint(required, other.statements[required.gene]))
    if evidence.kind is VcfKind.ALL_SITES:
        layer = fill(combine(layer, paint(required, rows)), silent)
    return layer


def _is_all_sites_row(statement: Statement) -> bool:
    """Whether a hom-ref row of an all-sites VCF; a no-call stands above every other source."""
    return statement.source == VcfKind.ALL_SITES and statement.weight is not Weight.NO_CALL


def _absent(entry: Statement | None) -> bool:
    return entry is None or entry.reason == NO_RECORD


def _gene_result(required: RequiredBases, layer: Layer, *, stated: bool) -> GeneCallability:
    return GeneCallability(
        gene=required.gene,
        required_bases=required.size,
        callable_bases=sum(map(_callable, layer)) if stated else None,
        gaps=find_gaps(required, layer) if stated else (),
        exons=tuple(_exon_result(required, exon, layer, stated) for exon in required.exons),
    )


def _exon_result(
    required: RequiredBases, exon: RequiredExon, layer: Layer, stated: bool
) -> ExonCallability:
    entries = [
        entry for low, high in required.ranges(exon.start, exon.end) for entry in layer[low:high]
    ]
    return ExonCallability(
        exon=exon.number,
        start=exon.start,
        end=exon.end,
        required=len(entries),
        callable=sum(map(_callable, entries)) if stated else None,
        indel_callable=_indel_callable(entries) if stated else None,
        mean_depth=_mean_depth(entries) if stated else None,
    )


def _callable(entry: Statement | None) -> bool:
    return entry is not None and entry.callable


def _indel_callable(entries: Sequence[Statement | None]) -> int | None:
    """Count indel-callable bases; None as soon as one callable base says nothing about indels."""
    if any(entry is not None and entry.callable and entry.indel is None for entry in entries):
        return None
    return sum(1 for entry in entries if entry is not None and entry.indel)


def _mean_depth(entries: Sequence[Statement | None]) -> float | None:
    """Mean over the bases with a depth; None where a callable base has none, or no base has."""
    if any(entry is not None and entry.callable and entry.depth is None for entry in entries):
        return None
    depths = [entry.depth for entry in entries if entry is not None and entry.depth is not None]
    return round(sum(depths) / len(depths), 1) if depths else None


def _source_names(kind: VcfKind, others: Sequence[Source], config: CallabilityConfig) -> list[str]:
    names = [str(VcfKind.GVCF)] if kind is VcfKind.GVCF else []
    names += [other.name for other in others]
    if kind is VcfKind.ALL_SITES:
        names.append(str(VcfKind.ALL_SITES))
    if config.assume_reference:
        names.append(ASSUMED_SOURCE)
    return names


def _notes(
    evidence: Sequence[VcfEvidence], parts: Sequence[_GenePart], config: CallabilityConfig
) -> Iterable[str]:
    if config.assume_reference:
        counts = ", ".join(
            f"{part.result.gene} {part.assumed_bases} of {part.result.required_bases} bases"
            for part in parts
        )
        yield f"{ASSUMED_NOTE} ({counts})"
    without = sum(item.without_quality for item in evidence)
    if without:
        yield f"{without} records give no genotype quality; they were judged on their depth alone"
