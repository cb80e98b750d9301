"""PS2/PM6, PM3 and PP4: what the sample and its family show. Not assessable when not given."""

from __future__ import annotations

from hies_annot.genes.acmg_rules import Strength
from hies_annot.genes.gene_file import Inheritance
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.acmg.population import pm2
from hies_annot.judge.context import Partner
from hies_annot.judge.phenotype import nih_score
from hies_annot.model import Criterion, Met

DE_NOVO_CITATION = "ClinGen SVI, PS2/PM6 version 1.1"
PM3_CITATION = "ClinGen SVI, PM3 version 1.0 (2019)"
PP4_CITATION = "Richards 2015 (10.1038/gim.2015.30)"

LEVELS = (
    (4.0, Strength.VERY_STRONG),
    (2.0, Strength.STRONG),
    (1.0, Strength.MODERATE),
    (0.5, Strength.SUPPORTING),
)
"""Sum of points -> strength, for PS2/PM6 and PM3 alike."""
_DOWN = {
    Strength.VERY_STRONG: Strength.STRONG,
    Strength.STRONG: Strength.MODERATE,
    Strength.MODERATE: Strength.SUPPORTING,
    Strength.SUPPORTING: Strength.NONE,
    Strength.NONE: Strength.NONE,
}


def level(points: float) -> Strength:
    """Return the strength of a sum of points."""
    return next((strength for limit, strength in LEVELS if points >= limit), Strength.NONE)


def de_novo(case: Case) -> tuple[Criterion, Criterion]:
    """Judge PS2 (parents confirmed) and PM6 (assumed): one proband, by its phenotype."""
    state = case.context.de_novo
    wanted = {"confirmed": "PS2", "assumed": "PM6"}.get(state or "")
    found = [_de_novo(case, "PS2", wanted == "PS2", 2.0), _de_novo(case, "PM6", wanted == "PM6", 1)]
    return found[0], found[1]


def _de_novo(case: Case, code: str, applies: bool, full: float) -> Criterion:
    if case.context.de_novo is None:
        missing = case.context.not_new or "both parents are needed and were not given"
        return unknown(code, missing, DE_NOVO_CITATION)
    if not applies:
        return not_met(
            code, f"de novo {case.context.de_novo}, see the other code", DE_NOVO_CITATION
        )
    share, words = _specificity(case)
    if share is None:
        return unknown(code, f"de novo {case.context.de_novo}, but {words}", DE_NOVO_CITATION)
    strength = level(full * share)
    if case.condition.inheritance is Inheritance.AR and not _second_pathogenic(case):
        strength = _DOWN[strength]
        words += "; one level down: no second P/LP allele in a recessive gene"
    reason = f"de novo ({case.context.de_novo}), phenotype {words}: {full * share:g} points"
    if strength is Strength.NONE:
        return not_met(code, reason, DE_NOVO_CITATION)
    return met(code, strength, reason, DE_NOVO_CITATION)


def _specificity(case: Case) -> tuple[float | None, str]:
    """Share of the full points: highly specific 1, consistent 0.5, not consistent 0."""
    if not case.context.phenotype.given:
        return None, "no phenotype was given"
    speaks, words = _phenotype(case)
    score = _score(case)
    rule = case.rules.phenotype
    if rule.nih_score is not None and score is not None and score >= rule.nih_score:
        return 1.0, f"highly specific ({words})"
    return (0.5, f"consistent ({words})") if speaks else (0.0, f"not consistent ({words})")


def pp4(case: Case) -> Criterion:
    """The phenotype is specific for the condition."""
    if not case.context.phenotype.given:
        return unknown("PP4", "no phenotype was given", PP4_CITATION)
    speaks, words = _phenotype(case)
    if speaks:
        return met("PP4", Strength.SUPPORTING, words, PP4_CITATION)
    return not_met("PP4", words, PP4_CITATION)


def _score(case: Case) -> int | None:
    phenotype = case.context.phenotype
    if phenotype.nih_score is not None or not phenotype.nih_items:
        return phenotype.nih_score
    return nih_score(phenotype.nih_items).points


def _phenotype(case: Case) -> tuple[bool, str]:
    rule = case.rules.phenotype
    score = _score(case)
    terms = [rule.hpo[term] for term in case.context.phenotype.hpo if term in rule.hpo]
    words = [f"{len(terms)} of {rule.hpo_needed} needed HPO terms"]
    if terms:
        words[0] += f" ({', '.join(terms)})"
    by_score = rule.nih_score is not None and score is not None and score >= rule.nih_score
    if score is not None:
        limit = f", {rule.nih_score} needed" if rule.nih_score is not None else ", not used here"
        words.insert(0, f"NIH-HIES score {score}{limit}")
    return by_score or len(set(terms)) >= rule.hpo_needed, "; ".join(words)


def pm3(case: Case) -> Criterion:
    """Points for the other allele of a recessive genotype: those of one proband, the sample."""
    if case.condition.inheritance is not Inheritance.AR:
        return not_met("PM3", "not a recessive condition", PM3_CITATION)
    partners = case.context.partners
    if not partners:
        return unknown("PM3", "no second allele was given", PM3_CITATION)
    words = ", ".join(f"{partner.classification} {partner.phase}" for partner in partners)
    rare = [partner for partner in partners if partner.rare is not False]
    if not rare or pm2(case).met is Met.NO:
        return not_met("PM3", f"{words}: both alleles must be rare (PM2)", PM3_CITATION)
    total = max(_partner_points(partner) for partner in rare)
    if len(partners) > 1:
        words += " (one proband: the best of them counts)"
    reason = f"{words}: {total:g} points"
    strength = level(total)
    if strength is Strength.NONE:
        return not_met("PM3", reason, PM3_CITATION)
    return met("PM3", strength, reason, PM3_CITATION)


def _partner_points(partner: Partner) -> float:
    """Points of one proband; phase unknown beside a VUS, and cis, give none."""
    if partner.phase == "homozygous":
        return 0.5
    by_phase = {
        "trans": {"pathogenic": 1.0, "likely_pathogenic": 1.0, "uncertain": 0.25},
        "unknown": {"pathogenic": 0.5, "likely_pathogenic": 0.25},
    }
    return by_phase.get(partner.phase, {}).get(partner.classification, 0.0)


def _second_pathogenic(case: Case) -> bool:
    return any(
        partner.classification in ("pathogenic", "likely_pathogenic")
        for partner in case.context.partners
    )
