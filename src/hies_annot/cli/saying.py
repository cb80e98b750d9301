"""What a command says to a person: a line of text on stdout or stderr, nothing hidden in it."""

from __future__ import annotations

import click

from hies_annot.render.visible_text import visible


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line; parts of it may be names and texts of an input."""
    click.echo(visible(text), err=err)
