"""One run at a time writes into a results folder: two would move the files of each other away."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hies_annot.errors import InputError


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold a folder while a run writes into it; the hold ends with the process, however it ends.

    Where the folder cannot be made or the file system has no locks nothing is held; the first file
    that is written tells what is wrong.

    Raises:
        InputError: another process holds it.
    """
    held = None
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY)
    try:
        if held is not None:
            _hold(held, folder)
        yield
    finally:
        if held is not None:
            os.close(held)


def _hold(opened: int, folder: Path) -> None:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        words = "another run writes into this folder: wait until it has ended, or name another one"
        raise InputError(words, file=str(folder)) from None
    except OSError:
        return
