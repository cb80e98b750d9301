"""How well the signs of a person fit a condition: decided from what is present.

A sign that was not given is not contrary. What speaks against a condition is that signs are
given and none of them belongs to it, or a score that stays low whatever its missing items say.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from hies_annot.genes.acmg_rules import PhenotypeRule
from hies_annot.genes.hpo import counts_as, topmost
from hies_annot.judge.context import Phenotype
from hies_annot.judge.phenotype import NIH_ITEMS, NihScore, nih_score

SEVERAL = 2
"""Signs that make a phenotype consistent; a single one is seen in many diseases."""
_SIGN_OF_ITEM = {"highest_ige_iu_ml": "HP:0003212"}
"""Items of the score that are a sign of their own, where they have points."""


class Fit(StrEnum):
    """How well the signs fit, in the words of ClinGen's table for de novo points."""

    HIGHLY_SPECIFIC = "highly specific"
    CONSISTENT = "consistent"
    HETEROGENEOUS = "consistent, but seen in many diseases"
    NOT_CONSISTENT = "not consistent"
    UNKNOWN = "not assessable"


class SignReading(Struct, frozen=True):
    """How well the signs fit, and in words what was seen."""

    fit: Fit
    words: str


def read_signs(phenotype: Phenotype, rule: PhenotypeRule) -> SignReading:
    """Return how well the signs of a person fit a condition."""
    if not phenotype.given:
        return SignReading(Fit.UNKNOWN, "no phenotype was given")
    score = _score(phenotype)
    present = {term for given in _terms(phenotype) for term in counts_as(given)}
    signs = topmost(frozenset(present & rule.hpo.keys()))
    lacking = [rule.hpo[term] for term in rule.required if term not in present]
    fit = _fit(phenotype, rule, score, len(signs), bool(lacking))
    return SignReading(fit, "; ".join(_words(rule, score, signs, lacking)))


def _fit(
    phenotype: Phenotype, rule: PhenotypeRule, score: NihScore | None, signs: int, lacks: bool
) -> Fit:
    reached = rule.nih_score is not None and score is not None and score.points >= rule.nih_score
    if reached or signs >= rule.hpo_needed:
        return Fit.CONSISTENT if lacks or not rule.required else Fit.HIGHLY_SPECIFIC
    if signs:
        return Fit.CONSISTENT if signs >= SEVERAL else Fit.HETEROGENEOUS
    low = rule.nih_unlikely is not None and score is not None and score.most < rule.nih_unlikely
    if low or phenotype.hpo:
        return Fit.NOT_CONSISTENT
    return Fit.UNKNOWN


def _terms(phenotype: Phenotype) -> Iterable[str]:
    yield from phenotype.hpo
    for item, term in _SIGN_OF_ITEM.items():
        if NIH_ITEMS[item].get(phenotype.nih_items.get(item, "").strip(), 0):
            yield term


def _score(phenotype: Phenotype) -> NihScore | None:
    if phenotype.nih_score is not None:
        return NihScore(phenotype.nih_score, ())
    return nih_score(phenotype.nih_items) if phenotype.nih_items else None


def _words(
    rule: PhenotypeRule, score: NihScore | None, signs: frozenset[str], lacking: list[str]
) -> Iterable[str]:
    if score is not None:
        yield _score_words(rule, score)
    names = f" ({', '.join(sorted(rule.hpo[term] for term in signs))})" if signs else ""
    yield f"{len(signs)} of {rule.hpo_needed} needed HPO terms{names}"
    if lacking:
        yield f"not given: {', '.join(lacking)}"


def _score_words(rule: PhenotypeRule, score: NihScore) -> str:
    given = len(NIH_ITEMS) - len(score.missing)
    words = f"NIH-HIES score {score.points}"
    if score.missing:
        words = f"NIH-HIES score at least {score.points} ({given} of {len(NIH_ITEMS)} items given)"
    if rule.nih_score is None:
        return f"{words}, not used here"
    if score.points >= rule.nih_score:
        return f"{words}, {rule.nih_score} needed"
    if score.mostly_missing:
        return f"{words}: not assessable, most items are missing"
    if rule.nih_unlikely is None:
        return f"{words}, {rule.nih_score} needed; a low score says nothing here"
    return f"{words}, {rule.nih_score} needed"
