"""What an allele counts for under each condition: curated table, own ACMG class, ClinVar.

The first of the three that speaks decides; the others are shown beside it. Where two contradict
each other the allele counts as contradicted, and the contradiction is the first reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from hies_annot.evidence.acmg.case import Case
from hies_annot.evidence.acmg.classify import classify
from hies_annot.evidence.acmg.codon import other_mechanism_only
from hies_annot.evidence.context import EMPTY, SampleContext
from hies_annot.evidence.effect import NULL_EFFECTS, Effect, effect_of
from hies_annot.evidence.grounds import (
    Ground,
    Says,
    acmg_ground,
    clinvar_ground,
    curated_ground,
    lab_ground,
)
from hies_annot.gene_rules import NullEffect
from hies_annot.genes import Condition, Gene, Role
from hies_annot.model import AcmgResult, Annotation, Evidence, Support, Verdict

_TELLS_MECHANISM = frozenset({"PS1", "PS2", "PS3", "PM1", "PM5", "PM6", "PP4"})
_PROVES = frozenset({"PS1", "PS3", "PM5"})
_FREQUENCY = frozenset({"BA1", "BS1", "BS2"})
_NO_CODING_EFFECT = frozenset({Effect.SYNONYMOUS, Effect.NONCODING})


@dataclass(frozen=True, slots=True)
class _Grounds:
    """The statements about one allele under one condition, in the order of their rank."""

    curated: Ground
    acmg: Ground
    lab: Ground
    clinvar: Ground

    def all(self) -> tuple[Ground, ...]:
        return (self.curated, self.acmg, self.lab, self.clinvar)

    def texts(self, first: Ground | None = None) -> tuple[str, ...]:
        """Reasons, the deciding one first."""
        rest = [ground.text for ground in self.all() if ground is not first and ground.text]
        return tuple(([first.text] if first else []) + rest)


def judge(
    annotation: Annotation,
    evidence: Evidence,
    gene: Gene,
    context: SampleContext = EMPTY,
) -> dict[str, Verdict]:
    """Return one verdict for each condition of the gene, by condition id."""
    return {
        condition.id: _verdict(annotation, evidence, gene, condition, context)
        for condition in gene.file.conditions
    }


def _verdict(
    annotation: Annotation,
    evidence: Evidence,
    gene: Gene,
    condition: Condition,
    context: SampleContext,
) -> Verdict:
    effect = effect_of(annotation)
    if condition.acmg is None:
        return _without_acmg(annotation, evidence, condition)
    case = Case(annotation, effect, evidence, gene.file, condition, condition.acmg, context)
    acmg = classify(case)
    grounds = _Grounds(
        curated_ground(annotation, evidence, condition),
        acmg_ground(acmg),
        lab_ground(evidence),
        clinvar_ground(evidence, acmg),
    )
    support, basis, reasons = _decide(case, acmg, grounds)
    return Verdict(condition.id, support, basis, reasons, acmg)


def _without_acmg(annotation: Annotation, evidence: Evidence, condition: Condition) -> Verdict:
    """A condition without germline rules (somatic): only the curated table speaks."""
    ground = curated_ground(annotation, evidence, condition)
    support = {
        Says.PATHOGENIC: Support.PATHOGENIC,
        Says.BENIGN: Support.BENIGN,
        Says.OTHER_MECHANISM: Support.OTHER_MECHANISM,
        Says.CONTRADICTORY: Support.CONTRADICTED,
    }.get(ground.says, Support.UNCERTAIN)
    known = support is not Support.UNCERTAIN or ground.says is Says.UNCERTAIN
    reasons = (ground.text,) if ground.text else ("not in the curated table",)
    return Verdict(condition.id, support, "curated" if known else "none", reasons)


def _decide(
    case: Case, acmg: AcmgResult, grounds: _Grounds
) -> tuple[Support, str, tuple[str, ...]]:
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


def _contradiction(grounds: _Grounds) -> str | None:
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
    case: Case, acmg: AcmgResult, grounds: _Grounds, basis: str, ground: Ground
) -> tuple[Support, str, tuple[str, ...]]:
    """A P/LP statement counts only where nothing says that the mechanism is another one."""
    other = other_mechanism_only(case)
    if other is not None:
        words = "/".join(mechanism.replace("_", " ") for mechanism in other.mechanisms)
        reason = f"mechanism unresolved: {other.hgvs_p or other.hgvs_c} at this residue is {words}"
        return Support.UNRESOLVED, basis, (reason, *grounds.texts(ground))
    codes = {criterion.code for criterion in acmg.criteria if criterion.points > 0}
    unproven = case.rules.missense_unproven
    if basis == "acmg" and unproven and case.effect is Effect.MISSENSE and not codes & _PROVES:
        return Support.UNCERTAIN, basis, (unproven, *grounds.texts(ground))
    if not case.rules.shared_effects:
        return Support.PATHOGENIC, basis, grounds.texts(ground)
    if case.condition.role is Role.DIFFERENTIAL:
        reason = f"no curated evidence of {_mechanisms(case.condition)}"
        return Support.UNCERTAIN, "none", (reason, *grounds.texts(ground))
    if basis == "acmg" and not codes & _TELLS_MECHANISM:
        reason = "mechanism unresolved: no criterion tells it from the other diseases of the gene"
        return Support.UNRESOLVED, basis, (reason, *grounds.texts(ground))
    return Support.PATHOGENIC, basis, grounds.texts(ground)


def _mechanisms(condition: Condition) -> str:
    return "/".join(mechanism.replace("_", " ") for mechanism in condition.mechanisms)


def drop_reason(
    annotation: Annotation, evidence: Evidence, verdicts: dict[str, Verdict]
) -> str | None:
    """Return the code why an allele takes no part in any finding, or None when it stays.

    Codes: `common` (population frequency), `benign`, `no_coding_or_splice_effect`. An allele that
    ClinVar, the lab or the curated table calls P/LP, or that is contradicted, always stays.
    """
    if _must_stay(evidence, verdicts):
        return None
    judged = [verdict for verdict in verdicts.values() if verdict.acmg is not None]
    if judged and all(verdict.support is Support.BENIGN for verdict in judged):
        codes = {
            criterion.code
            for verdict in judged
            for criterion in (verdict.acmg.criteria if verdict.acmg else ())
            if criterion.points < 0
        }
        return "common" if codes & _FREQUENCY else "benign"
    if effect_of(annotation) in _NO_CODING_EFFECT and not _splice_score(judged):
        return "no_coding_or_splice_effect"
    return None


def _must_stay(evidence: Evidence, verdicts: dict[str, Verdict]) -> bool:
    stays = (Support.PATHOGENIC, Support.CONTRADICTED, Support.UNRESOLVED, Support.OTHER_MECHANISM)
    if any(verdict.support in stays for verdict in verdicts.values()):
        return True
    if evidence.clinvar is not None and evidence.clinvar.pathogenic:
        return True
    return evidence.known is not None and evidence.known.pathogenic


def _splice_score(judged: list[Verdict]) -> bool:
    return any(
        criterion.code == "PP3" and criterion.points > 0
        for verdict in judged
        for criterion in (verdict.acmg.criteria if verdict.acmg else ())
    )
