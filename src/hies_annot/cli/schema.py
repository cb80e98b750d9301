"""`hies-annot schema`: JSON Schemas of results, run.json, configuration, sheet and gene file."""

from __future__ import annotations

import json

import click

from hies_annot.genes.gene_file import GeneFile
from hies_annot.model.closed import Described
from hies_annot.model.json_schema import json_schema
from hies_annot.results.contract import SCHEMA_VERSION, SampleResult
from hies_annot.results.run_contract import RunResult
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.sheet_schema import sheet_schema

_SHEET = "sheet"
_MODELS: dict[str, type[Described]] = {
    "result": SampleResult,
    "config": RunConfig,
    "gene": GeneFile,
    "run": RunResult,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@click.command()
@click.argument("what", type=click.Choice(sorted([*_MODELS, _SHEET])), default="result")
def schema(what: str) -> None:
    """Print the JSON Schema of a result, run.json, configuration, sample sheet or gene file.

    \b
    Example:
      hies-annot schema result > result.schema.json
    """
    head = {"$schema": _DIALECT, "$id": f"urn:hies-annot:{what}:{SCHEMA_VERSION}"}
    made = sheet_schema() if what == _SHEET else json_schema(_MODELS[what])
    click.echo(json.dumps({**head, **made}, indent=2))
