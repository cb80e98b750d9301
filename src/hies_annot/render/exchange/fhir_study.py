"""What was studied: genes, those that were seen whole, and the bases that could not be called.

The guide wants a gene where all of it is meant, and a BED file where a part is.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from hies_annot.render.exchange.fhir_codes import BUILDS, LABORATORY
from hies_annot.render.exchange.fhir_findings import gene_concept
from hies_annot.render.exchange.fhir_parts import (
    Part,
    address,
    concept,
    extension,
    profiled,
    reference,
    subject,
)
from hies_annot.render.exchange.told import seen_whole, without_relatives
from hies_annot.render.words import ASSUMED
from hies_annot.results.callability_contract import GeneCallabilityResult
from hies_annot.results.contract import SampleResult


def study(result: SampleResult) -> Iterator[tuple[str, Part]]:
    """Yield addresses and resources: the study, its analysis, and the file of uncalled bases.

    A sample that failed has a study that was stopped, and no analysis: the guide knows only
    analyses that are complete.
    """
    failed = result.status == "failed"
    analysis = address(result, "analysis")
    yield (
        address(result, "study"),
        {
            **profiled("Procedure", "genomic-study"),
            **({} if failed else _analysed_by(analysis)),
            "status": "stopped" if failed else "completed",
            "category": concept(LABORATORY),
            "subject": subject(result),
        },
    )
    if failed:
        return
    yield analysis, _analysis(result)
    if _gaps(result):
        yield address(result, "uncalled"), _uncalled(result)


def _analysed_by(analysis: str) -> Part:
    return {
        "extension": [extension("genomic-study-analysis-ext", valueReference=reference(analysis))]
    }


def _analysis(result: SampleResult) -> Part:
    return {
        **profiled("Procedure", "genomic-study-analysis"),
        "extension": [
            *_build(result),
            extension("genomic-study-analysis-regions", extension=[*_regions(result)]),
        ],
        "status": "completed",
        "category": concept(LABORATORY),
        "subject": subject(result),
    }


def _build(result: SampleResult) -> Iterator[Part]:
    if build := BUILDS.get(result.build or ""):
        yield extension("genomic-study-analysis-genome-build", valueCodeableConcept=concept(build))


def _regions(result: SampleResult) -> Iterator[Part]:
    """Yield what was studied, called and not called.

    A gene is `called` only where every required base was measured, and `uncalled` where none of it
    was. Of a gene of which this is not known only the description speaks.
    """
    callability = result.callability
    yield {"url": "description", "valueString": _description(result)}
    for gene in callability.genes:
        named = gene_concept(gene.gene)
        yield {"url": "studied", "valueCodeableConcept": named}
        if seen_whole(gene) and not callability.assumed_reference:
            yield {"url": "called", "valueCodeableConcept": named}
        if gene.callable_bases == 0:
            yield {"url": "uncalled", "valueCodeableConcept": named}
    if _gaps(result):
        yield {"url": "uncalled", "valueReference": reference(address(result, "uncalled"))}


def _description(result: SampleResult) -> str:
    genes = without_relatives("; ".join(map(_counted, result.callability.genes)), result)
    assumed = f" {ASSUMED}" if result.callability.assumed_reference else ""
    return f"Required bases (coding exons, splice sites, known sites): {genes or 'none'}.{assumed}"


def _counted(gene: GeneCallabilityResult) -> str:
    lead = "and" if gene.callable_bases is None else "but"
    amiss = f", {lead} {', '.join(gene.amiss)}" if gene.amiss else ""
    if gene.callable_bases is None:
        seen = f"which of {gene.required_bases} bases were looked at is not known"
        return f"{gene.gene}: {seen}{amiss}"
    return f"{gene.gene}: {gene.callable_bases} of {gene.required_bases} callable{amiss}"


def _gaps(result: SampleResult) -> list[str]:
    """Return the lines of the BED (0-based, end exclusive) with the reason as name."""
    return [
        f"chr{gap.chrom}\t{gap.start - 1}\t{gap.end}\t{gene.gene} {gap.hgvs_c} {gap.reason}\n"
        for gene in result.callability.genes
        for gap in gene.gaps
    ]


def _uncalled(result: SampleResult) -> Part:
    data = "".join(_gaps(result)).encode("utf-8")
    return {
        **profiled("DocumentReference", "genomic-data-file"),
        "status": "current",
        "description": f"Required bases that were not callable ({result.build or 'no build'})",
        "subject": subject(result),
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain",
                    "data": base64.b64encode(data).decode("ascii"),
                    "title": "uncalled.bed",
                }
            }
        ],
    }
