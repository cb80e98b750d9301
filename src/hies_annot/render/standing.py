"""Where each condition and variant of a result stands: order, groups, names. Pure."""

from __future__ import annotations

from hies_annot.findings.candidate_words import FLAG_DOUBT
from hies_annot.model import CARRIED
from hies_annot.read.call_quality import QUALITY, QUALITY_OF
from hies_annot.render.words import STATUS_ORDER
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult
from hies_annot.results.verdict_contract import VerdictResult

NO_FINDING = frozenset({"none", "inconclusive", "failed"})
"""Statuses of a condition under which nothing was found."""

_OF_THE_CALL = {*FLAG_DOUBT, *QUALITY, *QUALITY_OF} - {"ends_not_exact", "low_fraction"}
"""Flags that question whether the sample has the allele, or on how many copies."""
GROUPS = ("relevant", "possible", "carrier", "differential", "uncertain")
"""Groups of reported variants, in the order of the report."""


def rank(status: str) -> int:
    """Return the place of a status, highest first; unknown ones come last."""
    return STATUS_ORDER.index(status) if status in STATUS_ORDER else len(STATUS_ORDER)


def findings(result: SampleResult) -> list[ConditionResult]:
    """Return the conditions under which something was found, highest status first."""
    found = [c for c in result.conditions if c.status not in NO_FINDING]
    return sorted(found, key=lambda condition: rank(condition.status))


def top_conditions(result: SampleResult) -> list[ConditionResult]:
    """Return the findings that give the sample its status (none for a negative)."""
    return [condition for condition in findings(result) if condition.status == result.status]


def call_in_doubt(condition: ConditionResult, result: SampleResult) -> bool:
    """Whether a finding has an allele of which not even the call is certain."""
    return any(
        variant.zygosity not in CARRIED or not _OF_THE_CALL.isdisjoint(_flags(variant))
        for variant in result.variants
        if variant.reported and variant.id in condition.variants
    )


def in_some_cells(condition: ConditionResult, result: SampleResult) -> bool:
    """Whether a finding has an allele in a low fraction of the reads: a mosaic, or a clone."""
    return any(
        "low_fraction" in variant.flags
        for variant in result.variants
        if variant.reported and variant.id in condition.variants
    )


def _flags(variant: VariantResult) -> set[str]:
    """Return the codes of a variant; that a low fraction is no half is no doubt of its own."""
    codes = {flag.partition(":")[0] for flag in variant.flags}
    return codes - {"allele_balance"} if "low_fraction" in codes else codes


def group_of(variant: VariantResult, result: SampleResult) -> str:
    """Return the group of a reported variant: that of the highest finding that it is part of.

    Variants of uncertain significance form a group of their own unless they are part of a
    `relevant`, `carrier` or `differential` finding.
    """
    for condition in findings(result):
        if variant.id not in condition.variants:
            continue
        if condition.status == "possible" and support(variant, condition.id) == "uncertain":
            return "uncertain"
        return condition.status if condition.status in GROUPS else "uncertain"
    return "uncertain"


def by_id(result: SampleResult) -> dict[str, VariantResult]:
    """Index the variants; where records repeat an allele the reported one stands for it."""
    return {v.id: v for v in sorted(result.variants, key=lambda variant: variant.reported)}


def verdict_for(variant: VariantResult, condition: str) -> VerdictResult | None:
    """Return what a variant counts for under one condition, None if it was not judged."""
    return next((each for each in variant.verdicts if each.condition == condition), None)


def support(variant: VariantResult, condition: str) -> str | None:
    """Return the word of `verdict_for`."""
    verdict = verdict_for(variant, condition)
    return verdict.support if verdict else None


def demo_genes(result: SampleResult) -> frozenset[str]:
    """Return the genes of which something is said that rests on made-up bases."""
    return frozenset(variant.gene for variant in result.variants if variant.made_up)


def made_up_variants(result: SampleResult) -> frozenset[str]:
    """Return the ids of the alleles that rest on made-up bases of a demo reference."""
    return frozenset(variant.id for variant in result.variants if variant.made_up)


def on_made_up(condition: ConditionResult, result: SampleResult) -> bool:
    """Whether a finding rests on an allele that rests on made-up bases."""
    return not made_up_variants(result).isdisjoint(condition.variants)


def genes_read(result: SampleResult) -> list[str]:
    """Return the genes that were read, in the order of the reference."""
    read = [locus.gene for locus in result.reference.loci]
    assessed = [gene.gene for gene in result.callability.genes]
    judged = [condition.gene for condition in result.conditions]
    return list(dict.fromkeys([*read, *assessed, *judged]))


def coding_name(variant: VariantResult) -> str:
    """Return `NM_139276.3:c.1144C>T`, else the g. name, else the id."""
    if variant.hgvs_c:
        if ":" in variant.hgvs_c or not variant.transcript:
            return variant.hgvs_c
        return f"{variant.transcript}:{variant.hgvs_c}"
    return variant.hgvs_g or variant.id


def protein_name(variant: VariantResult) -> str:
    """Return `p.(Arg382Trp)` without its accession, or an empty string."""
    return (variant.hgvs_p or "").rpartition(":")[2]


def hgvs(variant: VariantResult) -> str:
    """Return the c. name with transcript version and the p. name where there is one."""
    return f"{coding_name(variant)} {protein_name(variant)}".strip()


def without_transcript(name: str) -> str:
    """Return what `hgvs` gave without the accession: `c.1144C>T p.(Arg382Trp)`."""
    return name.partition(":")[2] or name


def other_names(variant: VariantResult) -> tuple[str, ...]:
    """Return what else a variant may be looked for by: id, g. name, plain p. name, `R382W`."""
    plain = protein_name(variant).replace("(", "").replace(")", "")
    names = (variant.id, variant.hgvs_g, plain, *variant.aliases)
    return tuple(dict.fromkeys(name for name in names if name))


def place(variant: VariantResult) -> str:
    """Return the place and change as in a VCF (1-based): `chr17:42329643 G>A`."""
    end = f"-{variant.end}" if variant.end and variant.alt.startswith("<") else ""
    change = f"{shorten(variant.ref)}>{shorten(variant.alt)}"
    return f"chr{variant.chrom}:{variant.pos}{end} {change}"


def shorten(allele: str, longest: int = 30) -> str:
    """Return an allele for reading; a long one keeps its ends and says its length."""
    if len(allele) <= longest or allele.startswith("<"):
        return allele
    return f"{allele[:10]}...{allele[-10:]} ({len(allele)} bases)"
