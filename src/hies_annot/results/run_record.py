"""The `run.json` of a run, read to compare it with another one; samples are parsed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct

from hies_annot.errors import InputError
from hies_annot.results.contract_version import why_unreadable
from hies_annot.results.made_from import run_json


class _Finding(Struct):
    id: str
    status: str
    genotype: str
    variants: list[str]


class _Allele(Struct):
    id: str


class _Sample(Struct):
    """What every entry must have, so that a comparison finds it."""

    sample: str
    status: str
    conditions: list[_Finding]
    variants: list[_Allele]
    batch: str | None = None


class RunRecord:
    """A run as its `run.json` has it: `head` without samples, and the text of each sample."""

    def __init__(self, head: Mapping[str, Any], samples: Mapping[tuple[str, str], Raw]) -> None:
        """Keep the parts; a sample stands under its batch ("" for none) and id."""
        self.head, self._samples = head, samples

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Batch and id of the samples, in their order."""
        return tuple(self._samples)

    def entry(self, key: tuple[str, str]) -> dict[str, Any]:
        """Return the entry of one sample."""
        return dict(msgspec.json.decode(self._samples[key]))

    def whole(self) -> dict[str, Any]:
        """Return everything at once."""
        return {**self.head, "samples": [self.entry(key) for key in self._samples]}


def read_run(place: Path) -> RunRecord:
    """Read a results folder or its `run.json`.

    Raises:
        InputError: it is missing, no `run.json`, or of a later version of the contract.
    """
    path = run_json(place)
    try:
        members = msgspec.json.decode(path.read_bytes(), type=dict[str, Raw])
        if "samples" not in members:
            raise InputError("is no run.json of hies-annot: it has no samples", file=str(path))
        head = {
            name: msgspec.json.decode(raw) for name, raw in members.items() if name != "samples"
        }
        if (why := why_unreadable(head.get("schema_version"))) is not None:
            raise InputError(why, file=str(path))
        return RunRecord(head, dict(_samples(members["samples"])))
    except FileNotFoundError:
        raise InputError("this run file does not exist", file=str(path)) from None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise InputError(f"is no run.json ({fault})", file=str(path)) from None


def _samples(text: Raw) -> Iterator[tuple[tuple[str, str], Raw]]:
    for raw in msgspec.json.decode(text, type=list[Raw]):
        found = msgspec.json.decode(raw, type=_Sample)
        yield (found.batch or "", found.sample), raw
