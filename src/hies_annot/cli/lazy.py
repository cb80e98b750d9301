"""Subcommands that are imported when they are called: each needs other libraries."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group whose subcommands are named by the modules that hold them."""

    def __init__(self, *, modules: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 (click's)
        """Take the module of each subcommand by its name, which it has there with `_` for `-`."""
        super().__init__(**settings)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names in alphabetical order, as click does."""
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a subcommand, None where there is none of that name."""
        if cmd_name not in self._modules:
            return None
        found = getattr(import_module(self._modules[cmd_name]), cmd_name.replace("-", "_"))
        assert isinstance(found, click.Command)
        return found
