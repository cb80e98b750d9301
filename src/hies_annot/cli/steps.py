"""The steps that the workflow's rules call for a batch or a cohort: annotate, carriers, report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from hies_annot.cli.configuration import configuration
from hies_annot.cli.privacy import keep_private
from hies_annot.cli.progress import known_number, tracked
from hies_annot.cli.saying import say
from hies_annot.errors import UsageError
from hies_annot.results.contract import SampleResult
from hies_annot.results.file_names import FolderNames
from hies_annot.results.made_from import mark_reports
from hies_annot.results.report_choice import gets_report
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.cohorts import carriers_for, read_cohort
from hies_annot.run.debug_log import keep_debug_log
from hies_annot.run.engine import Engine
from hies_annot.run.local_copies import with_copies
from hies_annot.run.phase_steps import phases_in
from hies_annot.run.plan import BatchPlan, read_batch_plan, read_run_plan
from hies_annot.run.planned import check_program
from hies_annot.settings.run_config import Also, Reports, RunConfig, config_of
from hies_annot.sheet.batches import Batch
from hies_annot.write.run_part import faults_of
from hies_annot.write.sample_files import read_lines, write_chosen, write_lines

_FILE = click.Path(path_type=Path)
REPORTS = click.option(
    "--reports",
    type=click.Choice(["all", "findings", "none"]),
    default="all",
    show_default=True,
    help="Samples with files of their own.",
)
CARRIERS = click.option(
    "--carriers", type=_FILE, multiple=True, help="What `carriers` has written."
)
COPIES = click.option(
    "--copies",
    type=_FILE,
    help="Folder in which storage plugins have put the files that the plan names by an address.",
)


ALSO = click.option(
    "--also",
    type=click.Choice(get_args(Also)),
    multiple=True,
    help="Further files of each sample, for other systems; may be given often.",
)


@click.command()
@click.option("--plan", "plan_file", type=_FILE, help="The batch as planned: rows and settings.")
@click.option("--config", "config_file", type=_FILE, help="Without a plan: configuration (YAML).")
@click.option(
    "--sheet-json",
    help='Without a plan: rows as JSON ({"samples": [...], "relatives": [...]}) or @FILE with it.',
)
@click.option("--batch", help="Without a plan: name of the batch.")
@CARRIERS
@COPIES
@click.option("--phased", type=_FILE, help="What `phase-reads` has written.")
@click.option("-o", "--output", type=_FILE, required=True, help="JSON lines, one a sample.")
@click.option("--folder", type=_FILE, help="Write the reports of the batch too, to this folder.")
@REPORTS
@click.option("--strict", is_flag=True, help="Exit with 1 where a file could not be used.")
@click.option("-q", "--quiet", is_flag=True, help="No progress on stderr.")
def annotate(
    plan_file: Path | None,
    config_file: Path | None,
    sheet_json: str | None,
    batch: str | None,
    carriers: tuple[Path, ...],
    copies: Path | None,
    phased: Path | None,
    output: Path,
    folder: Path | None,
    reports: Reports,
    strict: bool,
    quiet: bool,
) -> int:
    """Analyse one batch and write one JSON line a sample.

    A file that cannot be used gives a line with status `failed`; the others go on. A plan of
    another version of the program is refused.

    \b
    Examples:
      hies-annot annotate --plan results/plan/b1.plan -o results/b1.jsonl --folder results/b1
      hies-annot annotate --config config.yaml --sheet-json @rows.json --batch b1 -o b1.jsonl
    """
    config, members, plan = _work(plan_file, copies, config_file, sheet_json, batch)
    keep_private(private=config.private)
    digest = None if plan is None else plan.digest
    keep_debug_log(output.with_suffix(".debug.log"))
    names = FolderNames()
    failed: list[str] = []
    faulty: list[str] = []

    def watched() -> Iterator[SampleResult]:
        results = analyse_rows(
            Engine(config),
            members.samples,
            members.relatives,
            batch=members.name,
            plan=digest,
            carriers=None if plan is None else carriers_for(plan, carriers),
            phases={} if plan is None else phases_in(phased, plan.digest),
        )
        label = f"batch {members.name}"
        for result in tracked(results, known_number(members.samples), label, quiet=quiet):
            stem = names.stem(result.sample)
            told = (
                result
                if folder is None
                else write_chosen(result, folder, stem, reports, config.also)
            )
            failed.extend([told.sample] * (told.status == "failed"))
            for fault in faults_of(told):
                faulty.append(told.sample)
                say(fault, err=True)
            yield told

    if folder is not None:
        mark_reports(folder, None)
    count = write_lines(watched(), output)
    if folder is not None:
        mark_reports(folder, digest)
    say(f"batch {members.name}: {count} samples, {len(failed)} failed", err=True)
    return 1 if strict and faulty else 0


def planned_work(plan_file: Path, copies: Path | None) -> tuple[RunConfig, Batch, BatchPlan]:
    """Return settings, rows and plan of a batch, with local copies in place of addresses.

    Raises:
        InputError: there is no such plan, another program has planned, or a copy is not as planned.
    """
    plan = read_batch_plan(plan_file)
    check_program(plan.program, file=plan_file)
    batch = plan.batch if copies is None else with_copies(plan, copies)
    return config_of(dict(plan.settings), source=str(plan_file)), batch, plan


def _work(
    plan_file: Path | None,
    copies: Path | None,
    config_file: Path | None,
    sheet_json: str | None,
    batch: str | None,
) -> tuple[RunConfig, Batch, BatchPlan | None]:
    """Return settings and rows, from a plan or from the words of the command line."""
    if plan_file is not None:
        return planned_work(plan_file, copies)
    if config_file is None or sheet_json is None or batch is None:
        raise UsageError("give --plan, or --config, --sheet-json and --batch")
    return configuration(config_file), _sheet(sheet_json, batch), None


@click.command()
@click.option("--plan", "plan_file", type=_FILE, required=True, help="The run as planned.")
@click.option("--cohort", required=True, help="Its name in the plan.")
def carriers(plan_file: Path, cohort: str) -> int:
    """Read a cohort once and write the carriers of every batch of a plan that is not done.

    They go to the folder carriers/COHORT beside the plan, a file a batch. A batch finds them with
    `annotate --carriers`, and need not read the cohort again.

    \b
    Example:
      hies-annot carriers --plan results/plan.json --cohort 072982bd89f4de39
    """
    run = read_run_plan(plan_file)
    check_program(run.program, file=plan_file)
    keep_private(private=bool(run.settings.get("private")))
    for remark in read_cohort(cohort, plan_file.parent, run):
        say(remark, err=True)
    return 0


@click.command()
@click.option("--results", type=_FILE, required=True, help="JSON lines of `annotate`.")
@click.option("-o", "--output", type=_FILE, required=True, help="Folder of the batch.")
@REPORTS
@ALSO
def report(results: Path, output: Path, reports: Reports, also: tuple[Also, ...]) -> int:
    """Write .json, .html, .tsv and .vcf.gz of the samples of a batch.

    \b
    Example:
      hies-annot report --results b1.jsonl -o results/b1
    """
    names, count, digest = FolderNames(), 0, None
    mark_reports(output, None)
    for result in read_lines(results):
        if "phenopacket" in also and result.report_date is None:
            raise UsageError("a Phenopacket needs results of a run with report_date")
        stem, digest = names.stem(result.sample), result.plan
        count += gets_report(reports, result.status)
        if (told := write_chosen(result, output, stem, reports, also)) is not result:
            say(f"{told.sample}: {told.status_reason}", err=True)
    mark_reports(output, digest)
    say(f"{output}: reports of {count} samples", err=True)
    return 0


def _sheet(text: str, batch: str) -> Batch:
    """Return rows and relatives from JSON text or from the file behind `@`."""
    try:
        source = Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text
        data = json.loads(source)
        return Batch(batch, tuple(data["samples"]), tuple(data.get("relatives", ())))
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise UsageError(f"--sheet-json cannot be read: {fault}") from None
