"""`hies-annot diff`: what changed between two runs, for which sample and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from hies_annot.cli.saying import say
from hies_annot.results.run_difference import Change, compare_runs
from hies_annot.results.run_record import read_run

_COLUMNS = ("sample", "where", "what", "old", "new")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> int:
    """List what changed from the run OLD to the run NEW, one change a line.

    Both are results folders, or the run.json of one. Changes of the run itself (sources, reference,
    software) have no sample. Tab-separated. The setting `earlier` shows the same on the pages.

    \b
    Example:
      hies-annot diff 2025/run.json 2026/run.json
    """
    changes = compare_runs(read_run(old).whole(), read_run(new).whole())
    say(table_of(changes).removesuffix("\n"))
    return 0


def table_of(changes: Iterable[Change]) -> str:
    """Return changes as a table with tabs, a line each below the names of its columns."""
    lines = ["\t".join(_COLUMNS)]
    lines += ["\t".join(str(getattr(change, name)) for name in _COLUMNS) for change in changes]
    return "".join(f"{line}\n" for line in lines)
