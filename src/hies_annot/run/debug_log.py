"""Faults of the program with their tracebacks: a file beside the results, only where there is one.

A traceback may hold values out of a sample's file: whoever sends it on looks at it first.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from hies_annot.errors import UNFORESEEN
from hies_annot.render.visible_text import visible

DEBUG_LOG = "debug.log"


def keep_debug_log(path: Path) -> None:
    """Let faults of the program go to a file, which appears with the first; an old one goes.

    Processes that start from this one write to the same file.

    Raises:
        OSError: the folder cannot be written to.
    """
    path.unlink(missing_ok=True)
    for old in [each for each in UNFORESEEN.handlers if isinstance(each, logging.FileHandler)]:
        UNFORESEEN.removeHandler(old)
        old.close()
    handler = _NeverThroughLinks(path, encoding="utf-8", delay=True)
    handler.setFormatter(_Visible())
    UNFORESEEN.addHandler(handler)


class _NeverThroughLinks(logging.FileHandler):
    """A file that is opened only when there is something to say, by when it may be a link."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        return os.fdopen(os.open(self.baseFilename, flags, 0o666), "a", encoding=self.encoding)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; where that fails the run goes on, and its next result will tell it."""
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (of logging)
        """Do nothing: see `emit`."""


class _Visible(logging.Formatter):
    """A log is read in a terminal: values of a file have no hidden characters there."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))
