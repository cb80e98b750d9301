"""PP3, BP4 and BP7: calibrated scores, one missense tool a run, and splice predictions.

A score counts only where it is defined. Missense tools speak for missense; "no splice effect"
speaks against an allele that can only act by splicing, never against one that changes the protein
(Walker 2023). A missense score sees the protein only: it speaks against no allele at the edge of
an exon, or with a predicted splice effect, unless a splice score does so too. Where PVS1 counts, a
splice prediction is not counted once more. The scores cannot tell gain from loss of function: at a
residue where only alleles of another mechanism are known, PP3 is no evidence for the condition.
"""

from __future__ import annotations

import re

from hies_annot.genes.acmg_rules import Calibration, SpliceCalibration, Strength
from hies_annot.judge.acmg.case import POINTS, Case, met, not_met, unknown
from hies_annot.judge.acmg.codon import RICHARDS, other_mechanism_only
from hies_annot.judge.acmg.null import pvs1
from hies_annot.judge.effect import Effect
from hies_annot.judge.predicted_splicing import reaches, words
from hies_annot.model import Criterion

DONOR_SIDE, ACCEPTOR_SIDE = 7, 21
"""BP7 reaches introns from +7 and from -21 on (Walker 2023, PMC10357475)."""
BP7_CITATION = "Richards 2015; Walker 2023 (PMC10357475)"
_INTRONIC = re.compile(r"c\.[-*]?\d+([+-])(\d+)")
_SPLICE_SITES = frozenset(
    {Effect.SPLICE_OUT_OF_FRAME, Effect.SPLICE_IN_FRAME, Effect.SPLICE_UNKNOWN}
)

_ONLY_BY_SPLICING = frozenset({Effect.SPLICE_REGION, Effect.SYNONYMOUS, Effect.NONCODING})
"""Alleles for which "no splice effect" means "no effect"."""


def pp3(case: Case) -> Criterion:
    """Scores speak for damage, with the strength of their calibration."""
    other = other_mechanism_only(case)
    if other is not None and case.effect is Effect.MISSENSE:
        why = f"{other.hgvs_p} at this residue acts by another mechanism; scores cannot tell"
        return not_met("PP3", why, RICHARDS)
    if case.effect in _SPLICE_SITES and case.rules.null_alleles.effect == "causal":
        return not_met("PP3", "canonical splice site, counted as PVS1", RICHARDS)
    if pvs1(case).points:
        return not_met("PP3", "null allele, counted as PVS1", RICHARDS)
    results = [
        result for result in (_missense(case, "PP3"), _splice(case, "PP3")) if result is not None
    ]
    if not results:
        return unknown("PP3", _no_score(case), RICHARDS)
    return max(results, key=lambda result: result.points)


def bp4(case: Case) -> Criterion:
    """All scores that were given speak against damage."""
    splice = _splice(case, "BP4")
    if case.effect is Effect.MISSENSE:
        return _missense_bp4(case, splice)
    if case.effect not in _ONLY_BY_SPLICING:
        what = case.effect.value.replace("_", " ")
        return not_met("BP4", f"no score is calibrated as benign evidence for: {what}", RICHARDS)
    return splice if splice is not None else unknown("BP4", _no_score(case), RICHARDS)


def _missense_bp4(case: Case, splice: Criterion | None) -> Criterion:
    missense = _missense(case, "BP4")
    if missense is None:
        return unknown("BP4", _no_score(case), RICHARDS)
    against = splice.reason if splice is not None and not splice.points else None
    if splice is None:
        against = _may_act_on_splicing(case)
    if against is not None:
        return not_met("BP4", f"{missense.reason}; but {against}", RICHARDS)
    return missense


def _may_act_on_splicing(case: Case) -> str | None:
    """Say why a missense score, which sees the protein only, cannot speak against an allele."""
    fact, rules = case.evidence.splice_map, case.gene.scores.splice_map
    if fact is not None and rules is not None and reaches(fact, rules.acts):
        return f"predicted to change splicing ({words(fact)})"
    if "splice_region_variant" in case.annotation.consequence:
        return "it lies at the edge of an exon, and no splice score was given"
    return None


def bp7(case: Case) -> Criterion:
    """Synonymous or deep intronic, and the splice score is low."""
    if case.evidence.known is not None and case.evidence.known.pathogenic:
        return not_met("BP7", "a curated pathogenic allele", BP7_CITATION)
    if case.effect is not Effect.SYNONYMOUS and not _deep_intronic(case):
        return not_met("BP7", "not synonymous and not deep in an intron", BP7_CITATION)
    splice = _splice(case, "BP4")
    if splice is None:
        return unknown("BP7", "no splice score was given", BP7_CITATION)
    if not splice.points:
        return not_met("BP7", splice.reason, BP7_CITATION)
    return met("BP7", Strength.SUPPORTING, f"no splice effect: {splice.reason}", BP7_CITATION)


def chosen_tool(case: Case) -> Calibration | None:
    """Return the one missense tool of the run, whatever it says of this allele."""
    asked = {tool.lower() for tool in case.evidence.tools}
    calibrations = case.gene.scores.missense
    return next((entry for entry in calibrations if entry.tool.lower() in asked), None)


def _missense(case: Case, code: str) -> Criterion | None:
    calibration = chosen_tool(case)
    if case.effect is not Effect.MISSENSE or calibration is None:
        return None
    values = _values(case, calibration.tool)
    return _calibrated(code, calibration, calibration.worst(values)) if values else None


def _calibrated(code: str, calibration: Calibration, score: float) -> Criterion:
    reason = f"{calibration.tool} {score:g}"
    reached = calibration.reached(score, damaging=code == "PP3")
    if not reached:
        return not_met(code, f"{reason}: no calibrated strength", calibration.source)
    return met(code, max(reached, key=lambda s: POINTS[s]), reason, calibration.source)


def _splice(case: Case, code: str) -> Criterion | None:
    calibration = case.gene.scores.splice
    if calibration is None:
        return None
    values = _values(case, calibration.tool)
    return _splice_graded(code, calibration, max(values)) if values else None


def _splice_graded(code: str, calibration: SpliceCalibration, score: float) -> Criterion:
    reason = f"{calibration.tool} {score:g}"
    high, low = score >= calibration.pathogenic, score <= calibration.benign
    if high if code == "PP3" else low:
        return met(code, Strength.SUPPORTING, reason, calibration.source)
    return not_met(code, reason, calibration.source)


def _values(case: Case, tool: str) -> list[float]:
    return [score.value for score in case.evidence.scores if score.tool.lower() == tool.lower()]


def _deep_intronic(case: Case) -> bool:
    if case.effect is not Effect.NONCODING:
        return False
    distances = _INTRONIC.findall(case.annotation.hgvs_c or "")
    return bool(distances) and all(
        int(distance) >= (DONOR_SIDE if sign == "+" else ACCEPTOR_SIDE)
        for sign, distance in distances
    )


def _no_score(case: Case) -> str:
    """Say which tools were asked, and which could have been."""
    splice, chosen = case.gene.scores.splice, chosen_tool(case)
    missense = [chosen] if chosen else case.gene.scores.missense
    tools = [entry.tool for entry in (*missense, *([splice] if splice else []))]
    return f"no value of {', '.join(tools)} was given" if tools else "no score in the gene file"
