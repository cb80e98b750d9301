"""Callability and the whole report of a sample."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from hies_annot.genome import Build
from hies_annot.model.census import Unread
from hies_annot.model.evidence import JudgedCall
from hies_annot.model.finding import Finding, Status, Unjudged
from hies_annot.model.person import SampleSpec
from hies_annot.model.read_slice import ReadSlice


class Gap(Struct, frozen=True):
    """Bases that were required and are not callable (1-based inclusive)."""

    chrom: str
    start: int
    end: int
    hgvs_c: str
    exon: str
    reason: str


class ExonCallability(Struct, frozen=True):
    """Callability of one exon with its padding; counts in bases."""

    exon: int
    start: int
    end: int
    required: int
    callable: int | None
    indel_callable: int | None
    mean_depth: float | None


class KnownSiteCall(Struct, frozen=True):
    """A known pathogenic position: what was seen there."""

    gene: str
    variant: str
    hgvs_c: str
    hgvs_p: str | None
    state: str  # reference_seen | variant_seen | not_covered | unknown
    depth: float | None


class GeneCallability(Struct, frozen=True):
    """Callability of one gene; None counts where nothing is known."""

    gene: str
    required_bases: int
    callable_bases: int | None
    gaps: tuple[Gap, ...]
    exons: tuple[ExonCallability, ...]

    @property
    def share(self) -> float | None:
        """Callable share of the required bases, 0..1."""
        if self.callable_bases is None or not self.required_bases:
            return None
        return self.callable_bases / self.required_bases


class Callability(Struct, frozen=True):
    """What could be assessed in one sample and from which source."""

    source: str  # "unknown" or the sources, best first
    assumed_reference: bool
    genes: tuple[GeneCallability, ...]
    known_sites: tuple[KnownSiteCall, ...]
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


class SampleReport(Struct, frozen=True):
    """Everything about one sample, ready to be written out."""

    spec: SampleSpec
    status: Status
    status_reason: str
    build: Build | None
    findings: tuple[Finding, ...]
    calls: tuple[JudgedCall, ...]
    callability: Callability
    qc: Mapping[str, object]
    warnings: tuple[str, ...]
    faults: tuple[str, ...] = ()  # those warnings that name a file which could not be used
    unjudged: tuple[Unjudged, ...] = ()  # what was read and makes no finding, but may matter
    reads: tuple[ReadSlice, ...] = ()  # around the reported alleles, where asked for
