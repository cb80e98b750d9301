"""The plans on disk: written where a result does not come up to them.

A plan's file is written anew when the plan has changed, or its batch was made from something
else: then it is newer than the batch, and Snakemake does the batch again whatever else it knows
or has forgotten. A serial in the file keeps it from being taken for an older file with the same
content. Standard library only: the workflow plans with it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex

from hies_annot.io.atomic import write_text
from hies_annot.results.made_from import SUMMARY, digest_in, made_from
from hies_annot.results.own_folder import prepare_folder, refuse_inputs, refuse_strangers
from hies_annot.run.plan import BatchPlan, RunPlan, batch_file, run_file


def write_plans(folder: Path, plans: Sequence[BatchPlan], run: RunPlan) -> list[str]:
    """Write the plans that have changed, or whose results were made from something else.

    Returns:
        The names of the batches that are not there as planned.

    Raises:
        InputError: a folder below the results folder is a link, or holds an input, or the results
            folder holds files of others that a run would replace; nothing is written then.
        OSError: the results folder cannot be written to.
    """
    refuse_strangers(folder)
    names = [plan.name for plan in plans]
    refuse_inputs(folder, names, (state.path for plan in plans for state in plan.inputs))
    prepare_folder(folder, names)
    due = []
    for plan in plans:
        path, text = batch_file(folder, plan.name), plan.to_json(token_hex(8))
        made = made_from(folder, plan.name)
        _write(path, text, plan.digest, made, folder / f"{plan.name}.jsonl")
        due += [plan.name] if made != plan.digest else []
    summary = folder / SUMMARY
    _write(run_file(folder), run.to_json(token_hex(8)), run.digest, digest_in(summary), summary)
    return due


def _write(path: Path, text: str, digest: str, made: str | None, results: Path) -> None:
    """Write a plan unless it is there and its results are of it, or not made yet."""
    if made in (None, digest) and digest_in(path) == digest:
        return
    write_text(path, text)
    if made == digest:  # planned otherwise in between: older than the results again
        before = results.stat().st_mtime_ns - 10**9
        os.utime(path, ns=(before, before))
