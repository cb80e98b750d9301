"""What a result says of one allele of one record: names, call, facts, verdicts."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from hies_annot.results.contract_part import Part


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
    filters: list[str] = Field(default_factory=list)
    """Why the figures are not used."""
    part: str | None = None
    """Of a joint record of which one data type did not pass: the one that the figures are of."""


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
    rule: str | None = None
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
    made_up: bool = False
    """Some of what is said here rests on made-up bases of a demo reference."""
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
    splice_map: dict[str, Any] | None = None
    """Predicted splice sites of an SNV: tool, source, and sites with kind, score and place."""
    sources_asked: list[str] = Field(default_factory=list)
    lab: str | None = None
    mechanism: str | None = None
    known: dict[str, Any] | None = None
    acmg: AcmgResultPart | None = None
    verdicts: list[VerdictResult] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    reported: bool
    drop_reason: str | None = None
    drop_detail: str | None = None
    """The rule and the figure behind `drop_reason`, where a rule with a figure broke."""
    source: SourceResult
