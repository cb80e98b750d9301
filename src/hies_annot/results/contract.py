"""The result contract: what `<sample>.json` holds. HTML, TSV and VCF are renderings of it.

Fields may be added, none is renamed. `hies-annot schema result` prints the JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import field

from hies_annot.genes.gene_file import Inheritance
from hies_annot.genome import Build
from hies_annot.model import Affected, PhaseState, Status
from hies_annot.model.closed_words import PhaseEvidence, Relation
from hies_annot.model.finding import FINDING_STATUSES
from hies_annot.phase.relatives import NOT_LOOKED_AT, Carriage
from hies_annot.results.alignment_contract import AlignmentSlice
from hies_annot.results.callability_contract import CallabilityResult
from hies_annot.results.contract_part import Part
from hies_annot.results.variant_contract import VariantResult
from hies_annot.results.vocabulary import one_of

SCHEMA_VERSION = "1.0"


class LocusReference(Part, frozen=True):
    """The reference sequence that one gene was read against."""

    gene: str
    """HGNC symbol."""
    demo: bool
    """Whether part of the sequence is made up."""
    source: str
    """Where the sequence comes from."""
    digest: str
    """GA4GH digest of the sequence (SQ.)."""


class SettingsInfo(Part, frozen=True):
    """The settings that the result was made with."""

    digest: str
    """Digest of all settings that a result depends on."""
    thresholds: dict[str, Any]
    """Thresholds of calls and callability by their key in the configuration."""
    looser: list[str] = field(default_factory=list)
    """Those that let pass what the defaults do not, in words."""


class ReferenceInfo(Part, frozen=True):
    """All reference sequences of the run."""

    loci: list[LocusReference]
    """One entry a gene."""


class ResourceInfo(Part, frozen=True):
    """One evidence source with its version."""

    name: str
    """Name of the source."""
    version: str | None = None
    """Version as the source states it; null: not given."""
    date: str | None = None
    """Date of the release (YYYY-MM-DD); null: not given."""
    records: int | None = None
    """Records that were read; null: not counted."""
    kind: str | None = None
    """Kind of source as a configuration names it (clinvar, ...); null: curated, or not known."""


class RelativeResult(Part, frozen=True):
    """The alleles of a finding in one relative."""

    role: Annotated[str, one_of(Relation)]
    """father, mother or sibling"""
    sample: str
    """Sample id."""
    affected: Annotated[str, one_of(Affected)]
    """affected, unaffected or unknown."""
    alleles: dict[str, Annotated[str, one_of(Carriage, (NOT_LOOKED_AT,))]]
    """By variant id: absent, inferred, one_copy, two_copies, at_least_one_copy, unclear or
    not_looked_at.
    """


class ConditionResult(Part, frozen=True):
    """One condition of one gene in this sample."""

    id: str
    """Condition id of the gene file, such as STAT3-AD-HIES."""
    gene: str
    """HGNC symbol."""
    disease: str
    """Name of the disease."""
    mim: str | None
    """MIM number of the disease; null: none."""
    inheritance: Annotated[str, one_of(Inheritance)]
    """AD, AR or somatic."""
    status: Annotated[str, one_of(FINDING_STATUSES)]
    """relevant, possible, carrier, differential or inconclusive."""
    genotype: str
    """Genotype in words."""
    phase: Annotated[str, one_of(PhaseState)]
    """trans, cis, unknown or not_needed."""
    phase_evidence: Annotated[str, one_of(PhaseEvidence)]
    """What shows the phase."""
    variants: list[str] = field(default_factory=list)
    """Ids of the alleles that make the finding."""
    reasons: list[str] = field(default_factory=list)
    """Why, a sentence each."""
    panels: dict[str, list[str]] = field(default_factory=dict)
    """Worksheets by name: second_hit, false_homozygote, de_novo, parental_mosaicism."""
    tests: list[str] = field(default_factory=list)
    """Laboratory tests of the gene file that can settle what the sequence leaves open."""
    open_between: list[str] = field(default_factory=list)
    """Conditions of which the allele may cause any; empty where its mechanism is known."""
    phase_detail: str = ""
    """What shows the phase: the block, the genotypes of the parents, the reads."""
    origins: dict[str, str] = field(default_factory=dict)
    """By variant id: new, from which parent, or not known."""
    relatives: list[RelativeResult] = field(default_factory=list)
    """What each relative carries of the alleles."""


class SampleResult(Part, frozen=True, kw_only=True):
    """The whole result of one sample."""

    schema_version: str = SCHEMA_VERSION
    """Version of this contract."""
    sample: str
    """Sample id, as in the sheet or the file."""
    batch: str | None = None
    """Name of the batch; null: none."""
    plan: str | None = None
    """Digest of what the result was made from: rows, settings, program, state of every input.

    In the lines of a batch only.
    """
    program: str | None = None
    """Version and content digest of the program that made it."""
    settings: SettingsInfo | None = None
    """None: the batch was lost, or the result is of an earlier version."""
    report_date: str | None = None
    """Date of the report as the run was told it (YYYY-MM-DD); None: none was asked for."""
    status: Annotated[str, one_of(Status)]
    """relevant, possible, carrier, differential, none, inconclusive or failed:
    the highest of the findings.
    """
    status_reason: str
    """Why, in one sentence."""
    build: Annotated[str, one_of(Build)] | None
    """GRCh37 or GRCh38; null: not known."""
    specification: dict[str, Any] = field(default_factory=dict)
    """What the sheet and the pedigree say of the sample; files without folders."""
    reference: ReferenceInfo
    """Sequences that the sample was read against."""
    software: dict[str, str]
    """Versions by program."""
    resources: list[ResourceInfo]
    """Evidence sources that were asked."""
    conditions: list[ConditionResult]
    """Findings, highest status first."""
    variants: list[VariantResult]
    """Every allele of every record, reported or with the reason why not."""
    callability: CallabilityResult
    """Which bases could be assessed, and which could not."""
    qc: dict[str, Any]
    """Figures of the reading: records, build, signs of a mix-up."""
    warnings: list[str]
    """What a reader must know of the data."""
    alignments: list[AlignmentSlice] = field(default_factory=list)
    """Reads around the reported alleles, where the run was asked for them (`alignments`)."""
    faults: list[str] = field(default_factory=list)
    """Those of the warnings that name a side file or relative which could not be used."""
