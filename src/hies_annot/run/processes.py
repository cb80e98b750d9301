"""The batches of a run, one after the other or several at the same time.

Whatever the number of processes, the samples come back in their order and the files are the
same: a batch is analysed whole by one process, because its families are judged together. A few
batches at most wait, so that memory does not grow with their number.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.atomic import replacing
from hies_annot.results.file_names import FolderNames
from hies_annot.results.made_from import mark_reports
from hies_annot.results.report_choice import gets_report
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.run.plan import BatchPlan
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch
from hies_annot.write.run_part import RunPart, run_part
from hies_annot.write.sample_files import result_json, write_sample


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
    engine = Engine(config)
    if min(config.threads, len(plans)) <= 1:
        for plan in plans:
            yield plan.batch, _parts(engine, plan, folder)
        return
    engine.references  # noqa: B018 (loaded before the processes part, so that they share it)
    workers = min(config.threads, len(plans))
    with ProcessPoolExecutor(workers, _context(), _begin, (engine, folder)) as pool:
        waiting = iter(plans)
        begun = deque((each, pool.submit(_whole, each)) for each in islice(waiting, 2 * workers))
        try:
            while begun:
                plan, future = begun.popleft()
                yield plan.batch, iter(future.result())
                begun.extend((each, pool.submit(_whole, each)) for each in islice(waiting, 1))
        except BrokenProcessPool:
            raise InputError(
                "a process of the run was killed, perhaps for lack of memory: "
                "run again with fewer --threads or a smaller batch_size"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _parts(engine: Engine, plan: BatchPlan, folder: Path) -> Iterator[RunPart]:
    """Analyse a batch; its lines appear when all are written, and its mark when its reports are."""
    names, batch, reports = FolderNames(), plan.batch, folder / plan.name
    mark_reports(reports, None)
    results = analyse_rows(
        engine, batch.samples, batch.relatives, batch=batch.name, plan=plan.digest
    )
    with replacing(folder / f"{plan.name}.jsonl") as lines:
        for result in results:
            stem = names.stem(result.sample)
            files = gets_report(engine.config.reports, result.status)
            if files:
                write_sample(result, reports, stem)
            lines.write(result_json(result) + "\n")
            yield run_part(result, stem, files=files)
    mark_reports(reports, plan.digest)


# --- in the processes ------------------------------------------------------

_task: list[tuple[Engine, Path]] = []


def _context() -> multiprocessing.context.BaseContext:
    """Share what is loaded where the system can; elsewhere each process loads it anew."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _begin(engine: Engine, folder: Path) -> None:
    _task[:] = [(engine, folder)]


def _whole(plan: BatchPlan) -> list[RunPart]:
    engine, folder = _task[0]
    return list(_parts(engine, plan, folder))
