"""Phase and findings: one condition in one sample."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from hies_annot.model.closed_words import PhaseEvidence


class Status(StrEnum):
    """Status of a sample or of a condition, highest first."""

    RELEVANT = "relevant"
    POSSIBLE = "possible"
    CARRIER = "carrier"
    DIFFERENTIAL = "differential"
    NONE = "none"
    INCONCLUSIVE = "inconclusive"
    FAILED = "failed"


FINDING_STATUSES = tuple(status for status in Status if status not in (Status.NONE, Status.FAILED))
"""Statuses of one condition."""


class PhaseState(StrEnum):
    """Phase of two alleles."""

    TRANS = "trans"
    CIS = "cis"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not_needed"


class Phase(Struct, frozen=True):
    """Phase of a pair with the evidence that decided, and what speaks against it."""

    state: PhaseState
    evidence: PhaseEvidence
    detail: str
    conflict: str | None = None


class RelativeAlleles(Struct, frozen=True):
    """The alleles of a finding in one relative: by their id the state, `not_looked_at` too."""

    role: str
    sample: str
    affected: str
    alleles: Mapping[str, str]


class Unjudged(Struct, frozen=True):
    """What was read of a gene and could not be judged, and what can settle it, in words."""

    gene: str
    told: str
    asks: str

    @property
    def sentence(self) -> str:
        """Return it with its gene before it."""
        return f"{self.gene}: {self.told}"


class Finding(Struct, frozen=True):
    """One condition in one sample. `status` is never `none` or `failed` here.

    `genotype` is in words ("heterozygous", "homozygous", "compound heterozygous (in trans)").
    """

    condition: str
    gene: str
    disease: str
    mim: str | None
    inheritance: str
    status: Status
    genotype: str
    phase: PhaseState
    phase_evidence: PhaseEvidence
    variants: tuple[str, ...]
    reasons: tuple[str, ...]
    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Worksheets by name: `second_hit`, `false_homozygote`, `parental_mosaicism`, `de_novo`."""
    open_between: tuple[str, ...] = ()
    """Conditions of the gene of which the allele may cause any: its mechanism is not known."""
    phase_detail: str = ""
    """What shows the phase: the block, the genotypes of the parents, the reads."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each allele comes from, by its id: new, from which parent, or not known."""
    relatives: tuple[RelativeAlleles, ...] = ()
