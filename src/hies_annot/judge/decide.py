"""The rule that weighs the authorities: what an allele counts for under one condition.

The first of curated table, own ACMG class, lab and ClinVar that speaks decides; the others are
shown beside it. Where two contradict each other the contradiction is the first reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from hies_annot.genes.acmg_rules import NullEffect
from hies_annot.genes.gene_file import Condition, Role
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.codon import other_mechanism_only
from hies_annot.judge.acmg.criteria import PROVES_MISSENSE, TELLS_MECHANISM
from hies_annot.judge.effect import NULL_EFFECTS, Effect
from hies_annot.judge.grounds import Ground, Says
from hies_annot.model import AcmgResult, Support


@dataclass(frozen=True, slots=True)
class Grounds:
    """The statements about one allele under one condition, in the order of their rank."""

    curated: Ground
    acmg: Ground
    lab: Ground
    clinvar: Ground

    def all(self) -> tuple[Ground, ...]:
        """All of them, the curated one first."""
        return (self.curated, self.acmg, self.lab, self.clinvar)

    def texts(self, first: Ground | None = None) -> tuple[str, ...]:
        """Reasons, the deciding one first."""
        rest = [ground.text for ground in self.all() if ground is not first and ground.text]
        return tuple(([first.text] if first else []) + rest)


def decide(case: Case, acmg: AcmgResult, grounds: Grounds) -> tuple[Support, str, tuple[str, ...]]:
    """Return what the allele counts for, the basis (curated, acmg, lab, clinvar, none), reasons."""
    curated = grounds.curated
    if curated.says is Says.OTHER_MECHANISM:
        return Support.OTHER_MECHANISM, "curated", grounds.texts(curated)
    contradiction = _contradiction(grounds)
    if contradiction:
        return Support.CONTRADICTED, "none", (contradiction, *grounds.texts())
    if curated.says in (Says.PATHOGENIC, Says.BENIGN):
        benign = curated.says is Says.BENIGN
        return (
            Support.BENIGN if benign else Support.PATHOGENIC,
            "curated",
            grounds.texts(curated),
        )
    if grounds.acmg.says is Says.BENIGN:
        return Support.BENIGN, "acmg", grounds.texts(grounds.acmg)
    null = _null_verdict(case)
    if null is not None:
        return null[0], "none", (null[1], *grounds.texts())
    for basis, ground in (
        ("acmg", grounds.acmg),
        ("lab", grounds.lab),
        ("clinvar", grounds.clinvar),
    ):
        if ground.says is Says.PATHOGENIC:
            return _pathogenic(case, acmg, grounds, basis, ground)
        if ground.says is Says.BENIGN:
            return Support.BENIGN, basis, grounds.texts(ground)
    return (
        Support.UNCERTAIN,
        "curated" if curated.says is Says.UNCERTAIN else "none",
        grounds.texts(curated if curated.text else None),
    )


def _contradiction(grounds: Grounds) -> str | None:
    if grounds.curated.says is Says.CONTRADICTORY:
        return f"contradiction: {grounds.curated.text}"
    claims = [ground for ground in grounds.all() if ground.claims_pathogenic]
    denials = [ground for ground in grounds.all() if ground.says is Says.BENIGN]
    if claims and denials:
        return f"contradiction: {claims[0].text}, but {denials[0].text}"
    return None


def _null_verdict(case: Case) -> tuple[Support, str] | None:
    """A truncating allele where loss of function is not the mechanism of the condition."""
    rule = case.rules.null_alleles
    if case.effect not in NULL_EFFECTS or rule.effect is NullEffect.CAUSAL:
        return None
    if rule.effect is NullEffect.UNRESOLVED:
        return Support.UNRESOLVED, f"mechanism unresolved: {rule.reason}"
    return Support.OTHER_MECHANISM, rule.reason


def _pathogenic(
    case: Case, acmg: AcmgResult, grounds: Grounds, basis: str, ground: Ground
) -> tuple[Support, str, tuple[str, ...]]:
    """A P/LP statement counts only where nothing says that the mechanism is another one."""
    other = other_mechanism_only(case)
    if other is not None:
        words = "/".join(mechanism.replace("_", " ") for mechanism in other.mechanisms)
        reason = f"mechanism unresolved: {other.hgvs_p or other.hgvs_c} at this residue is {words}"
        return Support.UNRESOLVED, basis, (reason, *grounds.texts(ground))
    codes = {criterion.code for criterion in acmg.criteria if criterion.points > 0}
    unproven = case.rules.missense_unproven
    if (
        basis == "acmg"
        and unproven
        and case.effect is Effect.MISSENSE
        and not codes & PROVES_MISSENSE
    ):
        return Support.UNCERTAIN, basis, (unproven, *grounds.texts(ground))
    if not case.rules.shared_effects:
        return Support.PATHOGENIC, basis, grounds.texts(ground)
    if case.condition.role is Role.DIFFERENTIAL:
        reason = f"no curated evidence of {_mechanisms(case.condition)}"
        return Support.UNCERTAIN, "none", (reason, *grounds.texts(ground))
    if basis == "acmg" and not codes & TELLS_MECHANISM:
        reason = "mechanism unresolved: no criterion tells it from the other diseases of the gene"
        return Support.UNRESOLVED, basis, (reason, *grounds.texts(ground))
    return Support.PATHOGENIC, basis, grounds.texts(ground)


def _mechanisms(condition: Condition) -> str:
    return "/".join(mechanism.replace("_", " ") for mechanism in condition.mechanisms)
