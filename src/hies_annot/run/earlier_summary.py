"""The summary of the run before, beside a results folder, until it was compared with."""

from __future__ import annotations

from pathlib import Path

from hies_annot.errors import FaultsError, InputError
from hies_annot.io.atomic import refuse_link, write_text
from hies_annot.results.made_from import SUMMARY, digest_in
from hies_annot.run.folder_check import faults_of_results

CHANGED = "changed.tsv"
"""What `diff` says of the two runs."""
_KEPT = ("summary.tsv", "findings.tsv", "versions.yml", SUMMARY)
_OPEN = "not_compared"
"""File that lies there from keeping to comparing: until then nothing newer is kept."""


def earlier_folder(results: Path) -> Path:
    """Return where the summary of the run before is kept: beside the results folder."""
    return results.with_name(f"{results.name}.earlier")


def keep_summary(results: Path) -> None:
    """Copy the summary of a whole run; one that was not yet compared with stays.

    Raises:
        InputError: the run has lost batches, or the folder is a link.
    """
    folder, summary = earlier_folder(results), results / SUMMARY
    refuse_link(folder)
    if (folder / _OPEN).is_file() or not summary.is_file():
        return
    if not digest_in(summary):
        raise InputError("batches of this run were lost: run it to its end", file=str(summary))
    for name in (CHANGED, *_KEPT):
        (folder / name).unlink(missing_ok=True)
    for name in _KEPT:
        write_text(folder / name, (results / name).read_text(encoding="utf-8"))
    write_text(folder / _OPEN, "")


def whole_summary(results: Path) -> Path:
    """Return the summary of a run that has come to its end, with the inputs of today.

    Raises:
        FaultsError: it has not; nothing is to be said of changes then.
    """
    if faults := list(faults_of_results(results)):
        raise FaultsError([*faults, f"{results}: not compared: end the run, and refresh again"])
    return results / SUMMARY


def close_comparison(results: Path) -> None:
    """Let the next refresh keep the summary of its day."""
    (earlier_folder(results) / _OPEN).unlink(missing_ok=True)
