"""What every criterion sees, and the three ways it can answer."""

from __future__ import annotations

from msgspec import Struct

from hies_annot.genes.acmg_rules import AcmgRules, Strength
from hies_annot.genes.gene_file import Condition, GeneFile
from hies_annot.judge.context import SampleContext
from hies_annot.judge.effect import Effect
from hies_annot.model import Annotation, Criterion, Evidence, Met

POINTS = {
    Strength.NONE: 0,
    Strength.SUPPORTING: 1,
    Strength.MODERATE: 2,
    Strength.STRONG: 4,
    Strength.VERY_STRONG: 8,
    Strength.STAND_ALONE: 8,
}
"""Tavtigian 2020 (10.1002/humu.24088); negative for benign criteria."""


class Case(Struct, frozen=True):
    """One allele under one condition, with all that is known about it."""

    annotation: Annotation
    effect: Effect
    evidence: Evidence
    gene: GeneFile
    condition: Condition
    rules: AcmgRules
    context: SampleContext


def met(code: str, strength: Strength, reason: str, citation: str) -> Criterion:
    """Return a criterion that applies; the sign of the points follows from its code."""
    points = POINTS[strength] * (-1 if code.startswith("B") else 1)
    return Criterion(code, strength, points, Met.YES, reason, citation)


def not_met(code: str, reason: str, citation: str) -> Criterion:
    """Return a criterion that was looked at and does not apply."""
    return Criterion(code, Strength.NONE, 0, Met.NO, reason, citation)


def unknown(code: str, reason: str, citation: str) -> Criterion:
    """Return a criterion that cannot be assessed: the facts it needs were not given."""
    return Criterion(code, Strength.NONE, 0, Met.UNKNOWN, reason, citation)
