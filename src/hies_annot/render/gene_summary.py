"""Callability of the genes of one sample, short: a character an exon."""

from __future__ import annotations

from msgspec import Struct

from hies_annot.results.callability_contract import ExonResult
from hies_annot.results.contract import SampleResult


class GeneSummary(Struct, frozen=True):
    """Callability of one gene. `levels` has one character an exon, see `exon_level`."""

    gene: str
    required_bases: int
    callable_bases: int | None
    gaps: int
    exons: tuple[int, ...]
    levels: str


def gene_summaries(result: SampleResult) -> tuple[GeneSummary, ...]:
    """Return the callability of each gene of a sample."""
    return tuple(
        GeneSummary(
            gene=gene.gene,
            required_bases=gene.required_bases,
            callable_bases=gene.callable_bases,
            gaps=len(gene.gaps),
            exons=tuple(exon.exon for exon in gene.exons),
            levels="".join(exon_level(exon) for exon in gene.exons),
        )
        for gene in result.callability.genes
    )


def exon_level(exon: ExonResult) -> str:
    """Return how much of an exon is callable, as one character.

    `#` all required bases, `9` to `0` the tenths (`9`: 90 % or more, `0`: under 10 %),
    `?` not known, `-` nothing required.
    """
    if not exon.required:
        return "-"
    if exon.callable is None:
        return "?"
    if exon.callable >= exon.required:
        return "#"
    return str(exon.callable * 10 // exon.required)
