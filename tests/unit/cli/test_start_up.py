"""A command imports what it needs when it is called, and every command can be called."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from vcf_text import Record, het, lines

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


@pytest.mark.parametrize("closed", ["0", "1", "2", "012"])
def test_closed_streams_change_nothing(closed: str, tmp_path: Path) -> None:
    """Cron and daemons close them; a file that is opened next would take their number."""
    text = lines([Record("17", 42322464, 1, ("T",), (het(20, 20),))], ["S"])
    (tmp_path / "a.vcf").write_text("".join(f"{line}\n" for line in text))
    for folder, ends in (("open", ""), ("shut", "".join(f" {n}>&-" for n in closed))):
        command = f"exec {shlex.quote(sys.executable)} -m hies_annot run a.vcf -o {folder}{ends}"
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    (written, again) = (
        {
            file.relative_to(tmp_path / folder): file.read_bytes()
            for file in (tmp_path / folder).rglob("*")
            if file.is_file() and file.name != "plan.json" and file.suffix != ".plan"
        }
        for folder in ("open", "shut")
    )
    assert written == again


def test_a_cohort_needs_numpy() -> None:
    assert "numpy" in modules_after("import hies_annot.io.record.columns")
