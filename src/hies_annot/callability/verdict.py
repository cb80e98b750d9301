"""Whether "nothing found" may be said, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hies_annot.callability.known import NOT_COVERED, UNKNOWN
from hies_annot.callability.unread import unread_sentences
from hies_annot.model import Callability, ExonCallability, Gap, GeneCallability, KnownSiteCall
from hies_annot.settings.callability_rules import CallabilityConfig

_UNKNOWN = (
    "callability of {genes} is unknown; give a gVCF, a BAM/CRAM, a BED of callable regions "
    "or an all-sites VCF"
)
ASSUMED_NOTE = "absent records were taken as reference"
LISTED = 5
"""Gaps and sites that a sentence names; the report has all."""


def negative_is_safe(callability: Callability, config: CallabilityConfig) -> tuple[bool, str]:
    """Return whether a sample without a finding is a `none`, and the sentence why (not).

    False wherever something is unknown: no source, an exon without figures, a known site that
    was not looked at, records that could not be placed, a file without a record on a chromosome.
    """
    unknown = [gene.gene for gene in callability.genes if gene.share is None]
    faults = list(unread_sentences(callability.unread))
    faults += [_UNKNOWN.format(genes=" and ".join(unknown))] if unknown else []
    for gene in callability.genes:
        if gene.share is not None:
            told = any(one.gene == gene.gene for one in callability.unread)
            faults += _gene_faults(gene, callability.known_sites, config, unread=told)
    if not callability.genes:
        faults.append("no gene was assessed")
    if faults:
        return False, "; ".join(faults)
    good = [_good_with_gaps(gene) for gene in callability.genes]
    if callability.assumed_reference:
        good.append(ASSUMED_NOTE)
    return True, "; ".join(good)


def _good(gene: GeneCallability) -> str:
    return f"{gene.gene}: {_percent(gene.share)} of {gene.required_bases} required bases callable"


def _good_with_gaps(gene: GeneCallability) -> str:
    gaps = f", not callable: {_listed([_gap_name(gap) for gap in gene.gaps])}" if gene.gaps else ""
    return f"{_good(gene)}{gaps}"


def _gene_faults(
    gene: GeneCallability,
    sites: Sequence[KnownSiteCall],
    config: CallabilityConfig,
    *,
    unread: bool,
) -> Iterator[str]:
    if gene.callable_bases == 0:
        reasons = _listed(list(dict.fromkeys(gap.reason for gap in gene.gaps)))
        yield f"{gene.gene}: none of {gene.required_bases} required bases callable ({reasons})"
    else:
        yield from _share_faults(gene, config)
    states = (NOT_COVERED,) if unread else (NOT_COVERED, UNKNOWN)
    missed = [
        site.hgvs_c or site.variant
        for site in sites
        if site.gene == gene.gene and site.state in states
    ]
    if config.require_known_sites and missed:
        yield f"{gene.gene}: {len(missed)} known sites not covered: {_listed(missed)}"


def _share_faults(gene: GeneCallability, config: CallabilityConfig) -> Iterator[str]:
    low = [exon for exon in gene.exons if _fails(exon, config)]
    too_few = (gene.share or 0) < config.min_share
    if too_few:
        yield f"{_good(gene)}, {_percent(config.min_share)} needed"
    if low:
        names = _listed([f"exon {exon.exon} ({_bases(exon)})" for exon in low])
        yield f"{gene.gene}: below {_percent(config.min_exon_share)} of callable bases: {names}"
    if low or too_few:
        yield f"{gene.gene}: not callable: {_listed([_gap_name(gap) for gap in gene.gaps])}"


def _fails(exon: ExonCallability, config: CallabilityConfig) -> bool:
    return exon.callable is None or exon.callable < config.min_exon_share * exon.required


def _bases(exon: ExonCallability) -> str:
    return f"{exon.callable if exon.callable is not None else 'unknown'} of {exon.required}"


def _gap_name(gap: Gap) -> str:
    return f"{gap.exon} ({gap.hgvs_c}: {gap.reason})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _percent(share: float | None) -> str:
    """Write a share with one digit, rounded down: 99.97 % must not read as 100 %."""
    return "unknown" if share is None else f"{int(share * 1000) / 10:g} %"
