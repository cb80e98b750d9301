"""The contract of `run.json`. `hies-annot schema run` prints its JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import field

from hies_annot.genome import Build
from hies_annot.model import Status, Support, Zygosity
from hies_annot.model.closed_words import DropReason
from hies_annot.results.beside_contract import ReviewInfo, SinceEarlierInfo
from hies_annot.results.contract import (
    ConditionResult,
    LocusReference,
    ResourceInfo,
    SettingsInfo,
)
from hies_annot.results.contract_part import Part
from hies_annot.results.evidence_age import EvidenceAge
from hies_annot.results.vocabulary import one_of


class RunLocus(LocusReference, frozen=True):
    """A reference sequence of the run."""

    build: Annotated[str, one_of(Build)] | None
    """GRCh37 or GRCh38; null: not known."""


class InputEntry(Part, frozen=True):
    """An input file of the run, or an index beside one; equal files of several folders are one."""

    name: str
    """Its name, without the folder."""
    size: int | None
    """Bytes; null: there was no such file, or the server does not say."""
    sha256: str | None
    """SHA-256 of all its bytes; null: it is larger than `whole_digest_mb`, or there is `note`."""
    ends_sha256: str | None
    """SHA-256 of its first and last 65,536 bytes; null: there is `sha256` or `note`."""
    server_state: str | None
    """What the server of an address tells (ETag, else time of change); null: nothing."""
    note: str | None
    """Why there is no digest; null: there is one, or `server_state`."""


class CarrierEntry(Part, frozen=True):
    """One carrier of an allele that many samples carry."""

    sample: str
    """Sample id."""
    zygosity: Annotated[str, one_of(Zygosity)]
    """As in the result of the sample."""
    depth: int | None
    """Reads at the site; null: not given."""
    alt_depth: int | None
    """Reads with the allele; null: not given."""
    allele_fraction: float | None
    """Share of reads with the allele, 0 to 1; null: not given."""
    genotype_quality: float | None
    """GQ, else what PL, GL or GP make of the genotype; null: not given."""


class EarlierCount(Part, frozen=True):
    """How often an allele was carried in the lab's earlier runs."""

    carriers: int
    """Unrelated samples that carried it."""
    looked_at: int | None
    """Those, and unrelated samples that are known to have been callable there; null: not known."""
    unrelated: int
    """Unrelated samples of these runs, on the build of the allele."""
    samples: int
    """Samples that carried it, relatives too."""


class EarlierRunsInfo(Part, frozen=True):
    """The table of the lab's earlier runs that was counted beside this one."""

    plans: list[str]
    """Digests of the runs that it was made from."""
    programs: list[str]
    """What had made their results."""
    unrelated: dict[str, int]
    """Their unrelated samples, by build."""
    sha256: str
    """SHA-256 of the table."""


class RecurrenceEntry(Part, frozen=True, kw_only=True):
    """How often a reported allele is carried in the run."""

    id: str
    """chrom-pos-ref-alt."""
    build: Annotated[str, one_of(Build, ("",))]
    """GRCh37 or GRCh38; empty: not known."""
    name: str
    """Gene and coding name."""
    carriers: int
    """Unrelated samples that carry it."""
    looked_at: int | None = None
    """Those, and unrelated samples that are known to have been callable there; null: not known."""
    unrelated: int
    """Unrelated samples of the run that did not fail, on the build of the allele."""
    samples: int
    """Samples that carry it, relatives too."""
    frequency: float | None
    """Highest frequency that a source gives, 0 to 1; null: none does."""
    earlier: EarlierCount | None = None
    """The count of the lab's earlier runs; null: no table of them was given."""
    carried_by: list[CarrierEntry] = field(default_factory=list)
    """Its carriers, where many carry it."""


class RunVariant(Part, frozen=True):
    """What a run keeps of an allele, to say later what changed."""

    id: str
    """chrom-pos-ref-alt."""
    hgvs_c: str | None
    """Coding name; null: none."""
    hgvs_p: str | None
    """Protein name; null: none."""
    zygosity: Annotated[str, one_of(Zygosity)]
    """As in the result of the sample."""
    reported: bool
    """Whether the allele is reported."""
    drop_reason: Annotated[str, one_of(DropReason)] | None
    """Why it is not reported; null: it is."""
    clinvar: dict[str, Any] | None
    """Variation id, classification, stars and conflict; null: no entry."""
    acmg: dict[str, Any] | None
    """Class, points and criteria that are met; null: not classified."""
    known: str | None
    """Id in the curated table; null: none."""
    verdicts: dict[str, Annotated[str, one_of(Support)]]
    """What the allele counts for, by condition."""


class RunSample(Part, frozen=True):
    """What a run keeps of a sample."""

    sample: str
    """Sample id."""
    batch: str | None
    """Name of the batch; null: none."""
    status: Annotated[str, one_of(Status)]
    """Status of the sample."""
    status_reason: str
    """Why, in one sentence."""
    build: Annotated[str, one_of(Build)] | None
    """GRCh37 or GRCh38; null: not known."""
    conditions: list[ConditionResult]
    """Findings, without worksheets and family."""
    variants: list[RunVariant]
    """Alleles that are reported, known or in ClinVar."""
    warnings: list[str]
    """What a reader must know of the data."""
    unread: list[str] = field(default_factory=list)
    """What of a gene is not in a file or could not be read or judged, with the gene before it."""


class RunResult(Part, frozen=True, kw_only=True):
    """A run: versions, settings, sources, recurrence and samples."""

    schema_version: str
    """Version of the contract."""
    plan: str | None
    """Digest of what the run was made from; null: a batch was lost."""
    hies_annot: str
    """Version of the program."""
    program: str
    """Version and content digest of the program."""
    software: dict[str, str]
    """Versions by program."""
    settings: list[SettingsInfo]
    """Settings of the results; one entry unless results of several runs were put together."""
    reference: list[RunLocus]
    """Sequences that were read against."""
    resources: list[ResourceInfo]
    """Evidence sources."""
    inputs: list[InputEntry] = field(default_factory=list)
    """Files that the results were made from, by name; empty: a summary without a plan."""
    evidence_age: list[EvidenceAge] = field(default_factory=list)
    """Age of ClinVar on the day of the report; empty: no day, or no highest age, is set."""
    earlier_runs: EarlierRunsInfo | None = None
    """Table of the lab's earlier runs; null: none was given."""
    review: ReviewInfo | None = None
    """Decisions of a reviewer; null: no file of them was there."""
    since_earlier: SinceEarlierInfo | None = None
    """Comparison with the earlier report; null: none was given."""
    recurrence: list[RecurrenceEntry]
    """Each reported allele."""
    samples: list[RunSample]
    """One entry a sample."""
