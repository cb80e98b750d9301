"""What the predictions of a splice map mean for an allele that could only act by splicing.

A gain, or the loss of a site that the MANE transcript uses, from the upper cut-off on keeps it as
one of uncertain significance; from the lower cut-off on any is told. Below, the map is silent: a
low score is no evidence of normal splicing. Where the lab's SpliceAI scored the allele, that score
decides instead.
"""

from __future__ import annotations

from hies_annot.genes.gene_file import GeneFile
from hies_annot.judge.effect import Effect, effect_of
from hies_annot.model import Annotation, Evidence, SpliceMapFact

NOT_USED = ", a site that the MANE transcript does not use"
_ONLY_BY_SPLICING = frozenset({Effect.SPLICE_REGION, Effect.SYNONYMOUS, Effect.NONCODING})


def acts(annotation: Annotation, evidence: Evidence, gene: GeneFile) -> str | None:
    """Return the sentence of a prediction that keeps the allele, None where there is none."""
    fact, rules = listed(annotation, evidence), gene.scores.splice_map
    if fact is None or rules is None:
        return None
    if not reaches(fact, rules.acts):
        return None
    return f"predicted to change splicing: test RNA ({words(fact)})"


def reaches(fact: SpliceMapFact, cutoff: float) -> bool:
    """Whether a gain, or the loss of a site that the MANE transcript uses, reaches a cut-off."""
    return any(site.used and site.score >= cutoff for site in fact.sites)


def listed(annotation: Annotation, evidence: Evidence) -> SpliceMapFact | None:
    """Return the prediction for an allele that could only act by splicing, if any is told."""
    scored = any(score.tool.lower() == "spliceai" for score in evidence.scores)
    if scored or effect_of(annotation) not in _ONLY_BY_SPLICING:
        return None
    return evidence.splice_map


def words(fact: SpliceMapFact) -> str:
    """Return the predicted sites with kind, score and place."""
    sites = (
        f"{site.kind} {site.score:.2f} at {site.place}{'' if site.used else NOT_USED}"
        for site in fact.sites
    )
    return f"{fact.tool}: {', '.join(sites)}"
