"""`hies-annot refresh`: today's evidence for a results folder, and the answers that it changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click

from hies_annot.cli.diff import table_of
from hies_annot.cli.fetch_resources import fetch_all, fetcher_of, telling_bytes
from hies_annot.cli.privacy import keep_private
from hies_annot.cli.saying import say
from hies_annot.errors import InputError, UsageError
from hies_annot.evidence.fetch_table import TABLE, Line, read_fetched
from hies_annot.evidence.fetched import Fetcher
from hies_annot.genome import Build
from hies_annot.io.atomic import write_text
from hies_annot.results.run_difference import compare_runs
from hies_annot.results.run_record import read_run
from hies_annot.run.earlier_summary import (
    CHANGED,
    close_comparison,
    earlier_folder,
    keep_summary,
    whole_summary,
)
from hies_annot.run.plan import read_run_plan, run_file
from hies_annot.settings.evidence_servers import ServedFile
from hies_annot.settings.run_config import RunConfig, config_of

_SHOWN = 50


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@click.option("--servers", type=click.Path(path_type=Path), help="As of `resources fetch`.")
@click.option("--cache", help="Cache folder; else HIES_ANNOT_CACHE or the user's cache.")
def refresh(folder: Path, command: tuple[str, ...], servers: Path | None, cache: str | None) -> int:
    """Fetch the evidence of a results FOLDER anew, run COMMAND, and list what changed.

    The summary of the last run is kept in FOLDER.earlier. Sources of the configuration that
    `resources fetch` has made (fetched.tsv lies beside them) are fetched again; COMMAND, which
    stands after `--`, repeats the run; FOLDER.earlier/changed.tsv is what `diff` says then. A
    routine that broke off goes on: the summary that it had kept stays the one to compare with.

    \b
    Example:
      hies-annot refresh results -- hies-annot run --config my.yaml -o results
    """
    if not command:
        raise UsageError("no command: write the one that repeats the run after `--`")
    plan = read_run_plan(run_file(folder))
    config = config_of(dict(plan.settings), source=str(run_file(folder)))
    keep_private(private=config.private)
    keep_summary(folder)
    _fetch_again(config, servers, cache)
    code = subprocess.run(command, check=False).returncode  # noqa: S603 (the user's own command)
    _tell_changes(folder)
    return code


def _fetch_again(config: RunConfig, servers: Path | None, cache: str | None) -> None:
    """Fetch what lies beside a `fetched.tsv`, each on the build that it was fetched on."""
    paths = [Path(source.path) for source in config.evidence.sources]
    wanted = {
        folder: [line for line in read_fetched(folder) if folder / line.slice in paths]
        for folder in dict.fromkeys(path.parent for path in paths)
    }
    if not any(wanted.values()):
        raise UsageError(
            f"no source of the configuration lies beside a {TABLE}: get them with "
            "`hies-annot resources fetch` and write what it prints into the configuration"
        )
    open_lines = {line.slice for lines in wanted.values() for line in lines}
    for build in Build:
        fetcher = fetcher_of(config, build, servers, cache)
        with telling_bytes(fetcher):
            for folder, lines in wanted.items():
                named = list(_served(fetcher, lines).items())
                open_lines -= {name for name, _ in named}
                fetch_all(fetcher, [(served, name) for name, served in named], folder)
    if open_lines:
        raise InputError(
            f"{', '.join(sorted(open_lines))}: the addresses in {TABLE} are none of the servers': "
            "fetch them with `hies-annot resources fetch`, or give --servers"
        )


def _served(fetcher: Fetcher, lines: list[Line]) -> dict[str, ServedFile]:
    """Return the files on the servers by the name of the slice that was made of them."""
    builds = fetcher.servers.sources.values()
    files = [served for source in builds for served in source.get(fetcher.build, ())]
    return {
        line.slice: served
        for served in files
        for line in lines
        if line.source == served.name and line.url in {url for url, _ in fetcher.files(served)}
    }


def _tell_changes(folder: Path) -> None:
    """Compare with the summary that was kept, write it down, and close the comparison."""
    summary, earlier = whole_summary(folder), earlier_folder(folder)
    if not (earlier / summary.name).is_file():
        say("there was no earlier run: nothing to compare with")
        return
    changes = compare_runs(read_run(earlier / summary.name).whole(), read_run(summary).whole())
    write_text(earlier / CHANGED, table_of(changes))
    close_comparison(folder)
    samples = list(dict.fromkeys(change.sample for change in changes if change.sample))
    shown = ", ".join(samples[:_SHOWN]) + (" ..." if len(samples) > _SHOWN else "")
    say(f"{len(samples)} samples changed{f': {shown}' if shown else ''}")
    say(str(earlier / CHANGED))
