"""Counts of callable bases by gene and exon."""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.callability.gaps import find_gaps
from hies_annot.callability.required import RequiredBases, RequiredExon
from hies_annot.callability.statements import Layer, Statement, runs
from hies_annot.model import ExonCallability, GeneCallability

Runs = list[tuple[Statement, int]]
"""Statements and the number of bases for which each holds."""


def gene_result(required: RequiredBases, layer: Layer, *, stated: bool) -> GeneCallability:
    """Count the callable bases of a gene; None everywhere where no source speaks (`stated`)."""
    return GeneCallability(
        gene=required.gene,
        required_bases=required.size,
        callable_bases=_callable(_stated(layer, [(0, required.size)])) if stated else None,
        gaps=find_gaps(required, layer) if stated else (),
        exons=tuple(_exon_result(required, exon, layer, stated) for exon in required.exons),
    )


def _exon_result(
    required: RequiredBases, exon: RequiredExon, layer: Layer, stated: bool
) -> ExonCallability:
    ranges = list(required.ranges(exon.start, exon.end))
    found = _stated(layer, ranges) if stated else []
    return ExonCallability(
        exon=exon.number,
        start=exon.start,
        end=exon.end,
        required=sum(high - low for low, high in ranges),
        callable=_callable(found) if stated else None,
        indel_callable=_indel_callable(found) if stated else None,
        mean_depth=_mean_depth(found) if stated else None,
    )


def _stated(layer: Layer, ranges: Iterable[tuple[int, int]]) -> Runs:
    return [
        (entry, length)
        for low, high in ranges
        for entry, length in runs(layer, low, high)
        if entry is not None
    ]


def _callable(found: Runs) -> int:
    return sum(length for entry, length in found if entry.callable)


def _indel_callable(found: Runs) -> int | None:
    """Count indel-callable bases; None as soon as one callable base says nothing about indels."""
    if any(entry.callable and entry.indel is None for entry, _ in found):
        return None
    return sum(length for entry, length in found if entry.indel)


def _mean_depth(found: Runs) -> float | None:
    """Mean over the bases with a depth; None where a callable base has none, or no base has."""
    if any(entry.callable and entry.depth is None for entry, _ in found):
        return None
    depths = [(entry.depth, length) for entry, length in found if entry.depth is not None]
    bases = sum(length for _, length in depths)
    return round(sum(depth * length for depth, length in depths) / bases, 1) if bases else None
