"""The batches of a run, one after the other or several at the same time.

Whatever the number of processes, the samples come back in their order and the files are the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

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
    workers = min(config.threads, len(batches))
    if workers <= 1:
        for batch in batches:
            yield batch, _parts(engine, folder, reports, batch)
        return
    from hies_annot.run.pool import in_processes  # noqa: PLC0415 (few runs need it, each would load it)

    engine.references  # noqa: B018 (loaded before the processes part, so that they share it)
    yield from in_processes(partial(_whole, engine, folder, reports), batches, workers)


def _parts(engine: Engine, folder: Path, reports: bool, batch: Batch) -> Iterator[RunPart]:
    names = FolderNames()
    for result in analyse_rows(engine, batch.samples, batch.relatives, batch=batch.name):
        stem = names.stem(result.sample)
        if reports:
            write_sample(result, folder / batch.name, stem)
        yield run_part(result, stem)


def _whole(engine: Engine, folder: Path, reports: bool, batch: Batch) -> list[RunPart]:
    return list(_parts(engine, folder, reports, batch))
