"""What every exchange form says in words, and when one may say that nothing was there."""

from __future__ import annotations

from hies_annot.genes.gene_file import GeneFile, default_genes
from hies_annot.model import Support
from hies_annot.model.closed_words import DAMAGING
from hies_annot.render.answer import beyond_findings
from hies_annot.render.standing import demo_genes, hgvs, support
from hies_annot.render.words import ASSUMED, DEMO_MARK, DISCLAIMER, LOOSER, plural
from hies_annot.results.callability_contract import GeneCallabilityResult
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult


def gene_file(symbol: str) -> GeneFile | None:
    """Return the shipped file of a gene; None for a gene of the lab's own."""
    return next((each.file for each in default_genes() if each.name == symbol), None)


def protein_expression(variant: VariantResult) -> str | None:
    """Return the protein name with its accession; None where the accession is not known."""
    name, file = variant.hgvs_p, gene_file(variant.gene)
    if not name or ":" in name:
        return name
    if file is None or variant.transcript != file.transcripts.mane_select:
        return None
    return f"{file.transcripts.protein}:{name}"


def seen_whole(gene: GeneCallabilityResult) -> bool:
    """Whether every required base of a gene is known to have been callable, read and judged."""
    whole = not (gene.gaps or gene.amiss)
    return whole and gene.callable_bases == gene.required_bases


def all_seen(result: SampleResult) -> bool:
    """Whether every required base was measured; what is assumed to be reference was not."""
    genes = result.callability.genes
    return bool(genes) and not result.callability.assumed_reference and all(map(seen_whole, genes))


def negative(result: SampleResult) -> bool:
    """Whether the answer is that nothing is there, from bases that were looked at."""
    return result.status == "none" and not result.callability.assumed_reference


def stated_class(variant: VariantResult, condition: str) -> str | None:
    """Return the ACMG class of an allele under a condition so that it agrees with the answer.

    What counts as pathogenic or likely pathogenic on another ground than the run's own criteria
    (curated, ClinVar, the lab) is stated as likely pathogenic at least: whoever filters by class
    finds every allele that a finding rests on. One whose classifications contradict each other is
    uncertain, whichever side the run's own criteria take. None: the allele has no class.
    """
    own = variant.acmg.class_ if variant.acmg else None
    counts = support(variant, condition)
    if counts == Support.PATHOGENIC.value:
        return own if own in DAMAGING else "likely_pathogenic"
    return "uncertain" if counts == Support.CONTRADICTED.value else own


def finding_words(condition: ConditionResult, variants: dict[str, VariantResult]) -> str:
    """Return a finding in one line without its family: status, genotype, alleles, disease."""
    alleles = "; ".join(
        hgvs(variants[key]) if key in variants else key for key in condition.variants
    )
    return f"{condition.status}: {condition.gene} {alleles} ({condition.genotype}), {condition.id}"


def status_words(result: SampleResult) -> str:
    """Return the reason of the status as a sentence."""
    return f"{without_relatives(result.status_reason, result).rstrip('.')}."


def grounds(condition: ConditionResult, result: SampleResult) -> str:
    """Return why a finding is what it is, with what the status says beside its finding."""
    beyond = beyond_findings(result) if condition.status == result.status else ""
    told = [*condition.reasons, *([beyond] if beyond else [])]
    return without_relatives(f" Why: {'; '.join(told)}.", result) if told else ""


def without_relatives(text: str, result: SampleResult) -> str:
    """Return a text with relatives named by their role alone: these forms hold no family."""
    stated = (("father", "father"), ("mother", "mother"))
    people = {(role, str(result.specification.get(key) or "")) for role, key in stated}
    people |= {(one.role, one.sample) for each in result.conditions for one in each.relatives}
    for role, sample in sorted(people, key=lambda person: -len(person[1])):
        text = text.replace(f"{role} {sample}", role) if sample else text
    return text


def cautions(result: SampleResult) -> list[str]:
    """Return what nobody may overlook who reads the answer."""
    told = len(result.warnings)
    looser = result.settings.looser if result.settings is not None else []
    amiss = [
        without_relatives(f"{gene.gene}: {words}.", result)
        for gene in result.callability.genes
        for words in gene.amiss
        if words not in result.status_reason
    ]
    return [
        *amiss,
        *([f"{LOOSER} {'; '.join(looser)}"] if looser else []),
        *([f"See the report: it has {plural(told, 'warning')}."] if told else []),
        *([ASSUMED] if result.callability.assumed_reference else []),
        *([f"{DEMO_MARK}: {', '.join(sorted(demo))}"] if (demo := demo_genes(result)) else []),
        DISCLAIMER,
    ]
