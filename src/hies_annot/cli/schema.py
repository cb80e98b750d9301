"""`hies-annot schema`: the JSON Schema of the result, the configuration and the gene file."""

from __future__ import annotations

import json

import click
from pydantic import BaseModel

from hies_annot.genes.gene_file import GeneFile
from hies_annot.results.contract import SampleResult
from hies_annot.settings.run_config import RunConfig

_MODELS: dict[str, type[BaseModel]] = {
    "result": SampleResult,
    "config": RunConfig,
    "gene": GeneFile,
}


@click.command()
@click.argument("what", type=click.Choice(sorted(_MODELS)), default="result")
def schema(what: str) -> None:
    """Print the JSON Schema of the result contract, the configuration or a gene file.

    \b
    Example:
      hies-annot schema result > result.schema.json
    """
    click.echo(json.dumps(_MODELS[what].model_json_schema(by_alias=True), indent=2))
