"""What the Genomics Reporting guide (STU 3, FHIR R4) demands of a bundle, checked without a server.

The libraries of FHIR accept any code. Bindings, slices and multiplicities: sources of the guide at
4ab7b6a (CGFindings, CGGeneral, CGImplications, GGGenomicStudy); statuses: hl7.org/fhir/R4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

LOINC = "http://loinc.org"
GUIDE = "http://hl7.org/fhir/uv/genomics-reporting"
TBD = f"{GUIDE}/CodeSystem/tbd-codes-cs"
HPO = "http://human-phenotype-ontology.org"
LABORATORY = ("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory")
GENETICS = ("http://terminology.hl7.org/CodeSystem/v2-0074", "GE")
PHASES = "http://terminology.hl7.org/CodeSystem/sequence-phase-relationship-cs"

STATUSES = {
    "DiagnosticReport": {
        "registered", "partial", "preliminary", "final", "amended", "corrected", "appended",
        "cancelled", "entered-in-error", "unknown",
    },
    "Observation": {
        "registered", "preliminary", "final", "amended", "corrected", "cancelled",
        "entered-in-error", "unknown",
    },
    "Procedure": {
        "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed",
        "entered-in-error", "unknown",
    },
    "DocumentReference": {"current", "superseded", "entered-in-error"},
}  # fmt: skip
CODES = {
    "genomic-report": (LOINC, "51969-4"),
    "variant": (LOINC, "69548-6"),
    "sequence-phase-relationship": (LOINC, "82120-7"),
    "diagnostic-implication": (TBD, "diagnostic-implication"),
}
VALUES = {
    "variant": {(LOINC, code) for code in ("LA9633-4", "LA9634-2", "LA18198-4", "LA11884-6")},
    "sequence-phase-relationship": {
        (PHASES, code) for code in ("Cis", "Trans", "Indeterminate", "Unknown")
    },
}
ANSWERS = {
    "53034-5": {(LOINC, f"LA67{code}") for code in ("03-8", "04-6", "05-3", "06-1", "07-9")},
    "53037-8": {
        (LOINC, code) for code in ("LA6668-3", "LA26332-9", "LA26333-7", "LA26334-5", "LA6675-8")
    },
    "62374-4": {(LOINC, "LA14029-5"), (LOINC, "LA26806-2")},
    "92822-6": {(LOINC, code) for code in ("LA30100-4", "LA30101-2", "LA30102-0")},
    "condition-inheritance": {(HPO, code) for code in ("HP:0000006", "HP:0000007", "HP:0001442")},
}
SYSTEMS = {
    "48018-6": "http://www.genenames.org",
    "48004-6": "http://varnomen.hgvs.org",
    "48005-3": "http://varnomen.hgvs.org",
    "81290-9": "http://varnomen.hgvs.org",
}
TYPES = {
    "69547-8": "valueString",
    "69551-0": "valueString",
    "81254-5": "valueRange",
    "81258-6": "valueQuantity",
    "82121-5": "valueQuantity",
    "conclusion-string": "valueString",
}
"""Components whose value is no concept."""
PARTS = {
    "variant": {
        "48018-6", "62374-4", "48004-6", "81290-9", "48005-3", "51958-7", "48013-7", "69547-8",
        "69551-0", "81254-5", "92822-6", "53034-5", "81258-6", "82121-5", "81252-9",
    },
    "diagnostic-implication": {"53037-8", "81259-4", "condition-inheritance", "conclusion-string"},
    "sequence-phase-relationship": set(),
}  # fmt: skip
OVERALL = {"LA6576-8": "Positive", "LA6577-6": "Negative", "LA9663-1": "Inconclusive",
           "LA9664-9": "Failure"}  # fmt: skip


def codings(concept: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["system"], each["code"]) for each in concept.get("coding", ())}


def faults_of(bundle: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for everything in a bundle that the guide does not allow."""
    places = [entry["fullUrl"] for entry in bundle["entry"]]
    if len(set(places)) < len(places):
        yield "two resources have one address"
    for wanted in references(bundle):
        if wanted not in places:
            yield f"{wanted} is no resource of the bundle"
    for entry in bundle["entry"]:
        resource = entry["resource"]
        profile = resource["meta"]["profile"][0].rpartition("/")[2]
        if resource["status"] not in STATUSES[resource["resourceType"]]:
            yield f"{profile}: status {resource['status']}"
        yield from (f"{profile}: {fault}" for fault in _faults(resource, profile))


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for part in node.values():
            yield from references(part)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)


def _faults(resource: dict[str, Any], profile: str) -> Iterator[str]:
    if profile in CODES and codings(resource["code"]) != {CODES[profile]}:
        yield "code"
    if profile == "genomic-report":
        yield from _report_faults(resource)
    elif resource["resourceType"] == "Procedure":
        if codings(resource["category"]) != {LABORATORY}:
            yield "category"
        if profile == "genomic-study-analysis" and resource["status"] != "completed":
            yield "an analysis is complete"
        for each in resource.get("extension", ()):
            if each["url"].endswith("genome-build"):
                told = codings(each["valueCodeableConcept"])
                yield from [] if told and told <= ANSWERS["62374-4"] else ["genome build"]
    elif resource["resourceType"] == "Observation":
        yield from _observation_faults(resource, profile)


def _report_faults(resource: dict[str, Any]) -> Iterator[str]:
    if [codings(each) for each in resource["category"]] != [{GENETICS}]:
        yield "category"
    told = [code for each in resource["conclusionCode"] for code in codings(each)]
    answers = [code for system, code in told if system == LOINC]
    if len(answers) != 1 or answers[0] not in OVERALL:
        yield f"overall interpretation {answers}"


def _observation_faults(resource: dict[str, Any], profile: str) -> Iterator[str]:
    if [codings(each) for each in resource["category"]] != [{LABORATORY}, {GENETICS}]:
        yield "category"
    if profile in VALUES:
        if not codings(resource["valueCodeableConcept"]) <= VALUES[profile]:
            yield "value"
    elif any(key.startswith("value") for key in resource):
        yield "an implication has no value"
    if profile == "diagnostic-implication" and not resource.get("derivedFrom"):
        yield "an implication is derived from a finding"
    parts = resource.get("component", [])
    counted = Counter(code for part in parts for _, code in codings(part["code"]))
    yield from (f"{code} {count} times" for code, count in counted.items() if count > 1)
    for part in parts:
        ((_, code),) = codings(part["code"])
        if code not in PARTS[profile]:
            yield f"component {code}"
        yield from (f"component {code}: {fault}" for fault in _part_faults(part, code))


def _part_faults(part: dict[str, Any], code: str) -> Iterator[str]:
    (key,) = (key for key in part if key.startswith("value"))
    if key != TYPES.get(code, "valueCodeableConcept"):
        yield key
    elif key == "valueQuantity":
        if part[key]["system"] != "http://unitsofmeasure.org" or part[key]["code"] != "1":
            yield "unit"
    elif key == "valueCodeableConcept":
        told = codings(part[key])
        if code in ANSWERS and not (told and told <= ANSWERS[code]):
            yield f"answer {sorted(told)}"
        if code in SYSTEMS and {system for system, _ in told} - {SYSTEMS[code]}:
            yield "system"
        if not told and not part[key].get("text"):
            yield "empty"
