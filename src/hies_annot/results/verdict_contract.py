"""What a result says of the weight of an allele: ACMG/AMP criteria and class, and verdicts."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from hies_annot.genes.acmg_rules import Strength
from hies_annot.model import Met, Support
from hies_annot.model.closed_words import Basis, Classification
from hies_annot.results.contract_part import Part
from hies_annot.results.vocabulary import OneOf

_Class = Annotated[str, OneOf(Classification)]


class CriterionResult(Part):
    """One ACMG/AMP criterion; `met` is met, not_met or not_assessable."""

    code: str
    """Code of the criterion, such as PM2."""
    strength: Annotated[str, OneOf(Strength)]
    """Strength that it was given."""
    points: int
    """Points, negative for benign."""
    met: Annotated[str, OneOf(Met)]
    """Outcome."""
    reason: str
    """Why, in one sentence."""
    citation: str = ""
    """Source of the rule."""


class AcmgResultPart(Part):
    """ACMG/AMP class by points and by the 2015 combination rules."""

    model_config = ConfigDict(populate_by_name=True)

    class_: _Class = Field(alias="class")
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


class VerdictResult(Part):
    """What the allele counts for under one condition, and on which ground."""

    condition: str
    """Condition id."""
    support: Annotated[str, OneOf(Support)]
    """pathogenic (P or LP), uncertain, mechanism_unresolved, contradicted, other_mechanism or
    benign.
    """
    basis: Annotated[str, OneOf(Basis)]
    """What decided."""
    reasons: list[str]
    """Why, a sentence each."""
