"""A result as GA4GH Phenopacket, schema 2.0 (JSON as protobuf writes it).

Fields and words of enumerations: documentation of the schema, version 2 (interpretation, variant,
resource), read at d69fc9e. Of the person it holds the sample id and the signs of the sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hies_annot.genes import hpo
from hies_annot.render.exchange.told import (
    all_seen,
    cautions,
    finding_words,
    gene_file,
    grounds,
    negative,
    protein_expression,
    stated_class,
    status_words,
)
from hies_annot.render.standing import by_id, coding_name, hgvs, verdict_for
from hies_annot.render.stated_zygosity import zygosity_code
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.variant_contract import VariantResult

PROGRESS: Mapping[str, str] = {
    "relevant": "COMPLETED",
    "possible": "IN_PROGRESS",
    "differential": "IN_PROGRESS",
    "carrier": "UNKNOWN_PROGRESS",
    "none": "UNSOLVED",
    "inconclusive": "UNKNOWN_PROGRESS",
    "failed": "UNKNOWN_PROGRESS",
}
"""Progress by status. Never SOLVED, a definitive diagnosis: an accredited laboratory must confirm.

UNSOLVED, "complete but no definitive diagnosis", only where the bases were looked at.
"""
DIAGNOSED = frozenset({"relevant", "possible", "differential"})
"""Findings with a `diagnosis`, by the schema a disease that is inferred to be present.

