"""The rule that weighs the authorities: what an allele counts for under one condition.

Two ladders, so that more evidence never turns the answer: first the highest that any P/LP
statement reaches, then what benign statements take from it. A P/LP statement is never asked
before another one that reaches higher, and a benign one never makes an allele count for more.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.genes.acmg_rules import NullEffect
from hies_annot.genes.gene_file import Role
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.codon import other_mechanism_only, own_mechanism
from hies_annot.judge.acmg.criteria import PROVES_MISSENSE
from hies_annot.judge.effect import NULL_EFFECTS, Effect
from hies_annot.judge.grounds import Ground, Says
from hies_annot.judge.mechanism import mechanism_told, sharing
from hies_annot.model import AcmgResult, Claim, Mechanism, Support, Verdict
from hies_annot.model.closed_words import Basis

_REACH = (Support.PATHOGENIC, Support.UNRESOLVED, Support.UNCERTAIN)
"""What a P/LP statement may reach, highest first."""


class Grounds(Struct, frozen=True):
    """The statements about one allele under one condition, in the order of their rank."""

    curated: Ground
    acmg: Ground
    lab: Ground
    clinvar: Ground
    beside: tuple[Ground, ...] = ()
    """B/LB statements of the lab or ClinVar where another record of theirs is P/LP, and what the
    frequency denies."""

    def all(self) -> tuple[Ground, ...]:
        """All of them, the curated one first."""
        return (self.curated, self.acmg, self.lab, self.clinvar, *self.beside)

    def uncurated(self) -> tuple[tuple[Basis, Ground], ...]:
        """Those that name no mechanism, with their basis."""
        return ("acmg", self.acmg), ("lab", self.lab), ("clinvar", self.clinvar)

    def texts(self, first: Ground | None = None) -> tuple[str, ...]:
        """Reasons, the deciding one first."""
        rest = [ground.text for ground in self.all() if ground is not first and ground.text]
        return tuple(([first.text] if first else []) + rest)


def decide(case: Case, acmg: AcmgResult, grounds: Grounds) -> Verdict:
    """Return what the allele counts for, with the basis (curated, acmg, lab, clinvar, none)."""
    verdict = Verdict(case.condition.id, Support.UNCERTAIN, "none", grounds.texts(), acmg)
    curated = grounds.curated
    if curated.says is Says.OTHER_MECHANISM:
        reasons = grounds.texts(curated)
        return replace(verdict, support=Support.OTHER_MECHANISM, basis="curated", reasons=reasons)
    standing = _standing(case, grounds, verdict)
    contradiction = _contradiction(grounds)
    if contradiction and standing.support is not Support.OTHER_MECHANISM:
        weak = standing.claim is not Claim.STRONG and curated.says is not Says.CONTRADICTORY
        return replace(
            standing,
            support=Support.CONTRADICTED,
            basis="none",
            reasons=(contradiction, *grounds.texts()),
            claim=Claim.WEAK if weak else Claim.STRONG,
        )
    return _denied(grounds, standing)


def _standing(case: Case, grounds: Grounds, verdict: Verdict) -> Verdict:
    """Return what the allele counts for before benign statements are heard."""
    curated = grounds.curated
    if curated.says is Says.PATHOGENIC:
        reasons = grounds.texts(curated)
        found = replace(verdict, support=Support.PATHOGENIC, basis="curated", reasons=reasons)
        return replace(found, claim=Claim.STRONG)
    null = _null(case, grounds, verdict)
    if null is not None:
        return null
    known = replace(verdict, basis="curated", reasons=grounds.texts(curated))
    own = [replace(known, open_between=_open(case))] if curated.says is Says.UNCERTAIN else []
    claims = [
        _claimed(case, grounds, replace(verdict, basis=basis), ground)
        for basis, ground in grounds.uncurated()
        if ground.says is Says.PATHOGENIC
    ]
    reached = (*own, *claims, verdict)
    return min(reached, key=lambda one: _REACH.index(one.support))


def _contradiction(grounds: Grounds) -> str | None:
    if grounds.curated.says is Says.CONTRADICTORY:
        return f"contradiction: {grounds.curated.text}"
    claims = [ground for ground in grounds.all() if ground.claims_pathogenic]
    denials = [ground for ground in grounds.all() if ground.says is Says.BENIGN]
    if claims and denials:
        return f"contradiction: {claims[0].text}, but {denials[0].text}"
    return None


def _denied(grounds: Grounds, standing: Verdict) -> Verdict:
    """Return the verdict after benign statements; lab and ClinVar alone do not settle a null."""
    ranked = (("curated", grounds.curated), *grounds.uncurated())
    null = standing.support in (Support.UNRESOLVED, Support.OTHER_MECHANISM)
    for basis, ground in ranked[:2] if null else ranked:
        if ground.says is Says.BENIGN:
            reasons = grounds.texts(ground)
            return replace(
                standing, support=Support.BENIGN, basis=basis, reasons=reasons, open_between=()
            )
    return standing


def _null(case: Case, grounds: Grounds, verdict: Verdict) -> Verdict | None:
    """A truncating allele where loss of function is not the mechanism of the condition."""
    rule = case.rules.null_alleles
    if case.effect not in NULL_EFFECTS or rule.effect is NullEffect.CAUSAL:
        return None
    claimed = any(ground.says is Says.PATHOGENIC for ground in grounds.all())
    verdict = replace(verdict, claim=Claim.STRONG if claimed else Claim.NONE)
    if rule.effect is NullEffect.UNRESOLVED:
        reasons = (f"mechanism unresolved: {rule.reason}", *grounds.texts())
        return replace(verdict, support=Support.UNRESOLVED, reasons=reasons)
    reasons = (rule.reason, *grounds.texts())
    return replace(verdict, support=Support.OTHER_MECHANISM, reasons=reasons)


def _claimed(case: Case, grounds: Grounds, verdict: Verdict, ground: Ground) -> Verdict:
    """A P/LP statement counts in full only where something tells that the mechanism is the one."""
    reasons = grounds.texts(ground)
    other = None if own_mechanism(case) else other_mechanism_only(case)
    if other is not None:
        words = "/".join(mechanism.replace("_", " ") for mechanism in other.mechanisms)
        why = f"mechanism unresolved: {other.hgvs_p or other.hgvs_c} at this residue is {words}"
        return _unresolved(case, verdict, (why, *reasons))
    unproven = _unproven(case, verdict)
    if unproven:
        return replace(verdict, reasons=(unproven, *reasons))
    acmg = verdict.acmg
    if not case.rules.shared_effects or (acmg is not None and mechanism_told(case, acmg)):
        return replace(verdict, support=Support.PATHOGENIC, reasons=reasons, claim=Claim.STRONG)
    if case.condition.role is Role.DIFFERENTIAL:
        why = f"no curated evidence of {_words(case.condition.mechanisms)}"
        return replace(verdict, basis="none", reasons=(why, *reasons), open_between=_open(case))
    why = (
        "mechanism unresolved: no curated, functional or specific evidence tells it from the "
        "other diseases of the gene"
    )
    return _unresolved(case, verdict, (why, *reasons))


def _unproven(case: Case, verdict: Verdict) -> str | None:
    """Return why our own class of a missense does not count yet, None where it does."""
    if verdict.basis != "acmg" or case.effect is not Effect.MISSENSE or verdict.acmg is None:
        return None
    codes = {criterion.code for criterion in verdict.acmg.criteria if criterion.points > 0}
    return None if codes & PROVES_MISSENSE else case.rules.missense_unproven


def _unresolved(case: Case, verdict: Verdict, reasons: tuple[str, ...]) -> Verdict:
    return replace(
        verdict,
        support=Support.UNRESOLVED,
        reasons=reasons,
        claim=Claim.STRONG,
        open_between=_open(case),
    )


def _open(case: Case) -> tuple[str, ...]:
    return sharing(case) if case.rules.shared_effects else ()


def _words(mechanisms: Iterable[Mechanism]) -> str:
    return "/".join(mechanism.replace("_", " ") for mechanism in mechanisms)
