"""FHIR bundles: read back by the library, held to the bindings of the guide, true to the result."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import fhir_bindings
import pytest
from msgspec.structs import replace

from hies_annot.model import Status
from hies_annot.render.exchange import fhir_codes
from hies_annot.render.exchange.fhir import fhir_bundle, fhir_text
from hies_annot.results.contract import SampleResult

bundles = pytest.importorskip("fhir.resources.R4B.bundle")

Build = Callable[[str], Callable[..., Any]]
NAMES = ["result", "negative", "compound", "exclusion", "failed"]


def checked(result: SampleResult) -> dict[str, Any]:
    """Return a bundle that the library reads and the guide allows."""
    text = fhir_text(result)
    bundles.Bundle.model_validate_json(text)
    data: dict[str, Any] = json.loads(text)
    assert [*fhir_bindings.faults_of(data)] == []
    return data


def those(bundle: dict[str, Any], profile: str) -> list[dict[str, Any]]:
    return [
        entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["meta"]["profile"][0].endswith(f"/{profile}")
    ]


def overall(bundle: dict[str, Any]) -> str:
    (report,) = those(bundle, "genomic-report")
    (code,) = report["conclusionCode"]
    return fhir_bindings.OVERALL[code["coding"][0]["code"]]


def regions(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    (analysis,) = those(bundle, "genomic-study-analysis")
    (listed,) = [each for each in analysis["extension"] if each["url"].endswith("regions")]
    return [each for each in listed["extension"] if each["url"] == kind]


def genes(bundle: dict[str, Any], kind: str) -> list[str]:
    concepts = [each.get("valueCodeableConcept") for each in regions(bundle, kind)]
    return [each["coding"][0]["display"] for each in concepts if each]


def answers(variant: dict[str, Any]) -> dict[str, Any]:
    return {
        part["code"]["coding"][0]["code"]: next(
            value for key, value in part.items() if key.startswith("value")
        )
        for part in variant["component"]
    }


@pytest.mark.parametrize("name", NAMES)
def test_bundles_are_read_back_and_fit_the_guide(built: Build, name: str) -> None:
    bundle = checked(built(name)())
    (report,) = those(bundle, "genomic-report")

    assert report["subject"]["identifier"]["value"] == built(name)().sample
    assert "Research use only" in report["conclusion"]
    assert fhir_text(built(name)()) == fhir_text(built(name)())


def test_a_finding_is_told_with_names_class_and_disease(built: Build) -> None:
    bundle = checked(built("result")())
    (variant,) = those(bundle, "variant")
    told = answers(variant)
    (implication,) = those(bundle, "diagnostic-implication")

    assert overall(bundle) == "Positive"
    assert variant["valueCodeableConcept"]["coding"][0]["display"] == "Present"
    assert told["48018-6"]["coding"][0]["code"] == "HGNC:11364"
    assert told["48004-6"]["coding"][0]["code"] == "NM_139276.3:c.1144C>T"
    assert told["53034-5"]["coding"][0]["display"] == "Heterozygous"
    assert told["81254-5"] == {"low": {"value": 42329643}, "high": {"value": 42329643}}
    assert "MIM 147060" in answers(implication)["81259-4"]["text"]
    assert answers(implication)["53037-8"]["coding"][0]["display"] == "Pathogenic"


def test_nothing_found_names_what_was_called(built: Build) -> None:
    bundle = checked(built("negative")())

    assert overall(bundle) == "Negative"
    assert those(bundle, "variant") == []
    assert genes(bundle, "studied") == genes(bundle, "called") == ["STAT3", "ZNF341"]
    assert regions(bundle, "uncalled") == []


def test_uncalled_bases_are_a_bed_file(built: Build) -> None:
    bundle = checked(built("exclusion")())
    (file,) = those(bundle, "genomic-data-file")
    (uncalled,) = regions(bundle, "uncalled")
    data = base64.b64decode(file["content"][0]["attachment"]["data"]).decode()

    assert overall(bundle) == "Inconclusive"
    assert genes(bundle, "called") == ["ZNF341"]
    assert data == "chr17\t11999\t12029\tSTAT3 c.1110_1139 low_depth\n"
    assert uncalled["valueReference"]["reference"] in [
        entry["fullUrl"] for entry in bundle["entry"] if entry["resource"] == file
    ]


def test_a_gene_of_which_nothing_is_known_is_neither_called_nor_uncalled(built: Build) -> None:
    bundle = checked(built("compound")())
    (told,) = regions(bundle, "description")

    assert genes(bundle, "studied") == ["STAT3", "ZNF341"]
    assert genes(bundle, "called") == genes(bundle, "uncalled") == []
    assert "which of" in told["valueString"]
    (phase,) = those(bundle, "sequence-phase-relationship")
    assert phase["valueCodeableConcept"]["coding"][0]["code"] == "Unknown"
    assert len(phase["derivedFrom"]) == 2


def test_a_failed_sample_is_no_report_and_no_analysis(built: Build) -> None:
    bundle = checked(built("failed")())
    (report,) = those(bundle, "genomic-report")
    (study,) = those(bundle, "genomic-study")

    assert overall(bundle) == "Failure"
    assert (report["status"], study["status"]) == ("cancelled", "stopped")
    assert those(bundle, "genomic-study-analysis") == []
    assert "result" not in report


@pytest.mark.parametrize("status", [each.value for each in Status])
def test_negative_is_said_only_of_bases_that_were_looked_at(built: Build, status: str) -> None:
    result = built("negative")(status=status)
    callability = replace(result.callability, assumed_reference=True)
    assumed = checked(replace(result, callability=callability))

    assert (overall(checked(result)) == "Negative") is (status == "none")
    assert overall(assumed) != "Negative"
    if status != "failed":
        assert genes(assumed, "called") == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Present"),
        ({"zygosity": "no_call", "flags": ["low_depth"]}, "No call"),
        ({"zygosity": "no_call", "flags": ["low_depth", "reads_without_call"]}, "Indeterminate"),
        ({"zygosity": "hom_ref"}, "Indeterminate"),
    ],
)
def test_an_allele_is_present_only_where_it_is_called(
    built: Build, changes: dict[str, Any], told: str
) -> None:
    (variant,) = those(checked(built("result")(variants=[built("variant")(**changes)])), "variant")

    assert variant["valueCodeableConcept"]["coding"][0]["display"] == told


def test_an_allele_of_a_contradiction_is_indeterminate(built: Build) -> None:
    doubtful = built("condition")(status="inconclusive")
    bundle = checked(built("result")(status="inconclusive", conditions=[doubtful]))
    (variant,) = those(bundle, "variant")

    assert variant["valueCodeableConcept"]["coding"][0]["display"] == "Indeterminate"


def test_a_structural_allele_has_no_bases(built: Build) -> None:
    structural = built("variant")(alt="<DEL>", kind="symbolic", end=42329999)
    (variant,) = those(checked(built("result")(variants=[structural])), "variant")

    assert {"69547-8", "69551-0", "81254-5"}.isdisjoint(answers(variant))


def test_only_the_id_of_the_person_is_in_it(built: Build) -> None:
    sheet = {"sex": "female", "family": "FAM-OF-TEST", "father": "DAD-OF-TEST", "hpo": ["HP:1"]}
    text = fhir_text(built("result")(specification=sheet))

    for word in ("female", "FAM-OF-TEST", "DAD-OF-TEST", '"HP:1"'):
        assert word not in text


def test_what_must_not_be_overlooked_stands_in_notes(built: Build) -> None:
    (report,) = those(checked(built("compound")()), "genomic-report")
    notes = [
        each["valueAnnotation"]["text"] for each in report["extension"] if "note" in each["url"]
    ]

    assert any("DEMO REFERENCE" in note for note in notes)
    assert any("Research use only" in note for note in notes)


def concepts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if {"system", "code", "display"} <= node.keys():
            yield node
        for part in node.values():
            yield from concepts(part)
    elif isinstance(node, list):
        for part in node:
            yield from concepts(part)


def test_the_check_finds_a_code_that_the_library_takes(built: Build) -> None:
    """Each foreign code in turn is spoiled: the library reads it, the check does not."""
    bundle = fhir_bundle(built("compound")())
    closed = [
        place
        for place, each in enumerate(concepts(bundle))
        if each["system"] in (fhir_codes.LOINC, fhir_codes.TBD, fhir_codes.HPO)
    ]
    assert len(closed) > 30
    for place in closed:
        spoiled = copy.deepcopy(bundle)
        [*concepts(spoiled)][place]["code"] = "LA0000-0"
        assert [*fhir_bindings.faults_of(spoiled)], [*concepts(bundle)][place]
    bundles.Bundle.model_validate(spoiled)


def test_no_reference_leads_nowhere(built: Build) -> None:
    bundle = fhir_bundle(built("result")())
    assert len([*fhir_bindings.references(bundle)]) > 3
    del bundle["entry"][-1]

    assert any("is no resource" in fault for fault in fhir_bindings.faults_of(bundle))
