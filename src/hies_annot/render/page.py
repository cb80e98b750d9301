"""What the page of one sample says, worked out before any HTML: sentences, groups, order.

Everything comes from the result contract; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hies_annot.render.advice import recommendations
from hies_annot.render.standing import (
    GROUPS,
    by_id,
    demo_genes,
    findings,
    genes_read,
    group_of,
    hgvs,
    top_conditions,
)
from hies_annot.render.words import (
    BASIS,
    FACTS,
    INHERITANCE,
    SUPPORT,
    drop_words,
    percent,
    plural,
    word,
)
from hies_annot.result import (
    ConditionResult,
    GeneCallabilityResult,
    KnownSiteResult,
    SampleResult,
    VariantResult,
)

GROUP_TITLES = {
    "relevant": "Variants that explain the syndrome",
    "possible": "Variants that may explain the syndrome",
    "carrier": "Carrier finding",
    "differential": "Differential diagnosis: another disease of the gene",
    "uncertain": "Variants of uncertain significance (VUS)",
}

LISTED_DROPS = 400
"""Most rows of variants that are seen but not reported on the page; the table has them all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The first thing on the page: one sentence and the callability that it rests on."""

    status: str
    headline: str
    reason: str
    """Reason of the status; empty where the first finding says the same."""
    callability: tuple[tuple[str, str], ...]
    """(gene, sentence)"""
    on_demo: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Reported variants that belong together."""

    key: str
    title: str
    variants: tuple[VariantResult, ...]


@dataclass(frozen=True, slots=True)
class Drops:
    """What was seen but not reported, counted and listed."""

    counts: tuple[tuple[str, int], ...]
    listed: tuple[VariantResult, ...]
    unlisted: int
    reference_blocks: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One worksheet of one condition."""

    name: str
    condition: ConditionResult
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamplePage:
    """Everything that the template of a sample needs."""

    result: SampleResult
    answer: Answer
    findings: tuple[ConditionResult, ...]
    by_id: dict[str, VariantResult]
    groups: tuple[Group, ...]
    panels: tuple[Panel, ...]
    drops: Drops
    genes: tuple[str, ...]
    demo: frozenset[str]
    missed_sites: tuple[KnownSiteResult, ...]
    unknown_sites: tuple[KnownSiteResult, ...]
    other_sites: tuple[KnownSiteResult, ...]
    facts: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]
    recommendations: tuple[str, ...]


def sample_page(result: SampleResult) -> SamplePage:
    """Work out the page of one sample."""
    sites = result.callability.known_sites
    return SamplePage(
        result=result,
        answer=_answer(result),
        findings=tuple(findings(result)),
        by_id=by_id(result),
        groups=tuple(_groups(result)),
        panels=tuple(
            Panel(name, condition, tuple(lines))
            for condition in findings(result)
            for name, lines in condition.panels.items()
            if lines
        ),
        drops=_drops(result),
        genes=tuple(genes_read(result)),
        demo=demo_genes(result),
        missed_sites=tuple(site for site in sites if site.state == "not_covered"),
        unknown_sites=tuple(site for site in sites if site.state == "unknown"),
        other_sites=tuple(s for s in sites if s.state not in ("not_covered", "unknown")),
        facts=tuple((word(FACTS, key), text) for key, text in flatten(result.specification)),
        checks=tuple(flatten(result.qc)),
        recommendations=tuple(recommendations(result)),
    )


def named(genes: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Join gene symbols for a sentence: `STAT3 and ZNF341`."""
    unique = list(dict.fromkeys(genes))
    if len(unique) < 2:
        return "".join(unique) or "no gene"
    return f"{', '.join(unique[:-1])} {last} {unique[-1]}"


