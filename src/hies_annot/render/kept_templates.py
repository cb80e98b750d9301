"""Compiled templates, kept between runs as Python keeps its compiled modules.

Compiling them takes as long as all else that a small run does. The folder is the user's own and
named after all that the compiled code depends on, so what is kept is never stale.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from hies_annot.reference.cache import cache_folder

_OWNER_ONLY = 0o700
_DAMAGED = (OSError, UnpicklingError, AttributeError, EOFError, ImportError, IndexError, ValueError)
"""What reading a damaged file raises: its head is a pickle."""


class _KeptWherePossible(FileSystemBytecodeCache):
    """Compiled templates on disk; a full or read-only disk costs time, no page."""

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except _DAMAGED:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


def kept_templates() -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept, None where no folder is the user's alone.

    What is read from there is run: a folder that another user owns or may write to is not used.
    """
    folder = cache_folder() / f"templates-{_state()}"
    try:
        folder.mkdir(_OWNER_ONLY, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    return _KeptWherePossible(str(folder)) if _is_own(found) else None


def _is_own(found: os.stat_result) -> bool:
    private = not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and private


def _state() -> str:
    """Return a digest of the engine and of this room: its filters are part of what is compiled."""
    digest = hashlib.sha256(f"{jinja2.__version__} {os.getuid()}".encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]
