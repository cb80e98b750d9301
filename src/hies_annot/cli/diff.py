"""`hies-annot diff`: what changed between two runs, for which sample and why."""

from __future__ import annotations

from pathlib import Path

import click

from hies_annot.results.run_difference import compare_runs
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
    click.echo("\t".join(_COLUMNS))
    for change in changes:
        click.echo("\t".join(str(getattr(change, name)) for name in _COLUMNS))
    return 0
