"""Combining criteria: points (Tavtigian 2020) and rules of combination, both shown.

The class of a result follows the points; the rules are shown beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from hies_annot.genes.acmg_rules import Strength
from hies_annot.model import AcmgResult, Criterion, Met
from hies_annot.model.closed_words import Classification

PATHOGENIC_FROM, LIKELY_PATHOGENIC_FROM = 10, 6
LIKELY_BENIGN_UP_TO, BENIGN_UP_TO = -1, -7

PATHOGENIC_RULES: tuple[tuple[int, int, int, int], ...] = (
    (1, 1, 0, 0),
    (1, 0, 2, 0),
    (1, 0, 1, 1),
    (1, 0, 0, 2),
    (2, 0, 0, 0),
    (0, 2, 0, 0),
    (0, 1, 3, 0),
    (0, 1, 2, 2),
    (0, 1, 1, 4),
)
"""Richards 2015, table 5: least numbers of (very strong, strong, moderate, supporting)."""
LIKELY_PATHOGENIC_RULES: tuple[tuple[int, int, int, int], ...] = (
    (1, 0, 1, 0),
    (0, 1, 1, 0),
    (0, 1, 0, 2),
    (0, 0, 3, 0),
    (0, 0, 2, 2),
    (0, 0, 1, 4),
)
DAMAGING_RULES: tuple[tuple[Classification, tuple[tuple[int, int, int, int], ...]], ...] = (
    ("pathogenic", PATHOGENIC_RULES),
    ("likely_pathogenic", LIKELY_PATHOGENIC_RULES),
)
ORDER = (Strength.VERY_STRONG, Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING)
RICHARDS = "Richards 2015, table 5"
PVS1_WITH_PM2 = {("PVS1", Strength.VERY_STRONG), ("PM2", Strength.SUPPORTING)}
PVS1_PM2_RULE = (
    "PVS1 and PM2 at supporting (ClinGen SVI, PM2 1.0 of 2020-09-04, which lowered PM2 and added "
    "this pair; so the Hearing Loss expert panel, OTOF and MYO15A 1.0.0)"
)
"""Else a null allele that nobody has would be uncertain by the table, 9 points notwithstanding."""


def points_class(points: int, stand_alone: bool) -> Classification:
    """Return the class of a sum of points; BA1 stands alone where nothing speaks against it."""
    if stand_alone and points <= BENIGN_UP_TO:
        return "benign"
    if points >= PATHOGENIC_FROM:
        return "pathogenic"
    if points >= LIKELY_PATHOGENIC_FROM:
        return "likely_pathogenic"
    if points <= BENIGN_UP_TO:
        return "benign"
    return "likely_benign" if points <= LIKELY_BENIGN_UP_TO else "uncertain"


def rule_class(criteria: Sequence[Criterion]) -> tuple[Classification, str | None]:
    """Return the class by combination, and the rule that it follows.

    Richards 2015, table 5, and one rule more for PVS1 with PM2 at supporting. Contradiction and
    too little are uncertain, by no rule.
    """
    applied = [criterion for criterion in criteria if criterion.met is Met.YES]
    damaging = _damaging([c for c in applied if not c.code.startswith("B")])
    benign = _benign(Counter(c.strength for c in applied if c.code.startswith("B")))
    if damaging and benign:
        return "uncertain", None
    return damaging or benign or ("uncertain", None)


def _damaging(applied: list[Criterion]) -> tuple[Classification, str] | None:
    counts = Counter(criterion.strength for criterion in applied)
    reached = _by_counts(tuple(counts[strength] for strength in ORDER))
    if reached is not None:
        return reached
    strengths = {(criterion.code, criterion.strength) for criterion in applied}
    if strengths >= PVS1_WITH_PM2:
        return "likely_pathogenic", PVS1_PM2_RULE
    return None


@lru_cache(maxsize=1024)
def _by_counts(have: tuple[int, ...]) -> tuple[Classification, str] | None:
    """Return the class that counts of criteria reach, in the order of `ORDER`, and its rule."""
    for name, rules in DAMAGING_RULES:
        for rule in rules:
            if all(h >= n for h, n in zip(have, rule, strict=True)):
                return name, f"{_words(rule)} ({RICHARDS})"
    return None


def _words(rule: tuple[int, int, int, int]) -> str:
    parts = (
        f"{number} {strength.replace('_', ' ')}"
        for number, strength in zip(rule, ORDER, strict=True)
        if number
    )
    return " and ".join(parts)


def _benign(counts: Counter[str]) -> tuple[Classification, str] | None:
    strong = counts[Strength.STRONG] + counts[Strength.VERY_STRONG]
    weak = counts[Strength.SUPPORTING] + counts[Strength.MODERATE]
    if counts[Strength.STAND_ALONE]:
        return "benign", f"1 stand alone ({RICHARDS})"
    if strong >= 2:
        return "benign", f"2 strong benign ({RICHARDS})"
    if strong and weak:
        return "likely_benign", f"1 strong and 1 supporting benign ({RICHARDS})"
    return ("likely_benign", f"2 supporting benign ({RICHARDS})") if weak >= 2 else None


def combine(criteria: Sequence[Criterion]) -> AcmgResult:
    """Return both classes of a set of criteria, with a note where they differ."""
    points = sum(criterion.points for criterion in criteria)
    stand_alone = any(c.met is Met.YES and c.strength == Strength.STAND_ALONE for c in criteria)
    by_points = points_class(points, stand_alone)
    by_rules, rule = rule_class(criteria)
    note = None
    if by_points != by_rules:
        note = (
            f"{points} points give {by_points.replace('_', ' ')}; "
            f"the rules of combination give {by_rules.replace('_', ' ')}"
        )
    return AcmgResult(by_points, points, by_rules, tuple(criteria), note, rule)
