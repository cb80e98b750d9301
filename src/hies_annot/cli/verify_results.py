"""`hies-annot verify`: may a results folder be relied on?"""

from __future__ import annotations

from pathlib import Path

import click

from hies_annot.cli.saying import say
from hies_annot.errors import FaultsError
from hies_annot.run.folder_check import failed_samples, faults_of_results
from hies_annot.run.plan import read_run_plan, run_file
from hies_annot.shipped import fingerprint


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--strict", is_flag=True, help="Failed samples are faults too.")
def verify(folder: Path, strict: bool) -> int:
    """Check that everything in a results folder is of its plan, whole, and of today's inputs.

    Lines, reports and summaries must say that they were made from what the plan names; inputs and
    their indexes must be as they were; no file of another sample may lie there. All faults are
    listed; exit code 1 if there is any.

    \b
    Example:
      hies-annot verify results
    """
    faults = list(faults_of_results(folder))
    if strict:
        faults += failed_samples(folder)
    if faults:
        raise FaultsError(faults)
    run = read_run_plan(run_file(folder))
    if run.program != fingerprint():
        say(f"note: made by hies-annot {run.program}, this is {fingerprint()}")
    say(f"{folder}: {len(run.batches)} batches are as planned")
    return 0
