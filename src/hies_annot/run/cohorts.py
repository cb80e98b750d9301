"""The pass over a cohort of several batches.

Batches of one file would each read the whole; so one job reads it and writes the carriers of
every batch that is due. A batch without them reads the file itself: the answer is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from hies_annot.errors import HiesError, UsageError
from hies_annot.io.atomic import refuse_link, unlinked
from hies_annot.io.header.vcf_open import VcfFile, open_vcf
from hies_annot.read.carriers import Carriers, Share, write_carriers
from hies_annot.read.sample_column import wanted_columns
from hies_annot.results.made_from import made_from
from hies_annot.run.analyse import people_of
from hies_annot.run.cohort_files import Cohort, carriers_file
from hies_annot.run.engine import Engine
from hies_annot.run.plan import BatchPlan, RunPlan, batch_file, read_batch_plan
from hies_annot.run.readings import Readings
from hies_annot.settings.run_config import config_of


def carriers_for(plan: BatchPlan, paths: Iterable[Path]) -> Carriers:
    """Return the carriers that passes have written for a batch; empty files say nothing."""
    files = {}
    for path in paths:
        try:
            with path.open(encoding="utf-8") as stream:
                files[str(json.loads(next(stream))["state"][0])] = path
        except (OSError, ValueError, KeyError, StopIteration):
            continue
    return Carriers(plan.digest, files)


def read_cohort(key: str, folder: Path, run: RunPlan) -> Iterator[str]:
    """Read a cohort once, write the carriers of every batch that is due, and yield what is amiss.

    Args:
        key: name of the cohort in the plan.
        folder: results folder, with the plans.
        run: the plan of the run.

    Raises:
        UsageError: the plan has no such cohort.
        InputError: a plan cannot be read, or the folder is a link.
        OSError: the folder cannot be written to.
    """
    if key not in run.cohorts:
        raise UsageError(f"the plan has no cohort {key}: it has {', '.join(run.cohorts) or 'none'}")
    cohort = run.cohorts[key]
    own = carriers_file(folder, key, "").parent
    for place in (own.parent, own):
        refuse_link(place)
    own.mkdir(parents=True, exist_ok=True)
    engine = Engine(config_of(dict(run.settings), source="plan"))
    try:
        opened = open_vcf(Path(cohort.file))
        shares = list(_shares(opened, key, cohort, folder, run, engine))
        write_carriers(opened, engine.reading_rules, shares)
    except HiesError as fault:
        yield f"no carriers were written, each batch reads the file itself: {fault}"
    for batch in cohort.batches:
        unlinked(carriers_file(folder, key, batch)).touch()


def _shares(
    opened: VcfFile, key: str, cohort: Cohort, folder: Path, run: RunPlan, engine: Engine
) -> Iterator[Share]:
    for batch in cohort.batches:
        if made_from(folder, batch) == run.batches[batch]:
            continue
        plan = read_batch_plan(batch_file(folder, batch))
        specs, related, _ = people_of(plan.batch.samples, plan.batch.relatives, engine.config.ped)
        people, relatives = Readings(specs, related, engine.reading_rules).readers_of(opened.name)
        found = wanted_columns(opened, people, relatives)
        wanted = tuple(entry for entry in found if not isinstance(entry, str))
        if wanted and len({entry.column for entry in wanted}) == len(wanted):
            yield Share(carriers_file(folder, key, batch), plan.digest, wanted)
