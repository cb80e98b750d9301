"""`hies-annot resources`: what evidence a run uses, and slices cut from large sources."""

from __future__ import annotations

from pathlib import Path

import click
import yaml

from hies_annot.cli.configuration import configuration
from hies_annot.cli.fetch_resources import fetch
from hies_annot.cli.saying import say
from hies_annot.errors import InputError, UsageError
from hies_annot.evidence.loci import Place
from hies_annot.evidence.partial import fault_of, genes_without
from hies_annot.evidence.slices import Slice, slice_text
from hies_annot.evidence.sources import load_source
from hies_annot.genome import Build, parse_build
from hies_annot.io.atomic import write_text
from hies_annot.results.earlier_runs import table_of_runs
from hies_annot.results.file_names import FolderNames
from hies_annot.run.earlier_results import count_results
from hies_annot.run.engine import Engine

_CONFIG = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="Configuration (YAML)."
)
EARLIER_RUNS = "earlier_runs.tsv"
_BUILD = click.option("--build", default="GRCh38", show_default=True, help="GRCh37 or GRCh38.")


@click.group()
def resources() -> None:
    """Show the evidence sources of a run; cut large ones to the loci, or fetch the loci."""


resources.add_command(fetch)


@resources.command()
@_CONFIG
@_BUILD
def show(config_file: Path | None, build: str) -> int:
    """List the sources that a run would use, with version, date and number of alleles.

    \b
    Example:
      hies-annot resources show --config config/config.yaml
    """
    store = _engine(config_file, build).tools(_known(build)).evidence
    say("source\tkind\tversion\tdate\talleles\tcomplete\tsha256\torigin")
    for source in store.slices:
        say("\t".join(_row(source)))
    say(f"known variants\tcurated\t\t\t{len(store.known)}\tno\t\t")
    for fault in store.faults:
        say(fault, err=True)
    say(f"digest of all evidence: {store.digest}")
    return 0


@resources.command()
@_CONFIG
@_BUILD
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder.")
@click.option(
    "--from",
    "results",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    help="Finished results folder, whose carriers are counted; may be given often.",
)
def build(config_file: Path | None, build: str, output: Path, results: tuple[Path, ...]) -> int:
    """Cut every configured source to the loci, with a line of provenance; count earlier runs.

    The slices are small text tables on GRCh38 that take the place of the large files. `--from`
    makes `earlier_runs.tsv`: in how many unrelated samples of these runs each allele is carried;
    it has counts only and names no sample. What to write into the configuration is printed.

    \b
    Examples:
      hies-annot resources build --config config/config.yaml -o resources/slices
      hies-annot resources build --from run1/results --from run2/results -o resources/lab
    """
    engine = _engine(config_file, build)
    if not (engine.config.evidence.sources or results):
        raise UsageError("no evidence source is configured: there is nothing to cut")
    output.mkdir(parents=True, exist_ok=True)
    made: dict[str, object] = {}
    if results:
        path = write_text(output / EARLIER_RUNS, table_of_runs(count_results(results, output)))
        made["recurrence"] = {"earlier_runs": str(path)}
    if engine.config.evidence.sources:
        made["evidence"] = {"sources": _cut(engine, _known(build), output)}
    click.echo(yaml.safe_dump(made, sort_keys=False), nl=False)
    return 0


def _cut(engine: Engine, build: Build, output: Path) -> list[dict[str, str]]:
    """Write a slice of each source; return what to write into the configuration."""
    place = Place(engine.genes, engine.references[build])
    names, block = FolderNames(), []
    for source in engine.config.evidence.sources:
        path = output / f"{names.stem(source.name)}.tsv"
        made = load_source(source, place)
        lacking = genes_without(made, engine.genes)
        if lacking:
            raise InputError(fault_of(made, lacking[0]), file=source.path)
        write_text(path, slice_text(made))
        block.append({"name": source.name, "kind": source.kind.value, "path": str(path)})
        if source.tool:
            block[-1]["tool"] = source.tool
    return block


def _row(source: Slice) -> tuple[str, ...]:
    return (
        source.name,
        source.kind.value,
        source.version or "not stated",
        source.date or "not stated",
        str(len(source.facts)),
        "yes" if source.complete else "no",
        (source.sha256 or "")[:12],
        source.origin,
    )


def _engine(config_file: Path | None, build: str) -> Engine:
    _known(build)
    return Engine(configuration(config_file))


def _known(text: str) -> Build:
    found = parse_build(text)
    if found is None:
        raise UsageError(f"build {text!r} is neither GRCh37 nor GRCh38")
    return found
