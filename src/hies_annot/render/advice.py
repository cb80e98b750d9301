"""What to do next, from the result alone: one short sentence a step."""

from __future__ import annotations

from collections.abc import Iterator

from hies_annot.genes.other_causes import other_causes
from hies_annot.render.asked import asked_for
from hies_annot.render.standing import findings, support
from hies_annot.render.stated_zygosity import zygosity_code
from hies_annot.results.contract import ConditionResult, SampleResult

_ASKS_FURTHER = frozenset({"none", "inconclusive", "carrier"})
"""Statuses that leave high IgE unexplained."""
_LOW_FRACTION = ("mosaic", "somatic", "low_fraction")


def recommendations(result: SampleResult) -> Iterator[str]:
    """Yield the steps that the findings and the gaps of a sample call for.

    They are proposals for the responsible physician, not orders; none is said twice.
    """
    yield from dict.fromkeys(_steps(result))


def _steps(result: SampleResult) -> Iterator[str]:
    if result.status == "failed":
        yield "Mend the fault that is named above and run this sample again."
        return
    found = findings(result)
    if found:
        yield "Confirm each reported variant by an independent method in an accredited laboratory."
    for condition in found:
        yield from _for_condition(condition, result)
    if _mosaic(result):
        yield (
            "A low allele fraction was seen: test a second tissue (for example skin or hair "
            "follicle) to tell a mosaic from a clone in the blood."
        )
    gaps = any(gene.gaps or gene.callable_bases is None for gene in result.callability.genes)
    if gaps and result.status != "relevant":
        yield (
            "Fill the bases that could not be assessed (Sanger sequencing, or a gVCF, BAM or "
            "callable regions for this sample) before hyper-IgE syndrome is excluded."
        )
    for gene in result.callability.genes:
        if gene.unread and result.status != "relevant":
            yield (
                f"{gene.gene}: give the whole file of this sample, or mend what could not be read "
                "of it (see above), before hyper-IgE syndrome is excluded."
            )
        if result.status != "relevant":
            yield from (f"{gene.gene}: {one.asks}." for one in gene.unjudged)
    if result.status in _ASKS_FURTHER:
        yield not_read()
    yield "Ask for re-analysis when the evidence sources below have newer releases."


def not_read() -> str:
    """Name the other monogenic causes of high IgE, which no run looks at, with inheritance."""
    causes = ", ".join(f"{cause.gene} ({cause.inheritance})" for cause in other_causes())
    return (
        f"High IgE has other monogenic causes, which were not read: {causes}. Sources: "
        "IUIS 2024 update, HPO 2025-01-16."
    )


def _for_condition(condition: ConditionResult, result: SampleResult) -> Iterator[str]:
    if not _parents_given(result) and condition.inheritance in ("AD", "AR"):
        yield f"{condition.gene}: test both parents: {_asked_of_parents(condition, result)}."
    if condition.phase == "unknown":
        how = "long reads" if _parents_given(result) else "parents, or long reads"
        yield f"{condition.gene}: place the alleles ({how}): in trans or in cis?"
    yield from (f"{condition.gene}: {step}." for step in asked_for(condition.reasons))
    homozygote = "false_homozygote" in condition.panels and _parents_given(result)
    if homozygote and not _both_carry(condition):
        yield (
            f"{condition.gene}: tell a true homozygote from a deletion of the other copy, allele "
            "dropout and a mix-up of samples: not both parents were seen to carry the allele."
        )
    if condition.status == "possible" and seeks_second(condition):
        yield (
            f"{condition.gene}: look at the reads where an allele could not be read (under Why): "
            "it may be the second one."
        )
    if seeks_second(condition):
        yield (
            f"{condition.gene}: if the phenotype fits, look for a second allele: deletion, "
            "deep intronic variant, exon that was not callable."
        )
    if condition.status == "possible" and _unsettled(condition, result):
        yield (
            f"{condition.gene}: a functional test of the variant can settle what the sequence "
            "alone cannot."
        )
        yield from (f"{condition.gene}: {test}." for test in condition.tests)


def _asked_of_parents(condition: ConditionResult, result: SampleResult) -> str:
    """Return what the genotypes of the parents can settle in a finding."""
    if condition.inheritance == "AD":
        return "inherited or de novo"
    several = len(condition.variants) > 1
    if several and condition.phase == "trans":
        return "whether each carries one of the two alleles"
    if several and condition.phase == "cis":
        return "from whom the alleles come, and what the other parent carries"
    if several:
        return "which allele comes from whom, and so whether they are in trans"
    if seeks_second(condition):
        return "from whom the allele comes, and what the other parent carries"
    alleles = [v for v in result.variants if v.reported and v.id in condition.variants]
    states = set(map(zygosity_code, alleles))
    if "over_deletion" in states:
        return "who carries the allele, and who the deletion of the other copy"
    if states and "hom_alt" not in states:
        return "what each carries, and so whether the other copy has the allele too, or is lost"
    return "whether each carries one allele, as a true homozygote needs"


def seeks_second(condition: ConditionResult) -> bool:
    """Whether a finding rests on one copy and asks for a second allele."""
    return condition.status == "carrier" or "second_hit" in condition.panels


def _both_carry(condition: ConditionResult) -> bool:
    carrying = {
        person.role
        for person in condition.relatives
        if set(person.alleles.values()) <= {"one_copy", "two_copies"}
    }
    return {"father", "mother"} <= carrying


def _parents_given(result: SampleResult) -> bool:
    return all(result.specification.get(role) for role in ("father", "mother"))


def _unsettled(condition: ConditionResult, result: SampleResult) -> bool:
    return any(
        support(variant, condition.id) in ("uncertain", "mechanism_unresolved", "contradicted")
        for variant in result.variants
        if variant.id in condition.variants
    )


def _mosaic(result: SampleResult) -> bool:
    return any(
        word in flag
        for variant in result.variants
        if variant.reported
        for flag in variant.flags
        for word in _LOW_FRACTION
    )
