"""Callability of one sample from everything that is known about its bases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from hies_annot.callability.exons import gene_result
from hies_annot.callability.gaps import NO_RECORD
from hies_annot.callability.known import known_site_calls, worst_first
from hies_annot.callability.records import Record, VcfEvidence, VcfKind, read_evidence, vcf_kind
from hies_annot.callability.required import KnownSite, RequiredBases
from hies_annot.callability.source_layers import CoverageSource, merge_sources, read_sources
from hies_annot.callability.statements import Layer, Statement, Weight
from hies_annot.callability.verdict import ASSUMED_NOTE
from hies_annot.model import Callability, GeneCallability, KnownSiteCall
from hies_annot.reference.sequence import Reference
from hies_annot.settings.callability_rules import CallabilityConfig

UNKNOWN_SOURCE = "unknown"
ASSUMED_SOURCE = "assumed reference"


def assess_callability(
    reference: Reference,
    required: Sequence[RequiredBases],
    known_sites: Iterable[KnownSite],
    config: CallabilityConfig,
    *,
    records: Sequence[Record],
    bam: Path | None = None,
    callable_file: Path | None = None,
    names: Sequence[str] = (),
) -> Callability:
    """Say for every required base whether it was looked at, from the best source there is.

    Best first: gVCF blocks and called rows, BAM/CRAM, BED or mosdepth, hom-ref rows of an
    all-sites VCF. Where a gVCF has no record nothing replaces it: its caller did not look
    there. `required` has an entry a gene, with the known sites. `records` are all records of the
    sample over the loci; variants alone say nothing about the bases between them, so without
    another source the counts are None. `names` are those that the sample may have in the BAM or
    CRAM.

    Raises:
        InputError: a BAM/CRAM or interval file cannot be used.
        BuildMismatchError: such a file belongs to another build than the reference.
    """
    known = tuple(site for site in known_sites if site.of_bases)
    others = read_sources(reference.build, required, config, bam, callable_file, names)
    kind = vcf_kind(records)
    evidence = [read_evidence(records, item, kind, reference, config) for item in required]
    parts = [
        _assess_gene(item, found, others, known, config)
        for item, found in zip(required, evidence, strict=True)
    ]
    return Callability(
        source=", ".join(_source_names(kind, others, config)) or UNKNOWN_SOURCE,
        assumed_reference=config.assume_reference,
        genes=tuple(part.result for part in parts),
        known_sites=worst_first(call for part in parts for call in part.known),
        notes=tuple(_notes(evidence, parts, others, config)),
    )


class _GenePart(Struct, frozen=True):
    result: GeneCallability
    known: tuple[KnownSiteCall, ...]
    assumed_bases: int


def _assess_gene(
    required: RequiredBases,
    evidence: VcfEvidence,
    others: Sequence[CoverageSource],
    known: Sequence[KnownSite],
    config: CallabilityConfig,
) -> _GenePart:
    if _silent(evidence) and not others and not config.assume_reference:
        return _unsaid(required, tuple(known))
    layer = merge_sources(required, evidence, others)
    assumed = None
    assumed_bases = 0
    if config.assume_reference:
        assumed = Statement(0, 0, Weight.CALLABLE, ASSUMED_SOURCE)
        assumed_bases = sum(1 for entry in layer if _absent(entry))
        layer = [assumed if _absent(entry) else entry for entry in layer]
    stated = bool(others) or evidence.kind is not VcfKind.VARIANTS or assumed is not None
    calls = known_site_calls(known, required, layer, evidence.carried, assumed)
    return _GenePart(gene_result(required, layer, stated=stated), calls, assumed_bases)


def _silent(evidence: VcfEvidence) -> bool:
    """Whether a file of variants has none that says anything about the required bases."""
    speaks = evidence.statements or evidence.carried
    return evidence.kind is VcfKind.VARIANTS and not speaks


@lru_cache(maxsize=64)
def _unsaid(required: RequiredBases, known: tuple[KnownSite, ...]) -> _GenePart:
    """Return the answer for a gene about which nothing at all is said; most samples share it."""
    layer: Layer = [None] * required.size
    calls = known_site_calls(known, required, layer, ())
    return _GenePart(gene_result(required, layer, stated=False), calls, 0)


def _absent(entry: Statement | None) -> bool:
    return entry is None or entry.reason == NO_RECORD


def _source_names(
    kind: VcfKind, others: Sequence[CoverageSource], config: CallabilityConfig
) -> list[str]:
    names = [str(VcfKind.GVCF)] if kind is VcfKind.GVCF else []
    names += [other.name for other in others]
    if kind is VcfKind.ALL_SITES:
        names.append(str(VcfKind.ALL_SITES))
    if config.assume_reference:
        names.append(ASSUMED_SOURCE)
    return names


def _notes(
    evidence: Sequence[VcfEvidence],
    parts: Sequence[_GenePart],
    others: Sequence[CoverageSource],
    config: CallabilityConfig,
) -> Iterable[str]:
    if config.assume_reference:
        counts = ", ".join(
            f"{part.result.gene} {part.assumed_bases} of {part.result.required_bases} bases"
            for part in parts
        )
        yield f"{ASSUMED_NOTE} ({counts})"
    yield from (note for other in others for note in other.notes)
    without = sum(item.without_quality for item in evidence)
    if without:
        yield f"{without} record(s) without genotype quality were judged on their depth alone"
