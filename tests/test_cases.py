"""Golden cases: every folder of `tests/cases` is run and compared with its `expected.json`.

`expected.json` holds, by sample, what must be in the result; keys that it does not name are
not compared, so new fields break nothing. Conditions and variants are found by their id, ACMG
criteria by their code. A condition that is null must not be a finding. Instead of a value,
`{"contains": x}` and `{"lacks": x}` look into a text or a list of texts, and `{"given": true}`
demands that there is a value at all. Every result fits the JSON Schema, and
is written as Phenopacket and as FHIR.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fhir_bindings
import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from hies_annot.model.json_schema import json_schema
from hies_annot.render import call_words, words
from hies_annot.render.exchange.fhir import fhir_text
from hies_annot.render.exchange.fhir_codes import SIGNIFICANCE
from hies_annot.render.exchange.phenopacket import phenopacket_text
from hies_annot.results.contract import SampleResult
from hies_annot.write.sample_files import result_json

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.yaml"))
DOCUMENTS = {
    name: yaml.safe_load((CASES / name / "case.yaml").read_text(encoding="utf-8")) for name in NAMES
}
VALIDATOR = jsonschema.Draft202012Validator(json_schema(SampleResult))
KEYS = {"conditions": "id", "variants": "id", "criteria": "code", "effects": "transcript"}


def differences(expected: Any, actual: Any, where: str = "") -> list[str]:
    """Return one sentence for each expected value that the result does not have."""
    if isinstance(expected, dict):
        if set(expected) <= {"contains", "lacks", "given"}:
            return looked_for(expected, actual, where)
        if isinstance(actual, list):
            actual = by_key(actual, where.rsplit(".", 1)[-1])
        if not isinstance(actual, dict):
            return [f"{where}: a value with parts was expected, found {actual!r}"]
        return [
            fault
            for key, value in expected.items()
            for fault in differences(value, actual.get(key), f"{where}.{key}")
        ]
    if isinstance(actual, str) and ".hgvs_" in where:
        actual = actual.rpartition(":")[2]
    if isinstance(actual, float) and isinstance(expected, float):
        same = actual == pytest.approx(expected, abs=0.001)
    elif where.endswith(".variants") and isinstance(actual, list):
        same = sorted(actual) == sorted(expected)
    else:
        same = actual == expected
    return [] if same else [f"{where}: expected {expected!r}, found {actual!r}"]


def by_key(parts: list[Any], name: str) -> dict[str, Any]:
    """Return the parts by id; of several with one id the first, which is the highest."""
    return {part[KEYS[name]]: part for part in reversed(parts)}


def looked_for(expected: dict[str, Any], actual: Any, where: str) -> list[str]:
    text = "\n".join(actual) if isinstance(actual, list) else str(actual or "")
    faults = []
    if "contains" in expected and expected["contains"] not in text:
        faults.append(f"{where}: {expected['contains']!r} was expected in {text!r}")
    if "lacks" in expected and expected["lacks"] in text:
        faults.append(f"{where}: {expected['lacks']!r} must not be in {text!r}")
    if "given" in expected and bool(text) is not expected["given"]:
        faults.append(f"{where}: {'a' if expected['given'] else 'no'} value was expected")
    return faults


def unworded(result: dict[str, Any]) -> Iterator[str]:
    """Yield the codes of a result that a page would show as they are."""
    for variant in result["variants"]:
        for flag in variant.get("flags", ()):
            kind, colon, _ = flag.partition(":")
            if kind not in (call_words.FLAG_OF if colon else call_words.FLAG):
                yield f"the flag {flag}"
        dropped = (variant.get("drop_reason") or "").partition(":")[0]
        if dropped and dropped not in call_words.DROP_REASON:
            yield f"the drop reason {dropped}"
        if variant["zygosity"] not in words.ZYGOSITY:
            yield f"the zygosity {variant['zygosity']}"


def not_fhir(result: SampleResult) -> Iterator[str]:
    """Yield what the guide does not allow; the libraries, where installed, read both forms."""
    packet = phenopacket_text(replace(result, report_date="2026-01-31"))
    bundle = fhir_text(result)
    if find_spec("phenopackets"):
        read = import_module("google.protobuf.json_format").Parse
        assert read(packet, import_module("phenopackets").Phenopacket()).interpretations
    if find_spec("fhir"):
        import_module("fhir.resources.R4B.bundle").Bundle.model_validate_json(bundle)
    yield from fhir_bindings.faults_of(json.loads(bundle))


def milder_than_answer(result: SampleResult) -> Iterator[str]:
    """Yield alleles of a relevant finding that a filter by class would miss in the other forms."""
    dated = replace(result, report_date="2026-01-31")
    packet, bundle = json.loads(phenopacket_text(dated)), json.loads(fhir_text(result))
    relevant = {each.id: each.variants for each in result.conditions if each.status == "relevant"}
    damaging = {"PATHOGENIC", "LIKELY_PATHOGENIC"}
    for told in packet["interpretations"]:
        for each in told.get("diagnosis", {}).get("genomicInterpretations", ()):
            variant = each["variantInterpretation"]
            condition, _, allele = variant["variationDescriptor"]["id"].partition("/")
            stated = variant["acmgPathogenicityClassification"]
            if allele in relevant.get(condition, ()) and stated not in damaging:
                yield f"{allele} in the Phenopacket"
    codes = [
        coding["code"]
        for entry in bundle["entry"]
        for part in entry["resource"].get("component", ())
        for coding in part.get("valueCodeableConcept", {}).get("coding", ())
    ]
    needed = sum(map(len, relevant.values()))
    if sum(codes.count(SIGNIFICANCE[name.lower()].code) for name in damaging) < needed:
        yield "an allele in the FHIR bundle"


def marked(name: str) -> Any:
    """Return the case; one with a known fault must fail until the fault is mended."""
    fault = DOCUMENTS[name].get("known_fault")
    marks = [pytest.mark.xfail(reason=fault, strict=True)] if fault else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [marked(name) for name in NAMES])
def test_case(name: str, golden: Any) -> None:
    expected = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    results = golden.run(name)
    found = {result.sample: json.loads(result_json(result)) for result in results}
    assert set(expected) <= set(found)
    faults = [
        fault
        for sample, wanted in expected.items()
        for fault in differences(wanted, found[sample], sample)
    ]
    faults += [f"{name}: no words for {code}" for name in found for code in unworded(found[name])]
    faults += [
        f"{name}: against the schema: {fault.json_path}: {fault.message}"
        for name, result in found.items()
        for fault in VALIDATOR.iter_errors(result)
    ]
    faults += [f"{name}: as FHIR: {each}" for result in results for each in not_fhir(result)]
    faults += [
        f"{name}: milder: {each}" for result in results for each in milder_than_answer(result)
    ]
    first = next(iter(found.values()))
    assert not faults, "\n".join([*faults, f"status_reason: {first['status_reason']}"])


def test_no_case_folder_is_overlooked() -> None:
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders == set(NAMES)
    assert len(folders) > 70
    for folder in folders:
        assert (CASES / folder / "input.vcf").is_file()
        assert (CASES / folder / "expected.json").is_file()


@pytest.mark.parametrize(
    ("expected", "actual", "fault"),
    [
        ({"status": "none"}, {"status": "none", "more": 1}, False),
        ({"status": "none"}, {"status": "failed"}, True),
        ({"status": "none"}, {}, True),
        ({"variants": {"a": {"x": 1}}}, {"variants": [{"id": "a", "x": 1}]}, False),
        ({"variants": {"a": {"x": 1}}}, {"variants": [{"id": "a", "x": 2}]}, True),
        ({"variants": {"a": {"x": 1}}}, {"variants": []}, True),
        ({"conditions": {"c": None}}, {"conditions": []}, False),
        ({"conditions": {"c": None}}, {"conditions": [{"id": "c"}]}, True),
        ({"reasons": {"contains": "trans"}}, {"reasons": ["in trans"]}, False),
        ({"reasons": {"contains": "trans"}}, {"reasons": ["in cis"]}, True),
        ({"reasons": {"lacks": "trans"}}, {"reasons": ["in trans"]}, True),
        ({"drop_reason": {"given": True}}, {"drop_reason": None}, True),
        ({"v": {"hgvs_c": "c.1A>G"}}, {"v": {"hgvs_c": "NM_1.2:c.1A>G"}}, False),
        ({"v": {"hgvs_c": "c.1A>G"}}, {"v": {"hgvs_c": "NM_1.2:c.1A>T"}}, True),
    ],
)
def test_the_comparison_itself(
    expected: dict[str, Any], actual: dict[str, Any], fault: bool
) -> None:
    assert bool(differences(expected, actual)) is fault
