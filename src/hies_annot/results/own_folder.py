"""The folders that a run writes below its results folder: no links, nothing left of a killed run.

Standard library only: the workflow plans with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.atomic import refuse_link, remove_left_behind
from hies_annot.results.made_from import PLANS, is_of_a_run
from hies_annot.sheet.batches import RESERVED

RUN_NAMES = (
    *("run.json", "index.html", "summary.tsv", "findings.tsv", "status.json", "versions.yml"),
    *("hies_mqc.json", "hies_status_mqc.json"),
)
"""Files that a run writes into its folder itself; `render.summary` makes them."""


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


def refuse_strangers(folder: Path) -> None:
    """Refuse a folder with files of others under the names of those that a run writes.

    Raises:
        InputError: there is one, and no run has written into the folder.
    """
    if (folder / PLANS).is_dir() or is_of_a_run(folder):
        return
    for name in RUN_NAMES:
        if (folder / name).exists():
            raise InputError(
                "this file is of no run of hies-annot, and a run would replace it: name another "
                "results folder",
                file=str(folder / name),
            )


def refuse_inputs(folder: Path, batches: Iterable[str], inputs: Iterable[str]) -> None:
    """Refuse inputs that lie where the run writes: a report might replace them, or move them aside.

    Args:
        folder: results folder; it need not be there yet.
        batches: names of the folders of the batches.
        inputs: paths of all inputs, by whatever links they are reached.

    Raises:
        InputError: one lies in the folder of a batch, or in another one of the run itself.
    """
    own = {os.path.realpath(folder / name) for name in (*RESERVED, *batches)}
    places: dict[str, bool] = {}
    for path in inputs:
        place = os.path.dirname(path)  # noqa: PTH120 (many inputs, few folders)
        if place not in places:
            places[place] = os.path.realpath(place) in own
        if places[place] or (os.path.islink(path) and _leads_to(path, own)):  # noqa: PTH114
            raise InputError(
                "this input lies in a folder into which the results are written, where a report "
                "may replace it: name another results folder",
                file=path,
            )


def _leads_to(path: str, folders: set[str]) -> bool:
    return os.path.dirname(os.path.realpath(path)) in folders  # noqa: PTH120


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
