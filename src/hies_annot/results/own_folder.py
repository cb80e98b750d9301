"""The folders that a run writes below its results folder: no links, nothing left of a killed run.

Standard library only: the workflow plans with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hies_annot.io.atomic import refuse_link, remove_left_behind
from hies_annot.sheet.batches import RESERVED


def prepare_folder(folder: Path, batches: Iterable[str]) -> None:
    """Refuse links where a run is about to write, and remove hidden files of a killed one.

    The results folder itself may be a link: the user has named it.

    Args:
        folder: results folder; it need not be there yet.
        batches: names of the folders of the batches; samples of none lie in the folder itself.

    Raises:
        InputError: a folder below it is a link.
        OSError: the folder cannot be read or written to.
    """
    below = list(_checked(folder, batches))
    for each in (folder, *below):
        remove_left_behind(each)


def _checked(folder: Path, batches: Iterable[str]) -> Iterator[Path]:
    """Yield the folders that are there, and those within the folders of the run itself."""
    for name in filter(None, (*RESERVED, *batches)):
        refuse_link(folder / name)
        yield folder / name
    for name in RESERVED:
        for inner in sorted((folder / name).glob("*")):
            if inner.is_dir():
                refuse_link(inner)
                yield inner
