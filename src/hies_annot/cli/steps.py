"""The three steps that the workflow's rules call: annotate, report, summarise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from hies_annot.cli.progress import tracked
from hies_annot.errors import UsageError
from hies_annot.render.terminal import text_table
from hies_annot.results.contract import SampleResult
from hies_annot.results.file_names import FolderNames
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import load_config
from hies_annot.sheet.table import Row
from hies_annot.write.run_files import (
    SummaryWriter,
    faults_of,
    read_lines,
    write_lines,
)
from hies_annot.write.sample_files import write_sample

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--config", "config_file", type=_FILE, required=True, help="Configuration (YAML).")
@click.option(
    "--sheet-json",
    required=True,
    help='Rows as JSON ({"samples": [...], "relatives": [...]}) or @FILE with it.',
)
@click.option("--batch", required=True, help="Name of the batch.")
@click.option("-o", "--output", type=_FILE, required=True, help="JSON lines, one a sample.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a file could not be used.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def annotate(
    config_file: Path, sheet_json: str, batch: str, output: Path, strict: bool, quiet: bool
) -> int:
    """Analyse one batch and write one JSON line a sample.

    A file that cannot be used gives a line with status `failed`; the others go on.

    \b
    Example:
      hies-annot annotate --config config.yaml --sheet-json @rows.json --batch b1 -o b1.jsonl
    """
    rows, relatives = _sheet(sheet_json)
    failed: list[str] = []
    faulty: list[str] = []

    def watched() -> Iterator[SampleResult]:
        engine = Engine(load_config(config_file))
        results = analyse_rows(engine, rows, relatives, batch=batch)
        for result in tracked(results, len(rows), f"batch {batch}", quiet=quiet):
            failed.extend([result.sample] * (result.status == "failed"))
            for fault in faults_of(result):
                faulty.append(result.sample)
                click.echo(fault, err=True)
            yield result

    count = write_lines(watched(), output)
    click.echo(f"batch {batch}: {count} samples, {len(failed)} failed", err=True)
    return 1 if strict and faulty else 0


@click.command()
@click.option("--results", type=_FILE, required=True, help="JSON lines of `annotate`.")
@click.option("-o", "--output", type=_FILE, required=True, help="Folder of the batch.")
def report(results: Path, output: Path) -> int:
    """Write .json, .html, .tsv and .vcf.gz of every sample of a batch.

    \b
    Example:
      hies-annot report --results b1.jsonl -o results/b1
    """
    names = FolderNames()
    count = 0
    for result in read_lines(results):
        write_sample(result, output, names.stem(result.sample))
        count += 1
    click.echo(f"{output}: reports of {count} samples", err=True)
    return 0


@click.command()
@click.option("--results", type=_FILE, multiple=True, help="JSON lines; may be given often.")
@click.argument("more", nargs=-1, type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True, help="Results folder.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a file could not be used.")
def summarise(results: tuple[Path, ...], more: tuple[Path, ...], output: Path, strict: bool) -> int:
    """Write the summary of all batches: tables, index.html, MultiQC file, run.json.

    \b
    Example:
      hies-annot summarise --results b1.jsonl b2.jsonl -o results
    """
    files = (*results, *more)
    if not files:
        raise UsageError("no results: name JSON lines with --results")
    output.mkdir(parents=True, exist_ok=True)
    writer = SummaryWriter(output)
    for file in files:
        for result in read_lines(file):
            writer.add(result)
    summaries = writer.finish()
    for line in text_table(summaries):
        click.echo(line)
    click.echo()
    click.echo(str(output / "index.html"))
    return 1 if strict and writer.faults else 0


def _sheet(text: str) -> tuple[list[Row], list[Row]]:
    """Return rows and relatives from JSON text or from the file behind `@`."""
    try:
        source = Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text
        data = json.loads(source)
        return list(data["samples"]), list(data.get("relatives", []))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UsageError(f"--sheet-json cannot be read: {fault}") from None
