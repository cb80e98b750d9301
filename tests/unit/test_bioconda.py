"""The draft of the conda recipe: it asks for what the wheel asks for, and its commands work."""

import os
import re
import subprocess
import sysconfig
import tomllib
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]


def rendered() -> dict[str, Any]:
    template = jinja2.Template((ROOT / "packaging/bioconda/meta.yaml").read_text())
    return yaml.safe_load(
        template.render(PYTHON="python", pin_subpackage=lambda name, max_pin: f"{name} {max_pin}")
    )


RECIPE = rendered()
EVERYWHERE = [line for line in PROJECT["dependencies"] if ";" not in line]
"""Without what stands in for a library that the pysam of Bioconda has (libdeflate)."""


def ranges(requirements: list[str]) -> dict[str, set[str]]:
    """Return the limits of each package: `click>=8,<9` is `{"click": {">=8", "<9"}}`."""
    split = (re.fullmatch(r"([\w.-]+) ?(.*)", line).groups() for line in requirements)
    return {name: set(parts.split(",")) for name, parts in split}


def test_it_asks_for_what_the_wheel_asks_for() -> None:
    asked = {name: ranges(lines) for name, lines in RECIPE["requirements"].items()}
    python = ranges([f"python {PROJECT['requires-python']}"])
    assert asked == {
        "host": ranges([*PYPROJECT["build-system"]["requires"], "pip"]) | python,
        "run": ranges(EVERYWHERE) | python,
        "run_constrained": ranges(PROJECT["optional-dependencies"]["phase"]),
    }


def test_it_describes_the_same_program() -> None:
    commands = [f"{name} = {target}" for name, target in PROJECT["scripts"].items()]
    assert RECIPE["build"]["entry_points"] == commands
    assert (ROOT / "packaging/bioconda" / RECIPE["source"]["path"]).resolve() == ROOT
    about = RECIPE["about"]
    assert (about["summary"], about["license"]) == (PROJECT["description"], PROJECT["license"])


@pytest.mark.parametrize("command", RECIPE["test"]["commands"])
def test_its_commands_work(command: str, tmp_path: Path) -> None:
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
