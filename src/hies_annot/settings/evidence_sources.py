"""Which evidence a run uses: the `evidence:` block of the configuration, closed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, field

from hies_annot.genome import Build
from hies_annot.model.closed import Closed


class SourceKind(StrEnum):
    """What a source says about an allele."""

    CLINVAR = "clinvar"
    POPULATION = "population"
    SCORE = "score"
    SPLICEAI = "spliceai"
    SPLICE_MAP = "splice_map"
    LAB = "lab"


CHROM = "{chrom}"
"""Stands for the chromosome in the path of a source that has a file for each."""


class Source(Closed, frozen=True, kw_only=True):
    """One file with evidence: a VCF/BCF, a table (bgzip + tabix, or plain text) or a slice."""

    name: Annotated[str, Meta(min_length=1)]
    """As it is printed in the report."""
    kind: SourceKind
    """What the source says, see the kinds."""
    path: str
    """VCF/BCF, a table with a header line, or a slice of `hies-annot resources build`; `{chrom}` in
    it stands for the chromosome (17) where there is a file for each."""
    tool: str | None = None
    """Score sources: the tool as the gene file calls it (REVEL, AlphaMissense, CADD)."""
    fields: dict[str, str] = field(default_factory=dict)
    """Our field -> field or column of the file, where the usual names do not fit."""
    version: str | None = None
    """Only where the file does not state it."""
    date: str | None = None
    """Only where the file does not state it."""
    build: Build | None = None
    """Only where the header does not show it; else the build of the run is taken and checked."""
    complete: bool | None = None
    """Population sources: whether "not listed" means "not seen". None: true for a VCF, false
    for a table."""

    def __post_init__(self) -> None:
        if self.kind is SourceKind.SCORE and not self.tool:
            raise ValueError(f"source {self.name}: a score source needs `tool`, e.g. REVEL")


class EvidenceConfig(Closed, frozen=True, kw_only=True):
    """All evidence sources of a run.

    An embedded slice is used for a kind only where no source of that kind is configured.
    """

    embedded: bool = True
    """Whether the slices and curated variants that ship with the package are used."""
    sources: tuple[Source, ...] = ()
    """Files with evidence."""
    known_variants: str | None = None
    """A curated table of the lab, in the layout of `known_variants.tsv`; it goes first."""

    def __post_init__(self) -> None:
        names = [source.name for source in self.sources]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"two evidence sources are called {name!r}")
