"""The end of a run: what must not be overlooked, and who is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hies_annot.errors import HiesError
from hies_annot.render.words import plural
from hies_annot.results.made_from import SUMMARY, digest_in
from hies_annot.run.cohort_files import empty_carriers
from hies_annot.run.folder_check import failed_samples
from hies_annot.run.plan import read_run_plan, run_file
from hies_annot.run.planned import planned_summary
from hies_annot.write.completion import tell_completion

_SHOWN = 5


def end_workflow(config: Mapping[str, Any], folder: Path, *, ok: bool) -> Iterator[str]:
    """Sum up what there is when jobs were lost, tell the lab, and yield what to say at the end.

    Args:
        config: all settings.
        folder: results folder.
        ok: whether all jobs have ended well.
    """
    if ok:
        empty_carriers(folder)
    try:
        plan = run_file(folder)
        if not ok and digest_in(folder / SUMMARY) != read_run_plan(plan).digest:
            writer = planned_summary(plan, folder, with_lost=True)
            writer.finish()
            yield from writer.remarks()
            yield f"batches were lost: the summary in {folder} is not complete"
        elif failed := failed_samples(folder):
            yield from failed[:_SHOWN]
            yield f"{plural(len(failed), 'sample')} failed: see {folder / 'index.html'}"
        tell_completion(config["on_completion"], folder / "status.json", ok=ok)
    except HiesError as fault:
        yield str(fault)
