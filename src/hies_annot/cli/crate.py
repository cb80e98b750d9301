"""`hies-annot crate`: describes a results folder as an RO-Crate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from hies_annot.cli.privacy import keep_private
from hies_annot.cli.saying import say
from hies_annot.errors import InputError
from hies_annot.io.atomic import write_text
from hies_annot.render.ro_crate import METADATA, CratePart, CrateWords, crate_json
from hies_annot.render.summary import RUN_FILES
from hies_annot.results.made_from import SUMMARY, digest_in
from hies_annot.run.plan import RUN_PLAN, RunPlan, read_run_plan, run_file
from hies_annot.write.parquet import PARQUET_FILES


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--date",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of the data set (YYYY-MM-DD); RO-Crate demands one.",
)
@click.option("--name", default="Results of hies-annot", show_default=True, help="Its name.")
@click.option(
    "--licence",
    default="none: results about persons, not to be handed on",
    show_default=True,
    help="Its licence, as an address or in words; RO-Crate demands one.",
)
def crate(folder: Path, date: datetime, name: str, licence: str) -> int:
    """Write ro-crate-metadata.json into a results folder, which so becomes an RO-Crate 1.1.

    It lists the files of the run and the folders of its batches, with the versions of the programs;
    `hies-annot verify` tells whether the folder is whole. A folder whose summary is not of its plan
    is refused. Write it anew after each run.

    \b
    Example:
      hies-annot crate results --date 2026-11-28
    """
    plan = read_run_plan(run_file(folder))
    keep_private(private=bool(plan.settings.get("private")))
    if digest_in(folder / SUMMARY) != plan.digest:
        raise InputError(
            "the summary is missing or is not of the plan: finish the run", file=str(folder)
        )
    software = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))["software"]
    words = CrateWords(name, f"{date:%Y-%m-%d}", licence)
    text = crate_json(tuple(_parts(folder, plan)), software, plan.digest, words)
    say(str(write_text(folder / METADATA, text)))
    return 0


def _parts(folder: Path, plan: RunPlan) -> Iterator[CratePart]:
    """Yield the files of the run, the results of its batches, and the folders of their reports."""
    listed = {name: file.what for name, file in RUN_FILES.items()}
    listed |= dict.fromkeys(PARQUET_FILES, "the table of the same name, with types")
    listed[RUN_PLAN] = "what the run was made from"
    listed |= {f"{batch}.jsonl": f"results of batch {batch}" for batch in plan.batches}
    for name, what in listed.items():
        if (folder / name).is_file():
            yield CratePart(name, what, (folder / name).stat().st_size)
    for batch in plan.batches:
        if (folder / batch).is_dir():
            yield CratePart(f"{batch}/", f"reports of batch {batch}", None)
