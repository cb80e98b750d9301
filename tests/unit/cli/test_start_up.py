"""A command imports what it needs when it is called, and every command can be called."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from hies_annot.cli.main import cli

COMMANDS = cli.list_commands(click.Context(cli))


def modules_after(statement: str) -> set[str]:
    program = f"import sys; {statement}; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(said.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_under_its_name(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name


def test_there_is_no_other_command() -> None:
    assert len(COMMANDS) == 17
    assert cli.get_command(click.Context(cli), "nope") is None


@pytest.mark.parametrize(
    ("statement", "late"),
    [
        ("import hies_annot.cli.main", {"pysam", "msgspec", "jinja2", "numpy", "rich"}),
        ("import hies_annot.cli.variant", {"jinja2", "numpy", "rich", "ssl", "sqlite3"}),
        (
            "import hies_annot.cli.run",
            {"numpy", "rich", "ssl", "sqlite3", "multiprocessing", "concurrent.futures", "pyarrow"},
        ),
    ],
)
def test_what_is_not_needed_is_not_loaded(statement: str, late: set[str]) -> None:
    assert not modules_after(statement) & late


def test_a_cohort_needs_numpy() -> None:
    assert "numpy" in modules_after("import hies_annot.io.columns")
