"""All criteria of one allele under one condition."""

from __future__ import annotations

from msgspec.structs import replace

from hies_annot.genes.acmg_rules import Strength
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.combine import combine
from hies_annot.judge.acmg.criteria import CRITERIA
from hies_annot.model import AcmgResult, Criterion
from hies_annot.model.closed_words import HARMLESS

PP3_PM1_MOST = 4
"""PP3 and PM1 together count at most as strong (Pejaver 2022)."""

ALONE = "not counted: it alone would make the allele benign"


def classify(case: Case) -> AcmgResult:
    """Return the ACMG/AMP class of a case; ClinVar is no part of it."""
    criteria = [rule.judge(case) for rule in CRITERIA.values()]
    return combine(_heard(_settle(criteria)))


def _heard(criteria: list[Criterion]) -> list[Criterion]:
    """Take out BS4 where it alone would make an allele benign, and so hide it.

    An affected relative without it may be ill of something else, or be called so in error: the
    finding tells of the conflict.
    """
    apart = [_void(c, ALONE) if c.code == "BS4" and c.points else c for c in criteria]
    hidden = combine(criteria).classification in HARMLESS
    return apart if hidden and combine(apart).classification not in HARMLESS else criteria


def _settle(criteria: list[Criterion]) -> list[Criterion]:
    """Take out what would count twice: BS1 beside BA1, PP3 and PM1 above strong."""
    by_code = {criterion.code: criterion for criterion in criteria}
    if by_code["BA1"].points and by_code["BS1"].points:
        by_code["BS1"] = _void(by_code["BS1"], "counted as BA1")
    if by_code["PM1"].points and by_code["PM1"].points + by_code["PP3"].points > PP3_PM1_MOST:
        by_code["PM1"] = _void(by_code["PM1"], "PP3 and PM1 together count at most as strong")
    return list(by_code.values())


def _void(criterion: Criterion, why: str) -> Criterion:
    return replace(
        criterion,
        strength=Strength.NONE,
        points=0,
        met=criterion.met.NO,
        reason=f"{criterion.reason}; {why}",
    )
