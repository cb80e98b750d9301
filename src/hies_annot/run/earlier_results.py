"""A frequency table out of finished results folders: what their samples carry, counted together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hies_annot.io.spool import Spool
from hies_annot.results.carrier_counts import CarriedAlleles, carried_alleles
from hies_annot.results.earlier_runs import EarlierRuns, counted_runs
from hies_annot.run.plan import read_run_plan, run_file
from hies_annot.run.planned import planned_results


def count_results(folders: Iterable[Path], spool: Path) -> EarlierRuns:
    """Count the alleles that the samples of some runs carry; see `counted_runs`.

    Only what the plan of a folder names is read, so whoever was withdrawn is not in the counts.

    Args:
        folders: results folders; each must be finished and of its plan.
        spool: folder for what has to wait on disk.

    Raises:
        InputError: a folder is not finished, or was made from something else than is planned.
    """
    people: Spool[CarriedAlleles] = Spool(spool)
    plans, programs = [], set()
    for folder in folders:
        run = read_run_plan(run_file(folder))
        plans.append(run.digest)
        for result, _ in planned_results(folder, run, with_lost=False):
            people.append(carried_alleles(result))
            programs.add(result.program or "an earlier version")
    return counted_runs(people, plans, programs)
