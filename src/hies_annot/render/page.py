"""What the page of one sample says, worked out before any HTML: sentences, groups, order.

Everything comes from the result contract; nothing is judged here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from hies_annot.render.advice import recommendations
from hies_annot.render.answer import Answer, answer_of, warnings_beside
from hies_annot.render.call_words import drop_words
from hies_annot.render.figures.all_figures import Drawn, figures_of
from hies_annot.render.plain_words import plain_summary
from hies_annot.render.sentence import finding_sentence, gap_words
from hies_annot.render.standing import (
    GROUPS,
    by_id,
    demo_genes,
    findings,
    genes_read,
    group_of,
    hgvs,
    on_made_up,
    place,
    verdict_for,
)
from hies_annot.render.words import (
    BASIS,
    FACTS,
    INHERITANCE,
    SUPPORT,
    percent,
    word,
)
from hies_annot.results.callability_contract import KnownSiteResult
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.evidence_digest import SampleEvidence, sample_evidence
from hies_annot.results.variant_contract import VariantResult

GROUP_TITLES = {
    "relevant": "Variants that explain the syndrome",
    "possible": "Variants that may explain the syndrome",
    "carrier": "Carrier finding",
    "differential": "Differential diagnosis: another disease of the gene",
    "uncertain": "Variants of uncertain significance (VUS)",
}

LISTED_DROPS = 400
"""Most rows of variants that are seen but not reported on the page; the table has them all."""


class Group(Struct, frozen=True):
    """Reported variants that belong together."""

    key: str
    title: str
    variants: tuple[VariantResult, ...]


class Dropped(NamedTuple):
    """One row of the list of what was seen but not reported."""

    allele: tuple[str, str, bool, str]
    """Name, gene, whether that rests on made-up bases, and place."""
    call: str
    reason: str


class Drops(Struct, frozen=True):
    """What was seen but not reported, counted and listed."""

    counts: tuple[tuple[str, int], ...]
    listed: tuple[Dropped, ...]
    unlisted: int
    reference_blocks: int


class Panel(Struct, frozen=True):
    """One worksheet of one condition."""

    name: str
    condition: ConditionResult
    lines: tuple[str, ...]


class SamplePage(Struct, frozen=True):
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
    """Genes of which something on the page rests on made-up bases."""
    made_up: frozenset[str]
    """Findings (conditions) that do."""
    missed_sites: tuple[KnownSiteResult, ...]
    unknown_sites: tuple[KnownSiteResult, ...]
    other_sites: tuple[KnownSiteResult, ...]
    facts: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    """Those that the answer has not said already."""
    recommendations: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    """(condition, sentence) of each finding that gives the sample its status"""
    plain: str
    gaps: tuple[tuple[str, str], ...]
    evidence_date: str
    figures: tuple[Drawn, ...]
    evidence: SampleEvidence


def sample_page(result: SampleResult) -> SamplePage:
    """Work out the page of one sample."""
    sites, variants = result.callability.known_sites, by_id(result)
    dates = [source.date for source in result.resources if source.date]
    answer = answer_of(result)
    return SamplePage(
        result=result,
        answer=answer,
        findings=tuple(findings(result)),
        by_id=variants,
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
        made_up=frozenset(c.id for c in findings(result) if on_made_up(c, result)),
        missed_sites=tuple(site for site in sites if site.state == "not_covered"),
        unknown_sites=tuple(site for site in sites if site.state == "unknown"),
        other_sites=tuple(s for s in sites if s.state not in ("not_covered", "unknown")),
        facts=tuple((word(FACTS, key), text) for key, text in flatten(result.specification)),
        checks=tuple(flatten(result.qc)),
        warnings=tuple(warnings_beside(result, answer)),
        recommendations=tuple(recommendations(result)),
        sentences=tuple(
            (condition.id, finding_sentence(condition, variants)) for condition in findings(result)
        ),
        plain=plain_summary(result),
        gaps=tuple(gap_words(result.callability)),
        evidence_date=max(dates, default="not given"),
        figures=figures_of(result),
        evidence=sample_evidence(result),
    )


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
    verdict = verdict_for(variant, condition.id)
    return f"{word(SUPPORT, verdict.support)} ({word(BASIS, verdict.basis)})" if verdict else ""


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
    dropped.sort(key=lambda variant: variant.splice_map is None)  # predictions are listed first
    counts = Counter(drop_words(variant.drop_reason) for variant in dropped)
    return Drops(
        counts=tuple(counts.most_common()),
        listed=tuple(_dropped(variant) for variant in dropped[:LISTED_DROPS]),
        unlisted=max(0, len(dropped) - LISTED_DROPS),
        reference_blocks=sum(
            v.kind == "reference_block" and not v.reported for v in result.variants
        ),
    )


def _dropped(variant: VariantResult) -> Dropped:
    call = variant.genotype or "not given"
    if variant.allele_fraction is not None:
        call += f", {percent(variant.allele_fraction)}"
    allele = (hgvs(variant), variant.gene, variant.made_up, place(variant))
    return Dropped(allele, call, drop_words(variant.drop_reason, variant.drop_detail))


def setting(value: object) -> str:
    """Return the value of a setting for a reader."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if value is None or isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


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
