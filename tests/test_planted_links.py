"""Nothing is written, emptied, moved or read through a link that lies in a results folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from results_ways import VCFS, call, one_fewer, state, whole_run, workflow_steps

from hies_annot.errors import UNFORESEEN, InputError
from hies_annot.io.atomic import remove_left_behind, replacing, write_text
from hies_annot.model.closed import as_json
from hies_annot.run import cohort_files
from hies_annot.run.cohort_files import empty_carriers
from hies_annot.run.debug_log import keep_debug_log
from hies_annot.run.workflow_plan import plan_workflow
from hies_annot.settings.run_config import RunConfig

SECRET = "what belongs to somebody else"
HIDDEN = (".samples.tsv", ".completed", "debug.log", "withdrawn/list.tsv", "batch-0001/.plan")
"""Files that a run opens only now and then, or that no user looks at."""

Way = Callable[[Path], None]


WAYS: Mapping[str, Way] = {"run": whole_run, "withdrawn": one_fewer, "workflow": workflow_steps}


@pytest.fixture(autouse=True)
def _small_cohorts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohort_files, "COHORT_ROWS", 2)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """Results of each way, made where nobody has planted anything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cohort_files, "COHORT_ROWS", 2)
        made = {way: tmp_path_factory.mktemp(way) / "results" for way in WAYS}
        whole_run(made["withdrawn"])
        for way, make in WAYS.items():
            make(made[way])
        yield made


def plant(folder: Path, name: str, target: Path) -> None:
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
@pytest.mark.parametrize("way", WAYS)
def test_no_file_is_written_or_read_through_a_link(
    tmp_path: Path, undisturbed: Mapping[str, Path], way: str, there: bool
) -> None:
    folder, outside = tmp_path / "results", tmp_path / "outside"
    outside.mkdir()
    if way == "withdrawn":
        whole_run(folder)
    names = {*state(undisturbed[way]), *HIDDEN}
    if way == "withdrawn":  # these are moved: what lies there is not written
        names = {name for name in names if "NA." not in name} - {".samples.tsv"}
    for number, name in enumerate(sorted(names)):
        target = outside / f"{number}.txt"
        if there:
            target.write_text(SECRET)
        plant(folder, name, target)

    WAYS[way](folder)

    assert {path.read_text() for path in outside.iterdir()} == ({SECRET} if there else set())
    made = state(folder)
    left = {name for name in made if (folder / name).is_symlink()}
    assert left <= {"debug.log", "withdrawn/list.tsv"}, "these were not written"
    for name, content in state(undisturbed[way]).items():
        assert made[name] == content, name


@pytest.mark.parametrize("name", ["plan", "withdrawn", "carriers", "phase", "batch-0001"])
@pytest.mark.parametrize("way", ["run", "workflow"])
def test_a_folder_that_is_a_link_is_refused_before_anything_is_written(
    tmp_path: Path, way: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, outside = tmp_path / "results", tmp_path / "outside"
    outside.mkdir()
    (outside / "EX01.json").write_text(SECRET)
    plant(folder, name, outside)
    if way == "run":
        assert call("run", *VCFS, "-q", "-o", str(folder)) == 1
        told = capsys.readouterr().err
    else:
        config = as_json(RunConfig(vcfs=tuple(VCFS)))
        with pytest.raises(InputError) as fault:
            plan_workflow(config, folder)
        told = str(fault.value)
    assert f"{folder / name}: is a link to another place" in told
    assert state(outside) == {"EX01.json": SECRET.encode()}
    assert [path.name for path in folder.iterdir()] == [name]


STEPS = {
    "annotate": lambda f: ["annotate", "--plan", f"{f}/plan/batch-0001.plan", "-q",
                           "-o", f"{f}/batch-0001.jsonl", "--folder", f"{f}/batch-0001"],
    "report": lambda f: ["report", "--results", f"{f}/batch-0001.jsonl", "-o", f"{f}/batch-0001"],
    "summarise": lambda f: ["summarise", "--plan", f"{f}/plan.json", "-o", f"{f}"],
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_each_step_refuses_such_a_folder_by_itself(tmp_path: Path, step: str) -> None:
    folder, outside = tmp_path / "results", tmp_path / "outside"
    whole_run(folder)
    (folder / "batch-0001").rename(outside)
    (folder / "batch-0001").symlink_to(outside)
    before = state(outside)
    assert call(*STEPS[step](folder)) == 1
    assert state(outside) == before


def test_nothing_is_moved_out_of_a_folder_that_is_a_link(tmp_path: Path) -> None:
    other, folder = tmp_path / "other", tmp_path / "results"
    whole_run(other)
    before = state(other)
    plant(folder, "linked", other / "batch-0001")
    one_fewer(folder)
    assert state(other) == before
    assert (folder / "linked").is_symlink()


def test_the_results_folder_itself_may_be_a_link(
    tmp_path: Path, undisturbed: Mapping[str, Path]
) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "results").symlink_to(tmp_path / "disk")
    whole_run(tmp_path / "results")
    assert state(tmp_path / "disk") == state(undisturbed["run"])


def test_a_link_that_appears_after_the_start_gets_no_log(tmp_path: Path) -> None:
    log, outside = tmp_path / "debug.log", tmp_path / "outside"
    outside.write_text(SECRET)
    keep_debug_log(log)
    log.symlink_to(outside)
    UNFORESEEN.handlers[-1].emit(UNFORESEEN.makeRecord("a", 40, "b", 1, "told", (), None))
    assert outside.read_text() == SECRET
    keep_debug_log(log)


def test_a_carrier_file_that_is_a_link_is_not_emptied(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.jsonl").write_text(SECRET)
    plant(tmp_path, "carriers/key/b.jsonl", outside / "b.jsonl")
    plant(tmp_path, "carriers/other", outside)
    empty_carriers(tmp_path)
    assert (outside / "b.jsonl").read_text() == SECRET


NAMES = st.text("abcXYZ019._-@+%~", min_size=1, max_size=40).filter(lambda name: name.strip("."))


@given(NAMES, st.booleans(), st.text(max_size=50))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_never_goes_through_a_link(
    tmp_path: Path, name: str, there: bool, text: str
) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    shutil.rmtree(folder, ignore_errors=True)
    outside.unlink(missing_ok=True)
    if there:
        outside.write_text(SECRET)
    plant(folder, name, outside)
    write_text(folder / name, text)
    assert not (folder / name).is_symlink()
    assert (folder / name).read_bytes().decode() == text
    assert [path.name for path in folder.iterdir()] == [name]
    assert outside.exists() is there
    assert not there or outside.read_text() == SECRET


@given(st.sets(NAMES, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_kill_has_left_goes_and_what_is_being_made_stays(
    tmp_path: Path, names: set[str]
) -> None:
    folder = tmp_path / "in"
    shutil.rmtree(folder, ignore_errors=True)
    for name in names:
        write_text(folder / name, "whole")
        (folder / f".{name}.0123abcd").write_text("half")
        plant(folder, f".{name}.0123abce", tmp_path / "outside")
    with replacing(folder / "now") as stream:
        remove_left_behind(folder)
        stream.write("done")
    assert {p.name for p in folder.iterdir() if not p.is_symlink()} == {*names, "now"}
    assert (folder / "now").read_text() == "done"


def test_the_next_run_removes_what_a_kill_has_left(tmp_path: Path) -> None:
    whole_run(tmp_path)
    before = state(tmp_path)
    for path in [path for path in tmp_path.rglob("*") if path.is_file()]:
        path.with_name(f".{path.name}.0123abcd").write_text("half")
    whole_run(tmp_path)
    assert state(tmp_path) == before
