"""PM2, BA1, BS1 and BS2: frequencies against what the disease model allows (Whiffin 2017).

A source that lists only some alleles cannot show that an allele is absent: without a complete
source PM2 is not assessable for an allele that is not listed.
"""

from __future__ import annotations

import math

from hies_annot.genes.acmg_rules import DiseaseModel, Strength
from hies_annot.genes.gene_file import Inheritance
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.model import Criterion, PopulationFact

RICHARDS = "Richards 2015 (10.1038/gim.2015.30)"
WHIFFIN = "Whiffin 2017 (10.1038/gim.2017.26)"
PM2_CITATION = "ClinGen SVI, PM2 version 1.0 (2020)"
BA1_FREQUENCY = 0.05
MIN_ALLELES = 2000
"""A frequency from fewer alleles is not used."""
CONFIDENCE = 0.95
WITHOUT_COUNT = 0.01
"""A bare frequency, with neither counts nor FAF95, counts as too frequent only from here on."""


def maximum_frequency(model: DiseaseModel, inheritance: Inheritance) -> float:
    """Return the largest allele frequency (0..1) that the disease model allows."""
    if inheritance is Inheritance.AR:
        return (
            math.sqrt(model.prevalence)
            * model.allelic_contribution
            * math.sqrt(model.genetic_contribution)
            / math.sqrt(model.penetrance)
        )
    return (
        model.prevalence
        / 2
        * model.allelic_contribution
        * model.genetic_contribution
        / model.penetrance
    )


def tolerated_count(frequency: float, alleles: int) -> int:
    """Return the 95 % quantile of the allele count among `alleles` (Poisson)."""
    mean = frequency * alleles
    if mean <= 0:
        return 0
    # Far below the mean the tail is below 1e-30; starting there keeps exp() from underflow.
    count = max(0, int(mean - 12 * math.sqrt(mean)))
    term = cumulated = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    while cumulated < CONFIDENCE and count < alleles:
        count += 1
        term *= mean / count
        cumulated += term
    return count


def pm2(case: Case) -> Criterion:
    """Absent, or at most as frequent as the gene file allows."""
    limit = case.rules.frequency.rare_below
    usable = _usable(case)
    if usable:
        worst = max(usable, key=_frequency)
        group = max(fact.group_frequency or 0.0 for fact in usable)
        if _frequency(worst) <= limit < group:
            # One allele may make a frequency of a group: that one alone shows nothing.
            reason = f"{_words(worst)}, but AF {group:.3g} in one group of unknown size"
            return unknown("PM2", f"{reason}, above {limit:g}", PM2_CITATION)
        if _frequency(worst) <= limit:
            reason = f"{_words(worst)}, at most {limit:g}"
            return met("PM2", Strength.SUPPORTING, reason, PM2_CITATION)
        return not_met("PM2", f"{_words(worst)}, above {limit:g}", PM2_CITATION)
    if case.evidence.population:
        return unknown("PM2", _unusable(case), PM2_CITATION)
    if case.evidence.exhaustive:
        reason = f"not listed in {', '.join(case.evidence.exhaustive)} (coverage there not given)"
        return met("PM2", Strength.SUPPORTING, reason, PM2_CITATION)
    return unknown("PM2", _not_asked(case), PM2_CITATION)


def ba1(case: Case) -> Criterion:
    """Frequency above 5 %."""
    return _excess(case, "BA1", Strength.STAND_ALONE, BA1_FREQUENCY, RICHARDS)


def bs1(case: Case) -> Criterion:
    """Frequency above what the disease model allows."""
    limit = maximum_frequency(case.rules.frequency, case.condition.inheritance)
    return _excess(case, "BS1", Strength.STRONG, limit, WHIFFIN)


