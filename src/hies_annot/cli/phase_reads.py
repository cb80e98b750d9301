"""The steps of read-backed phase that the workflow's rules call: open-pairs, phase-reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hies_annot.cli.privacy import keep_private
from hies_annot.cli.saying import say
from hies_annot.cli.steps import CARRIERS, COPIES, planned_work
from hies_annot.run.cohorts import carriers_for
from hies_annot.run.engine import Engine
from hies_annot.run.phase_steps import find_open_pairs, read_phases

_FILE = click.Path(path_type=Path)
_PLAN = click.option("--plan", type=_FILE, required=True, help="The batch as planned.")
_OUTPUT = click.option("-o", "--output", type=_FILE, required=True, help="The file to write.")


def _step(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (_OUTPUT, COPIES, CARRIERS, _PLAN):
        command = option(command)
    return command


@click.command()
@_step
def open_pairs(plan: Path, carriers: tuple[Path, ...], copies: Path | None, output: Path) -> int:
    """Write which samples of a batch have a pair of alleles that only alignments could place.

    No alignments are opened for it. `phase-reads` takes the file.

    \b
    Example:
      hies-annot open-pairs --plan results/plan/b1.plan -o b1.open.json
    """
    config, batch, known = planned_work(plan, copies)
    keep_private(private=config.private)
    written = carriers_for(known, carriers)
    count = find_open_pairs(Engine(config), batch, written, known.digest, output)
    say(f"batch {batch.name}: {count} samples have a pair that reads could place", err=True)
    return 0


@click.command()
@_step
@click.option("--open", "found", type=_FILE, required=True, help="What `open-pairs` has written.")
def phase_reads(
    plan: Path, carriers: tuple[Path, ...], copies: Path | None, output: Path, found: Path
) -> int:
    """Read the phase of open pairs from the alignments of the samples that have one.

    `annotate --phased` takes the file, and reads no phase of these samples itself.

    \b
    Example:
      hies-annot phase-reads --plan results/plan/b1.plan --open b1.open.json -o b1.phased.json
    """
    config, batch, known = planned_work(plan, copies)
    keep_private(private=config.private)
    written = carriers_for(known, carriers)
    count = read_phases(Engine(config), batch, written, known.digest, found, output)
    say(f"batch {batch.name}: alignments of {count} samples were read", err=True)
    return 0
