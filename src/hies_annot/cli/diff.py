"""`hies-annot diff`: what changed between two runs, for which sample and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hies_annot.cli.saying import say
from hies_annot.errors import InputError
from hies_annot.results.contract_version import why_unreadable
from hies_annot.results.run_difference import compare_runs

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
    changes = compare_runs(_read(old), _read(new))
    say("\t".join(_COLUMNS))
    for change in changes:
        say("\t".join(str(getattr(change, name)) for name in _COLUMNS))
    return 0


def _read(path: Path) -> dict[str, Any]:
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