def bs2(case: Case) -> Criterion:
    """Homozygotes in a population, for a disease of early onset."""
    needed = case.rules.frequency.homozygotes_benign
    if _founder(case):
        return not_met("BS2", "founder allele: no frequency rule applies", RICHARDS)
    counts = [fact for fact in case.evidence.population if fact.homozygotes is not None]
    if not counts:
        return unknown("BS2", "no count of homozygotes is given", RICHARDS)
    passed = [fact for fact in counts if not fact.filters]
    most = max(passed or counts, key=lambda fact: fact.homozygotes or 0)
    seen = most.homozygotes or 0
    reason = f"{seen} homozygotes in {most.source} ({needed} or more needed)"
    if seen >= needed and not most.filters:
        return met("BS2", Strength.STRONG, reason, RICHARDS)
    return not_met("BS2", reason, RICHARDS)


def _excess(case: Case, code: str, strength: Strength, limit: float, citation: str) -> Criterion:
    if _founder(case):
        return not_met(code, "founder allele: no frequency rule applies", citation)
    usable = _usable(case)
    if not usable:
        if case.evidence.exhaustive and not case.evidence.population:
            return not_met(code, f"not listed in {', '.join(case.evidence.exhaustive)}", citation)
        return unknown(code, _not_asked(case), citation)
    for fact in usable:
        if _exceeds(fact, limit):
            reason = f"{_words(fact)}, more than {limit:.2g} allows"
            return met(code, strength, reason, citation)
    return not_met(
        code, f"{_words(max(usable, key=_frequency))}, compatible with {limit:.2g}", citation
    )


def _exceeds(fact: PopulationFact, limit: float) -> bool:
    if fact.filtering_frequency is not None:
        return fact.filtering_frequency > limit
    if (fact.group_frequency or 0.0) > max(limit, WITHOUT_COUNT):
        return True
    if fact.allele_count is not None and fact.allele_number is not None:
        return fact.allele_count > tolerated_count(limit, fact.allele_number)
    return (fact.allele_frequency or 0.0) > max(limit, WITHOUT_COUNT)


def _usable(case: Case) -> list[PopulationFact]:
    return [
        fact
        for fact in case.evidence.population
        if not fact.filters
        and (fact.allele_number is None or fact.allele_number >= MIN_ALLELES)
        and (fact.allele_frequency, fact.filtering_frequency, fact.group_frequency) != (None,) * 3
    ]


def _frequency(fact: PopulationFact) -> float:
    """Return the highest frequency; that of a group without its size only where it is no chance."""
    group = fact.group_frequency or 0.0
    known = group if group >= WITHOUT_COUNT else 0.0
    return max(fact.allele_frequency or 0.0, fact.filtering_frequency or 0.0, known)


def _founder(case: Case) -> bool:
    return case.evidence.known is not None and case.evidence.known.allow_frequency


def _words(fact: PopulationFact) -> str:
    parts = []
    if fact.allele_frequency is not None:
        parts.append(f"AF {fact.allele_frequency:.3g}")
    if fact.allele_count is not None and fact.allele_number is not None:
        parts.append(f"{fact.allele_count} of {fact.allele_number}")
    if fact.filtering_frequency is not None:
        parts.append(f"FAF95 {fact.filtering_frequency:.3g}")
    elif fact.group_frequency is not None:
        parts.append(f"AF {fact.group_frequency:.3g} in a group")
    source = f"{fact.source}, {fact.part}" if fact.part else fact.source
    return f"{' = '.join(parts[:2])}{', ' + parts[2] if len(parts) > 2 else ''} in {source}"


def _unusable(case: Case) -> str:
    """Say that no frequency can be used, and which filters a listed allele did not pass."""
    failed = dict.fromkeys(word for fact in case.evidence.population for word in fact.filters)
    told = f" (did not pass: {', '.join(failed)})" if failed else ""
    for fact in case.evidence.population:
        if not fact.filters and (fact.allele_number or MIN_ALLELES) < MIN_ALLELES:
            told += f" ({fact.allele_number} alleles in {fact.source}, {MIN_ALLELES} are needed)"
    return f"listed, but without a usable frequency{told}"


def _not_asked(case: Case) -> str:
    if case.evidence.population:
        return _unusable(case)
    return "not listed, and no complete population source was given"
