"""What a batch is to be made from: rows, settings, program and the state of every input.

A plan has a digest, which every result line carries, so that a result is known to be current by
what it says of itself. Standard library only: the workflow plans with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from hies_annot.errors import InputError
from hies_annot.io.file_state import FileState, StateReader
from hies_annot.results.made_from import PLAN_END, PLANS, reviews_in, run_json
from hies_annot.run.cohort_files import Cohort, cohorts_of
from hies_annot.run.stored_files import StoredStates
from hies_annot.settings.places import PLACE_KEYS
from hies_annot.sheet.batches import Batch
from hies_annot.sheet.row_files import shown_row

RUN_PLAN = "plan.json"
"""The plan of the whole run, in the results folder."""
SUMMARY_KEYS = (
    "recurrence",
    "parquet",
    "private",
    "evidence_max_age_days",
    "review",
    "earlier",
    "whole_digest_mb",
)
"""Settings that only the summary depends on."""


def judging_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that a result depends on; a pedigree that is in the rows is none."""
    judging = {key: value for key, value in config.items() if key not in PLACE_KEYS}
    if config.get("samples"):
        judging["ped"] = None
    return judging


def shared_files(config: Mapping[str, Any]) -> list[str]:
    """Return the files that every batch depends on."""
    evidence, reference = config["evidence"], config["reference"]
    named = [
        None if config.get("samples") else config["ped"],
        reference["fasta"],
        evidence["known_variants"],
        *(path for source in evidence["sources"] for path in _files_of(source["path"])),
    ]
    return [*config["genes"], *filter(None, named)]


def summary_files_of(config: Mapping[str, Any], folder: Path | None = None) -> list[str]:
    """Return the files that only the summary depends on, with the decisions in `folder`.

    `folder` is the results folder; None: only what the settings name.
    """
    earlier = config.get("earlier")
    named = [
        config["recurrence"].get("earlier_runs"),
        config.get("review"),
        earlier and str(run_json(Path(earlier))),
    ]
    beside = () if folder is None else map(str, reviews_in(folder))
    return list(dict.fromkeys([*filter(None, named), *beside]))


def _files_of(path: str) -> list[str]:
    """Return the files of a source; of one that has a file for each chromosome those that exist."""
    if "{chrom}" not in path:
        return [path]
    named = (path.replace("{chrom}", chrom) for chrom in (*map(str, range(1, 23)), "X", "Y"))
    return [name for name in named if Path(name).is_file()]


@dataclass(frozen=True)
class BatchPlan:
    """One batch, with everything that its results depend on.

    `copies` are the names of the local copies of inputs at an address, by address, relative to the
    folder of all copies.
    """

    batch: Batch
    settings: Mapping[str, Any]
    program: str
    inputs: tuple[FileState, ...]
    copies: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the batch."""
        return self.batch.name

    @cached_property
    def digest(self) -> str:
        """32 hex digits that change with anything that a result depends on."""
        return _digest(self._content())

    def _content(self) -> dict[str, object]:
        return {
            "batch": self.name,
            "program": self.program,
            "settings": self.settings,
            "samples": [*map(shown_row, self.batch.samples)],
            "relatives": [*map(shown_row, self.batch.relatives)],
            "inputs": self.inputs,
            **({"copies": self.copies} if self.copies else {}),
        }

    def to_json(self, serial: str) -> str:
        """Return the text of the plan's file; `serial` marks when it was written anew."""
        return _text({"plan": self.digest, "serial": serial, **self._content()})


