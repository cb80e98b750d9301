"""`hies-annot run`: the whole analysis in one process, without Snakemake."""

from __future__ import annotations

import time
from pathlib import Path

import click

from hies_annot.cli.configuration import configuration
from hies_annot.cli.privacy import keep_private
from hies_annot.cli.progress import known_number, tracked
from hies_annot.cli.saying import say
from hies_annot.cli.steps import ALSO
from hies_annot.errors import FaultsError, UsageError
from hies_annot.io.remote.stand_ins import in_shown_words
from hies_annot.model.closed import as_json
from hies_annot.render.terminal import text_table
from hies_annot.render.words import plural
from hies_annot.run.plan import plan_of, run_plan
from hies_annot.run.plan_files import write_plans
from hies_annot.run.processes import run_batches
from hies_annot.settings.run_config import RunConfig, config_of
from hies_annot.sheet.batches import plan_batches
from hies_annot.sheet.ped import read_ped
from hies_annot.sheet.same_ids import link_files
from hies_annot.sheet.sheet_faults import people_faults
from hies_annot.sheet.standing_in import addressed, standing_in
from hies_annot.sheet.table import SheetRow, read_sheet, rows_from_globs
from hies_annot.shipped import fingerprint
from hies_annot.write.completion import tell_completion
from hies_annot.write.run_files import SummaryWriter

_WILD = frozenset("*?")
"""What makes a word a pattern, and no name of a file that is missing."""


@click.command()
@click.argument("vcfs", nargs=-1, metavar="VCF...")
@click.option("-o", "--output", "output", type=click.Path(path_type=Path), help="Results folder.")
@click.option("--samples", type=click.Path(path_type=Path), help="Sample sheet (TSV).")
@click.option("--ped", type=click.Path(path_type=Path), help="PED file with the families.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration.")
@click.option("--build", help="auto (default), GRCh37 or GRCh38.")
@click.option("--fasta", help="The lab's genome; without it the embedded loci are used.")
@click.option(
    "--reports",
    type=click.Choice(["all", "findings", "none"]),
    help="Samples with files of their own: all (default), findings (what needs a look) or none.",
)
@click.option("--no-reports", is_flag=True, help="The same as --reports none.")
@ALSO
@click.option("--parquet", is_flag=True, help="Write the tables as Parquet, too.")
@click.option("--alignments", is_flag=True, help="Show the reads of reported variants (BAM, CRAM).")
@click.option("--private", is_flag=True, help="Results for their owner alone: files 0600.")
@click.option("--report-date", help="Date that the reports bear (YYYY-MM-DD); default: none.")
@click.option("--review", help="Decisions of a reviewer, beside review.tsv of the results folder.")
@click.option("--earlier", help="Last report (folder): what has changed stands on the pages.")
@click.option("--threads", type=click.IntRange(1, 256), help="Batches analysed at the same time.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def run(
    vcfs: tuple[str, ...],
    output: Path | None,
    samples: Path | None,
    ped: Path | None,
    config_file: Path | None,
    build: str | None,
    fasta: str | None,
    reports: str | None,
    no_reports: bool,
    also: tuple[str, ...],
    parquet: bool,
    alignments: bool,
    private: bool,
    report_date: str | None,
    review: str | None,
    earlier: str | None,
    threads: int | None,
    quiet: bool,
) -> int:
    """Analyse VCF, VCF.gz, BCF or gVCF files and write a report for every sample.

    Give files (every sample in them is taken) or a sheet. A file that cannot be used makes
    its samples `failed`; one of several files of a person, an alignment, SV or callability file
    that cannot be used is a warning of its sample. The others go on and the command ends with
    exit code 1.

    \b
    Examples:
      hies-annot run batch/*.vcf.gz -o results
      hies-annot run cohort.bcf --ped families.ped -o results
      hies-annot run --samples samples.tsv --fasta GRCh38.fa -o results
    """
    config = _config(
        config_file,
        samples=samples,
        ped=ped,
        build=build,
        fasta=fasta,
        threads=threads,
        reports="none" if no_reports else reports,
        report_date=report_date,
        review=review,
        earlier=earlier,
        parquet=parquet or None,
        also=also or None,
        alignments=alignments or None,
        private=private or None,
    )
    keep_private(private=config.private)
    if vcfs and config.samples:
        raise UsageError("give VCF files or a sample sheet, not both")
    rows = _rows(vcfs, config)
    folder = output or Path(config.output)
    started = time.monotonic()
    writer = _analyse(rows, config, folder, quiet=quiet)
    summaries = writer.finish()
    for line in text_table(summaries):
        say(line)
    say()
    for fault in writer.faults:
        say(f"hies-annot: {fault}", err=True)
    for sentence in writer.remarks():
        say(f"hies-annot: {sentence}", err=True)
    if not quiet:
        seconds = time.monotonic() - started
        say(f"{plural(len(summaries), 'sample')}, {seconds:.1f} s", err=True)
    say(str(folder / "index.html"))
    tell_completion(config.on_completion, folder / "status.json", ok=not writer.faults)
    return 1 if writer.faults else 0


def _config(config_file: Path | None, **given: object) -> RunConfig:
    """Return the configuration with the options of the command line put over it."""
    config = configuration(config_file)
    data = as_json(config)
    for key in ("samples", "ped", "build", "reports", "report_date", "review", "earlier"):
        if given[key] is not None:
            data[key] = str(given[key])
    for key in ("threads", "parquet", "also", "alignments", "private"):
        if given[key] is not None:
            data[key] = given[key]
    if given["fasta"] is not None:
        data["reference"]["fasta"] = given["fasta"]
    return config_of(data, source="command line")


def _rows(vcfs: tuple[str, ...], config: RunConfig) -> tuple[SheetRow, ...]:
    """Return the rows to analyse; a named file that is missing becomes a failed sample.

    Raises:
        FaultsError: the sheet or the PED is faulty, one contradicts the other, or a pattern matches
            no file.
    """
    if config.samples:
        rows = read_sheet(Path(config.samples))
        pedigree = read_ped(Path(config.ped)) if config.ped else ()
        if faults := people_faults(standing_in(rows), pedigree):
            raise FaultsError([*map(in_shown_words, faults)])
        return rows
    patterns = vcfs or config.vcfs
    if not patterns:
        raise UsageError("no input: name VCF files, or a sheet with --samples")
    found: list[SheetRow] = []
    for pattern in patterns:
        try:
            found += rows_from_globs([pattern])
        except FaultsError:
            if _WILD & set(pattern):
                raise
            found.append({"vcf": str(Path(pattern).absolute())})
    once = {row["vcf"]: row for row in found}.values()
    return addressed(link_files(standing_in(once)))


def _analyse(
    rows: tuple[SheetRow, ...], config: RunConfig, folder: Path, *, quiet: bool
) -> SummaryWriter:
    """Analyse and write all batches; return what the summaries need."""
    # The pedigree is a file of this run here, and not in the rows.
    settings = as_json(config) | {"samples": None}
    program = fingerprint()
    plans = plan_of(plan_batches(rows, config.batch_size), settings, program)
    run = run_plan(plans, settings, program, folder)
    write_plans(folder, plans, run)
    inputs = (state for plan in plans for state in plan.inputs)
    writer = SummaryWriter(folder, config, plan=run.digest, inputs=inputs)
    for number, (batch, parts) in enumerate(run_batches(config, plans, folder), start=1):
        label = f"batch {batch.name} ({number} of {len(plans)})"
        for part in tracked(parts, known_number(batch.samples), label, quiet=quiet):
            writer.take(part)
    return writer
