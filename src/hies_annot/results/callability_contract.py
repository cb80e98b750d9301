"""What a result says of the bases that were looked at."""

from __future__ import annotations

from pydantic import Field

from hies_annot.results.contract_part import Part


class GapResult(Part):
    """Required bases that are not callable, 1-based inclusive."""

    chrom: str
    start: int
    end: int
    hgvs_c: str
    exon: str
    reason: str


class ExonResult(Part):
    """Callability of one padded exon, in bases."""

    exon: int
    start: int
    end: int
    required: int
    callable: int | None
    indel_callable: int | None
    mean_depth: float | None


class GeneCallabilityResult(Part):
    """Callability of one gene."""

    gene: str
    required_bases: int
    callable_bases: int | None
    gaps: list[GapResult]
    exons: list[ExonResult]


class KnownSiteResult(Part):
    """A known pathogenic position and what was seen there."""

    gene: str
    variant: str
    hgvs_c: str
    hgvs_p: str | None
    state: str
    depth: float | None


class CallabilityResult(Part):
    """What could be assessed."""

    source: str
    assumed_reference: bool = False
    genes: list[GeneCallabilityResult]
    known_sites: list[KnownSiteResult]
    notes: list[str] = Field(default_factory=list)
