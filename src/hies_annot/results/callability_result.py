"""Callability in the form of the result contract.

Exons, gaps and known sites recur from sample to sample, so their parts of the contract are made
once and shared: nobody may change a result in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import convert

from hies_annot.model import Callability, ExonCallability, Gap, KnownSiteCall, Unjudged
from hies_annot.results.callability_contract import (
    CallabilityResult,
    ExonResult,
    GapResult,
    GeneCallabilityResult,
    KnownSiteResult,
    UnjudgedResult,
)

_SHARED = 4096


def callability_result(
    callability: Callability, unjudged: Sequence[Unjudged] = ()
) -> CallabilityResult:
    """Return what could be assessed in one sample, and what of it could not be judged."""
    return CallabilityResult(
        source=callability.source,
        assumed_reference=callability.assumed_reference,
        genes=[
            GeneCallabilityResult(
                gene=gene.gene,
                required_bases=gene.required_bases,
                callable_bases=gene.callable_bases,
                gaps=[_gap(gap) for gap in gene.gaps],
                exons=[_exon(exon) for exon in gene.exons],
                unread=[one.reason for one in callability.unread if one.gene == gene.gene],
                unjudged=[
                    UnjudgedResult(told=one.told, asks=one.asks)
                    for one in unjudged
                    if one.gene == gene.gene
                ],
            )
            for gene in callability.genes
        ],
        known_sites=[_known_site(site) for site in callability.known_sites],
        notes=list(callability.notes),
    )


@lru_cache(maxsize=_SHARED)
def _gap(gap: Gap) -> GapResult:
    return convert(gap, GapResult, from_attributes=True)


@lru_cache(maxsize=_SHARED)
def _exon(exon: ExonCallability) -> ExonResult:
    return convert(exon, ExonResult, from_attributes=True)


@lru_cache(maxsize=_SHARED)
def _known_site(site: KnownSiteCall) -> KnownSiteResult:
    return convert(site, KnownSiteResult, from_attributes=True)
