"""Sources that hold nothing for some of the genes: what they may not replace, and what is said.

A ClinVar or population file of one chromosome, or one that was cut short, would else turn "not
looked for" into "not listed" for the other gene.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from hies_annot.evidence.kinds import KINDS
from hies_annot.evidence.slices import Slice
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build


class Asked(Struct, frozen=True):
    """The sources of a run, and of which genes each of them is not asked (by its name)."""

    slices: tuple[Slice, ...]
    not_asked: Mapping[str, frozenset[str]]
    faults: tuple[str, ...]


def genes_without(source: Slice, genes: Iterable[Gene]) -> tuple[Gene, ...]:
    """Return the genes in whose locus a source that covers genes has no record at all."""
    return bare_genes(source, genes) if KINDS[source.kind].every_gene else ()


def bare_genes(source: Slice, genes: Iterable[Gene]) -> tuple[Gene, ...]:
    """Return the genes in whose locus a source has no fact at all."""
    places = [(chrom, pos) for chrom, pos, _, _ in source.facts]
    return tuple(gene for gene in genes if not _any_inside(places, gene))


def _any_inside(places: Iterable[tuple[str, int]], gene: Gene) -> bool:
    span = gene.file.loci[Build.GRCH38]
    return any(c == gene.file.chrom and span.start <= pos <= span.end for c, pos in places)


def asked_by_gene(
    shipped: Sequence[Slice], configured: Sequence[Slice], genes: tuple[Gene, ...]
) -> Asked:
    """Return which source is asked of which gene.

    A shipped source of a kind that is configured is asked only of the genes in which no source of
    that kind has a record; a source without a record in a gene is not asked of it.
    """
    kinds = {source.kind for source in configured}
    lacking = {source.name: genes_without(source, genes) for source in configured}
    not_asked = {name: _names(found) for name, found in lacking.items() if found}
    bare = {
        kind: frozenset.intersection(
            *(not_asked.get(s.name, frozenset()) for s in configured if s.kind is kind)
        )
        for kind in kinds
    }
    slices = []
    for source in shipped:
        left = bare.get(source.kind)
        if left is None:
            slices.append(source)
        elif left:
            not_asked[source.name] = _names(genes) - left
            slices.append(source)
    faults = tuple(
        fault_of(source, gene)
        for source in configured
        for gene in lacking[source.name]
        if gene.name in bare[source.kind]
    )
    return Asked((*slices, *configured), not_asked, faults)


def _names(genes: Iterable[Gene]) -> frozenset[str]:
    return frozenset(gene.name for gene in genes)


def fault_of(source: Slice, gene: Gene) -> str:
    """Return the sentence about a source without a record in a gene."""
    return (
        f"evidence source {source.name} has no record in the locus of {gene.name} (chromosome "
        f"{gene.file.chrom}): it is not used for {gene.name}; check whether the file is whole and "
        "has this chromosome"
    )
