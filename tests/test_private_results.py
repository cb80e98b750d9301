"""Results are for their owner alone where that is asked for; else the umask says who reads them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from results_ways import EVERYTHING, VCFS, call, state, whole_run, workflow_steps

from hies_annot.io.atomic import replacing, replacing_file
from hies_annot.run import cohort_files


@pytest.fixture(autouse=True)
def open_umask() -> Iterator[None]:
    """The umask of a lab that shares everything."""
    before = os.umask(0)
    yield
    assert os.umask(before) == 0, "a command leaves the umask as it was"


def private_run(folder: Path) -> None:
    assert call("run", *VCFS, *EVERYTHING, "-q", "--private", "-o", str(folder)) == 0


def modes(folder: Path) -> dict[str, int]:
    """Return the rights within a folder by path; those of the folder itself by `.`."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in (folder, *folder.rglob("*"))
    }


def are_private(found: dict[str, int], folder: Path) -> bool:
    return all(
        mode == (0o700 if (folder / name).is_dir() else 0o600) for name, mode in found.items()
    )


def test_without_it_the_umask_says_who_reads(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    for umask in (0o027, 0o002):
        os.umask(umask)
        whole_run(folder / f"{umask}")
        os.umask(0)
        found = modes(folder / f"{umask}")
        assert {mode & 0o777 for mode in found.values()} == {0o777 & ~umask, 0o666 & ~umask}


def test_a_private_run_differs_in_nothing_but_the_rights(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    private_run(folder)
    assert are_private(modes(folder), folder)
    whole_run(tmp_path / "open")
    differing = {"run.json", "index.html"}  # these name the plan: the setting is a part of it
    here, there = state(folder), state(tmp_path / "open")
    assert {name for name in here | there if here.get(name) != there.get(name)} <= differing


def test_what_an_open_run_has_left_is_closed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "results", tmp_path / "outside"
    outside.write_text("of somebody else")
    outside.chmod(0o666)
    whole_run(folder)
    (folder / "review.tsv").write_text("sample\tallele\tdecision\treviewer\tdate\n")
    (folder / "link").symlink_to(outside)
    private_run(folder)
    found = modes(folder)
    assert found.pop(".") == 0o777, "the folder is the user's"
    assert found.pop("review.tsv") == 0o666, "others review"
    assert stat.S_IMODE(outside.stat().st_mode) == 0o666
    del found["link"]
    assert are_private(found, folder)


def test_the_steps_of_the_workflow_take_it_from_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cohort_files, "COHORT_ROWS", 2)
    folder = tmp_path / "results"
    workflow_steps(folder, private=True)
    found = modes(folder)
    # Snakemake plans and empties, which has the umask by workflow/rules/common.smk.
    planned = {
        name for name in found if name.split("/")[0] in (".", "plan", "plan.json", "carriers")
    }
    assert len(found) > len(planned)
    assert are_private({name: found[name] for name in found.keys() - planned - {"phase"}}, folder)


@given(umask=st.integers(0, 0o377 if os.geteuid() == 0 else 0o77), text=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_in_the_making_is_never_open_wider_than_it_ends(
    tmp_path: Path, umask: int, text: str
) -> None:
    path = tmp_path / "file"
    path.unlink(missing_ok=True)
    path.write_text("old")  # 0666, as the umask of this test is 0
    os.umask(umask)
    try:
        with replacing(path) as stream:
            (temporary,) = tmp_path.glob(".file.*")
            made = [stat.S_IMODE(temporary.stat().st_mode)]
            stream.write(text)
        made.append(stat.S_IMODE(path.stat().st_mode))
        with replacing_file(path) as temporary:
            made.append(stat.S_IMODE(temporary.stat().st_mode))
        made.append(stat.S_IMODE(path.stat().st_mode))
    finally:
        os.umask(0)
    assert set(made) == {0o666 & ~umask}
