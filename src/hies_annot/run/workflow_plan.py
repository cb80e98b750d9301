"""How the workflow plans: the first process from the sheet, its jobs from what that has written.

Standard library only on the way of a job: Snakemake parses the workflow again for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hies_annot.errors import FaultsError, HiesError
from hies_annot.run.cohort_files import Cohort, prepare_carriers
from hies_annot.run.plan import (
    batch_file,
    plan_of,
    read_batch_plan,
    read_run_plan,
    run_file,
    run_plan,
)
from hies_annot.run.plan_files import write_plans
from hies_annot.sheet.batches import Batch, plan_batches
from hies_annot.sheet.table import SheetRow, rows_and_faults
from hies_annot.shipped import fingerprint


class Planned(NamedTuple):
    """The batches of a run by name, and its cohorts by the name of their carriers' folder."""

    batches: Mapping[str, Batch]
    cohorts: Mapping[str, Cohort]


def plan_workflow(config: Mapping[str, Any], folder: Path) -> Planned:
    """Return what a run consists of, and write the plans where these are new.

    Args:
        config: all settings, defaults included.
        folder: results folder.

    Raises:
        FaultsError: every fault of settings, sheet and pedigree; nothing is written then.
        OSError: the results folder cannot be written to.
    """
    batches = plan_batches(_checked_rows(config, folder), config["batch_size"])
    program = fingerprint()
    plans = plan_of(batches, config, program)
    run = run_plan(plans, config, program, folder)
    due = write_plans(folder, plans, run)
    prepare_carriers(folder, run.cohorts, run.batches, set(due))
    return Planned({batch.name: batch for batch in batches}, run.cohorts)


def _checked_rows(config: Mapping[str, Any], folder: Path) -> tuple[SheetRow, ...]:
    """Return the rows with what the pedigree adds."""
    from hies_annot.run.summary_inputs import summary_faults  # noqa: PLC0415 (no job needs them)
    from hies_annot.settings.run_config import config_of  # noqa: PLC0415
    from hies_annot.sheet.ped import PedRow, read_ped, with_pedigree  # noqa: PLC0415
    from hies_annot.sheet.sample_specs import one_row_a_sample  # noqa: PLC0415
    from hies_annot.sheet.sheet_faults import sheet_faults  # noqa: PLC0415

    config_of(config, source="config")
    rows, faults = rows_and_faults(config)
    pedigree: tuple[PedRow, ...] = ()
    try:
        pedigree = read_ped(Path(config["ped"])) if config["ped"] else ()
    except FaultsError as fault:
        faults += fault.faults
    except HiesError as fault:
        faults.append(str(fault))
    faults += summary_faults(config, folder)
    if found := [*faults, *sheet_faults(rows, pedigree)]:
        raise FaultsError(found)
    return with_pedigree(rows if config["samples"] else one_row_a_sample(rows), pedigree)


def planned_workflow(folder: Path) -> Planned:
    """Return what the first process has planned; each batch is read when asked for.

    Raises:
        InputError: there is no plan.
    """
    run = read_run_plan(run_file(folder))
    return Planned(_Batches(folder, tuple(run.batches)), run.cohorts)


class _Batches(Mapping[str, Batch]):
    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self._folder, self._names = folder, dict.fromkeys(names)

    def __getitem__(self, name: str) -> Batch:
        if name not in self._names:
            raise KeyError(name)
        return read_batch_plan(batch_file(self._folder, name)).batch

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
