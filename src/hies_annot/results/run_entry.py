"""What `run.json` keeps of each sample, so that two runs can be compared."""

from __future__ import annotations

from hies_annot.model.closed import as_json
from hies_annot.results.contract import SampleResult
from hies_annot.results.variant_contract import VariantResult

_LEFT_OUT = {"panels", "origins", "phase_detail", "relatives"}
"""Fields of a condition that only the result of the sample has."""


def run_entry(result: SampleResult) -> dict[str, object]:
    """Return what `run.json` keeps of a sample: enough to say later what changed and why."""
    return {
        "sample": result.sample,
        "batch": result.batch,
        "status": result.status,
        "status_reason": result.status_reason,
        "build": result.build,
        "conditions": [
            {name: told for name, told in as_json(condition).items() if name not in _LEFT_OUT}
            for condition in result.conditions
        ],
        "variants": [_kept(variant) for variant in result.variants if _worth_keeping(variant)],
        "unread": [
            f"{gene.gene}: {why}" for gene in result.callability.genes for why in gene.amiss
        ],
        "warnings": result.warnings,
    }


def _worth_keeping(variant: VariantResult) -> bool:
    return variant.reported or variant.clinvar is not None or variant.known is not None


def _kept(variant: VariantResult) -> dict[str, object]:
    return {
        "id": variant.id,
        "hgvs_c": variant.hgvs_c,
        "hgvs_p": variant.hgvs_p,
        "zygosity": variant.zygosity,
        "reported": variant.reported,
        "drop_reason": variant.drop_reason,
        "clinvar": None
        if variant.clinvar is None
        else {
            "variation_id": variant.clinvar.variation_id,
            "classification": variant.clinvar.classification,
            "stars": variant.clinvar.stars,
            "conflict": variant.clinvar.conflict,
        },
        "acmg": None
        if variant.acmg is None
        else {
            "class": variant.acmg.class_,
            "points": variant.acmg.points,
            "met": [part.code for part in variant.acmg.criteria if part.met == "met"],
        },
        "known": None if variant.known is None else variant.known.get("identifier"),
        "verdicts": {part.condition: part.support for part in variant.verdicts},
    }
