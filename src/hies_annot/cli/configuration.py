"""The configuration that a command is given, or the defaults."""

from __future__ import annotations

from pathlib import Path

from hies_annot.settings.run_config import RunConfig, load_config


def configuration(path: Path | None) -> RunConfig:
    """Return the configuration in a file; None: the defaults.

    Raises:
        InputError: the file is missing, no YAML, or a pipe with a name.
        FaultsError: every key that is unknown or has a wrong value.
    """
    return RunConfig() if path is None else load_config(path)
