"""The batches of a run, one after the other or several at the same time.

Whatever the number of processes, the samples come back in their order and the files are the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from hies_annot.io.atomic import replacing
from hies_annot.results.file_names import FolderNames
from hies_annot.results.made_from import mark_reports
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.debug_log import DEBUG_LOG, keep_debug_log
from hies_annot.run.engine import Engine
from hies_annot.run.plan import BatchPlan
from hies_annot.run.watch import NOBODY, Begin, Lost, Watch
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch
from hies_annot.write.run_part import RunPart, run_part
from hies_annot.write.sample_files import result_json, write_chosen


def run_batches(
    config: RunConfig, plans: Sequence[BatchPlan], folder: Path
) -> Iterator[tuple[Batch, Iterator[RunPart]]]:
    """Analyse batches, write the files of their samples, and yield what the summaries need.

    Args:
        config: the run; `threads` is the number of processes, `reports` says which samples get
            files of their own.
        plans: the batches in their order.
        folder: results folder; the files of a sample go to `folder/<batch>`.

    Raises:
        FaultsError: the rows of a batch contradict themselves.
        InputError: a process was killed from outside.
    """
    keep_debug_log(folder / DEBUG_LOG)
    engine = Engine(config)
    workers = min(config.threads, len(plans))
    if workers <= 1:
        for plan in plans:
            yield plan.batch, _parts(engine, folder, plan)
        return
    from hies_annot.run.pool import in_processes  # noqa: PLC0415 (few runs need it, each would load it)

    engine.references  # noqa: B018 (loaded before the processes part, so that they share it)
    yield from in_processes(partial(_whole, engine, folder), plans, workers)


def _parts(
    engine: Engine, folder: Path, plan: BatchPlan, watch: Watch = NOBODY
) -> Iterator[RunPart]:
    """Analyse a batch; its lines appear when all are written, and its mark when its reports are."""
    names, batch, reports = FolderNames(), plan.batch, folder / plan.name
    choice, also = engine.config.reports, engine.config.also
    mark_reports(reports, None)
    results = analyse_rows(
        engine, batch.samples, batch.relatives, batch=batch.name, plan=plan.digest, watch=watch
    )
    with replacing(folder / f"{plan.name}.jsonl") as lines:
        for result in results:
            stem = names.stem(result.sample)
            written = write_chosen(result, reports, stem, choice, also)
            told, part = run_part(written, stem, choice)
            if told is not written:
                write_chosen(told, reports, stem, choice, also)
            lines.write(result_json(told) + "\n")
            yield part
    mark_reports(reports, plan.digest)


def _whole(
    engine: Engine, folder: Path, plan: BatchPlan, lost: Lost, begin: Begin
) -> list[RunPart]:
    return list(_parts(engine, folder, plan, Watch(lost, begin)))
