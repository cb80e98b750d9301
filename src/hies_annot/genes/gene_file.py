"""Gene files: one YAML a gene, closed and versioned; the whole knowledge about a gene.

Strings are demanded where YAML would guess (chromosomes, MIM numbers, ids).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, ValidationError, convert, field

from hies_annot.errors import GeneFileError
from hies_annot.genes.acmg_rules import AcmgRules, ScoreRules
from hies_annot.genes.telling_signs import ToldApart
from hies_annot.genes.unfilled import fill_in, unfilled
from hies_annot.genome import Build
from hies_annot.model import Mechanism
from hies_annot.model.closed import Closed
from hies_annot.model.every_fault import faults_of
from hies_annot.shipped import resource_path
from hies_annot.texts.yaml_file import yaml_of


class Inheritance(StrEnum):
    """Mode of inheritance."""

    AD = "AD"
    AR = "AR"
    SOMATIC = "somatic"


class Role(StrEnum):
    """What a condition is for: the diagnosis looked for, or one to tell it from."""

    DIAGNOSTIC = "diagnostic"
    DIFFERENTIAL = "differential"


class Span(Closed, frozen=True, kw_only=True):
    """Positions, 1-based inclusive."""

    start: Annotated[int, Meta(gt=0)]
    end: Annotated[int, Meta(gt=0)]

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"end {self.end} lies before start {self.start}")


class ReferenceFiles(Closed, frozen=True, kw_only=True):
    """Embedded reference of the gene; paths relative to the gene file."""

    sequence: str
    transcripts: str
    proteins: str
    demo: bool = False
    hints: str | None = None
    """What is known about made-up bases of a demo sequence (IUPAC codes by position)."""
    source: str


class Transcripts(Closed, frozen=True, kw_only=True):
    """Transcripts of the gene; every other transcript in the table is shown beside MANE."""

    mane_select: str
    protein: str
    protein_length: Annotated[int, Meta(gt=0)] | None = None
    """Residues of `protein`, without the stop."""
    ensembl: str | None = None
    literature: dict[str, str] = field(default_factory=dict)
    """Transcript -> why it matters in the literature (other numbering)."""


class Domain(Closed, frozen=True, kw_only=True):
    """A protein domain, residues 1-based inclusive on the MANE protein."""

    name: str
    start: int
    end: int
    critical: bool = False


class DomainScheme(Closed, frozen=True, kw_only=True):
    """Domains and where their limits come from (sources differ by some residues)."""

    source: str
    features: tuple[Domain, ...]


class RequiredSite(Closed, frozen=True, kw_only=True):
    """A known site outside the padded exons that must be callable (GRCh38, 1-based inclusive)."""

    id: str
    hgvs_c: str
    start: int
    end: int
    source: str


class Required(Closed, frozen=True, kw_only=True):
    """What must be callable before "nothing found" may be said."""

    exon_padding: int = 20
    sites: tuple[RequiredSite, ...] = ()


class RecommendedTest(Closed, frozen=True, kw_only=True):
    """A laboratory test that can settle what the sequence leaves open."""

    name: str
    asks: str
    """What it tells, as the end of a sentence."""
    source: str
    splicing_of: Annotated[int, Meta(gt=0)] | None = None
    """Exon: the test is proposed only for alleles that may act on its splicing."""


class Condition(Closed, frozen=True, kw_only=True):
    """One disease of the gene: inheritance, mechanism and how alleles count for it."""

    id: str
    disease: str
    short: str
    mim: str | None
    mondo: str | None = None
    orpha: str | None = None
    inheritance: Inheritance
    role: Role
    mechanisms: tuple[Mechanism, ...]
    alleles_needed: Annotated[int, Meta(ge=1, le=2)]
    citation: str
    acmg: AcmgRules | None = None
    """Data of the ACMG/AMP criteria; None: no germline classification is made."""


class GeneFile(Closed, frozen=True, kw_only=True):
    """The content of `resources/genes/<GENE>.yaml`."""

    schema_version: Literal[1]
    gene: str
    hgnc: str
    ensembl: str
    mim: str
    chrom: str
    strand: Literal["+", "-"]
    loci: dict[Build, Span]
    reference: ReferenceFiles
    transcripts: Transcripts
    domains: DomainScheme
    required: Required
    scores: ScoreRules = field(default_factory=ScoreRules)
    tests: tuple[RecommendedTest, ...] = ()
    conditions: tuple[Condition, ...]
    told_apart: ToldApart | None = None

    def __post_init__(self) -> None:
        ids = [condition.id for condition in self.conditions]
        if len(set(ids)) != len(ids):
            raise ValueError(f"condition ids must differ: {', '.join(ids)}")
        for name in self.told_apart.conditions if self.told_apart else ():
            if name not in ids:
                raise ValueError(f"told_apart names {name}, which is no condition of the file")

    def condition(self, identifier: str) -> Condition:
        """Return the condition with this id (KeyError if there is none)."""
        for condition in self.conditions:
            if condition.id == identifier:
                return condition
        raise KeyError(identifier)

    def offset(self, build: Build) -> int:
        """Return what must be added to a position of `build` to get GRCh38."""
        return self.loci[Build.GRCH38].start - self.loci[build].start


class Gene(Struct, frozen=True):
    """A gene file with the place it was read from."""

    path: Path
    file: GeneFile

    @property
    def name(self) -> str:
        """HGNC symbol."""
        return self.file.gene

    def beside(self, relative: str) -> Path:
        """Return a path that the gene file names relative to itself."""
        return (self.path.parent / relative).resolve()


def load_gene(path: Path) -> Gene:
    """Read and check one gene file.

    Raises:
        GeneFileError: the file is missing, no YAML, too large, a draft, or breaks the schema; the
            message lists each fault with the key where it lies.
    """
    try:
        data: Any = yaml_of(path)
    except FileNotFoundError:
        raise GeneFileError("this gene file does not exist", file=str(path)) from None
    except ValueError as fault:
        raise GeneFileError(str(fault), file=str(path)) from None
    try:
        file = convert(data, GeneFile)
    except ValidationError:
        raise GeneFileError("; ".join(_faults(data)), file=str(path)) from None
    if open_fields := list(unfilled(data)):
        raise GeneFileError(fill_in(open_fields), file=str(path))
    return Gene(path=path, file=file)


def _faults(data: object) -> Iterator[str]:
    if open_fields := list(unfilled(data)):
        yield fill_in(open_fields)
    yield from (str(fault) for fault in faults_of(GeneFile, data) if fault.keys not in open_fields)


def load_genes(paths: tuple[Path, ...]) -> tuple[Gene, ...]:
    """Read several gene files, in the order given; gene symbols must differ."""
    genes = tuple(load_gene(path) for path in paths)
    names = [gene.name for gene in genes]
    for name in names:
        if names.count(name) > 1:
            raise GeneFileError(f"gene {name} is described by more than one file")
    return genes


@cache
def default_genes() -> tuple[Gene, ...]:
    """Return the genes that ship with the package: STAT3 and ZNF341."""
    return load_genes(tuple(resource_path(f"genes/{name}.yaml") for name in ("STAT3", "ZNF341")))
