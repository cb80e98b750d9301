"""Thresholds of a genotype call; every figure has a source."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from hies_annot.model.closed import Closed

Share = Annotated[float, Meta(ge=0, le=1)]


class CallThresholds(Closed, frozen=True, kw_only=True):
    """When a call counts as reliable. Fractions are alternate reads / all reads, 0..1."""

    min_qual: Annotated[float, Meta(ge=0)] | None = None
    """Least QUAL; off by default, because callers do not share one scale"""
    min_gq: Annotated[float, Meta(ge=0)] = 20.0
    """Least genotype quality (slivar, Exomiser, seqr: 20)"""
    min_dp: Annotated[int, Meta(ge=0)] = 10
    """Least read depth (Exomiser and Talos: 10)"""
    min_alt_depth: Annotated[int, Meta(ge=0)] = 5
    """Least number of reads with the allele (Talos: 5)"""
    het_balance: tuple[Share, Share] = (0.20, 0.80)
    """Band of a heterozygous call (slivar: 0.20-0.80)"""
    hom_balance: Share = 0.95
    """Least fraction of a homozygous call (slivar: 0.98 at its best)"""
    low_fraction: tuple[Share, Share] = (0.05, 0.25)
    """Band of a possible mosaic or clone; below it, an artefact is likelier"""
    mosaic_p: Share = 1e-4
    """Binomial p (against 0.5) of a mosaic (Wright 2019, PMC6611863)"""
    de_novo_parent_reads: Annotated[int, Meta(ge=0)] = 1
    """Most alternate reads in both parents together (slivar: below 2)"""
    accepted_filters: tuple[str, ...] = ("PASS",)
    """FILTER and FT words that do not fail a call"""
    trust_phase_without_ps: bool = False
    """Take `|` without PS for proof: such phase is often statistical, and statistical phase of rare
    alleles is no better than chance"""

    def __post_init__(self) -> None:
        for name in ("het_balance", "low_fraction"):
            low, high = getattr(self, name)
            if low > high:
                raise ValueError(f"{name}: {low} lies above {high}")
