"""PP1 and BS4: whether the genotype goes with the disease among the relatives of the sheet."""

from __future__ import annotations

import math

from hies_annot.genes.acmg_rules import Strength
from hies_annot.genes.gene_file import Inheritance
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.context import KinState
from hies_annot.model import Affected, Criterion

PP1_CITATION = "ClinGen Hearing Loss expert panel (segregation: LOD 0.6, 1.2, 1.5)"
BS4_CITATION = "ClinGen Antibody Deficiencies expert panel (PIK3CD: one relative, more than one)"
LOD = ((1.5, Strength.STRONG), (1.2, Strength.MODERATE), (0.6, Strength.SUPPORTING))


def pp1(case: Case) -> Criterion:
    """Affected relatives have the genotype, and nobody speaks against it."""
    kin = case.context.kin
    if case.condition.inheritance is Inheritance.AR and not _biallelic(case):
        return unknown("PP1", "the second allele, in trans, is not known", PP1_CITATION)
    together = [person for person in kin if person.affected is Affected.YES and person.has]
    apart = [person for person in kin if person.affected is Affected.YES and person.has is False]
    spared = [person for person in kin if person.affected is Affected.NO and person.has]
    free = _free_siblings(case)
    if not together and not free:
        return unknown("PP1", "no relative tells whether it goes with the disease", PP1_CITATION)
    score = lod(case.condition.inheritance, len(together), len(free))
    reason = f"{_named(together) or 'no affected relative'} with the genotype"
    if free:
        reason += f", {_named(free)} unaffected without it"
    reason += f": LOD {score:.2f}"
    if apart or (spared and case.rules.frequency.penetrance == 1):
        return not_met("PP1", f"{reason}; but see {_named([*apart, *spared])}", PP1_CITATION)
    strength = next((level for limit, level in LOD if score >= limit), Strength.NONE)
    if strength is Strength.NONE:
        return not_met("PP1", f"{reason}, {LOD[-1][0]:g} needed", PP1_CITATION)
    return met("PP1", strength, reason, PP1_CITATION)


def bs4(case: Case) -> Criterion:
    """Affected relatives, read well, lack the allele.

    They are no evidence against a new allele, nor against one that alone explains nothing.
    """
    if case.context.de_novo is not None:
        return unknown("BS4", "new in this sample: nobody else can have it", BS4_CITATION)
    if case.condition.inheritance is Inheritance.AR and not _biallelic(case):
        return unknown("BS4", "the second allele, in trans, is not known", BS4_CITATION)
    kin = [person for person in case.context.kin if person.affected is Affected.YES]
    lacking = [person for person in kin if person.lacks_allele]
    if not lacking:
        if any(person.has for person in kin):
            return not_met("BS4", "no affected relative lacks it", BS4_CITATION)
        return unknown("BS4", "no affected relative was read at this place", BS4_CITATION)
    strength = Strength.STRONG if len(lacking) > 1 else Strength.SUPPORTING
    return met("BS4", strength, f"affected, without the allele: {_named(lacking)}", BS4_CITATION)


def lod(inheritance: Inheritance, affected: int, free: int) -> float:
    """Return the LOD score of relatives of a sample, itself not counted.

    Dominant: an affected carrier is one informative meiosis. Recessive: an affected sibling with
    both alleles counts 1 in 4, an unaffected one without both 3 in 4.
    """
    if inheritance is Inheritance.AR:
        return -affected * math.log10(0.25) - free * math.log10(0.75)
    return affected * math.log10(2)


def _biallelic(case: Case) -> bool:
    return any(partner.phase in ("homozygous", "trans") for partner in case.context.partners)


def _free_siblings(case: Case) -> list[KinState]:
    """Unaffected siblings without a recessive genotype; parents are carriers and say nothing."""
    if case.condition.inheritance is not Inheritance.AR:
        return []
    return [
        person
        for person in case.context.kin
        if person.role == "sibling" and person.affected is Affected.NO and person.has is False
    ]


def _named(people: list[KinState]) -> str:
    return ", ".join(f"{person.role} {person.sample}" for person in people)
