"""What the files of a results folder say that they were made from. Standard library only."""

from __future__ import annotations

import re
from pathlib import Path

from hies_annot.io.atomic import refuse_link, write_text

MARK = ".plan"
"""File in the folder of a batch's reports: the digest of the plan that they were made from."""
PLANS = "plan"
"""Folder of the plans of the batches, below the results folder."""
PLAN_END = ".plan"
"""End of the name of a batch's plan, which is JSON: `.json` are results only."""
SUMMARY = "run.json"
"""File of a run whose `plan` tells what the summaries were made from."""
REVIEWS = ("review.tsv", "review.json")
"""Files of a reviewer in the results folder. The program only reads them."""
_HEAD = 65536
_DIGEST = re.compile(r'"plan": ?"([0-9a-f]{32})"')
"""In a string that a user wrote the quotes are escaped, so it cannot look like this."""


def made_from(folder: Path, batch: str) -> str | None:
    """Return the digest of the plan that lines and reports of a batch were made from.

    None: there are no lines. "": lines and reports are not of one plan, or say nothing of any,
    as those of an older program.
    """
    lines = digest_in(folder / f"{batch}.jsonl")
    if lines is None:
        return None
    return lines if lines == reports_made_from(folder / batch) else ""


def reports_made_from(folder: Path) -> str | None:
    """Return the digest of the plan that the reports of a batch's folder were made from."""
    try:
        return (folder / MARK).read_text(encoding="utf-8").strip()
    except OSError:
        return None


def mark_reports(folder: Path, digest: str | None) -> None:
    """Say in a batch's folder which plan its reports were made from, once they are all there.

    Raises:
        InputError: the folder is a link.
        OSError: it cannot be written to.
    """
    refuse_link(folder)
    write_text(folder / MARK, f"{digest or ''}\n")


def reviews_in(folder: Path) -> list[Path]:
    """Return the files of decisions that lie in a results folder."""
    return [folder / name for name in REVIEWS if (folder / name).is_file()]


def run_json(place: Path) -> Path:
    """Return the `run.json` that is meant by a results folder, or by its own name."""
    return place / SUMMARY if place.is_dir() else place


def is_of_a_run(folder: Path) -> bool:
    """Return whether a folder has the `run.json` of a run, be it of an older program."""
    try:
        with (folder / SUMMARY).open(encoding="utf-8", errors="replace") as stream:
            return '"hies_annot"' in stream.read(_HEAD)
    except OSError:
        return False


def digest_in(path: Path) -> str | None:
    """Return the digest of the plan that a JSON file names at its start.

    None: there is no such file. "": it names none.
    """
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            found = _DIGEST.search(stream.read(_HEAD))
    except OSError:
        return None
    return found.group(1) if found else ""
