"""The recipe of the environment, `.ci/make-venv`: which Python it takes, and when it works."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.checkout


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """A clone in a folder with a space in its name, with nothing but the environment's recipe."""
    clone = tmp_path / "a clone"
    (clone / ".ci").mkdir(parents=True)
    for name in (".ci/make-venv", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, clone / name)
    return clone / ".ci/make-venv"


def make_environment(recipe: Path, programs: Path, **variables: str) -> tuple[int, str]:
    """Run the recipe with no other programs than those of `programs` and a few of the system."""
    programs.mkdir(exist_ok=True)
    for name in ("sh", "cat", "cksum", "dirname", "rm"):
        link = programs / name
        if not link.exists():
            link.symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        [recipe],
        env={"PATH": str(programs), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def fake_python(path: Path, version: str, *, has_venv: bool = True) -> None:
    """A program that answers the recipe's questions and makes an environment that is itself."""
    path.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        f'  *version_info*) echo "{version}" ;;\n'
        f"  *ensurepip*) exit {0 if has_venv else 1} ;;\n"
        f'  *"-m venv"*) {shutil.which("mkdir")} -p .venv/bin'
        f' && {shutil.which("cp")} "$0" .venv/bin/python ;;\n'
        '  *"pip"*-e*) echo pip >>pip.log ;;\n'
        "esac\n"
    )
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("version", "has_venv", "said"),
    [
        (None, True, "no python3;"),
        ("3.10", True, "python3 is 3.10;"),
        ("3.14", True, "python3 is 3.14;"),
        ("3.12", False, "apt install python3.12-venv"),
    ],
)
def test_an_unfit_python_is_told_in_one_line(
    recipe: Path, tmp_path: Path, version: str | None, has_venv: bool, said: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    if version:
        fake_python(programs / "python3", version, has_venv=has_venv)
    code, told = make_environment(recipe, programs)
    assert code == 1
    assert told.count("\n") == 1
    assert said in told
    assert "Python 3.11, 3.12 or 3.13 is needed" in told

    fake_python(programs / "python3", "3.12")
    assert make_environment(recipe, programs) == (0, ""), "the twin with a fit Python"


def test_a_fit_python_with_another_name_is_found(recipe: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    fake_python(programs / "python3", "3.9")
    fake_python(programs / "python3.11", "3.11")
    assert make_environment(recipe, programs)[0] == 0


def test_the_environment_is_made_once_and_again_where_it_must_be(
    recipe: Path, tmp_path: Path
) -> None:
    clone, programs = recipe.parents[1], tmp_path / "programs"
    programs.mkdir()
    fake_python(programs / "python3", "3.12")
    fake_python(programs / "python3.13", "3.13")

    def times_installed(recipe: Path, **variables: str) -> int:
        assert make_environment(recipe, programs, **variables) == (0, "")
        return (recipe.parents[1] / "pip.log").read_text().count("pip")

    assert [times_installed(recipe) for _ in range(2)] == [1, 1]
    with (clone / "constraints.txt").open("a") as locks:
        locks.write("# newer\n")
    assert [times_installed(recipe) for _ in range(2)] == [2, 2]
    other = str(programs / "python3.13")
    assert [times_installed(recipe, PYTHON=other) for _ in range(2)] == [3, 3]
    moved = clone.rename(tmp_path / "moved clone") / ".ci/make-venv"
    assert [times_installed(moved) for _ in range(2)] == [4, 4]
    (moved.parents[1] / ".venv/.complete").unlink()
    assert times_installed(moved) == 5, "an interrupted installation is no installation"
