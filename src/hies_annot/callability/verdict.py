"""Whether "nothing found" may be said, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hies_annot.callability.config import CallabilityConfig
from hies_annot.callability.known import NOT_COVERED, UNKNOWN
from hies_annot.model import Callability, Gap, GeneCallability, KnownSiteCall

LISTED = 5
"""Gaps and sites that a sentence names; the report has all."""


def negative_is_safe(callability: Callability, config: CallabilityConfig) -> tuple[bool, str]:
    """Return whether a sample without a finding is a `none`, and the sentence why (not).

    False wherever something is unknown: no source, an exon without figures, a known site that
    was not looked at.
    """
    faults = [
        fault
        for gene in callability.genes
        for fault in _gene_faults(gene, callability.known_sites, config)
    ]
    if not callability.genes:
        faults.append("no gene was assessed")
    if faults:
        return False, "; ".join(faults)
    return True, "; ".join(_good(gene) for gene in callability.genes)


def _good(gene: GeneCallability) -> str:
    return f"{gene.gene}: {_percent(gene.share)} of {gene.required_bases} required bases callable"


def _gene_faults(
    gene: GeneCallability, sites: Sequence[KnownSiteCall], config: CallabilityConfig
) -> Iterator[str]:
    share = gene.share
    if share is None:
        yield (
            f"{gene.gene}: callability is unknown; give a gVCF, a BAM/CRAM, "
            "a BED of callable regions or an all-sites VCF"
        )
        return
    low_exons = [
        exon.exon for exon in gene.exons if _exon_fails(exon.callable, exon.required, config)
    ]
    if share < config.min_share or low_exons:
        yield (
            f"{gene.gene}: {_percent(share)} of {gene.required_bases} required bases callable "
            f"({_percent(config.min_share)} needed, {_percent(config.min_exon_share)} "
            f"of each exon); not callable: {_listed([_gap_name(gap) for gap in gene.gaps])}"
        )
    missed = [
        site.hgvs_c or site.variant
        for site in sites
        if site.gene == gene.gene and site.state in (NOT_COVERED, UNKNOWN)
    ]
    if config.require_known_sites and missed:
        yield f"{gene.gene}: {len(missed)} known sites not covered: {_listed(missed)}"


def _exon_fails(callable_: int | None, required: int, config: CallabilityConfig) -> bool:
    return callable_ is None or callable_ < config.min_exon_share * required


def _gap_name(gap: Gap) -> str:
    return f"{gap.exon} ({gap.hgvs_c}: {gap.reason})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _percent(share: float | None) -> str:
    """Write a share with one digit, rounded down: 99.97 % must not read as 100 %."""
    return "unknown" if share is None else f"{int(share * 1000) / 10:g} %"
