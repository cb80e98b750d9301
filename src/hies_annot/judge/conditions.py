"""What an allele counts for under each condition, and why it may take no part in any finding."""

from __future__ import annotations

from hies_annot.genes.gene_file import Condition, Gene
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.classify import classify
from hies_annot.judge.acmg.criteria import BY_FREQUENCY
from hies_annot.judge.context import EMPTY, SampleContext
from hies_annot.judge.decide import Grounds, decide
from hies_annot.judge.effect import Effect, effect_of, mild_splice_change
from hies_annot.judge.grounds import (
    Says,
    acmg_ground,
    clinvar_ground,
    curated_ground,
    lab_ground,
)
from hies_annot.model import Annotation, Evidence, Support, Verdict

_NO_CODING_EFFECT = frozenset({Effect.SYNONYMOUS, Effect.NONCODING})


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
    grounds = Grounds(
        curated_ground(annotation, evidence, condition),
        acmg_ground(acmg),
        lab_ground(evidence),
        clinvar_ground(evidence, acmg),
    )
    support, basis, reasons = decide(case, acmg, grounds)
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


def drop_reason(
    annotation: Annotation, evidence: Evidence, verdicts: dict[str, Verdict]
) -> str | None:
    """Return the code why an allele takes no part in any finding, or None when it stays.

    Codes: `common` (population frequency), `benign`, `no_coding_or_splice_effect`,
    `splice_region_without_evidence`. An allele that ClinVar, the lab or the curated table calls
    P/LP, or that is contradicted, always stays.
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
        return "common" if codes & BY_FREQUENCY else "benign"
    if effect_of(annotation) in _NO_CODING_EFFECT and not _splice_score(judged):
        return "no_coding_or_splice_effect"
    if mild_splice_change(annotation) and not _splice_score(judged):
        return "splice_region_without_evidence"
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
