"""Why an entry of the input takes no part in any finding, as a code: all reasons, in their order.

First what it is and how it was called, then what is known about the allele, then what its
genotype says against the evidence, last that another entry speaks for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from hies_annot.genes.gene_file import GeneFile
from hies_annot.judge import predicted_splicing
from hies_annot.judge.acmg.criteria import BY_FREQUENCY
from hies_annot.judge.effect import Effect, effect_of, mild_splice_change
from hies_annot.model import (
    AlleleKind,
    Annotation,
    Call,
    Criterion,
    Evidence,
    Met,
    Support,
    Verdict,
    Zygosity,
)
from hies_annot.model.closed_words import DropReason

_BY_KIND: Mapping[AlleleKind, DropReason] = {
    AlleleKind.REFERENCE_BLOCK: "reference_block",
    AlleleKind.SPANNING_DELETION: "spanning_deletion_allele",
}
_BY_ZYGOSITY: Mapping[Zygosity, DropReason] = {
    Zygosity.HOM_REF: "not_carried",
    Zygosity.NO_CALL: "no_call",
    Zygosity.NOT_GIVEN: "no_genotype",
}
PART_OF_COMBINED: DropReason = "part_of_combined_allele"
"""An allele in cis with others, which together are judged as one."""
NO_EFFECT: DropReason = "no_coding_or_splice_effect"
WEAK_SPLICE: DropReason = "weak_splice_prediction"
"""No effect but a splice prediction that is told and changes no status."""
NOT_RARE: DropReason = "not_rare_without_evidence"
"""A missense above the frequency of PM2 of which nothing but its gene speaks for damage."""
BREAKS_NONE: DropReason = "breaks_no_copy"
"""A whole copy of the gene more, or one that is turned round as a whole."""
COMMON: DropReason = "common"
"""More frequent than the disease allows; `frequency_rule` says by which rule and figure."""

_WANTED = frozenset({Support.PATHOGENIC, Support.CONTRADICTED})
_GENE_ONLY = frozenset({"PP2"})
_NO_CODING_EFFECT = frozenset({Effect.SYNONYMOUS, Effect.NONCODING})
READS_SHOW_IT = frozenset({"ad_contradicts_gt", "reads_without_call"})
"""Flags of a call that is not carried by its genotype, but is by its reads."""


def drop_before_evidence(call: Call) -> DropReason | None:
    """Return the reason code of a call that cannot be a finding, None for one that may be."""
    allele = call.allele
    if allele.kind is AlleleKind.UNREADABLE:
        return allele.problem or "unreadable"
    if allele.kind in _BY_KIND:
        return _BY_KIND[allele.kind]
    if not call.carried and READS_SHOW_IT & set(call.flags):
        return None
    return _BY_ZYGOSITY.get(call.zygosity)


def drop_by_evidence(
    annotation: Annotation, evidence: Evidence, verdicts: Mapping[str, Verdict], gene: GeneFile
) -> DropReason | None:
    """Return the code why an allele takes no part in any finding, or None when it stays.

    Codes: `breaks_no_copy` (a whole copy more, or turned round), `common` (population frequency),
    `benign`, `no_coding_or_splice_effect`, `splice_region_without_evidence`,
    `weak_splice_prediction`, `not_rare_without_evidence`. An allele that ClinVar, the lab or the
    curated table calls P/LP, or that is contradicted, stays. A change at a known site outside the
    exons (gene file, `required.sites`) is never taken for one without effect.
    """
    if _must_stay(evidence, verdicts):
        return None
    judged = [verdict for verdict in verdicts.values() if verdict.acmg is not None]
    if judged and all(verdict.support is Support.BENIGN for verdict in judged):
        return "benign" if frequency_rule(verdicts) is None else COMMON
    if effect_of(annotation) in (Effect.WHOLE_GENE_GAINED, Effect.WHOLE_GENE_TURNED):
        return BREAKS_NONE
    if _splice_score(judged) or predicted_splicing.acts(annotation, evidence, gene):
        return None
    reason = _without_effect(annotation, evidence, gene)
    if reason is not None:
        return reason
    if _only_its_gene(annotation, evidence, judged):
        return NOT_RARE
    return None


def _without_effect(
    annotation: Annotation, evidence: Evidence, gene: GeneFile
) -> DropReason | None:
    """Return the code of an allele that nothing shows to act; a weak prediction is told."""
    known_site = at_known_site(annotation, gene)
    if effect_of(annotation) in _NO_CODING_EFFECT and not known_site:
        return WEAK_SPLICE if predicted_splicing.listed(annotation, evidence) else NO_EFFECT
    if mild_splice_change(annotation) and not (known_site and _is_deep(annotation)):
        told = predicted_splicing.listed(annotation, evidence)
        return WEAK_SPLICE if told else "splice_region_without_evidence"
    return None


def _only_its_gene(annotation: Annotation, evidence: Evidence, judged: list[Verdict]) -> bool:
    """A missense that nothing speaks for but the constraint of its gene, and that is not rare.

    "Not rare" is a counted frequency above what PM2 allows; one that is not known, or without the
    size of the sample, never counts. What anybody calls P/LP is left to the rules above.
    """
    if effect_of(annotation) is not Effect.MISSENSE or evidence.known or evidence.lab:
        return False
    if evidence.clinvar is not None and evidence.clinvar.conflict:
        return False
    if not any(f.allele_number or f.filtering_frequency for f in evidence.population):
        return False
    states = [_criteria_of(verdict) for verdict in judged]
    return bool(judged) and all(
        {code for code, c in state.items() if c.points > 0} <= _GENE_ONLY
        and state["PM2"].met is Met.NO
        for state in states
    )


def _criteria_of(verdict: Verdict) -> dict[str, Criterion]:
    return {c.code: c for c in (verdict.acmg.criteria if verdict.acmg else ())}


def frequency_rule(verdicts: Mapping[str, Verdict]) -> str | None:
    """Return the frequency rule that an allele broke, with its figure: `BS1: AF 2e-05 ...`."""
    broken = [
        f"{criterion.code}: {criterion.reason}"
        for verdict in verdicts.values()
        for criterion in (verdict.acmg.criteria if verdict.acmg else ())
        if criterion.points < 0 and criterion.code in BY_FREQUENCY
    ]
    return "; ".join(dict.fromkeys(broken)) or None


def _is_deep(annotation: Annotation) -> bool:
    """Whether a change lies in an intron beyond the splice region."""
    return set(annotation.consequence) <= {"intron_variant"}


def at_known_site(annotation: Annotation, gene: GeneFile) -> bool:
    """Whether an allele changes a base that the gene file names as a known site."""
    name = annotation.hgvs_c or ""
    return any(
        name.startswith(site.hgvs_c) and not name[len(site.hgvs_c) :][:1].isdigit()
        for site in gene.required.sites
    )


def _must_stay(evidence: Evidence, verdicts: Mapping[str, Verdict]) -> bool:
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


def drop_after_evidence(call: Call, verdicts: Mapping[str, Verdict]) -> DropReason | None:
    """Return the reason code of a call that its genotype denies and no known allele asks for.

    Reads of an allele in a `0/0` or `./.` are mostly noise of the place; they count only for
    an allele that somebody whose word decides calls P/LP.
    """
    if call.carried or any(verdict.asks for verdict in verdicts.values()):
        return None
    return _BY_ZYGOSITY.get(call.zygosity)
