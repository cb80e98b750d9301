"""Combining criteria: points (Tavtigian 2020) and the table of Richards 2015, both shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hies_annot.genes.acmg_rules import Strength
from hies_annot.model import AcmgResult, Criterion, Met

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


def points_class(points: int, stand_alone: bool) -> str:
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


def rule_class(criteria: Sequence[Criterion]) -> str:
    """Return the class of Richards 2015, table 5; contradiction and too little are uncertain."""
    applied = [criterion for criterion in criteria if criterion.met is Met.YES]
    for_it = Counter(c.strength for c in applied if not c.code.startswith("B"))
    against = Counter(c.strength for c in applied if c.code.startswith("B"))
    damaging, benign = _damaging(for_it), _benign(against)
    if damaging and benign:
        return "uncertain"
    return damaging or benign or "uncertain"


def _damaging(counts: Counter[str]) -> str | None:
    if _reaches(counts, PATHOGENIC_RULES):
        return "pathogenic"
    return "likely_pathogenic" if _reaches(counts, LIKELY_PATHOGENIC_RULES) else None


def _reaches(counts: Counter[str], rules: tuple[tuple[int, int, int, int], ...]) -> bool:
    order = (Strength.VERY_STRONG, Strength.STRONG, Strength.MODERATE, Strength.SUPPORTING)
    have = [counts[strength] for strength in order]
    return any(all(h >= n for h, n in zip(have, rule, strict=True)) for rule in rules)


def _benign(counts: Counter[str]) -> str | None:
    strong = counts[Strength.STRONG] + counts[Strength.VERY_STRONG]
    weak = counts[Strength.SUPPORTING] + counts[Strength.MODERATE]
    if counts[Strength.STAND_ALONE] or strong >= 2:
        return "benign"
    return "likely_benign" if (strong and weak) or weak >= 2 else None


def combine(criteria: Sequence[Criterion]) -> AcmgResult:
    """Return both classes of a set of criteria, with a note where they differ."""
    points = sum(criterion.points for criterion in criteria)
    stand_alone = any(c.met is Met.YES and c.strength == Strength.STAND_ALONE for c in criteria)
    by_points, by_rules = points_class(points, stand_alone), rule_class(criteria)
    note = None
    if by_points != by_rules:
        note = (
            f"{points} points give {by_points.replace('_', ' ')}; "
            f"the combinations of 2015 give {by_rules.replace('_', ' ')}"
        )
    return AcmgResult(by_points, points, by_rules, tuple(criteria), note)
