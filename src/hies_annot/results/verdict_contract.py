"""What a result says of the weight of an allele: ACMG/AMP criteria and class, and verdicts."""

from __future__ import annotations

from typing import Annotated

from msgspec import field

from hies_annot.genes.acmg_rules import Strength
from hies_annot.model import Met, Support
from hies_annot.model.closed_words import Basis, Classification
from hies_annot.results.contract_part import Part
from hies_annot.results.vocabulary import one_of

_Class = Annotated[str, one_of(Classification)]


class CriterionResult(Part, frozen=True):
    """One ACMG/AMP criterion; `met` is met, not_met or not_assessable."""

    code: str
    """Code of the criterion, such as PM2."""
    strength: Annotated[str, one_of(Strength)]
    """Strength that it was given."""
    points: int
    """Points, negative for benign."""
    met: Annotated[str, one_of(Met)]
    """Outcome."""
    reason: str
    """Why, in one sentence."""
    citation: str = ""
    """Source of the rule."""


class AcmgResultPart(Part, frozen=True):
    """ACMG/AMP class by points and by the 2015 combination rules."""

    class_: _Class = field(name="class")
    """Class by points."""
    points: int
    """Sum of the points."""
    rule_class: _Class
    """Class by the combination rules of 2015."""
    criteria: list[CriterionResult]
    """Every criterion; of an allele that was dropped those that are met."""
    rule: str | None = None
    """Rule that decided; null: none."""
    note: str | None = None
    """What a reader must know of the class; null: nothing."""


class VerdictResult(Part, frozen=True):
    """What the allele counts for under one condition, and on which ground."""

    condition: str
    """Condition id."""
    support: Annotated[str, one_of(Support)]
    """pathogenic (P or LP), uncertain, mechanism_unresolved, contradicted, other_mechanism or
    benign.
    """
    basis: Annotated[str, one_of(Basis)]
    """What decided."""
    reasons: list[str]
    """Why, a sentence each."""
