"""`hies-annot summarise`: the files of a whole run, from the lines of its batches."""

from __future__ import annotations

from pathlib import Path

import click

from hies_annot.cli.privacy import keep_private
from hies_annot.cli.saying import say
from hies_annot.cli.steps import REPORTS
from hies_annot.errors import UsageError
from hies_annot.render.terminal import text_table
from hies_annot.run.plan import read_run_plan
from hies_annot.run.planned import planned_summary
from hies_annot.settings.run_config import Reports, RunConfig
from hies_annot.write.run_files import SummaryWriter
from hies_annot.write.sample_files import read_lines

_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--plan", "plan_file", type=_FILE, help="The run as planned; its results are read.")
@click.option("--results", type=_FILE, multiple=True, help="JSON lines; may be given often.")
@click.argument("more", nargs=-1, type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True, help="Results folder.")
@click.option(
    "--lost-as-failed",
    is_flag=True,
    help="Samples of a planned batch without current results are `failed`.",
)
@REPORTS
@click.option("--parquet", is_flag=True, help="Without a plan: write the tables as Parquet, too.")
@click.option("--review", help="Without a plan: decisions, beside review.tsv of the folder.")
@click.option("--earlier", help="Without a plan: last report (folder) to compare with.")
@click.option("--snakemake", help="Version of the Snakemake that calls this, for versions.yml.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a file could not be used.")
def summarise(
    plan_file: Path | None,
    results: tuple[Path, ...],
    more: tuple[Path, ...],
    output: Path,
    lost_as_failed: bool,
    reports: Reports,
    parquet: bool,
    review: str | None,
    earlier: str | None,
    snakemake: str | None,
    strict: bool,
) -> int:
    """Write the summary of all batches: tables, index.html, MultiQC file, run.json.

    With a plan, results that were made from something else are refused; without one, results of
    another version of the program get a warning. Files of samples that are not in the run are
    moved to the folder `withdrawn`.

    \b
    Examples:
      hies-annot summarise --plan results/plan.json -o results
      hies-annot summarise --results b1.jsonl b2.jsonl -o results
    """
    files = (*results, *more)
    if bool(files) == (plan_file is not None):
        raise UsageError("give --plan, or JSON lines with --results")
    settings = RunConfig(reports=reports, parquet=parquet, review=review, earlier=earlier)
    if plan_file is not None:
        keep_private(private=bool(read_run_plan(plan_file).settings.get("private")))
    output.mkdir(parents=True, exist_ok=True)
    writer = (
        _lines_of(files, output, settings)
        if plan_file is None
        else planned_summary(
            plan_file,
            output,
            with_lost=lost_as_failed,
            ran_by={} if snakemake is None else {"Snakemake": snakemake},
        )
    )
    summaries = writer.finish()
    for line in text_table(summaries):
        say(line)
    say()
    for sentence in writer.remarks():
        say(f"hies-annot: {sentence}", err=True)
    say(str(output / "index.html"))
    return 1 if strict and writer.faults else 0


def _lines_of(files: tuple[Path, ...], output: Path, config: RunConfig) -> SummaryWriter:
    writer = SummaryWriter(output, config)
    for file in files:
        for result in read_lines(file):
            writer.add(result)
    return writer
