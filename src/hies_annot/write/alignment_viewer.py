"""The viewer of reads beside the pages: once a run, and only where a page may need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hies_annot.render.alignments import VIEWER
from hies_annot.render.html import viewer_script


def viewer_file(*, wanted: bool) -> dict[str, Iterator[str]]:
    """Return the viewer by its name in the results folder; nothing where it is not wanted."""
    return {VIEWER: viewer_script()} if wanted else {}


def remove_viewer(folder: Path) -> None:
    """Remove what an earlier run has written, where this one shows no reads."""
    (folder / VIEWER).unlink(missing_ok=True)
