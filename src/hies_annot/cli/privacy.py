"""Files that a command writes for their owner alone, where the settings say so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

OWNER_ONLY = 0o077
"""What a umask takes from a file that only its owner may read: 0600, and 0700 for folders."""


def keep_private(*, private: bool) -> None:
    """Let nobody else read what the command writes from now on until it ends, if so wanted.

    It holds for temporary files, processes that it starts, and libraries that write for it.
    """
    if private:
        click.get_current_context().with_resource(_owner_only())


@contextmanager
def _owner_only() -> Iterator[None]:
    before = os.umask(OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(before)
