"""Alleles, what they imply and how they lie to each other, as observations of the guide."""

from __future__ import annotations

from collections.abc import Iterator

from hies_annot.model import CARRIED
from hies_annot.render.call_words import flag_words
from hies_annot.render.exchange.fhir_codes import (
    ALLELIC_STATE,
    BUILDS,
    CLINVAR,
    HGNC,
    HGVS,
    IMPLICATION,
    INDETERMINATE,
    INHERITANCE,
    NO_CALL,
    ONE_BASED,
    PHASE,
    PHASE_RELATION,
    PRESENT,
    REFSEQ,
    SIGNIFICANCE,
    UCUM,
    VARIANT,
    Code,
)
from hies_annot.render.exchange.fhir_parts import (
    Part,
    address,
    component,
    concept,
    named,
    observation,
    reference,
)
from hies_annot.render.exchange.told import (
    finding_words,
    gene_file,
    grounds,
    protein_expression,
    stated_class,
)
from hies_annot.render.standing import by_id, coding_name, verdict_for
from hies_annot.render.stated_zygosity import zygosity_code
from hies_annot.render.words import BASIS, CLASSIFICATION, SUPPORT, word
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult

_CARRIED = frozenset(each.value for each in CARRIED)


def told_variants(result: SampleResult) -> dict[str, VariantResult]:
    """Return the alleles that a file lists: reported ones, and those that a finding rests on."""
    needed = {key for condition in result.conditions for key in condition.variants}
    return {
        key: variant for key, variant in by_id(result).items() if variant.reported or key in needed
    }


def observations(result: SampleResult) -> Iterator[tuple[str, Part]]:
    """Yield addresses and observations: alleles, then what they imply, then their phase."""
    variants = told_variants(result)
    for key, variant in variants.items():
        yield address(result, "variant", key), _variant(variant, result)
    for condition in result.conditions:
        for key in condition.variants:
            if key in variants:
                place = address(result, "implication", f"{condition.id}/{key}")
                yield place, _implication(condition, variants[key], result)
        if condition.phase in PHASE and len(condition.variants) == 2:
            yield address(result, "phase", condition.id), _phase(condition, result)


def gene_concept(symbol: str) -> Part:
    """Return a gene by its HGNC id; one of the lab's own by its symbol."""
    file = gene_file(symbol)
    return concept(Code(HGNC, file.hgnc, symbol)) if file else concept(text=symbol)


def assessment(variant: VariantResult, result: SampleResult) -> Code:
    """Return whether an allele is there: said only of a call that stands.

    By the guide "No call" is for coverage alone, "Indeterminate" for every other doubt.
    """
    findings = [each for each in result.conditions if variant.id in each.variants]
    doubtful = bool(findings) and all(each.status == "inconclusive" for each in findings)
    if variant.zygosity in _CARRIED and not doubtful:
        return PRESENT
    return NO_CALL if {"low_depth"} == set(variant.flags) else INDETERMINATE


def _variant(variant: VariantResult, result: SampleResult) -> Part:
    remarks = "; ".join(map(flag_words, variant.flags))
    return {
        **observation(result, "variant", VARIANT),
        "valueCodeableConcept": concept(assessment(variant, result)),
        **({"note": [{"text": remarks}]} if remarks else {}),
        "component": [
            *component("gene", valueCodeableConcept=gene_concept(variant.gene)),
            *_names(variant),
            *_place(variant, result),
            *_reads(variant),
        ],
    }


def _names(variant: VariantResult) -> Iterator[Part]:
    coding = coding_name(variant) if variant.hgvs_c else None
    names = {"coding": coding, "genomic": variant.hgvs_g, "protein": protein_expression(variant)}
    for kind, name in names.items():
        if name:
            yield from component(kind, valueCodeableConcept=named(HGVS, name))
    if variant.transcript:
        yield from component("transcript", valueCodeableConcept=named(REFSEQ, variant.transcript))
    if variant.clinvar:
        accession = named(CLINVAR, variant.clinvar.variation_id)
        yield from component("accession", valueCodeableConcept=accession)


def _place(variant: VariantResult, result: SampleResult) -> Iterator[Part]:
    """Yield where an allele lies; bases only where it has some."""
    if build := BUILDS.get(result.build or ""):
        yield from component("build", valueCodeableConcept=concept(build))
    if variant.hgvs_g and ":" in variant.hgvs_g:
        accession = variant.hgvs_g.partition(":")[0]
        yield from component("sequence", valueCodeableConcept=named(REFSEQ, accession))
    if variant.kind != "sequence":
        return
    end = variant.pos + len(variant.ref) - 1
    yield from component(
        "place", valueRange={"low": {"value": variant.pos}, "high": {"value": end}}
    )
    yield from component("coordinates", valueCodeableConcept=concept(ONE_BASED))
    yield from component("ref", valueString=variant.ref)
    yield from component("alt", valueString=variant.alt)


def _reads(variant: VariantResult) -> Iterator[Part]:
    if state := ALLELIC_STATE.get(zygosity_code(variant) or ""):
        yield from component("state", valueCodeableConcept=concept(state))
    for kind, figure in (("fraction", variant.allele_fraction), ("reads", variant.alt_depth)):
        if figure is not None:
            quantity = {"value": round(figure, 4), "system": UCUM, "code": "1"}
            yield from component(kind, valueQuantity=quantity)


def _implication(condition: ConditionResult, variant: VariantResult, result: SampleResult) -> Part:
    verdict = verdict_for(variant, condition.id)
    weighed = (
        f" It {word(SUPPORT, verdict.support)}: {word(BASIS, verdict.basis)}." if verdict else ""
    )
    words = f"{finding_words(condition, by_id(result))}.{weighed}{_own_class(variant)}"
    mim = f" (MIM {condition.mim})" if condition.mim else ""
    stated = stated_class(variant, condition.id)
    significance = concept(SIGNIFICANCE[stated]) if stated else None
    return {
        **observation(result, "diagnostic-implication", IMPLICATION),
        "derivedFrom": [reference(address(result, "variant", variant.id))],
        "component": [
            *component("significance", valueCodeableConcept=significance),
            *component("phenotype", valueCodeableConcept=concept(text=f"{condition.disease}{mim}")),
            *component(
                "inheritance", valueCodeableConcept=concept(INHERITANCE[condition.inheritance])
            ),
            *component("conclusion", valueString=f"{words}{grounds(condition, result)}"),
        ],
    }


def _own_class(variant: VariantResult) -> str:
    if variant.acmg is None:
        return ""
    return (
        f" Class by what the run could assess alone: {word(CLASSIFICATION, variant.acmg.class_)}."
    )


def _phase(condition: ConditionResult, result: SampleResult) -> Part:
    return {
        **observation(result, "sequence-phase-relationship", PHASE_RELATION),
        "valueCodeableConcept": concept(PHASE[condition.phase]),
        "derivedFrom": [
            reference(address(result, "variant", key)) for key in sorted(condition.variants)
        ],
    }
