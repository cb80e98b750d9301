"""`hies-annot check`: all faults of a run before it starts."""

from __future__ import annotations

from pathlib import Path

import click

from hies_annot.cli.configuration import configuration
from hies_annot.cli.saying import say
from hies_annot.errors import FaultsError
from hies_annot.run.engine import Engine
from hies_annot.run.preflight import find_faults, kit_notes


@click.command()
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    required=True,
    help="Configuration (YAML).",
)
def check(config_file: Path) -> int:
    """Validate configuration, sheet, PED, VCF headers, reference and sources.

    All faults are listed at once; exit code 1 if there is any. Exons that the capture kit
    (callability_kit, a BED) can never see are notes.

    \b
    Example:
      hies-annot check --config config/config.yaml
    """
    config = configuration(config_file)
    faults = find_faults(config)
    if faults:
        raise FaultsError(faults)
    for note in kit_notes(config, Engine(config)):
        say(f"note: {note}")
    say("no fault found")
    return 0
