"""Short digests of what a decision of a reviewer was made on: an allele, a finding, a sample. Pure.

A digest changes with the call (genotype, reads, filters), with what is known of the allele, and
with what it counts as; not with the words of reasons, nor with figures that change nothing.
"""

from __future__ import annotations

import hashlib
import json

from msgspec import Struct

from hies_annot.model.closed import as_json
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult

_DIGITS = 12


class FoundEvidence(Struct, frozen=True):
    """One finding of a sample: its condition, its alleles, and the digest of its evidence."""

    condition: str
    variants: tuple[str, ...]
    about: str


class SampleEvidence(Struct, frozen=True):
    """What can be decided about in one sample, each with the digest of its evidence.

    `alleles` are the reported ones, by id; `about` is the digest of the whole answer.
    """

    about: str
    findings: tuple[FoundEvidence, ...]
    alleles: tuple[tuple[str, str], ...]


def sample_evidence(result: SampleResult) -> SampleEvidence:
    """Return the digests of one sample: of its answer, its findings and its reported alleles."""
    needed = {name for condition in result.conditions for name in condition.variants}
    alleles: dict[str, str] = {}
    for variant in result.variants:
        if variant.reported or variant.id in needed:
            above = alleles.get(variant.id, "")  # several records may have the allele
            alleles[variant.id] = _digest([above, _of_allele(variant)])
    findings = tuple(_finding(condition, alleles) for condition in result.conditions)
    reported = dict.fromkeys(variant.id for variant in result.variants if variant.reported)
    return SampleEvidence(
        _of_sample(result, findings, [alleles[name] for name in reported]),
        findings,
        tuple((name, alleles[name]) for name in reported),
    )


def _finding(condition: ConditionResult, alleles: dict[str, str]) -> FoundEvidence:
    content = {
        "condition": condition.id,
        "status": condition.status,
        "genotype": condition.genotype,
        "phase": [condition.phase, condition.phase_evidence],
        "origins": condition.origins,
        "relatives": [as_json(relative) for relative in condition.relatives],
        "alleles": [[name, alleles.get(name)] for name in condition.variants],
    }
    return FoundEvidence(condition.id, tuple(condition.variants), _digest(content))


def _of_allele(variant: VariantResult) -> dict[str, object]:
    clinvar, acmg, known = variant.clinvar, variant.acmg, variant.known
    return {
        "id": variant.id,
        "reported": variant.reported,
        "call": [variant.zygosity, variant.genotype, variant.phase_set],
        "reads": [variant.depth, variant.alt_depth],
        "filters": [variant.filters, variant.flags],
        "clinvar": clinvar and [clinvar.classification, clinvar.stars, clinvar.conflict],
        "acmg": acmg
        and [acmg.class_, [(c.code, c.strength) for c in acmg.criteria if c.met == "met"]],
        "known": known and known.get("identifier"),
        "lab": [variant.lab, variant.mechanism],
        "counts_as": [(each.condition, each.support, each.basis) for each in variant.verdicts],
    }


def _of_sample(
    result: SampleResult, findings: tuple[FoundEvidence, ...], alleles: list[str]
) -> str:
    seen = result.callability
    content = {
        "status": [result.status, result.build],
        "findings": [finding.about for finding in findings],
        "alleles": alleles,
        "callable": [(gene.gene, gene.required_bases, gene.callable_bases) for gene in seen.genes],
        "missed": [s.variant for s in seen.known_sites if s.state in ("not_covered", "unknown")],
    }
    amiss = [(g.gene, len(g.unread), len(g.unjudged)) for g in seen.genes if g.amiss]
    return _digest({**content, "amiss": amiss} if amiss else content)


def _digest(content: object) -> str:
    """Return `x` and hex digits: no spreadsheet takes it for a number or a date."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"x{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}"
