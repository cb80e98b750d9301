"""Results that are for their owner alone: what an earlier run has left open is closed, too."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from hies_annot.results.made_from import REVIEWS
from hies_annot.sheet.batches import RESERVED

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def close_to_others(folder: Path, batches: Iterable[str]) -> None:
    """Take all rights of others from the files of a run and from the folders below its own.

    The results folder keeps its mode, which is the user's choice, and so do files of a reviewer,
    links, and what belongs to another user.

    Args:
        folder: results folder.
        batches: names of the folders of the batches.

    Raises:
        OSError: a mode cannot be changed.
    """
    for name in filter(None, (*RESERVED, *batches)):
        for place, _, files in os.walk(folder / name):
            for path in (Path(place), *(Path(place) / file for file in files)):
                _close(path)
    for path in _files(folder):
        _close(path)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file() and path.name not in REVIEWS)


def _close(path: Path) -> None:
    found = path.lstat()
    ours = found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode)
    if ours and found.st_mode & _OTHERS:
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
