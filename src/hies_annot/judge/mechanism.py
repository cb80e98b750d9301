"""Whether anything tells by which mechanism an allele acts, where diseases of a gene share kinds.

The condition that ClinVar names tells nothing: its labels mix the diseases. Scores cannot tell
gain from loss of function, and a phenotype that is merely consistent fits both diseases. A
curated row of uncertain class names a mechanism that nobody has shown.
"""

from __future__ import annotations

from hies_annot.genes.acmg_rules import Strength
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.codon import opposing, pm1, pm5, ps1
from hies_annot.model import AcmgResult

_SPECIFIC = {"PS2": Strength.STRONG, "PM6": Strength.MODERATE}
"""De novo with a highly specific phenotype has the full points of ClinGen SVI 1.1."""


def mechanism_told(case: Case, acmg: AcmgResult) -> bool:
    """Whether curated, functional or highly specific evidence ties the allele to the condition.

    The criteria of the residue are asked again: one that was met and not counted beside another
    (PM1 beside a strong PP3) still tells the mechanism, so a higher score never hides it.
    """
    if ps1(case).points or pm5(case).points:
        return True
    if pm1(case).points and not opposing(case):
        return True
    return any(
        criterion.code == "PS3" or criterion.strength == _SPECIFIC.get(criterion.code)
        for criterion in acmg.criteria
        if criterion.points > 0
    )


def sharing(case: Case) -> tuple[str, ...]:
    """Return the ids of the gene's conditions that share their kinds of variants."""
    return tuple(
        condition.id
        for condition in case.gene.conditions
        if condition.acmg is not None and condition.acmg.shared_effects
    )
