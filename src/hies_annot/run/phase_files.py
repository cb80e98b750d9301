"""What the steps of read-backed phase hand on: who needs it, and what the reads have told.

Both files bear the digest of the batch's plan; a file of another plan says nothing. Standard
library only: the workflow asks how many samples a job will read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hies_annot.io.atomic import write_text

FOLDER = "phase"
"""Folder below the results folder; what is in it is needed while the run goes on only."""


def write_step(path: Path, plan: str, content: Sequence[str] | Mapping[str, Any]) -> None:
    """Write what a step has found: names of samples, or by sample what was read.

    Raises:
        OSError: the folder cannot be written to.
    """
    text = json.dumps({"plan": plan, "found": content}, separators=(",", ":"))
    write_text(path, f"{text}\n")


def read_step(path: Path, plan: str) -> Any:  # noqa: ANN401 (JSON)
    """Return what a step has found for a plan, None where the file is of another one.

    Raises:
        OSError: there is no such file.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data["found"] if data["plan"] == plan else None
    except (ValueError, KeyError, TypeError):
        return None


def count_found(path: str) -> int:
    """Return how many samples a step has found.

    Raises:
        FileNotFoundError: the step has not been done yet.
    """
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123 (Snakemake compares the name)
        return len(json.load(stream)["found"])
