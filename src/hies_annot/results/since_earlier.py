"""What is different from an earlier report, of each sample and of the run, as `diff` tells it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.results.made_from import run_json
from hies_annot.results.run_difference import (
    Change,
    earlier_keys,
    of_the_answer,
    run_changes,
    sample_changes,
)
from hies_annot.results.run_record import RunRecord, read_run

Key = tuple[str, str]
"""Batch ("" for none) and sample id."""


class SinceEarlier(Struct, frozen=True):
    """The comparison with an earlier run.

    `changed` has the changes of each sample that has any, `added` the samples that were not there,
    `gone` the ids of those that are no more, with their status then, `run` what differs in sources,
    reference, settings and software. `plan` and `program` are those of the earlier run.
    """

    changed: Mapping[Key, tuple[Change, ...]]
    added: frozenset[Key]
    gone: tuple[tuple[str, str], ...]
    run: tuple[Change, ...]
    plan: str | None
    program: str | None

    @property
    def answers(self) -> int:
        """How many samples have another answer."""
        return sum(any(map(of_the_answer, each)) for each in self.changed.values())

    def entry(self) -> dict[str, object]:
        """Return what `run.json` says of the comparison."""
        return {
            "plan": self.plan,
            "program": self.program,
            "answers_changed": self.answers,
            "evidence_changed": len(self.changed) - self.answers,
            "added": len(self.added),
            "gone": [{"sample": name, "status": status} for name, status in self.gone],
            "run": [
                {"where": c.where, "what": c.what, "old": c.old, "new": c.new} for c in self.run
            ],
        }


def read_earlier_report(place: Path, folder: Path) -> RunRecord:
    """Read the run to compare with; `folder` is where the results of this one go.

    Raises:
        InputError: it cannot be read, or it is the place of this run's own results.
    """
    path = run_json(place)
    if path.resolve() == run_json(folder).resolve() or place.resolve() == folder.resolve():
        raise InputError(
            "is where this run writes its own results: keep a copy of the earlier run.json, and "
            "name that with `earlier`",
            file=str(place),
        )
    return read_run(place)


def since_earlier(
    earlier: RunRecord, head: Mapping[str, Any], entries: Iterable[tuple[Key, str]]
) -> SinceEarlier:
    """Compare a run with an earlier one.

    Args:
        earlier: the earlier run.
        head: the start of this run's `run.json`.
        entries: batch and id of each sample, and its text in `run.json`; gone through twice.
    """
    keys = [key for key, _ in entries]
    before = earlier_keys(keys, earlier.keys)
    changed = {}
    for key, text in entries:
        if key in before:
            changes = tuple(sample_changes(earlier.entry(before[key]), json.loads(text)))
            if changes:
                changed[key] = changes
    found = set(before.values())
    return SinceEarlier(
        changed,
        frozenset(key for key in keys if key not in before),
        tuple((key[1], earlier.entry(key)["status"]) for key in earlier.keys if key not in found),
        tuple(run_changes(earlier.head, head)),
        earlier.head.get("plan"),
        earlier.head.get("program"),
    )
