"""The JSON Schemas: what is written is valid, and every field says what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from hies_annot.cli.main import main
from hies_annot.cli.schema import schema
from hies_annot.shipped import resource_path


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
