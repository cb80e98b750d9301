"""Checks a results folder: is everything in it of its plan, whole, and still of its inputs?"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.file_state import FileState, state_of, states_at
from hies_annot.io.remote.addresses import is_address
from hies_annot.render.alignments import VIEWER
from hies_annot.render.column import cell, unguarded
from hies_annot.render.ro_crate import METADATA
from hies_annot.results.file_names import FolderNames
from hies_annot.results.made_from import SUMMARY, digest_in, made_from, reviews_in
from hies_annot.results.report_choice import gets_report
from hies_annot.run.plan import (
    RunPlan,
    batch_file,
    read_batch_plan,
    read_run_plan,
    run_file,
)
from hies_annot.settings.run_config import Also
from hies_annot.write.sample_files import read_lines
from hies_annot.write.withdrawn import Key, report_ends, samples_of, strangers


def faults_of_results(folder: Path) -> Iterator[str]:
    """Yield a sentence for everything in a results folder that cannot be relied on.

    Args:
        folder: results folder of a run or of the workflow.
    """
    try:
        run = read_run_plan(run_file(folder))
    except InputError as fault:
        yield f"{fault} (or the results are of a version without plans)"
        return
    keys: set[Key] = set()
    kept: dict[str, set[str]] = {}
    for batch, digest in run.batches.items():
        try:
            yield from _batch_faults(folder, run, batch, digest, keys, kept)
        except InputError as fault:
            yield str(fault)
    yield from _summary_faults(folder, run, keys)
    for path in strangers(folder, kept, run.settings.get("also", ())):
        yield f"{path}: no sample of the plan owns this file"


def _batch_faults(
    folder: Path, run: RunPlan, batch: str, digest: str, keys: set[Key], kept: dict[str, set[str]]
) -> Iterator[str]:
    lines = folder / f"{batch}.jsonl"
    plan = read_batch_plan(batch_file(folder, batch))
    if plan.digest != digest:
        yield f"{batch_file(folder, batch)}: is not the plan that the run was planned with"
    yield from _input_faults(plan.inputs, f"batch {batch}")
    if (made := made_from(folder, batch)) != digest:
        what = "are missing" if made is None else "were made from something else than is planned"
        yield f"{lines}: the lines of this batch, or its reports, {what}"
    stems = kept.setdefault(batch, set())
    if made is not None:
        yield from _line_faults(lines, run, digest, keys, stems)
        for row in plan.batch.samples:
            if "sample" in row and (batch, cell(row["sample"])) not in keys:
                yield f"{lines}: sample {row['sample']!r} of the plan is missing"


def _input_faults(inputs: Iterable[FileState], what_of: str) -> Iterator[str]:
    for state in inputs:
        remote = is_address(state.path)
        if remote and isinstance(state.changed, int):
            continue  # only its storage plugin knows: the next start of the workflow asks it
        now = states_at(state.path)[0] if remote else state_of(state.path)
        if remote and now.size is None:
            yield f"{state.path}: cannot be reached: whether it has changed is not known"
        elif now != state:
            what = "is gone" if now.size is None else "has changed"
            yield f"{state.path}: {what} since {what_of} was planned"


def _line_faults(
    lines: Path, run: RunPlan, digest: str, keys: set[Key], stems: set[str]
) -> Iterator[str]:
    names, reports = FolderNames(), run.settings.get("reports", "all")
    for number, result in enumerate(read_lines(lines), start=1):
        if result.plan != digest:
            yield f"{lines}, line {number}: was made from something else than is planned"
        keys.add((lines.stem, cell(result.sample)))
        stem = names.stem(result.sample)
        if gets_report(reports, result.status):
            stems.add(stem)
            yield from _report_faults(lines.with_suffix(""), stem, run.settings.get("also", ()))


def _report_faults(folder: Path, stem: str, also: Collection[Also]) -> Iterator[str]:
    for end in report_ends(also):
        if not (folder / f"{stem}{end}").is_file():
            yield f"{folder / stem}{end}: this report is missing"


def _summary_faults(folder: Path, run: RunPlan, keys: set[Key]) -> Iterator[str]:
    yield from _input_faults(run.inputs, "the run")
    if run.settings.get("alignments") and not (folder / VIEWER).is_file():
        yield f"{folder / VIEWER}: is missing: pages cannot draw reads; start the run again"
    planned = {state.path for state in run.inputs}
    for review in reviews_in(folder):
        if str(review) not in planned:
            yield f"{review}: is newer than the summary: start the run again, it will be read"
    path = folder / SUMMARY
    told = digest_in(path)
    if told is None:
        yield f"{path}: the run has no summary"
    elif told != run.digest:
        yield f"{path}: the summary was made from something else than is planned"
    crate = folder / METADATA
    if crate.is_file() and run.digest not in crate.read_text(encoding="utf-8"):
        yield f"{crate}: describes another run: make it again with `hies-annot crate`"
    written = samples_of(folder / "summary.tsv")
    listed = {(unguarded(batch), unguarded(sample)) for batch, sample in written}
    for batch, sample in sorted(keys - listed):
        yield f"{folder / 'summary.tsv'}: sample {sample!r} of batch {batch} is missing"
    for _, sample in sorted(listed - keys):
        yield f"{folder / 'summary.tsv'}: sample {sample!r} is in no batch of the plan"


def failed_samples(folder: Path) -> list[str]:
    """Return the failed samples of a run, from `status.json`.

    Raises:
        InputError: the file is missing or damaged.
    """
    path = folder / "status.json"
    try:
        failed = json.loads(path.read_text(encoding="utf-8"))["failed"]
        return [f"sample {each['sample']!r} failed: {each['reason']}" for each in failed]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError("is missing or damaged: start the run again", file=str(path)) from None
