"""PS2/PM6, PM3 and PP4: what the sample and its family show. Not assessable when not given."""

from __future__ import annotations

from hies_annot.genes.acmg_rules import Strength
from hies_annot.genes.gene_file import Inheritance
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.acmg.population import pm2
from hies_annot.judge.context import Partner
from hies_annot.judge.signs import Fit, read_signs
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
SHARES = {
    Fit.HIGHLY_SPECIFIC: 1.0,
    Fit.CONSISTENT: 0.5,
    Fit.HETEROGENEOUS: 0.25,
    Fit.NOT_CONSISTENT: 0.0,
}
"""Share of the full points of a de novo allele, 2 (confirmed) or 1 (assumed)."""
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


def ps2(case: Case) -> Criterion:
    """New in the sample, parentage confirmed: one proband, by its phenotype."""
    return _de_novo(case, "PS2", "confirmed", 2.0)


def pm6(case: Case) -> Criterion:
    """New in the sample, parentage assumed: one proband, by its phenotype."""
    return _de_novo(case, "PM6", "assumed", 1.0)


def _de_novo(case: Case, code: str, state: str, full: float) -> Criterion:
    found = case.context.de_novo
    if found is None:
        missing = case.context.not_new or "both parents are needed and were not given"
        return unknown(code, missing, DE_NOVO_CITATION)
    if found != state:
        return not_met(code, f"de novo {found}, see the other code", DE_NOVO_CITATION)
    reading = read_signs(case.context.phenotype, case.rules.phenotype)
    if reading.fit is Fit.UNKNOWN:
        return unknown(code, f"de novo {found}, but {reading.words}", DE_NOVO_CITATION)
    share, words = SHARES[reading.fit], f"{reading.fit.value} ({reading.words})"
    strength = level(full * share)
    if case.condition.inheritance is Inheritance.AR and not _second_pathogenic(case):
        strength = _DOWN[strength]
        words += "; one level down: no second P/LP allele in a recessive gene"
    reason = f"de novo ({found}), phenotype {words}: {full * share:g} points"
    if strength is Strength.NONE:
        return not_met(code, reason, DE_NOVO_CITATION)
    return met(code, strength, reason, DE_NOVO_CITATION)


def pp4(case: Case) -> Criterion:
    """The phenotype is highly specific for the condition."""
    reading = read_signs(case.context.phenotype, case.rules.phenotype)
    reason = f"{reading.fit.value}: {reading.words}"
    if reading.fit is Fit.UNKNOWN:
        return unknown("PP4", reading.words, PP4_CITATION)
    if reading.fit is not Fit.HIGHLY_SPECIFIC:
        return not_met("PP4", reason, PP4_CITATION)
    if case.context.de_novo is not None:
        reason += "; the same signs set the level of PS2/PM6"
    return met("PP4", Strength.SUPPORTING, reason, PP4_CITATION)


def pm3(case: Case) -> Criterion:
    """Points for the other allele of a recessive genotype: those of one proband, the sample."""
    if case.condition.inheritance is not Inheritance.AR:
        return not_met("PM3", "not a recessive condition", PM3_CITATION)
    partners = case.context.partners
    if not partners:
        return unknown("PM3", "no second allele was given", PM3_CITATION)
    words = ", ".join(f"{partner.classification} {partner.phase}" for partner in partners)
    own = pm2(case).met
    rare = [partner for partner in partners if partner.rare]
    if own is Met.NO or all(partner.rare is False for partner in partners):
        return not_met("PM3", f"{words}: both alleles must be rare (PM2)", PM3_CITATION)
    if own is Met.UNKNOWN or not rare:
        reason = f"{words}, but whether both alleles are rare (PM2) is not known"
        return unknown("PM3", reason, PM3_CITATION)
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
