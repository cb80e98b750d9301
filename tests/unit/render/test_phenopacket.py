"""GA4GH Phenopackets: read back by the library, complete, and never more than the result says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from hies_annot.genes import hpo
from hies_annot.model import Status, Zygosity
from hies_annot.render.exchange.phenopacket import (
    ACMG,
    ALLELIC_STATE,
    PROGRESS,
    RESOURCES,
    phenopacket,
    phenopacket_text,
)
from hies_annot.results.contract import SampleResult

packets = pytest.importorskip("phenopackets")
json_format = pytest.importorskip("google.protobuf.json_format")

Build = Callable[[str], Callable[..., Any]]

REQUIRED = {
    "": ("id", "metaData"),
    "metaData": ("created", "createdBy", "resources", "phenopacketSchemaVersion"),
    "resources": ("id", "name", "url", "version", "namespacePrefix", "iriPrefix"),
    "subject": ("id",),
    "phenotypicFeatures": ("type",),
    "type": ("id", "label"),
    "interpretations": ("id", "progressStatus"),
    "diagnosis": ("disease",),
    "disease": ("id", "label"),
    "genomicInterpretations": (
        "subjectOrBiosampleId",
        "interpretationStatus",
        "variantInterpretation",
    ),
    "variantInterpretation": ("acmgPathogenicityClassification", "variationDescriptor"),
    "variationDescriptor": ("id", "moleculeContext"),
    "geneContext": ("valueId", "symbol"),
    "expressions": ("syntax", "value"),
    "vcfRecord": ("genomeAssembly", "chrom", "pos", "ref", "alt"),
    "extensions": ("name", "value"),
    "allelicState": ("id", "label"),
}
"""What the documentation of the schema demands (1..1), by the field that holds it."""


def parts(node: Any, name: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every object of a packet with the name of its field."""
    if isinstance(node, dict):
        yield name, node
        for key, value in node.items():
            yield from parts(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from parts(value, name)


def checked(result: SampleResult) -> Any:
    """Return a packet as the library reads it; every required field is there, every CURIE known."""
    text = phenopacket_text(result)
    data = json.loads(text)
    for name, part in parts(data):
        assert set(REQUIRED[name]) <= part.keys(), name
    known = {each["namespacePrefix"] for each in data["metaData"]["resources"]}
    for _, part in parts(data):
        for key in ("id", "valueId"):
            prefix, colon, _ = str(part.get(key, "")).partition(":")
            assert not colon or prefix in known or part.get(key, "").startswith(result.sample)
    ids = [part["id"] for name, part in parts(data) if name == "variationDescriptor"]
    assert len(ids) == len(set(ids))
    read = json_format.Parse(text, packets.Phenopacket())
    assert json_format.MessageToDict(read)["id"] == data["id"]
    return read


def dated(result: SampleResult, **changes: Any) -> SampleResult:
    return replace(result, report_date="2026-01-31", **changes)


@pytest.mark.parametrize("name", ["result", "negative", "compound", "exclusion", "failed"])
def test_packets_are_read_back(built: Build, name: str) -> None:
    result = built(name)()
    read = checked(dated(result))

    assert read.subject.id == result.sample
    assert read.interpretations


def test_a_dominant_finding_names_disease_allele_and_class(built: Build) -> None:
    read = checked(dated(built("result")()))
    (interpretation,) = read.interpretations
    kinds = packets
    (genomic,) = interpretation.diagnosis.genomic_interpretations
    descriptor = genomic.variant_interpretation.variation_descriptor

    assert interpretation.progress_status == kinds.Interpretation.ProgressStatus.COMPLETED
    assert interpretation.diagnosis.disease.id == "OMIM:147060"
    assert genomic.interpretation_status == kinds.GenomicInterpretation.CAUSATIVE
    assert descriptor.gene_context.value_id == "HGNC:11364"
    assert descriptor.allelic_state.id == "GENO:0000135"
    assert descriptor.vcf_record.genome_assembly in ("GRCh37", "GRCh38")
    assert {each.name: each.value for each in descriptor.extensions}["counts_as"] == "pathogenic"


def test_words_are_those_of_the_schema() -> None:
    progress = packets.Interpretation.ProgressStatus.keys()
    classes = packets.AcmgPathogenicityClassification.keys()

    assert set(PROGRESS) == {each.value for each in Status}
    assert set(PROGRESS.values()) <= set(progress)
    assert "SOLVED" not in PROGRESS.values()
    assert {*ACMG.values(), "NOT_PROVIDED"} == set(classes)
    assert set(ALLELIC_STATE) <= {each.value for each in Zygosity}
    assert {each.partition(":")[0] for each, _ in ALLELIC_STATE.values()} <= set(RESOURCES)


@pytest.mark.parametrize("status", ["inconclusive", "failed", "none"])
def test_nothing_found_is_only_said_of_what_was_looked_at(built: Build, status: str) -> None:
    result = dated(built("negative")(), status=status, conditions=[])
    words = packets.Interpretation.ProgressStatus
    (seen,) = checked(result).interpretations
    callability = replace(result.callability, assumed_reference=True)
    (assumed,) = checked(replace(result, callability=callability)).interpretations

    wanted = words.UNSOLVED if status == "none" else words.UNKNOWN_PROGRESS
    assert seen.progress_status == wanted
    assert assumed.progress_status == words.UNKNOWN_PROGRESS
    assert not seen.HasField("diagnosis")
    assert status in seen.summary
    assert "Absent records were taken as reference" in assumed.summary


def test_a_carrier_has_no_diagnosis(built: Build) -> None:
    result = dated(built("result")())
    conditions = [replace(each, status="carrier") for each in result.conditions]
    for interpretation in checked(
        replace(result, status="carrier", conditions=conditions)
    ).interpretations:
        assert not interpretation.HasField("diagnosis")
        assert "c.1144C>T" in interpretation.summary


def test_two_alleles_contribute(built: Build) -> None:
    result = dated(built("result")())
    (condition,) = result.conditions
    again = replace(result.variants[0], id="17-1-A-C", zygosity="no_call")
    both = replace(condition, variants=[result.variants[0].id, again.id])
    (interpretation,) = checked(
        replace(result, conditions=[both], variants=[*result.variants, again])
    ).interpretations
    genomic = interpretation.diagnosis.genomic_interpretations

    assert [each.interpretation_status for each in genomic] == [
        packets.GenomicInterpretation.CONTRIBUTORY
    ] * 2
    assert not genomic[1].variant_interpretation.variation_descriptor.HasField("allelic_state")


def test_only_id_and_signs_of_the_person_are_in_it(built: Build) -> None:
    sheet = {
        "hpo": ["HP:0000964", "HP:9999999"],
        "sex": "female",
        "family": "FAM-OF-TEST",
        "father": "FATHER-OF-TEST",
        "nih_items": {"nih_x": "1"},
    }
    result = dated(built("result")(), specification=sheet)
    text = phenopacket_text(result)
    read = checked(result)

    assert [(each.type.id, each.type.label) for each in read.phenotypic_features] == [
        ("HP:0000964", "Eczematoid dermatitis"),
        ("HP:9999999", "HP:9999999"),
    ]
    (ontology,) = [each for each in read.meta_data.resources if each.id == "hp"]
    assert ontology.version == hpo.release()
    for word in ("female", "FAM-OF-TEST", "FATHER-OF-TEST"):
        assert word not in text


def test_a_packet_needs_a_day(built: Build) -> None:
    with pytest.raises(ValueError, match="report_date"):
        phenopacket(built("result")())