A carrier has none, and what is not clear has none either: their alleles stand in the summary.
"""
ACMG: Mapping[str, str] = {
    "pathogenic": "PATHOGENIC",
    "likely_pathogenic": "LIKELY_PATHOGENIC",
    "uncertain": "UNCERTAIN_SIGNIFICANCE",
    "likely_benign": "LIKELY_BENIGN",
    "benign": "BENIGN",
}
HETEROZYGOUS, HOMOZYGOUS = ("GENO:0000135", "heterozygous"), ("GENO:0000136", "homozygous")
HEMIZYGOUS, UNSPECIFIED = ("GENO:0000134", "hemizygous"), ("GENO:0000137", "unspecified zygosity")
ALLELIC_STATE: Mapping[str, tuple[str, str]] = {
    "het": HETEROZYGOUS,
    "het_alt": HETEROZYGOUS,
    "hom_alt": HOMOZYGOUS,
    "over_deletion": HEMIZYGOUS,
    "haploid": UNSPECIFIED,
    "half_call": UNSPECIFIED,
    "polyploid": UNSPECIFIED,
}
"""Terms of the Genotype Ontology; an allele that is not called has none."""
RESOURCES: Mapping[str, tuple[str, str, str]] = {
    "HP": ("Human Phenotype Ontology", "http://purl.obolibrary.org/obo/hp.owl",
           "http://purl.obolibrary.org/obo/HP_"),
    "GENO": ("Genotype Ontology", "http://purl.obolibrary.org/obo/geno.owl",
             "http://purl.obolibrary.org/obo/GENO_"),
    "OMIM": ("Online Mendelian Inheritance in Man", "https://www.omim.org",
             "https://www.omim.org/entry/"),
    "HGNC": ("HUGO Gene Nomenclature Committee", "https://www.genenames.org",
             "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/"),
    "clinvar": ("ClinVar", "https://www.ncbi.nlm.nih.gov/clinvar",
                "https://www.ncbi.nlm.nih.gov/clinvar/variation/"),
    "ga4gh": ("GA4GH Variation Representation Specification", "https://vrs.ga4gh.org", "ga4gh:"),
}  # fmt: skip
"""By prefix of a CURIE: name, address and prefix of the addresses of what it names."""


def phenopacket_text(result: SampleResult) -> str:
    """Return the text of a packet."""
    return json.dumps(phenopacket(result), indent=1, ensure_ascii=False) + "\n"


def phenopacket(result: SampleResult) -> dict[str, Any]:
    """Return a result as packet.

    Raises:
        ValueError: the result bears no date, and the schema demands the day of creation.
    """
    if result.report_date is None:
        raise ValueError("a Phenopacket bears the day of its creation: set report_date")
    packet = {
        "id": result.sample,
        "subject": {"id": result.sample},
        "phenotypicFeatures": [
            {"type": {"id": term, "label": hpo.names().get(term, term)}}
            for term in result.specification.get("hpo", ())
        ],
        "interpretations": [*_interpretations(result)],
    }
    meta = {
        "created": f"{result.report_date}T00:00:00Z",
        "createdBy": f"hies-annot {result.software.get('hies-annot', '')}".strip(),
        "resources": [*_resources(packet)],
        "phenopacketSchemaVersion": "2.0",
    }
    return {**packet, "metaData": meta}


def _interpretations(result: SampleResult) -> Iterator[dict[str, Any]]:
    """Yield one interpretation a finding; without findings the one that says why there is none."""
    variants, last = by_id(result), cautions(result)
    for condition in result.conditions:
        told = (f"{finding_words(condition, variants)}.{grounds(condition, result)}", *last)
        yield {
            "id": f"{result.sample}/{condition.id}",
            "progressStatus": _progress(condition.status, result),
            **_diagnosis(condition, result, variants),
            "summary": " ".join(told),
        }
    if not result.conditions:
        yield {
            "id": result.sample,
            "progressStatus": _progress(result.status, result),
            "summary": " ".join([f"{result.status}: {status_words(result)}", *last]),
        }


def _progress(status: str, result: SampleResult) -> str:
    if status == "none" and not negative(result):
        return "UNKNOWN_PROGRESS"
    return "UNSOLVED" if status == "carrier" and all_seen(result) else PROGRESS[status]


def _diagnosis(
    condition: ConditionResult, result: SampleResult, variants: Mapping[str, VariantResult]
) -> dict[str, Any]:
    """Return the disease with its alleles; nothing where it is not inferred, or has no id."""
    if condition.status not in DIAGNOSED or not condition.mim:
        return {}
    alone = len(condition.variants) == 1
    explains = "CAUSATIVE" if alone else "CONTRIBUTORY"
    status = explains if condition.status == "relevant" else "CANDIDATE"
    return {
        "diagnosis": {
            "disease": {"id": f"OMIM:{condition.mim}", "label": condition.disease},
            "genomicInterpretations": [
                {
                    "subjectOrBiosampleId": result.sample,
                    "interpretationStatus": status,
                    "variantInterpretation": _variant(variants[key], condition, result),
                }
                for key in condition.variants
                if key in variants
            ],
        }
    }


def _variant(
    variant: VariantResult, condition: ConditionResult, result: SampleResult
) -> dict[str, Any]:
    state = ALLELIC_STATE.get(zygosity_code(variant) or "haploid")
    verdict = verdict_for(variant, condition.id)
    file = gene_file(variant.gene)
    weighed = {} if verdict is None else {"counts_as": verdict.support, "basis": verdict.basis}
    if variant.acmg:
        weighed["own_acmg_class"] = variant.acmg.class_
    stated = stated_class(variant, condition.id)
    return {
        "acmgPathogenicityClassification": ACMG[stated] if stated else "NOT_PROVIDED",
        "variationDescriptor": {
            "id": f"{condition.id}/{variant.id}",
            "label": hgvs(variant),
            **({"geneContext": {"valueId": file.hgnc, "symbol": file.gene}} if file else {}),
            "expressions": [*_expressions(variant)],
            "vcfRecord": _vcf_record(variant, result),
            "xrefs": [*_references(variant)],
            "extensions": [{"name": name, "value": value} for name, value in weighed.items()],
            "moleculeContext": "genomic",
            **({"allelicState": {"id": state[0], "label": state[1]}} if state else {}),
        },
    }


def _expressions(variant: VariantResult) -> Iterator[dict[str, str]]:
    """Yield the names of an allele; a protein name only with its accession."""
    coding = coding_name(variant) if variant.hgvs_c else None
    for name in (variant.hgvs_g, coding, protein_expression(variant)):
        if name:
            yield {"syntax": "hgvs", "value": name}
    if variant.spdi:
        yield {"syntax": "spdi", "value": variant.spdi}


def _vcf_record(variant: VariantResult, result: SampleResult) -> dict[str, str]:
    """Return the allele as in a VCF; INFO is for structural ones only, as the schema has it."""
    place = {
        "genomeAssembly": result.build or "",
        "chrom": variant.chrom,
        "pos": str(variant.pos),
        "ref": variant.ref,
        "alt": variant.alt,
    }
    if variant.filters:
        place["filter"] = ";".join(variant.filters)
    return place | ({"info": f"END={variant.end}"} if variant.alt.startswith("<") else {})


def _references(variant: VariantResult) -> Iterator[str]:
    if variant.vrs_id:
        yield variant.vrs_id
    if variant.clinvar:
        yield f"clinvar:{variant.clinvar.variation_id}"


def _resources(packet: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield what the CURIEs of a packet refer to; of HPO the release that the labels are from.

    The others have no release that the run knows: the schema leaves their version blank.
    """
    used = set(_prefixes(packet))
    for prefix, (name, address, resolved) in RESOURCES.items():
        if prefix in used:
            yield {
                "id": prefix.lower(),
                "name": name,
                "url": address,
                "version": hpo.release() if prefix == "HP" else "",
                "namespacePrefix": prefix,
                "iriPrefix": resolved,
            }


def _prefixes(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key in ("id", "valueId") and isinstance(part, str):
                yield part.partition(":")[0]
            elif key == "xrefs":
                yield from (each.partition(":")[0] for each in part)
            else:
                yield from _prefixes(part)
    elif isinstance(node, list):
        for part in node:
            yield from _prefixes(part)
