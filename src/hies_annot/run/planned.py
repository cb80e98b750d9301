"""The results of a planned run: every line must be of the plan; a lost batch is `failed`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from hies_annot.errors import InputError
from hies_annot.io.file_state import FileState
from hies_annot.model import SampleSpec
from hies_annot.results.contract import SampleResult
from hies_annot.results.made_from import made_from
from hies_annot.results.sample_result import to_result
from hies_annot.run.plan import RunPlan, batch_file, read_batch_plan, read_run_plan
from hies_annot.run.sample import failed_report
from hies_annot.settings.run_config import config_of
from hies_annot.sheet.row_files import vcfs_of
from hies_annot.sheet.same_ids import label_of
from hies_annot.sheet.sample_specs import specs_of
from hies_annot.sheet.table import SheetRow
from hies_annot.shipped import fingerprint
from hies_annot.write.run_files import SummaryWriter
from hies_annot.write.sample_files import read_lines

LOST = "batch was lost: its job ended without results; start the run again"
_AGAIN = "start the run again, it repeats what is not of its plan"


def check_program(planned: str, *, file: Path) -> None:
    """Refuse to work on the plan of another program.

    Raises:
        InputError: this program is not the one that planned.
    """
    here = fingerprint()
    if planned != here:
        raise InputError(
            f"was planned by hies-annot {planned}, and this is {here}, in "
            f"{Path(__file__).parents[1]}: let the workflow and its jobs use one installation",
            file=str(file),
        )


def planned_results(
    folder: Path, run: RunPlan, *, with_lost: bool
) -> Iterator[tuple[SampleResult, bool]]:
    """Yield the results of all batches of a plan in its order, and whether the batch was lost.

    Args:
        folder: results folder.
        run: the plan.
        with_lost: whether the samples of a batch without current results are `failed`; else such
            a batch is a fault.

    Raises:
        InputError: lines or reports of a batch are missing or were made from something else.
    """
    for batch, digest in run.batches.items():
        lines = folder / f"{batch}.jsonl"
        made = made_from(folder, batch)
        if made == digest:
            yield from ((result, False) for result in _of_plan(lines, digest))
        elif with_lost:
            yield from ((result, True) for result in _lost(folder, batch))
        elif made is None:
            raise InputError(f"this batch has no results: {_AGAIN}", file=str(lines))
        else:
            raise InputError(
                f"lines or reports were made from something else than is planned: {_AGAIN}",
                file=str(lines),
            )


def planned_summary(
    plan_file: Path,
    folder: Path,
    *,
    with_lost: bool,
    ran_by: Mapping[str, str] = MappingProxyType({}),
) -> SummaryWriter:
    """Take in all results of a planned run; with lost batches the summary is of no plan.

    `ran_by` tells what has called the program, with its version.

    Raises:
        InputError: another program has planned, or see `planned_results`.
    """
    run = read_run_plan(plan_file)
    check_program(run.program, file=plan_file)
    config = config_of(dict(run.settings), source=str(plan_file))
    plan = None if with_lost else run.digest
    inputs = _inputs_of(folder, run)
    writer = SummaryWriter(folder, config, plan=plan, ran_by=ran_by, inputs=inputs)
    for result, lost in planned_results(folder, run, with_lost=with_lost):
        writer.add(result, lost=lost)
    return writer


def _inputs_of(folder: Path, run: RunPlan) -> Iterator[FileState]:
    for batch in run.batches:
        yield from read_batch_plan(batch_file(folder, batch)).inputs


def _of_plan(lines: Path, digest: str) -> Iterator[SampleResult]:
    for number, result in enumerate(read_lines(lines), start=1):
        if result.plan != digest:
            raise InputError(
                f"was made from something else than is planned: {_AGAIN}",
                file=str(lines),
                record=f"line {number}",
            )
        yield result


def _lost(folder: Path, batch: str) -> Iterator[SampleResult]:
    plan = read_batch_plan(batch_file(folder, batch))
    for row in plan.batch.samples:
        report = failed_report(_spec(row), LOST)
        yield to_result(report, batch=batch, reference=None, resources=())


def _spec(row: SheetRow) -> SampleSpec:
    if "sample" in row:
        return specs_of([row])[0]
    first = vcfs_of(row)[0]
    return SampleSpec(sample=label_of(row, first), vcf=first)
