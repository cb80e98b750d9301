"""A result as HL7 FHIR: one Bundle with a report of the Genomics Reporting guide (STU 3), FHIR R4.

Codes stand in `fhir_codes`, with where they were read. Of the person it holds the sample id.
"""

from __future__ import annotations

import json
from typing import Any

from hies_annot.render.exchange.fhir_codes import (
    DISCLAIMER_NOTE,
    FAILED_STATUS,
    GENETICS,
    OVERALL,
    OWN_STATUS,
    REPORT,
    REPORT_STATUS,
    Code,
)
from hies_annot.render.exchange.fhir_findings import observations
from hies_annot.render.exchange.fhir_parts import (
    Part,
    address,
    concept,
    entries,
    extension,
    profiled,
    reference,
    subject,
)
from hies_annot.render.exchange.fhir_study import study
from hies_annot.render.exchange.told import (
    cautions,
    finding_words,
    negative,
    status_words,
)
from hies_annot.render.standing import by_id
from hies_annot.render.words import STATUS_LABEL, word
from hies_annot.results.contract import SampleResult


def fhir_text(result: SampleResult) -> str:
    """Return the text of a bundle."""
    return json.dumps(fhir_bundle(result), indent=1, ensure_ascii=False) + "\n"


def fhir_bundle(result: SampleResult) -> dict[str, Any]:
    """Return a result as a bundle of the type `collection`; the report comes first."""
    found = [*observations(result)]
    report = _report(result, [place for place, _ in found])
    resources = [(address(result, "report"), report), *study(result), *found]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries(resources)}


def _report(result: SampleResult, found: list[str]) -> Part:
    failed, studied = result.status == "failed", address(result, "study")
    dated = {"issued": f"{result.report_date}T00:00:00Z"} if result.report_date else {}
    listed = {"result": [reference(place) for place in found]} if found else {}
    return {
        **profiled("DiagnosticReport", "genomic-report"),
        "extension": [
            extension("genomic-study-reference", valueReference=reference(studied)),
            *(_note(text) for text in cautions(result)),
        ],
        "status": FAILED_STATUS if failed else REPORT_STATUS,
        "category": [concept(GENETICS)],
        "code": concept(REPORT),
        "subject": subject(result),
        **dated,
        **listed,
        "conclusion": _conclusion(result),
        "conclusionCode": [_overall(result)],
    }


def _overall(result: SampleResult) -> Part:
    """Return the coarse answer, and the status of this program beside it.

    "Negative" is said only of bases that were looked at.
    """
    unseen = result.status == "none" and not negative(result)
    answer = OVERALL["inconclusive" if unseen else result.status]
    label = word(STATUS_LABEL, result.status)
    return concept(answer, Code(OWN_STATUS, result.status, label))


def _conclusion(result: SampleResult) -> str:
    variants = by_id(result)
    told = [f"{word(STATUS_LABEL, result.status)}: {status_words(result)}"]
    told += [f"{finding_words(condition, variants)}." for condition in result.conditions]
    return " ".join([*told, *cautions(result)])


def _note(text: str) -> Part:
    code = extension("annotation-code", valueCodeableConcept=concept(DISCLAIMER_NOTE))
    return extension("genomic-report-note", valueAnnotation={"extension": [code], "text": text})
