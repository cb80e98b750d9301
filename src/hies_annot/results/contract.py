"""The result contract: what `<sample>.json` holds. HTML, TSV and VCF are renderings of it.

Fields may be added, none is renamed. `hies-annot schema result` prints the JSON Schema.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"


class Part(BaseModel):
    """Base of all parts: unknown keys of a newer version are ignored on reading.

    Parts are shared between results, so their fields cannot be set, and nobody may change the
    lists and mappings in them.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class LocusReference(Part):
    """The reference sequence that one gene was read against."""

    gene: str
    demo: bool
    source: str
    digest: str


class ReferenceInfo(Part):
    """All reference sequences of the run."""

    loci: list[LocusReference]


class ResourceInfo(Part):
    """One evidence source with its version."""

    name: str
    version: str | None = None
    date: str | None = None
    records: int | None = None


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


class ClinVarResult(Part):
    """ClinVar's view of an allele, with review stars (0-4; None: not in the source)."""

    variation_id: str
    classification: str
    stars: int | None
    review_status: str
    conditions: list[str]
    conflict: str | None
    source: str
    date: str | None


class PopulationResult(Part):
    """Frequency in one data set; None: the source does not give the figure."""

    source: str
    version: str | None
    allele_frequency: float | None
    allele_count: int | None
    allele_number: int | None
    homozygotes: int | None
    filtering_frequency: float | None
    filtering_group: str | None


class CriterionResult(Part):
    """One ACMG/AMP criterion; `met` is met, not_met or not_assessable."""

    code: str
    strength: str
    points: int
    met: str
    reason: str
    citation: str = ""


class AcmgResultPart(Part):
    """ACMG/AMP class by points and by the 2015 combination rules."""

    model_config = ConfigDict(populate_by_name=True)

    class_: str = Field(alias="class")
    points: int
    rule_class: str
    criteria: list[CriterionResult]
    note: str | None = None


class VerdictResult(Part):
    """What the allele counts for under one condition, and on which ground."""

    condition: str
    support: str
    basis: str
    reasons: list[str]


class EffectResult(Part):
    """Names and consequence on one transcript."""

    transcript: str
    hgvs_c: str | None
    hgvs_p: str | None
    consequence: list[str]
    impact: str


class SourceResult(Part):
    """Where a variant stands in the input, and how it was written there."""

    file: str
    line_or_record: str
    original: str


class VariantResult(Part):
    """One allele of one input record, reported or with the reason why not.

    Reference blocks carry only place, genotype, depth and quality.
    """

    id: str
    vrs_id: str | None = None
    spdi: str | None = None
    gene: str
    chrom: str
    pos: int
    end: int | None = None
    ref: str
    alt: str
    kind: str = "sequence"
    hgvs_g: str | None = None
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    transcript: str | None = None
    consequence: list[str] = Field(default_factory=list)
    impact: str | None = None
    exon: str | None = None
    intron: str | None = None
    domain: str | None = None
    worst: EffectResult | None = None
    effects: list[EffectResult] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    nmd: dict[str, Any] | None = None
    splice: dict[str, Any] | None = None
    structural: dict[str, Any] | None = None
    zygosity: str
    genotype: str | None
    haplotype: int | None = None
    phase_set: str | None = None
    depth: int | None = None
    alt_depth: int | None = None
    allele_fraction: float | None = None
    allele_fraction_interval: list[float] | None = None
    genotype_quality: float | None = None
    quality: float | None = None
    filters: list[str] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)
    clinvar: ClinVarResult | None = None
    population: list[PopulationResult] | None = None
    scores: list[dict[str, Any]] = Field(default_factory=list)
    sources_asked: list[str] = Field(default_factory=list)
    lab: str | None = None
    mechanism: str | None = None
    known: dict[str, Any] | None = None
    acmg: AcmgResultPart | None = None
    verdicts: list[VerdictResult] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    reported: bool
    drop_reason: str | None = None
    source: SourceResult


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


class SampleResult(Part):
    """The whole result of one sample."""

    schema_version: str = SCHEMA_VERSION
    sample: str
    batch: str | None = None
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
