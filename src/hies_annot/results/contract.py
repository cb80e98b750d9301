"""The result contract: what `<sample>.json` holds. HTML, TSV and VCF are renderings of it.

Fields may be added, none is renamed. `hies-annot schema result` prints the JSON Schema.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from hies_annot.results.callability_contract import CallabilityResult
from hies_annot.results.contract_part import Part
from hies_annot.results.variant_contract import VariantResult

SCHEMA_VERSION = "1.0"


class LocusReference(Part):
    """The reference sequence that one gene was read against."""

    gene: str
    demo: bool
    source: str
    digest: str


class SettingsInfo(Part):
    """The settings that the result was made with."""

    digest: str
    """Digest of all settings that a result depends on."""
    thresholds: dict[str, Any]
    """Thresholds of calls and callability by their key in the configuration."""
    looser: list[str] = Field(default_factory=list)
    """Those that let pass what the defaults do not, in words."""


class ReferenceInfo(Part):
    """All reference sequences of the run."""

    loci: list[LocusReference]


class ResourceInfo(Part):
    """One evidence source with its version."""

    name: str
    version: str | None = None
    date: str | None = None
    records: int | None = None


class RelativeResult(Part):
    """The alleles of a finding in one relative."""

    role: str
    """father, mother or sibling"""
    sample: str
    affected: str
    alleles: dict[str, str]
    """By variant id: absent, inferred, one_copy, two_copies, at_least_one_copy, unclear or
    not_looked_at.
    """


class ConditionResult(Part):
    """One condition of one gene in this sample."""

    id: str
    gene: str
    disease: str
    mim: str | None
    inheritance: str
    status: str
    genotype: str
    phase: str
    phase_evidence: str
    variants: list[str] = Field(default_factory=list)
    reasons: list[str] = Field(default_factory=list)
    panels: dict[str, list[str]] = Field(default_factory=dict)
    tests: list[str] = Field(default_factory=list)
    """Laboratory tests of the gene file that can settle what the sequence leaves open."""
    open_between: list[str] = Field(default_factory=list)
    """Conditions of which the allele may cause any; empty where its mechanism is known."""
    phase_detail: str = ""
    """What shows the phase: the block, the genotypes of the parents, the reads."""
    origins: dict[str, str] = Field(default_factory=dict)
    """By variant id: new, from which parent, or not known."""
    relatives: list[RelativeResult] = Field(default_factory=list)


class SampleResult(Part):
    """The whole result of one sample."""

    schema_version: str = SCHEMA_VERSION
    sample: str
    batch: str | None = None
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
    status: str
    status_reason: str
    build: str | None
    specification: dict[str, Any] = Field(default_factory=dict)
    reference: ReferenceInfo
    software: dict[str, str]
    resources: list[ResourceInfo]
    conditions: list[ConditionResult]
    variants: list[VariantResult]
    callability: CallabilityResult
    qc: dict[str, Any]
    warnings: list[str]
    faults: list[str] = Field(default_factory=list)
    """Those of the warnings that name a side file or relative which could not be used."""
