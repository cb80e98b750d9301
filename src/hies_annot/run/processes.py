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
from hies_annot.results.file_names import FolderNames
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch
from hies_annot.write.run_files import RunPart, run_part
from hies_annot.write.sample_files import write_sample


def run_batches(
    config: RunConfig, batches: Sequence[Batch], folder: Path, *, reports: bool
) -> Iterator[tuple[Batch, Iterator[RunPart]]]:
    """Analyse batches, write the files of their samples, and yield what the summaries need.

    Args:
        config: the run; `threads` is the number of processes.
        batches: the batches in their order.
        folder: results folder; the files of a sample go to `folder/<batch>`.
        reports: whether to write files of single samples at all.

    Raises:
        FaultsError: the rows of a batch contradict themselves.
        InputError: a process was killed from outside.
    """
    engine = Engine(config)
    if min(config.threads, len(batches)) <= 1:
        for batch in batches:
            yield batch, _parts(engine, batch, folder, reports)
        return
    engine.references  # noqa: B018 (loaded before the processes part, so that they share it)
    workers = min(config.threads, len(batches))
    with ProcessPoolExecutor(workers, _context(), _begin, (engine, folder, reports)) as pool:
        waiting = iter(batches)
        begun = deque((each, pool.submit(_whole, each)) for each in islice(waiting, 2 * workers))
        try:
            while begun:
                batch, future = begun.popleft()
                yield batch, iter(future.result())
                begun.extend((each, pool.submit(_whole, each)) for each in islice(waiting, 1))
        except BrokenProcessPool:
            raise InputError(
                "a process of the run was killed, perhaps for lack of memory: "
                "run again with fewer --threads or a smaller batch_size"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _parts(engine: Engine, batch: Batch, folder: Path, reports: bool) -> Iterator[RunPart]:
    names = FolderNames()
    for result in analyse_rows(engine, batch.samples, batch.relatives, batch=batch.name):
        stem = names.stem(result.sample)
        if reports:
            write_sample(result, folder / batch.name, stem)
        yield run_part(result, stem)


# --- in the processes ------------------------------------------------------

_task: list[tuple[Engine, Path, bool]] = []


def _context() -> multiprocessing.context.BaseContext:
    """Share what is loaded where the system can; elsewhere each process loads it anew."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _begin(engine: Engine, folder: Path, reports: bool) -> None:
    _task[:] = [(engine, folder, reports)]


def _whole(batch: Batch) -> list[RunPart]:
    engine, folder, reports = _task[0]
    return list(_parts(engine, batch, folder, reports))
