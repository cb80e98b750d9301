"""A finding in one sentence: alleles, zygosity, class and ground, origin, phase, inheritance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hies_annot.render.standing import hgvs, verdict_for
from hies_annot.render.stated_zygosity import zygosity_words
from hies_annot.render.words import (
    BASIS,
    INHERITANCE,
    PHASE,
    PHASE_EVIDENCE,
    SUPPORT,
    word,
)
from hies_annot.results.callability_contract import CallabilityResult, GeneCallabilityResult
from hies_annot.results.contract import ConditionResult
from hies_annot.results.variant_contract import VariantResult

NAMED_GAPS = 4
"""Most gaps of a gene that the answer names; the page lists them all."""


def finding_sentence(condition: ConditionResult, variants: Mapping[str, VariantResult]) -> str:
    """Return one finding in one sentence; what the result does not hold is said not to be given."""
    alleles = " and ".join(_allele(condition, key, variants) for key in condition.variants)
    mim = f" (MIM {condition.mim})" if condition.mim else ""
    return (
        f"{condition.gene} {alleles or 'allele not given'}; phase {phase_words(condition)}; "
        f"{word(INHERITANCE, condition.inheritance)}: {condition.disease}{mim}."
        f"{_not_settled(condition)}"
    )


def _not_settled(condition: ConditionResult) -> str:
    """Return the gravest of what is said before the genotype: it keeps a finding from certainty.

    Of a finding that stands all the same (stated parents who are not borne out) it is a remark.
    """
    first, *rest = (*condition.reasons, "")
    genotype = f": {condition.genotype}"
    if genotype in first or not any(genotype in reason for reason in rest):
        return ""
    what = "Remark" if condition.status == "relevant" else "Not settled"
    return f" {what}: {first.rstrip('.')}."


def phase_words(condition: ConditionResult) -> str:
    """Return the phase, what shows it and the record or block behind it."""
    said = word(PHASE, condition.phase)
    if condition.phase_evidence not in ("", "none"):
        said += f", shown by {word(PHASE_EVIDENCE, condition.phase_evidence)}"
        said += f" ({condition.phase_detail})" if condition.phase_detail else ""
    return said


def _allele(
    condition: ConditionResult, identifier: str, variants: Mapping[str, VariantResult]
) -> str:
    variant = variants.get(identifier)
    if variant is None:
        return identifier
    verdict = verdict_for(variant, condition.id)
    counts = "not judged"
    if verdict is not None:
        counts = f"{word(SUPPORT, verdict.support)}, ground: {word(BASIS, verdict.basis)}"
    origin = condition.origins.get(identifier, "not given")
    return f"{hgvs(variant)} ({zygosity_words(variant)}; {counts}; origin: {origin})"


def gap_words(callability: CallabilityResult) -> Iterator[tuple[str, str]]:
    """Yield (gene, sentence) for each gene with gaps: the first of them by name."""
    for gene in callability.genes:
        if gene.gaps:
            yield gene.gene, _gaps(gene)


def _gaps(gene: GeneCallabilityResult) -> str:
    named = [
        f"exon {gap.exon.removeprefix('exon ')} {gap.hgvs_c} ({gap.reason.replace('_', ' ')})"
        for gap in gene.gaps[:NAMED_GAPS]
    ]
    more = len(gene.gaps) - len(named)
    return f"{gene.gene}, not callable: {', '.join(named)}{f' and {more} more' if more else ''}"