@dataclass(frozen=True)
class RunPlan:
    """All batches of a run in their order, by name with the digest of their plan.

    `cohorts` are the files that get a reading pass of their own, by the name of their folder,
    `inputs` the files that only the summary depends on.
    """

    program: str
    batches: Mapping[str, str]
    settings: Mapping[str, Any] = field(default_factory=dict)
    cohorts: Mapping[str, Cohort] = field(default_factory=dict)
    inputs: tuple[FileState, ...] = ()

    @cached_property
    def digest(self) -> str:
        """32 hex digits that change with any batch, and with what the summary depends on."""
        summary = {key: self.settings.get(key) for key in SUMMARY_KEYS}
        content = {"batches": [*self.batches.items()], "summary": summary, "inputs": self.inputs}
        return _digest(content)

    def to_json(self, serial: str) -> str:
        """Return the text of the plan's file."""
        head = {"plan": self.digest, "serial": serial, "program": self.program}
        rest = {"settings": self.settings, "cohorts": self.cohorts, "inputs": self.inputs}
        return _text({**head, **rest, "batches": self.batches})


def plan_of(
    batches: Iterable[Batch],
    config: Mapping[str, Any],
    program: str,
    stored: StoredStates | None = None,
) -> tuple[BatchPlan, ...]:
    """Return the plan of each batch; the state of every file is read now.

    Args:
        batches: the batches of the run.
        config: all settings, defaults included.
        program: the fingerprint of the program that plans.
        stored: reads the states of files at addresses, where jobs will work on copies of them.

    Raises:
        InputError: a file at an address cannot be reached.
    """
    settings, shared = judging_settings(config), (*StateReader().states(shared_files(config)),)
    reader = stored or StateReader()
    plans = []
    for batch in batches:
        own = tuple(reader.states(batch.files()))
        copies = stored.copies_of(own) if stored else {}
        plans.append(BatchPlan(batch, settings, program, (*own, *shared), copies))
    return tuple(plans)


def run_plan(
    plans: Sequence[BatchPlan],
    config: Mapping[str, Any],
    program: str,
    folder: Path | None = None,
) -> RunPlan:
    """Return the plan of the whole run; `folder` is where its results go."""
    batches = {plan.name: plan.digest for plan in plans}
    cohorts = cohorts_of(plan.batch for plan in plans)
    settings = judging_settings(config) | {key: config.get(key) for key in SUMMARY_KEYS}
    inputs = tuple(StateReader().states(summary_files_of(config, folder)))
    return RunPlan(program, batches, settings, cohorts, inputs)


def batch_file(folder: Path, batch: str) -> Path:
    """Return the place of a batch's plan; `folder` is the results folder."""
    return folder / PLANS / f"{batch}{PLAN_END}"


def run_file(folder: Path) -> Path:
    """Return the place of the run's plan; `folder` is the results folder."""
    return folder / RUN_PLAN


def read_batch_plan(path: Path) -> BatchPlan:
    """Read the plan of a batch.

    Raises:
        InputError: the file is missing, or is no plan.
    """
    data = _read(path, ("batch", "program", "settings", "samples", "relatives", "inputs"))
    return BatchPlan(
        Batch(data["batch"], tuple(data["samples"]), tuple(data["relatives"])),
        data["settings"],
        data["program"],
        tuple(FileState(*state) for state in data["inputs"]),
        data.get("copies", {}),
    )


def read_run_plan(path: Path) -> RunPlan:
    """Read the plan of a run.

    Raises:
        InputError: the file is missing, or is no plan.
    """
    data = _read(path, ("program", "settings", "cohorts", "batches"))
    cohorts = {key: Cohort(file, tuple(names)) for key, (file, names) in data["cohorts"].items()}
    inputs = tuple(FileState(*state) for state in data.get("inputs", ()))
    return RunPlan(data["program"], data["batches"], data["settings"], cohorts, inputs)


def _read(path: Path, keys: Sequence[str]) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("this plan does not exist: start the run again", file=str(path)) from None
    except ValueError:
        data = None
    if not isinstance(data, dict) or not set(keys) <= data.keys():
        raise InputError("is no plan of hies-annot: start the run again", file=str(path))
    return data


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _text(content: Mapping[str, object]) -> str:
    return json.dumps(content, separators=(",", ":")) + "\n"
