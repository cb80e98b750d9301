"""What a user installs: the wheel, the locks, the recipes and the files beside them."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from hies_annot import __version__

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (ROOT / "constraints.txt").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SCRIPTS = (
    *(".ci/run", ".ci/make-venv", ".ci/make-lock", ".ci/make-schema", ".ci/make-docs"),
    *(".ci/test-wheel", ".ci/make-site", ".ci/make-screenshots", ".ci/bare-debian"),
    "container/install.sh",
)
VERSIONED = {
    "CITATION.cff": r"^version: (.*)$",
    "container/Dockerfile": r'image\.version="(.*)"',
    "container/hies-annot.def": r"image\.version (.*)$",
    "packaging/bioconda/meta.yaml": r'set version = "(.*)"',
}
"""The files that repeat the version of `src/hies_annot/__init__.py`, and where in them."""
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("config/*.md")]
pytestmark = pytest.mark.checkout


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    lines = [line for line in LOCKS.splitlines() if line and not line.startswith("#")]
    return {normal(name): version for name, version in (line.split("==") for line in lines)}


def required(lines: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", line).group()) for line in lines}


def test_every_dependency_is_locked_to_one_version() -> None:
    named = required(PROJECT["dependencies"])
    for extra in PROJECT["optional-dependencies"].values():
        named |= required(extra)
    assert named | {"hatchling"} <= set(locked())


def test_every_locked_version_runs_on_the_first_release_of_the_oldest_python() -> None:
    """Debian 12 has 3.11.2: pip takes nothing there that asks for a later one."""
    names = locked()
    refusing = [
        f"{each.name} {each.version}: Python {asked}"
        for each in distributions()
        if names.get(normal(each.name)) == each.version
        and (asked := each.metadata.get("Requires-Python"))
        and not SpecifierSet(asked).contains("3.11.0")
    ]
    assert not refusing


def test_the_conda_environment_has_what_the_wheel_and_the_workflow_ask_for_as_locked() -> None:
    file = yaml.safe_load((ROOT / "workflow/envs/hies-annot.yaml").read_text())
    *lines, last = file["dependencies"]
    found = dict(line.split(" ", 1) for line in lines if line != "pip")
    assert found.pop("python") == PROJECT["requires-python"]
    found = {name: text.removeprefix("=") for name, text in found.items()}
    found |= dict(line.split("==") for line in last["pip"])
    # What only some systems take from PyPI, the pysam of Bioconda has in it (libdeflate).
    everywhere = [line for line in PROJECT["dependencies"] if ";" not in line]
    needed = [*everywhere, *PROJECT["optional-dependencies"]["workflow"]]
    assert found == {name: locked()[name] for name in required(needed)}


def test_the_locks_name_versions_and_no_places() -> None:
    for name, version in locked().items():
        assert re.fullmatch(r"[0-9][\w.+!]*", version), name
    assert re.findall(r"[/@]", "".join(f"{n}=={v}" for n, v in locked().items())) == []


def test_the_wheel_holds_code_resources_and_command(tmp_path: Path) -> None:
    wheel_module = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not here")
    source = tmp_path / "source"
    for name in ("src", "resources"):
        shutil.copytree(ROOT / name, source / name)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    (path,) = wheel_module.WheelBuilder(str(source)).build(
        directory=str(tmp_path / "dist"), versions=["standard"]
    )
    assert Path(path).name == f"hies_annot-{__version__}-py3-none-any.whl"
    names = zipfile.ZipFile(path).namelist()
    for folder, place in (("resources", "hies_annot/resources"), ("src/hies_annot", "hies_annot")):
        paths = (ROOT / folder).rglob("*")
        files = {p.relative_to(ROOT / folder).as_posix() for p in paths if p.is_file()}
        held = {f"{place}/{name}" for name in files if not name.endswith(".pyc")}
        assert held <= set(names)
    assert {"hies_annot/py.typed", "hies_annot/cli/main.py"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"hies_annot"}


@pytest.mark.parametrize("name", VERSIONED)
def test_the_version_is_the_same_everywhere(name: str) -> None:
    found = re.findall(VERSIONED[name], (ROOT / name).read_text(), re.MULTILINE)
    assert found == [__version__]


def test_no_document_names_a_version_that_grows_old() -> None:
    named = re.compile(r"hies[-_]annot\W{1,3}(?:version )?v?\d+\.\d+\.\d+")
    assert named.search(f"hies-annot, version {__version__}"), "what --version prints is seen"
    assert [path.name for path in DOCUMENTS if named.search(path.read_text())] == []


def test_ci_only_calls_what_a_developer_can_call() -> None:
    (job,) = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text())["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    pythons = " | ".join(job["strategy"]["matrix"]["python"])
    assert f" {pythons}) ;;\n" in (ROOT / ".ci/make-venv").read_text()


def test_make_says_what_it_can_do() -> None:
    text = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    phony = set(re.search(r"\.PHONY: (.*)", text).group(1).split())
    assert targets == phony
    assert {name for name in targets if f"make {name}" not in text} <= {"venv", "clean"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_can_be_started(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    first = (ROOT / name).read_text().split("\n", 1)[0]
    assert first in {"#!/bin/sh", "#!/usr/bin/env python3"}
    if first == "#!/bin/sh":
        subprocess.run(["sh", "-n", str(ROOT / name)], check=True)


def test_the_container_recipes_install_by_make() -> None:
    assert "make -C /opt/hies-annot\n" in (ROOT / "container/install.sh").read_text()
    for name in ("Dockerfile", "hies-annot.def"):
        text = (ROOT / "container" / name).read_text()
        assert "/opt/hies-annot/container/install.sh" in text
        assert re.findall(r"pip install|apt-get", text) == [], "one home for the steps"


def test_profiles_are_not_empty() -> None:
    """Snakemake refuses an empty profile folder, also the one it takes by itself."""
    for name in ("default", "slurm"):
        assert (ROOT / f"profiles/{name}/profile.yaml").stat().st_size > 0


def test_what_the_workflow_imports_first_needs_the_standard_library_only() -> None:
    code = (
        "import sys; sys.path.insert(0, 'src'); "
        "import hies_annot.run.workflow_plan, hies_annot.run.plan, hies_annot.errors; "
        "print([m for m in sys.modules if 'site-packages' in "
        "str(getattr(sys.modules[m], '__file__', ''))])"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
