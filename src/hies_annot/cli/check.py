"""`hies-annot check`: all faults of a run before it starts."""

from __future__ import annotations

from pathlib import Path

import click

from hies_annot.config import load_config
from hies_annot.errors import FaultsError
from hies_annot.preflight import find_faults


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

    All faults are listed at once; exit code 1 if there is any.

    \b
    Example:
      hies-annot check --config config/config.yaml
    """
    faults = find_faults(load_config(config_file))
    if faults:
        raise FaultsError(faults)
    click.echo("no fault found")
    return 0
