"""What the package imports is what it declares: also imports that only one feature ever reaches."""

import ast
import importlib
import importlib.metadata
import pkgutil
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

import hies_annot
from hies_annot import __version__

PACKAGE = Path(hies_annot.__file__).parent
INSTALLED = importlib.metadata.packages_distributions()
PARTS = {"markupsafe": "jinja2"}
"""Distributions that are a part of a declared one, which asks for them itself."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(distribution: str, *, extras: bool = False) -> set[str]:
    """Return the distributions that one asks for always, or with some extra."""
    lines = importlib.metadata.requires(distribution) or []
    chosen = [line for line in lines if ("extra ==" in line) is extras]
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in chosen}


def imports_of(tree: ast.AST, lazy: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the name of each module that is imported, and whether only inside a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, lazy) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", lazy
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_of(node, lazy or inside)


@cache
def imported() -> dict[str, set[bool]]:
    """Return what is imported from others, by top-level name, with the ways of its imports."""
    found: dict[str, set[bool]] = {}
    for path in PACKAGE.rglob("*.py"):
        for module, lazy in imports_of(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(module.partition(".")[0], set()).add(lazy)
    own = {"", "hies_annot", *sys.stdlib_module_names}
    return {name: ways for name, ways in found.items() if name not in own}


def distributions_of(name: str) -> set[str]:
    """Return the distributions that have put a top-level module here, or would by its name."""
    return {normal(each) for each in INSTALLED.get(name, [name])}


def test_imports_of_every_kind_are_seen() -> None:
    """Of a class body and a branch, too, which run when the module is loaded."""
    text = "import a.b\nif x:\n    from c import d\ndef f():\n    import e\nclass G:\n    import h"
    assert list(imports_of(ast.parse(text))) == [
        ("a.b", False),
        ("c", False),
        ("e", True),
        ("h", False),
    ]
    assert {"msgspec", "pysam", "numpy", "pyarrow"} <= imported().keys()


@pytest.mark.parametrize("name", sorted(imported()))
def test_what_is_imported_is_declared(name: str) -> None:
    """What an extra brings is imported inside functions only, as it may not be there."""
    always = asked_for("hies-annot")
    always |= {part for part, whole in PARTS.items() if part in asked_for(whole)}
    if distributions_of(name) & always:
        assert find_spec(name) is not None
    else:
        assert distributions_of(name) & asked_for("hies-annot", extras=True)
        assert imported()[name] == {True}


def test_every_module_can_be_loaded() -> None:
    names = [found.name for found in pkgutil.walk_packages([str(PACKAGE)], "hies_annot.")]
    assert len(names) > 200
    for name in names:
        if not name.endswith("__main__"):
            importlib.import_module(name)


def test_the_command_is_installed() -> None:
    command = Path(sysconfig.get_path("scripts")) / "hies-annot"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert __version__ in done.stdout
