"""`hies-annot verify`: may a results folder be relied on?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from hies_annot.cli.saying import say
from hies_annot.errors import FaultsError, UsageError
from hies_annot.results.evidence_age import evidence_ages
from hies_annot.results.made_from import SUMMARY
from hies_annot.results.run_record import read_run
from hies_annot.run.folder_check import failed_samples, faults_of_results
from hies_annot.run.plan import read_run_plan, run_file
from hies_annot.shipped import fingerprint

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--strict", is_flag=True, help="Failed samples are faults too.")
@click.option("--today", type=_DAY, help="Day (YYYY-MM-DD) on which ClinVar must not be too old.")
@click.option(
    "--max-age",
    type=click.IntRange(1),
    help="Highest age in days; else evidence_max_age_days of the run.",
)
def verify(folder: Path, strict: bool, today: datetime | None, max_age: int | None) -> int:
    """Check that everything in a results folder is of its plan, whole, and of today's inputs.

    Lines, reports and summaries must say that they were made from what the plan names; inputs and
    their indexes must be as they were; no file of another sample may lie there. All faults are
    listed; exit code 1 if there is any. With --today an old ClinVar is a fault, too; the clock
    of the machine is never asked.

    \b
    Examples:
      hies-annot verify results
      hies-annot verify results --today 2026-03-01 --max-age 60
    """
    faults = list(faults_of_results(folder))
    if strict:
        faults += failed_samples(folder)
    if today is not None:
        faults += _old_evidence(folder, today.date(), max_age)
    if faults:
        raise FaultsError(faults)
    run = read_run_plan(run_file(folder))
    if run.program != fingerprint():
        say(f"note: made by hies-annot {run.program}, this is {fingerprint()}")
    say(f"{folder}: {len(run.batches)} batches are as planned")
    return 0


def _old_evidence(folder: Path, today: date, max_age: int | None) -> Iterator[str]:
    most = max_age or read_run_plan(run_file(folder)).settings.get("evidence_max_age_days")
    if most is None:
        raise UsageError("no highest age: give --max-age, or set evidence_max_age_days")
    ages = evidence_ages(read_run(folder / SUMMARY).head["resources"], today, int(most))
    return (f"{folder}: {age.sentence}" for age in ages if age.sentence)
