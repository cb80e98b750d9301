"""The answer in plain words, for a person who does not read genetics.

The person comes first, nothing is promised, and nothing is said that the technical answer beside
it does not hold.
"""

from __future__ import annotations

from hies_annot.render.advice import seeks_second
from hies_annot.render.answer import named
from hies_annot.render.standing import by_id, call_in_doubt, findings, genes_read
from hies_annot.render.stated_zygosity import zygosity_code
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult

_BY_ZYGOSITY = {
    "hom_alt": "the same change in both copies of the gene {gene}",
    "over_deletion": "a change in the gene {gene}, whose other copy is missing here",
    "het": "a change in one of the two copies of the gene {gene}",
}
_BY_PHASE = {
    "trans": "a change in each of the two copies of the gene {gene}",
    "cis": "{number} changes in the same copy of the gene {gene}",
}
_PHASE_OPEN = (
    "{number} changes in the gene {gene}; whether they lie on the same copy or on different copies "
    "is not known"
)
_NUMBERS = {2: "two", 3: "three", 4: "four"}
_CONFIRM = "This is not a diagnosis: an accredited laboratory must confirm it."


def plain_summary(result: SampleResult) -> str:
    """Return the answer of a sample in plain words."""
    found = findings(result)
    if found and result.status in _FOUND:
        variants = by_id(result)
        said = dict.fromkeys(f"This person {_has(c, result, variants)}. {_means(c)}" for c in found)
        return f"{' '.join(said)} {_CONFIRM}"
    return _nothing(result)


def _has(
    condition: ConditionResult, result: SampleResult, variants: dict[str, VariantResult]
) -> str:
    what = _what(condition, result, variants)
    if call_in_doubt(condition, result):
        return f"may have {what}, but the reading of it is in doubt"
    return f"has {what}"


def _what(
    condition: ConditionResult, result: SampleResult, variants: dict[str, VariantResult]
) -> str:
    alleles = [variants[key] for key in condition.variants if key in variants]
    if any("low_fraction" in allele.flags for allele in alleles):
        text = "a change in the gene {gene} in some of the cells that were tested"
    elif len(condition.variants) > 1:
        text = _BY_PHASE.get(condition.phase, _PHASE_OPEN)
    else:
        zygosity = zygosity_code(alleles[0]) if alleles else None
        text = _BY_ZYGOSITY.get(zygosity or "", "a change in the gene {gene}")
    number = len(_together(condition, result))
    return text.format(gene=condition.gene, number=_NUMBERS.get(number, str(number)))


def _together(condition: ConditionResult, result: SampleResult) -> set[str]:
    """Return the alleles of a finding, with those that others of its kind pair with them."""
    found = set(condition.variants)
    if condition.phase == "unknown" and len(found) > 1:
        alike = [c for c in findings(result) if (c.id, c.phase) == (condition.id, "unknown")]
        found.update(key for other in alike for key in other.variants)
    return found


_FOUND = {
    "relevant": "In this form it counts as a cause of {disease}.",
    "possible": "It may be a cause of {disease}, but this is not certain, and more tests are "
    "needed.",
    "carrier": "This alone does not explain {disease}: a change on the other copy would be needed "
    "too, and none was found in what could be read.",
    "differential": "It points to another disease than hyper-IgE syndrome: {disease}.",
}
_OPEN = (
    "It is listed for {disease}; whether it has to do with hyper-IgE syndrome is neither shown nor "
    "excluded."
)


_SECOND_UNREAD = (
    "This alone does not explain {disease}, but there is an allele that could not be read, and it "
    "may be the second change that is needed: more tests are needed."
)


def _means(condition: ConditionResult) -> str:
    open_end = condition.status == "differential" and condition.open_between
    text = _OPEN if open_end else _FOUND[condition.status]
    if condition.status == "possible" and seeks_second(condition):
        text = _SECOND_UNREAD
    return text.format(disease=condition.disease)


def _nothing(result: SampleResult) -> str:
    if result.status == "failed":
        return "The data of this person could not be read, so nothing can be said."
    genes = named(genes_read(result))
    missing = any(
        gene.callable_bases is None or gene.callable_bases < gene.required_bases
        for gene in result.callability.genes
    )
    found = f"No cause of hyper-IgE syndrome was found in this person's {genes}."
    if result.status == "inconclusive":
        told = "not all of it could be read or understood."
        return f"{found} But the data cannot show that there is none: {told}"
    seen = "Some parts of them could not be read." if missing else ""
    return " ".join(filter(None, (found, seen, "Other genes were not looked at.")))
