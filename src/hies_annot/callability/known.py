"""Known pathogenic positions: what was seen at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hies_annot.callability.carried import CarriedAllele
from hies_annot.callability.required import KnownSite, RequiredBases
from hies_annot.callability.statements import Layer, Statement, Weight
from hies_annot.genes.gene_file import Gene, Role
from hies_annot.model import KnownSiteCall, KnownVariant
from hies_annot.reference.sequence import Reference

NOT_COVERED = "not_covered"
UNKNOWN = "unknown"
VARIANT_SEEN = "variant_seen"
OTHER_VARIANT_SEEN = "other_variant_seen"
REFERENCE_SEEN = "reference_seen"
REFERENCE_ASSUMED = "reference_assumed"
STATES = (
    NOT_COVERED,
    UNKNOWN,
    REFERENCE_ASSUMED,
    VARIANT_SEEN,
    OTHER_VARIANT_SEEN,
    REFERENCE_SEEN,
)
"""All states, in the order in which a report lists them: what was not looked at first."""


def known_sites(
    variants: Iterable[KnownVariant], genes: Sequence[Gene], reference: Reference
) -> tuple[KnownSite, ...]:
    """Return what must be looked at by name: curated P/LP alleles and the sites of gene files.

    `variants` are rows of the curated table (GRCh38), of which those for a diagnosis looked for
    count (a somatic clone does not); the sites returned are on the build of `reference`. A site
    of a gene file where the table has an allele is left out.
    """
    diagnoses = {
        condition.id
        for gene in genes
        for condition in gene.file.conditions
        if condition.role is Role.DIAGNOSTIC
    }
    rows = [item for item in variants if item.pathogenic and item.condition in diagnoses]
    return tuple(site for gene in genes for site in _sites_of(rows, gene, reference))


def _sites_of(
    variants: Sequence[KnownVariant], gene: Gene, reference: Reference
) -> Iterator[KnownSite]:
    offset = gene.file.offset(reference.build)
    ours = [variant for variant in variants if variant.gene == gene.name]
    for variant in ours:
        yield KnownSite(
            gene=gene.name,
            identifier=variant.identifier,
            pos=variant.pos - offset,
            ref=variant.ref,
            alt=variant.alt,
            hgvs_c=variant.hgvs_c or variant.identifier,
            hgvs_p=variant.hgvs_p,
        )
    taken = {variant.pos for variant in ours}
    for site in gene.file.required.sites:
        if not taken.intersection(range(site.start, site.end + 1)):
            start, end = site.start - offset, site.end - offset
            bases = reference.locus(gene.name).bases(start, end).upper()
            yield KnownSite(gene.name, site.id, start, bases, "N" * len(bases), site.hgvs_c, None)


def known_site_calls(
    sites: Iterable[KnownSite],
    required: RequiredBases,
    layer: Layer,
    carried: Sequence[CarriedAllele],
    assumed: Statement | None = None,
) -> tuple[KnownSiteCall, ...]:
    """Return the state of each known allele of the gene, in genome order.

    `variant_seen` means this very allele; another allele at the same bases is
    `other_variant_seen`. `assumed` is the statement that stands for absent records.
    """
    ours = sorted((site for site in sites if site.gene == required.gene), key=_place)
    return tuple(_call(site, required, layer, carried, assumed) for site in ours)


def worst_first(calls: Iterable[KnownSiteCall]) -> tuple[KnownSiteCall, ...]:
    """Order calls by state, not covered first; the order within a state is kept."""
    return tuple(sorted(calls, key=lambda call: STATES.index(call.state)))


def _place(site: KnownSite) -> tuple[int, int, str]:
    return site.pos, site.end, site.identifier


def _call(
    site: KnownSite,
    required: RequiredBases,
    layer: Layer,
    carried: Sequence[CarriedAllele],
    assumed: Statement | None,
) -> KnownSiteCall:
    seen = _seen_variant(site, site.allele_id(required.chrom), carried)
    state, depth = seen or _seen_bases(site, required, layer, assumed)
    return KnownSiteCall(
        gene=site.gene,
        variant=site.identifier,
        hgvs_c=site.hgvs_c,
        hgvs_p=site.hgvs_p,
        state=state,
        depth=depth,
    )


def _seen_variant(
    site: KnownSite, allele_id: str, carried: Sequence[CarriedAllele]
) -> tuple[str, float | None] | None:
    for allele in carried:
        if allele.identifier == allele_id:
            return VARIANT_SEEN, allele.depth
    for allele in carried:
        if allele.changed and allele.changed[0] <= site.end and site.pos <= allele.changed[1]:
            return OTHER_VARIANT_SEEN, allele.depth
    return None


def _seen_bases(
    site: KnownSite, required: RequiredBases, layer: Layer, assumed: Statement | None
) -> tuple[str, float | None]:
    entries = [
        entry for low, high in required.ranges(site.pos, site.end) for entry in layer[low:high]
    ]
    depths = [entry.depth for entry in entries if entry is not None and entry.depth is not None]
    depth = min(depths, default=None)
    stated = [entry for entry in entries if entry and entry.weight is not Weight.INCOMPLETE]
    if any(not entry.callable for entry in stated):
        return NOT_COVERED, depth
    if not stated or len(stated) < len(entries):
        return UNKNOWN, depth
    if any(entry is assumed for entry in stated):
        return REFERENCE_ASSUMED, depth
    if site.indel and any(entry.indel is False for entry in stated):
        return NOT_COVERED, depth
    return REFERENCE_SEEN, depth
