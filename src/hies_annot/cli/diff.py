"""`hies-annot diff`: what changed between two runs, for which sample and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from hies_annot.cli.saying import say
from hies_annot.errors import InputError
from hies_annot.results.contract_version import why_unreadable
from hies_annot.results.run_difference import Change, compare_runs

_COLUMNS = ("sample", "where", "what", "old", "new")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> int:
    """List what changed from the run OLD to the run NEW (two run.json), one change a line.

    Changes of the run itself (sources, reference, software) have no sample. Tab-separated.

    \b
    Example:
      hies-annot diff 2025/run.json 2026/run.json
    """
    say(table_of(compare_runs(read_run(old), read_run(new))).removesuffix("\n"))
    return 0


def table_of(changes: Iterable[Change]) -> str:
    """Return changes as a table with tabs, a line each below the names of its columns."""
    lines = ["\t".join(_COLUMNS)]
    lines += ["\t".join(str(getattr(change, name)) for name in _COLUMNS) for change in changes]
    return "".join(f"{line}\n" for line in lines)


def read_run(path: Path) -> dict[str, Any]:
    """Return the content of a `run.json`.

    Raises:
        InputError: it is missing, no `run.json`, or of a later version of the contract.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("this run file does not exist", file=str(path)) from None
    except ValueError as fault:
        raise InputError(f"is no run.json ({fault})", file=str(path)) from None
    if not isinstance(data, dict) or "samples" not in data:
        raise InputError("is no run.json of hies-annot: it has no samples", file=str(path))
    if (why := why_unreadable(data.get("schema_version"))) is not None:
        raise InputError(why, file=str(path))
    return data
