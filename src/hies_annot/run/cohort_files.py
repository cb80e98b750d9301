"""Cohorts of several batches: which files get a reading pass of their own, and what it leaves.

A pass writes one file a batch. That of a batch that is done is there and empty, that of a batch
that is due is removed when it is of another plan: so a pass is made where a batch needs it, and
repeats no batch that is done. Standard library only: the workflow plans with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from hies_annot.io.atomic import unlinked, write_text
from hies_annot.io.remote.addresses import is_address
from hies_annot.results.made_from import digest_in
from hies_annot.sheet.batches import Batch
from hies_annot.sheet.row_files import vcfs_of

FOLDER = "carriers"
"""Folder below the results folder; what is in it is needed while the run goes on only."""
COHORT_ROWS = 200
"""From so many samples on a file that several batches name gets a pass of its own."""


class Cohort(NamedTuple):
    """A file, and the names of the batches that name it."""

    file: str
    batches: tuple[str, ...]


def cohorts_of(batches: Iterable[Batch]) -> Mapping[str, Cohort]:
    """Return the files of this machine that several batches and `COHORT_ROWS` samples name.

    By the name of the folder of their carriers, which stays the same while the path does.
    """
    samples: dict[str, int] = {}
    named: dict[str, list[str]] = {}
    for batch in batches:
        for row in batch.samples:
            for file in vcfs_of(row):
                samples[file] = samples.get(file, 0) + 1
        for file in batch.files():
            named.setdefault(file, []).append(batch.name)
    return {
        _key(file): Cohort(file, tuple(named[file]))
        for file, count in samples.items()
        if count >= COHORT_ROWS and len(named[file]) > 1 and not is_address(file)
    }


def _key(file: str) -> str:
    return hashlib.sha256(file.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def carriers_file(folder: Path, key: str, batch: str) -> Path:
    """Return the place of a batch's carriers of a cohort; `folder` is the results folder."""
    return folder / FOLDER / key / f"{batch}.jsonl"


def prepare_carriers(
    folder: Path, cohorts: Mapping[str, Cohort], plans: Mapping[str, str], due: Collection[str]
) -> None:
    """Leave a file for each batch that is done, and for one that is due only if it is its own.

    Args:
        folder: results folder.
        cohorts: the cohorts of the run.
        plans: digest of the plan of each batch.
        due: names of the batches that will be done.

    Raises:
        OSError: the results folder cannot be written to.
    """
    for key, cohort in cohorts.items():
        for batch in cohort.batches:
            path = carriers_file(folder, key, batch)
            if batch not in due and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                unlinked(path).touch()
            elif batch in due and digest_in(path) != plans[batch]:
                path.unlink(missing_ok=True)


def empty_carriers(folder: Path) -> None:
    """Empty what passes have written: it is of use while the run goes on only."""
    for path in (folder / FOLDER).glob("*/*.jsonl"):
        links = (path, path.parent, path.parent.parent)
        if not any(map(Path.is_symlink, links)) and path.stat().st_size:
            write_text(path, "")
