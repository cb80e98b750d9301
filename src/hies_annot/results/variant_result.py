"""One entry of `variants` of the contract, from one judged call."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import asdict

from hies_annot.judge.drop_reasons import COMMON, WEAK_SPLICE, frequency_rule
from hies_annot.judge.predicted_splicing import words
from hies_annot.model import (
    AcmgResult,
    Annotation,
    Call,
    Evidence,
    JudgedCall,
    Met,
    TranscriptEffect,
    Verdict,
)
from hies_annot.read.call_quality import fraction_interval
from hies_annot.results.record_source import source_of
from hies_annot.results.variant_contract import (
    ClinVarResult,
    EffectResult,
    PopulationResult,
    VariantResult,
)
from hies_annot.results.verdict_contract import AcmgResultPart, CriterionResult, VerdictResult

_SHARED = 4096
"""Alleles whose part of the contract is kept for the next sample that has them.

Parts that are kept are shared between results: nobody may change a result in place.
"""


def variant_result(entry: JudgedCall) -> VariantResult:
    """Return one entry of `variants`."""
    if entry.drop_reason == "reference_block":
        return _block_result(entry.call)
    call, allele = entry.call, entry.call.allele
    interval = (
        fraction_interval(call.alt_depth, call.depth)
        if call.alt_depth is not None and call.depth
        else None
    )
    return VariantResult(
        id=allele.id,
        gene=allele.gene,
        chrom=allele.chrom,
        pos=allele.pos,
        end=allele.end,
        ref=allele.ref,
        alt=allele.alt,
        kind=allele.kind.value,
        zygosity=call.zygosity.value,
        genotype=call.fields.gt,
        haplotype=call.haplotype,
        phase_set=call.phase_set_shown,
        depth=call.depth,
        alt_depth=call.alt_depth,
        allele_fraction=call.allele_fraction,
        allele_fraction_interval=None if interval is None else list(interval),
        genotype_quality=call.fields.gq,
        quality=call.site.qual,
        filters=list(call.site.filters),
        flags=[*call.quality, *call.flags, *entry.flags],
        reported=entry.drop_reason is None,
        drop_reason=entry.drop_reason,
        drop_detail=_drop_detail(entry),
        source=source_of(call.site),
        **({} if entry.annotation is None else _annotation_fields(entry.annotation)),
        **_evidence_fields(entry.evidence),
        **_verdict_fields(_Same(entry.verdicts), kept=entry.drop_reason is None),
    )


def _drop_detail(entry: JudgedCall) -> str | None:
    if entry.drop_reason == COMMON:
        return frequency_rule(entry.verdicts)
    predicted = entry.evidence.splice_map
    return words(predicted) if entry.drop_reason == WEAK_SPLICE and predicted else None


def _block_result(call: Call) -> VariantResult:
    """Return the entry of a reference block: a gVCF has thousands, so only what it has is set."""
    allele = call.allele
    return VariantResult(
        id=allele.id,
        gene=allele.gene,
        chrom=allele.chrom,
        pos=allele.pos,
        end=allele.end,
        ref=allele.ref,
        alt=allele.alt,
        kind=allele.kind.value,
        zygosity=call.zygosity.value,
        genotype=call.fields.gt,
        depth=call.depth,
        genotype_quality=call.fields.gq,
        filters=list(call.site.filters),
        flags=[*call.quality, *call.flags],
        reported=False,
        drop_reason="reference_block",
        source=source_of(call.site),
    )


def _effect(effect: TranscriptEffect) -> EffectResult:
    return EffectResult(
        transcript=effect.transcript,
        hgvs_c=effect.hgvs_c,
        hgvs_p=effect.hgvs_p,
        consequence=list(effect.consequence),
        impact=effect.impact,
    )


@lru_cache(maxsize=_SHARED)
def _annotation_fields(annotation: Annotation) -> dict[str, Any]:
    return {
        "vrs_id": annotation.vrs_id,
        "spdi": annotation.spdi,
        "hgvs_g": annotation.hgvs_g,
        "hgvs_c": annotation.hgvs_c,
        "hgvs_p": annotation.hgvs_p,
        "transcript": annotation.transcript,
        "consequence": list(annotation.consequence),
        "impact": annotation.impact,
        "exon": annotation.exon,
        "intron": annotation.intron,
        "domain": annotation.domain,
        "worst": None if annotation.worst is None else _effect(annotation.worst),
        "effects": [_effect(effect) for effect in annotation.effects],
        "aliases": list(annotation.aliases),
        "nmd": None if annotation.nmd is None else asdict(annotation.nmd),
        "splice": None if annotation.splice is None else asdict(annotation.splice),
        "structural": None if annotation.structural is None else asdict(annotation.structural),
        "made_up": annotation.made_up,
        "notes": list(annotation.notes),
    }


@lru_cache(maxsize=_SHARED)
def _evidence_fields(evidence: Evidence) -> dict[str, Any]:
    known = evidence.known
    return {
        "clinvar": None
        if evidence.clinvar is None
        else convert(evidence.clinvar, ClinVarResult, from_attributes=True),
        "population": [
            convert(fact, PopulationResult, from_attributes=True) for fact in evidence.population
        ]
        or None,
        "scores": [asdict(score) for score in evidence.scores],
        "splice_map": None if evidence.splice_map is None else to_builtins(evidence.splice_map),
        "sources_asked": list(evidence.asked),
        "lab": evidence.lab,
        "mechanism": None if known is None else " and ".join(known.mechanisms),
        "known": None if known is None else asdict(known),
    }


class _Same:
    """Verdicts that count as equal only where they are the same object.

    A hash of all their criteria takes longer than everything else about a variant.
    """

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        self.verdicts = verdicts

    def __hash__(self) -> int:
        return id(self.verdicts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.verdicts is other.verdicts


@lru_cache(maxsize=_SHARED // 4)
def _verdict_fields(same: _Same, *, kept: bool) -> dict[str, Any]:
    verdicts = same.verdicts.values()
    acmg = next((verdict.acmg for verdict in verdicts if verdict.acmg), None)
    return {
        "acmg": None if acmg is None else _acmg(acmg, kept=kept),
        "verdicts": [
            VerdictResult(
                condition=verdict.condition,
                support=verdict.support,
                basis=verdict.basis,
                reasons=list(verdict.reasons),
            )
            for verdict in verdicts
        ],
    }


def _acmg(acmg: AcmgResult, *, kept: bool) -> AcmgResultPart:
    """Return the class with its criteria; an allele that was dropped lists those met only."""
    return AcmgResultPart(
        class_=acmg.classification,
        points=acmg.points,
        rule_class=acmg.rule_classification,
        criteria=[
            CriterionResult(
                code=criterion.code,
                strength=criterion.strength,
                points=criterion.points,
                met=criterion.met,
                reason=criterion.reason,
                citation=criterion.citation,
            )
            for criterion in acmg.criteria
            if kept or criterion.met is Met.YES
        ],
        note=acmg.note,
        rule=acmg.rule,
    )
