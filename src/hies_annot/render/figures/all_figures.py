"""The figures of one sample, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from hies_annot.render.figures.exon_strip import exon_strip
from hies_annot.render.figures.gene_copies import gene_copies
from hies_annot.render.figures.pedigree import pedigree
from hies_annot.render.figures.protein_map import protein_map
from hies_annot.render.figures.read_fractions import read_fractions
from hies_annot.render.standing import by_id, findings, genes_read
from hies_annot.results.contract import ConditionResult, SampleResult

Drawn = tuple[str, Markup]
"""Gene (empty for several) and figure."""


def figures_of(result: SampleResult) -> tuple[Drawn, ...]:
    """Return the figures that the data of a sample give."""
    found = findings(result)
    drawn = [*_of_genes(result, found), *_of_findings(result, found), *_of_bases(result)]
    return tuple((gene, figure) for gene, figure in drawn if figure is not None)


def _of_genes(
    result: SampleResult, found: Sequence[ConditionResult]
) -> Iterator[tuple[str, Markup | None]]:
    reported = [variant for variant in result.variants if variant.reported]
    touched = {condition.gene for condition in found}
    for gene in genes_read(result):
        own = [variant for variant in reported if variant.gene == gene]
        if own or gene in touched:
            yield gene, protein_map(gene, own)
    thresholds = result.settings.thresholds if result.settings else {}
    yield "", read_fractions(reported, thresholds)


def _of_findings(
    result: SampleResult, found: Sequence[ConditionResult]
) -> Iterator[tuple[str, Markup | None]]:
    """Yield copies and family of each finding; those of the same alleles are drawn once."""
    variants, seen = by_id(result), set()
    for condition in found:
        alleles = tuple(condition.variants)
        if alleles not in seen:
            seen.add(alleles)
            yield condition.gene, gene_copies(condition, variants)
            yield condition.gene, pedigree(condition, result, variants)


def _of_bases(result: SampleResult) -> Iterator[tuple[str, Markup | None]]:
    for gene in result.callability.genes:
        yield gene.gene, exon_strip(gene, result.callability.known_sites, result.build)
