"""The JSON Schemas: what is written is valid, and every field says what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.cli.main import main
from hies_annot.cli.schema import schema
from hies_annot.model import PhaseState, Status, Zygosity
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig
from hies_annot.shipped import resource_path
from hies_annot.write.sample_files import result_json


def schema_of(what: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(CliRunner().invoke(schema, [what]).output)
    return made


@pytest.mark.parametrize("what", ["result", "run"])
def test_every_field_is_described(what: str) -> None:
    made = schema_of(what)
    parts = {"top": made, **made["$defs"]}

    assert [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, field in part["properties"].items()
        if not field.get("description")
    ] == []


def test_every_schema_has_an_id_of_its_own() -> None:
    ids = {schema_of(what)["$id"] for what in ("result", "run", "config", "gene", "sheet")}

    assert len(ids) == 5
    jsonschema.Draft202012Validator.check_schema(schema_of("run"))


def test_what_a_run_writes_is_valid_and_described(tmp_path: Path) -> None:
    vcf = resource_path("example") / "vcf"
    with pytest.raises(SystemExit):
        main(["run", str(vcf / "EX01.vcf"), str(vcf / "NA.vcf.gz"), "-o", str(tmp_path), "-q"])
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    results = [json.loads(p.read_text(encoding="utf-8")) for p in tmp_path.glob("*/*.json")]

    jsonschema.validate(run, schema_of("run"))
    assert set(run) == set(schema_of("run")["properties"])
    assert len(results) == 2
    for result in results:
        jsonschema.validate(result, schema_of("result"))


def enumerations(node: Any, where: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every list of words of a schema with its place."""
    if isinstance(node, dict):
        if "enum" in node:
            yield where, node["enum"]
        for key, part in node.items():
            yield from enumerations(part, f"{where}/{key}")
    elif isinstance(node, list):
        for part in node:
            yield from enumerations(part, where)


def test_closed_vocabularies_are_listed_from_their_homes() -> None:
    listed = {
        **dict(enumerations(schema_of("result"))),
        **{f"run{where}": words for where, words in enumerations(schema_of("run"))},
    }
    sample, variant = "/properties", "/$defs/VariantResult/properties"
    condition = "/$defs/ConditionResult/properties"

    assert listed[f"{sample}/status"] == [each.value for each in Status]
    assert listed[f"{sample}/build/anyOf"] == ["GRCh37", "GRCh38"]
    assert listed[f"{condition}/status"] == [
        each.value for each in Status if each not in (Status.NONE, Status.FAILED)
    ]
    assert listed[f"{condition}/phase"] == [each.value for each in PhaseState]
    assert "hp" in listed[f"{condition}/phase_evidence"]
    assert listed[f"{condition}/inheritance"] == ["AD", "AR", "somatic"]
    assert listed[f"{variant}/zygosity"] == [each.value for each in Zygosity]
    assert listed[f"{variant}/consequence/items"][0] == "transcript_ablation"
    assert listed[f"{variant}/impact/anyOf"] == ["HIGH", "MODERATE", "LOW", "MODIFIER"]
    assert "ref_mismatch" in listed[f"{variant}/drop_reason/anyOf"]
    assert listed["/$defs/VerdictResult/properties/basis"][0] == "curated"
    assert listed["/$defs/KnownSiteResult/properties/state"][0] == "not_covered"
    assert listed["run/$defs/RunSample/properties/status"] == [each.value for each in Status]
    assert (
        listed["run/$defs/RunVariant/properties/drop_reason/anyOf"]
        == (listed[f"{variant}/drop_reason/anyOf"])
    )


def places(node: Any, schema: dict[str, Any], part: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Yield (holder, key) of each text of a result that the schema holds to a list of words."""
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].rsplit("/", 1)[-1]]
    if isinstance(node, list):
        for index, item in enumerate(node):
            if "enum" in part["items"]:
                yield node, index
            yield from places(item, schema, part["items"])
    elif isinstance(node, dict):
        given = {key: item for key, item in node.items() if item is not None}
        for key in given.keys() & part.get("properties", {}).keys():
            inner = part["properties"][key]
            for branch in inner.get("anyOf", [inner]):
                if "enum" in branch:
                    yield node, key
                if branch.get("type") == "array" or "$ref" in branch:
                    yield from places(given[key], schema, branch)


@pytest.fixture(scope="module")
def example() -> tuple[dict[str, Any], list[tuple[Any, Any]], Any]:
    """A result with findings, where its closed words stand, and its validator."""
    made = schema_of("result")
    vcf = resource_path("example") / "vcf" / "EX01.vcf"
    row = {"sample": "EX01", "vcf": str(vcf)}
    (result,) = analyse_rows(Engine(RunConfig()), (row,), (), batch=None)
    data = json.loads(result_json(result))
    return data, list(places(data, made, made)), jsonschema.Draft202012Validator(made)


@given(data=st.data(), other=st.text(max_size=12))
def test_a_value_outside_its_vocabulary_is_refused(
    example: tuple[dict[str, Any], list[tuple[Any, Any]], Any], data: st.DataObject, other: str
) -> None:
    result, closed, validator = example
    holder, key = data.draw(st.sampled_from(closed))
    before = holder[key]
    assert validator.is_valid(result)
    try:
        holder[key] = f"{before} {other}"
        assert not validator.is_valid(result)
    finally:
        holder[key] = before


def test_the_example_has_many_closed_words(example: Any) -> None:
    assert len({key for _, key in example[1]}) > 10


@pytest.mark.parametrize("value", ["", "sideways", "gain_of_function and", " and benign"])
def test_mechanisms_are_words_put_together(value: str) -> None:
    field = schema_of("result")["$defs"]["VariantResult"]["properties"]["mechanism"]

    assert not jsonschema.Draft202012Validator(field).is_valid(value)
    for good in ("benign", "gain_of_function and dominant_negative", None):
        jsonschema.validate(good, field)
