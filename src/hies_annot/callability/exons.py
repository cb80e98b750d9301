"""Counts of callable bases by gene and exon."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.callability.gaps import find_gaps
from hies_annot.callability.required import RequiredBases, RequiredExon
from hies_annot.callability.statements import Layer, Statement
from hies_annot.model import ExonCallability, GeneCallability


def gene_result(required: RequiredBases, layer: Layer, *, stated: bool) -> GeneCallability:
    """Count the callable bases of a gene; None everywhere where no source speaks (`stated`)."""
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