def flatten(data: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Turn nested values into (label, text) pairs; empty values are left out.

    A mapping of plain values inside another one becomes one pair: `compared 2, agreed 2`.
    """
    if isinstance(data, dict):
        if prefix and not any(isinstance(value, dict | list) for value in data.values()):
            yield from flatten([f"{_label(key)} {value}" for key, value in data.items()], prefix)
            return
        for key, value in data.items():
            yield from flatten(value, f"{prefix}: {_label(key)}" if prefix else _label(key))
    elif isinstance(data, list | tuple):
        if data:
            yield prefix, ", ".join(str(item) for item in data)
    elif isinstance(data, bool):
        yield prefix, "yes" if data else "no"
    elif isinstance(data, float):
        yield prefix, f"{data:.4g}"
    elif data is not None and data != "":
        yield prefix, str(data)


def _label(key: object) -> str:
    return str(key).replace("_", " ")


def counts_as(variant: VariantResult, condition: ConditionResult) -> str:
    """Return what an allele counts for under a condition, with the ground that decided."""
    for verdict in variant.verdicts:
        if verdict.condition == condition.id:
            return f"{word(SUPPORT, verdict.support)} ({word(BASIS, verdict.basis)})"
    return ""


def _answer(result: SampleResult) -> Answer:
    top = top_conditions(result)
    return Answer(
        status=result.status,
        headline=_headline(result, top),
        reason="" if _repeats(result.status_reason, top) else result.status_reason,
        callability=tuple((gene.gene, _callable_line(gene)) for gene in result.callability.genes),
        on_demo=bool(demo_genes(result) & _named_in_headline(result, top)),
    )


def _repeats(reason: str, top: list[ConditionResult]) -> bool:
    return any(condition.reasons and condition.reasons[0] in reason for condition in top)


def _named_in_headline(result: SampleResult, top: list[ConditionResult]) -> set[str]:
    return {condition.gene for condition in top} or set(genes_read(result))


def _headline(result: SampleResult, top: list[ConditionResult]) -> str:
    genes = named([condition.gene for condition in top])
    read = named(genes_read(result), "or")
    sentences = {
        "relevant": f"A genotype in {genes} that explains hyper-IgE syndrome was found.",
        "possible": f"A genotype in {genes} may explain hyper-IgE syndrome; this is not settled.",
        "carrier": (
            f"Carrier: one copy of {genes} carries a pathogenic allele and none was found on the "
            "other copy. On its own this does not explain hyper-IgE syndrome."
        ),
        "differential": (
            f"No genotype for hyper-IgE syndrome was found, but a {genes} variant points to "
            f"another disease: {named([condition.disease for condition in top])}."
        ),
        "none": (
            f"No genotype in {read} that explains hyper-IgE syndrome was found, "
            "and the required bases were callable."
        ),
        "inconclusive": (
            f"Inconclusive: no genotype that explains hyper-IgE syndrome was found, "
            f"but the data cannot exclude one in {read}."
        ),
        "failed": "This sample could not be analysed. Nothing can be said about it.",
    }
    return sentences.get(result.status, f"Status: {result.status}.")


def _callable_line(gene: GeneCallabilityResult) -> str:
    if gene.callable_bases is None:
        return f"{gene.gene}: not known how much of the gene was callable"
    share = percent(gene.callable_bases, gene.required_bases)
    gaps = f", {plural(len(gene.gaps), 'gap')}" if gene.gaps else ""
    return f"{gene.gene}: {share} of {gene.required_bases:,} required bases callable{gaps}"


def _groups(result: SampleResult) -> Iterator[Group]:
    placed: dict[str, list[VariantResult]] = {}
    for variant in result.variants:
        if variant.reported:
            placed.setdefault(group_of(variant, result), []).append(variant)
    for key in GROUPS:
        if key in placed:
            yield Group(key, GROUP_TITLES[key], tuple(placed[key]))


def _drops(result: SampleResult) -> Drops:
    dropped = [v for v in result.variants if not v.reported and v.kind != "reference_block"]
    counts = Counter(drop_words(variant.drop_reason) for variant in dropped)
    return Drops(
        counts=tuple(counts.most_common()),
        listed=tuple(dropped[:LISTED_DROPS]),
        unlisted=max(0, len(dropped) - LISTED_DROPS),
        reference_blocks=sum(
            v.kind == "reference_block" and not v.reported for v in result.variants
        ),
    )


def condition_title(condition: ConditionResult) -> str:
    """Return the disease with its MIM number."""
    return f"{condition.disease}{f' (MIM {condition.mim})' if condition.mim else ''}"


def inheritance_words(condition: ConditionResult) -> str:
    """Return the mode of inheritance in words."""
    return word(INHERITANCE, condition.inheritance)


def variant_label(page: SamplePage, identifier: str) -> str:
    """Return the HGVS name of a variant id; the id itself if the result has no such variant."""
    variant = page.by_id.get(identifier)
    return hgvs(variant) if variant else identifier
