"""What an allele counts for under each condition of its gene."""

from __future__ import annotations

from msgspec.structs import replace

from hies_annot.genes.gene_file import Condition, Gene
from hies_annot.judge import predicted_splicing
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.classify import classify
from hies_annot.judge.context import EMPTY, SampleContext
from hies_annot.judge.decide import Grounds, decide
from hies_annot.judge.effect import effect_of
from hies_annot.judge.grounds import (
    Says,
    acmg_ground,
    clinvar_ground,
    curated_ground,
    denials_beside,
    denials_by_frequency,
    lab_ground,
)
from hies_annot.model import Annotation, Evidence, Support, Verdict


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
        (*denials_beside(evidence), *denials_by_frequency(acmg)),
    )
    verdict = decide(case, acmg, grounds)
    predicted = predicted_splicing.acts(annotation, evidence, gene.file)
    if predicted is None or verdict.support is not Support.UNCERTAIN:
        return verdict
    return replace(verdict, reasons=(predicted, *verdict.reasons))


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
