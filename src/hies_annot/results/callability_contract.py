"""What a result says of the bases that were looked at."""

from __future__ import annotations

from typing import Annotated

from msgspec import field

from hies_annot.callability.known import STATES
from hies_annot.results.contract_part import Part
from hies_annot.results.vocabulary import one_of


class GapResult(Part, frozen=True):
    """Required bases that are not callable, 1-based inclusive."""

    chrom: str
    """Chromosome without chr."""
    start: int
    """First base."""
    end: int
    """Last base."""
    hgvs_c: str
    """Positions on the transcript."""
    exon: str
    """Exon."""
    reason: str
    """Why the bases are not callable."""


class ExonResult(Part, frozen=True):
    """Callability of one padded exon, in bases."""

    exon: int
    """Number of the exon."""
    start: int
    """First base with padding, 1-based."""
    end: int
    """Last base with padding."""
    required: int
    """Bases that are required."""
    callable: int | None
    """Bases that are callable; null: not known."""
    indel_callable: int | None
    """Bases at which indels can be called; null: not known."""
    mean_depth: float | None
    """Mean depth; null: not known."""


class UnjudgedResult(Part, frozen=True):
    """What was read of a gene and could not be judged."""

    told: str
    """What it is, in words."""
    asks: str
    """What can settle it."""


class GeneCallabilityResult(Part, frozen=True):
    """Callability of one gene."""

    gene: str
    """HGNC symbol."""
    required_bases: int
    """Bases that are required."""
    callable_bases: int | None
    """Bases that are callable; null: not known."""
    gaps: list[GapResult]
    """Required bases that are not callable."""
    exons: list[ExonResult]
    """One entry an exon."""
    unread: list[str] = field(default_factory=list)
    """Why the file may lack records of the gene, or has some that could not be read, though its
    bases were seen."""
    unjudged: list[UnjudgedResult] = field(default_factory=list)
    """What was read of the gene and makes no finding, but keeps it from being a negative."""

    @property
    def amiss(self) -> list[str]:
        """Return what of the gene was not read and what could not be judged, in words."""
        return [*self.unread, *(one.told for one in self.unjudged)]


class KnownSiteResult(Part, frozen=True):
    """A known pathogenic position and what was seen there."""

    gene: str
    """HGNC symbol."""
    variant: str
    """chrom-pos-ref-alt, GRCh38."""
    hgvs_c: str
    """Coding name."""
    hgvs_p: str | None
    """Protein name; null: none."""
    state: Annotated[str, one_of(STATES)]
    """What was seen."""
    depth: float | None
    """Depth; null: not known."""


class CallabilityResult(Part, frozen=True, kw_only=True):
    """What could be assessed."""

    source: str
    """unknown, or what tells which bases were looked at."""
    assumed_reference: bool = False
    """Whether absent records were taken as reference."""
    genes: list[GeneCallabilityResult]
    """One entry a gene."""
    known_sites: list[KnownSiteResult]
    """Known pathogenic positions."""
    notes: list[str] = field(default_factory=list)
    """Remarks."""
