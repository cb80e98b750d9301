"""The ACMG/AMP part of a gene file: what the criteria need to know about a condition.

Only data: no expressions. Each block names its source; docs/gene-file.md explains every key.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, field

from hies_annot.model.closed import Closed

PositiveShare = Annotated[float, Meta(gt=0, le=1)]


class Strength(StrEnum):
    """Evidence strengths of ACMG/AMP 2015 with ClinGen's scaling."""

    SUPPORTING = "supporting"
    MODERATE = "moderate"
    STRONG = "strong"
    VERY_STRONG = "very_strong"
    STAND_ALONE = "stand_alone"
    NONE = "none"


class NullEffect(StrEnum):
    """What a truncating allele means for a condition."""

    CAUSAL = "causal"
    UNRESOLVED = "unresolved"
    OTHER_MECHANISM = "other_mechanism"


class NullRule(Closed, frozen=True, kw_only=True):
    """Truncating alleles: whether PVS1 applies, and how loss of the start codon counts."""

    effect: NullEffect
    reason: str
    start_loss: Strength = Strength.NONE
    start_loss_reason: str = "no rule for loss of the start codon in the gene file"


class DiseaseModel(Closed, frozen=True, kw_only=True):
    """Inputs of the maximum credible allele frequency (Whiffin 2017, 10.1038/gim.2017.26)."""

    prevalence: PositiveShare
    allelic_contribution: PositiveShare
    genetic_contribution: PositiveShare = 1.0
    penetrance: PositiveShare = 1.0
    rare_below: Annotated[float, Meta(ge=0, le=1)]
    """PM2: an allele frequency up to this value counts as "absent or extremely rare"."""
    homozygotes_benign: Annotated[int, Meta(ge=1)]
    """BS2: this many homozygotes in a population are not compatible with the disease."""
    source: str


class HotSpot(Closed, frozen=True, kw_only=True):
    """Residues (1-based inclusive, MANE) where substitutions of one mechanism cluster (PM1)."""

    start: Annotated[int, Meta(gt=0)]
    end: Annotated[int, Meta(gt=0)]
    source: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"end {self.end} lies before start {self.start}")


class Constraint(Closed, frozen=True, kw_only=True):
    """Missense constraint of the gene, where missense is a usual cause (PP2)."""

    applies: bool
    source: str


class PhenotypeRule(Closed, frozen=True, kw_only=True):
    """What a phenotype must show to speak for the condition (PP4, and the level of PS2/PM6)."""

    nih_score: Annotated[int, Meta(gt=0)] | None = None
    """A score from here on fits as well as enough signs do. None: the score is not used."""
    nih_unlikely: Annotated[int, Meta(gt=0)] | None = None
    """A score that stays below speaks against the condition. None: a low score says nothing."""
    hpo: dict[str, str] = field(default_factory=dict)
    """HPO id -> term; descendants count as the term (`hpo.py`)."""
    hpo_needed: Annotated[int, Meta(gt=0)]
    """So many signs make the phenotype highly specific, where the required ones are among them."""
    required: tuple[str, ...] = ()
    """HPO ids without which no phenotype is highly specific. Empty: none ever is."""
    source: str

    def __post_init__(self) -> None:
        if unlisted := [term for term in self.required if term not in self.hpo]:
            raise ValueError(f"required terms must stand in `hpo`: {', '.join(unlisted)}")


class AcmgRules(Closed, frozen=True, kw_only=True):
    """All data of the criteria for one condition."""

    null_alleles: NullRule
    frequency: DiseaseModel
    hot_spots: tuple[HotSpot, ...] = ()
    constraint: Constraint
    phenotype: PhenotypeRule
    missense_unproven: str | None = None
    """Set where no pathogenic missense is known (the reason): an ACMG class of a missense then
    needs a functional study or a curated neighbour (PS3, PS1, PM5) before it counts."""
    shared_effects: bool = False
    """True where another condition of the gene has the same kinds of variants but another
    mechanism: an ACMG class then needs a criterion that tells the mechanism."""


class Worse(StrEnum):
    """Which end of a score is the damaging one."""

    HIGHER = "higher"
    LOWER = "lower"


class Calibration(Closed, frozen=True, kw_only=True):
    """Cut-offs of one missense score, each included."""

    tool: str
    source: str
    worse: Worse = Worse.HIGHER
    pathogenic: dict[Strength, float]
    """Strength -> least damaging score that reaches it (PP3)."""
    benign: dict[Strength, float]
    """Strength -> most damaging score that reaches it (BP4)."""

    def worst(self, scores: Iterable[float]) -> float:
        """Return the most damaging of some scores (ValueError: there is none)."""
        return max(scores) if self.worse is Worse.HIGHER else min(scores)

    def reached(self, score: float, damaging: bool) -> tuple[Strength, ...]:
        """Return the strengths that a score reaches, for damage (PP3) or against it (BP4)."""
        limits = self.pathogenic if damaging else self.benign
        upwards = damaging is (self.worse is Worse.HIGHER)
        return tuple(
            strength
            for strength, limit in limits.items()
            if (score >= limit if upwards else score <= limit)
        )


class SpliceCalibration(Closed, frozen=True, kw_only=True):
    """Cut-offs of a splice score."""

    tool: str
    source: str
    pathogenic: float
    benign: float


class SpliceMapRules(Closed, frozen=True, kw_only=True):
    """What the predictions of a splice map change; it is not calibrated and gives no points."""

    tool: str
    source: str
    listed: float
    """From here on a prediction is told with the allele."""
    acts: float
    """From here on an allele is not set aside as one without effect."""


class ScoreRules(Closed, frozen=True, kw_only=True):
    """Calibrated scores; the first missense tool that a run has a source of is used alone.

    It is chosen before any value is seen: taking the first tool that has a value, or the one that
    says most, would count several tools.
    """

    missense: tuple[Calibration, ...] = ()
    splice: SpliceCalibration | None = None
    splice_map: SpliceMapRules | None = None
