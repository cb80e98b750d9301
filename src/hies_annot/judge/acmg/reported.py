"""PS4, PS3 and BS3: probands, cases and assays that the curated table or the lab's own reports."""

from __future__ import annotations

import math

from hies_annot.genes.acmg_rules import Strength
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.acmg.population import pm2
from hies_annot.model import Criterion, KnownVariant, Met

RICHARDS = "Richards 2015 (10.1038/gim.2015.30)"
BRNICH = "Brnich 2019 (10.1186/s13073-019-0690-2)"
PS4_CITATION = (
    "Richards 2015; ClinGen Hearing Loss expert panel 2.0.0 (dominant: 2, 6, 15 probands)"
)

PROBANDS = ((15, Strength.STRONG), (6, Strength.MODERATE), (2, Strength.SUPPORTING))
"""Unrelated probands -> strength. No panel has numbers for these genes; these are strict."""
LEAST_ODDS_RATIO = 5.0
"""Odds ratio of cases against controls, its 95 % interval above 1 (Richards 2015)."""
ODDS_PATH = ((18.7, Strength.STRONG), (4.3, Strength.MODERATE), (2.1, Strength.SUPPORTING))
ODDS_BENIGN = ((0.053, Strength.STRONG), (0.23, Strength.MODERATE), (0.48, Strength.SUPPORTING))
"""Brnich 2019: odds of pathogenicity of an assay's result -> strength of PS3 and of BS3."""
ENOUGH_CONTROLS = 11
"""Control variants from which an assay without odds counts as moderate (Brnich 2019)."""


def ps4(case: Case) -> Criterion:
    """More frequent in the affected: by cases and controls, or by the number of probands."""
    known = case.evidence.known
    if known is None or (known.probands is None and known.cases is None):
        return unknown("PS4", "no probands or cases are reported in the table", PS4_CITATION)
    if not _same_mechanism(known, case):
        return not_met("PS4", "the table reports another mechanism", PS4_CITATION)
    if known.cases is not None and known.controls is not None:
        return _case_control(known, known.cases, known.controls)
    return _by_probands(case, known)


def _case_control(
    known: KnownVariant, cases: tuple[int, int], controls: tuple[int, int]
) -> Criterion:
    ratio, lower = odds_ratio(cases, controls)
    reason = (
        f"{cases[0]} of {cases[1]} cases and {controls[0]} of {controls[1]} controls: odds ratio "
        f"{ratio:.3g}, 95 % interval from {lower:.3g} ({known.counts_source})"
    )
    if ratio > LEAST_ODDS_RATIO and lower > 1:
        return met("PS4", Strength.STRONG, reason, PS4_CITATION)
    return not_met("PS4", reason, PS4_CITATION)


def _by_probands(case: Case, known: KnownVariant) -> Criterion:
    count = known.probands or 0
    reason = f"{count} unrelated probands ({known.counts_source})"
    strength = next((level for least, level in PROBANDS if count >= least), Strength.NONE)
    if strength is Strength.NONE:
        return not_met("PS4", f"{reason}, {PROBANDS[-1][0]} needed", PS4_CITATION)
    rare = pm2(case).met
    if rare is Met.UNKNOWN:
        return unknown(
            "PS4", f"{reason}, but whether the allele is rare is not known", PS4_CITATION
        )
    if rare is Met.NO:
        return not_met("PS4", f"{reason}, but the allele is not rare (PM2)", PS4_CITATION)
    return met("PS4", strength, reason, PS4_CITATION)


def odds_ratio(cases: tuple[int, int], controls: tuple[int, int]) -> tuple[float, float]:
    """Return the odds ratio of carriers among cases and controls and its lower 95 % limit.

    Half a person is added to each cell (Haldane-Anscombe), so that zero carriers give a number.
    """
    a, b = cases[0] + 0.5, cases[1] - cases[0] + 0.5
    c, d = controls[0] + 0.5, controls[1] - controls[0] + 0.5
    ratio = a * d / (b * c)
    return ratio, math.exp(math.log(ratio) - 1.96 * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def ps3(case: Case) -> Criterion:
    """An assay shows the abnormal function of the condition's mechanism."""
    known = case.evidence.known
    if known is None or not known.functional:
        return unknown("PS3", "no functional study in the curated table", BRNICH)
    if not known.functional.startswith("abnormal"):
        return not_met("PS3", known.functional, BRNICH)
    if not _same_mechanism(known, case):
        return not_met("PS3", "the study shows another mechanism", BRNICH)
    return _assay("PS3", known, ODDS_PATH)


def bs3(case: Case) -> Criterion:
    """An assay of the condition's mechanism shows a normal function."""
    known = case.evidence.known
    if known is None or not known.functional:
        return unknown("BS3", "no functional study in the curated table", BRNICH)
    if not known.functional.startswith("normal"):
        return not_met("BS3", known.functional, BRNICH)
    return _assay("BS3", known, ODDS_BENIGN)


def _assay(code: str, known: KnownVariant, levels: tuple[tuple[float, Strength], ...]) -> Criterion:
    words = known.functional or ""
    if known.odds_path is not None:
        odds, up = known.odds_path, code == "PS3"
        reached = (level for limit, level in levels if (odds > limit if up else odds < limit))
        strength = next(reached, Strength.NONE)
        reason = f"{words}; odds of pathogenicity {odds:g}"
        if strength is Strength.NONE:
            return not_met(code, reason, BRNICH)
        return met(code, strength, reason, BRNICH)
    if known.assay_controls is not None and known.assay_controls >= ENOUGH_CONTROLS:
        reason = f"{words}; {known.assay_controls} control variants"
        return met(code, Strength.MODERATE, reason, BRNICH)
    return met(code, Strength.SUPPORTING, f"{words}; no odds of pathogenicity are given", BRNICH)


def _same_mechanism(known: KnownVariant, case: Case) -> bool:
    return bool(set(known.mechanisms) & set(case.condition.mechanisms))
