"""A disk that is full or read-only, or a killed run: one sentence, no half file, nothing old lost.

The next run finds everything that it needs, and leaves what an undisturbed one leaves.
"""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from results_ways import VCFS, call, state

DRIVER = """
import os, sys
from pathlib import Path
sys.path.insert(0, str(Path({here!r}).parent))
from test_full_disk import FAULTS, disturb
from hies_annot.cli.main import main
disturb(Path(sys.argv[2]), int(sys.argv[1]), signal=9)
main(sys.argv[3:])
"""
FULL = ("No space left", "not written whole", "File too large")


class Faults:
    """Lets one of the operations that change a folder fail, counted from 1; 0: none."""

    folder, left, error, signal, met = "", 0, errno.ENOSPC, 0, 0


FAULTS = Faults()


def disturb(folder: Path, number: int, error: int = errno.ENOSPC, signal: int = 0) -> None:
    FAULTS.folder, FAULTS.left, FAULTS.met = str(folder), number, 0
    FAULTS.error, FAULTS.signal = error, signal


def changes_something(event: str, words: tuple[object, ...]) -> bool:
    """Whether an event of Python changes the folder; removing is possible on a full disk, too."""
    if event not in ("open", "os.mkdir", "os.rename") or not FAULTS.folder:
        return False
    flags = int(str(words[2])) if event == "open" else os.O_WRONLY
    without_name = flags & os.O_TMPFILE == os.O_TMPFILE  # there are other ways to one
    is_there = event == "os.mkdir" and Path(str(words[0])).is_dir()
    writes = flags & (os.O_WRONLY | os.O_RDWR) and not without_name and not is_there
    return bool(writes) and str(words[0]).startswith(FAULTS.folder)


def watch(event: str, words: tuple[object, ...]) -> None:
    if changes_something(event, words):
        FAULTS.met += 1
        if FAULTS.met == FAULTS.left:
            if FAULTS.signal:
                os.kill(os.getpid(), FAULTS.signal)
            raise OSError(FAULTS.error, os.strerror(FAULTS.error), str(words[0]))


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def _undisturbed_again() -> Iterator[None]:
    yield
    disturb(Path(), 0)
    FAULTS.folder = ""


def words(folder: Path, day: str) -> list[str]:
    return ["run", *VCFS, "-q", "--report-date", day, "-o", str(folder)]


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Results of an earlier run, and those that a run of today leaves."""
    folders = tmp_path_factory.mktemp("before") / "out", tmp_path_factory.mktemp("after") / "out"
    for folder, day in zip(folders, ("2026-01-30", "2026-01-31"), strict=True):
        assert call(*words(folder, day)) == 0
    return folders


def are_whole(folder: Path, before: Path, after: Path) -> None:
    """See that each file is that of the earlier run or that of today, and none is missing."""
    old, new, found = state(before), state(after), state(folder)
    assert found.keys() == old.keys(), "nothing hidden is left, nothing is lost"
    for name, content in found.items():
        assert content in (old[name], new[name]) or name == "batch-0001/.plan", name


@pytest.mark.slow
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_whatever_cannot_be_written_the_results_stay_whole(
    tmp_path: Path,
    before_and_after: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    error: int,
) -> None:
    before, after = before_and_after
    folder, number, met = tmp_path / "out", 0, True
    while met:
        number += 1 if error == errno.ENOSPC else 7
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(before, folder)
        capsys.readouterr()
        disturb(folder, number, error)
        code = call(*words(folder, "2026-01-31"))
        met = number <= FAULTS.met
        disturb(folder, 0)
        said = capsys.readouterr().err
        assert code == int(met), said
        if met:
            assert said.count("\n") == 1
            assert os.strerror(error) in said
            assert str(folder) in said
        are_whole(folder, before, after)
        if number % 5 == 1:
            assert call(*words(folder, "2026-01-31")) == 0
            assert state(folder) == state(after)
    assert number > 30
    assert state(folder) == state(after)


def start(folder: Path, *before: str, day: str = "2026-01-31") -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, "-m", "hies_annot", *words(folder, day)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def is_told(done: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("\n") == 1
    assert any(word in done.stderr for word in FULL), done.stderr
    assert f"hies-annot: {folder}" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 1500, 4000, 9000, 30_000])
def test_a_file_that_cannot_grow_is_none(
    tmp_path: Path, before_and_after: tuple[Path, Path], size: int
) -> None:
    before, after = before_and_after
    folder = tmp_path / "out"
    shutil.copytree(before, folder)
    done = start(folder, "prlimit", f"--fsize={size}") if shutil.which("prlimit") else None
    if done is None:
        pytest.skip("there is no prlimit")
    is_told(done, folder)
    are_whole(folder, before, after)
    assert start(folder).returncode == 0
    assert state(folder) == state(after)


SMALL_DISK = """
mount -t tmpfs -o "$1" tmpfs "$2" && shift && mkdir "$1/out" || exit 99
folder=$1; shift
"$@" 2>"$folder.err"; code=$?
cp -r "$folder" "$folder.kept"
exit $code
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "bounds",
    [*(f"size={size}k" for size in (4, 40, 92, 96, 100, 104, 108, 208, 320)),
     *(f"size=4m,nr_inodes={number}" for number in (3, 9, 13, 24))],
)  # fmt: skip
def test_on_a_small_disk_no_half_file_appears(
    tmp_path: Path, before_and_after: tuple[Path, Path], bounds: str
) -> None:
    _, after = before_and_after
    disk = tmp_path / "disk"
    disk.mkdir()
    command = [sys.executable, "-m", "hies_annot", *words(disk / "out", "2026-01-31")]
    script = ["sh", "-c", SMALL_DISK, "sh", bounds, str(disk), *command]
    done = subprocess.run(["unshare", "-rm", *script], capture_output=True, text=True, check=False)
    said = tmp_path / "disk.err"
    if not said.exists():
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    is_told(subprocess.CompletedProcess([], done.returncode, "", said.read_text()), disk)
    found = state(tmp_path / "disk.kept/out")
    for name, content in found.items():
        assert content == state(after)[name] or name == "batch-0001/.plan", name
        if name.endswith(".gz"):
            gzip.decompress(content)


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 9, 12, 14, 24, 27])
def test_a_killed_run_is_completed_by_the_next(
    tmp_path: Path, before_and_after: tuple[Path, Path], number: int
) -> None:
    before, after = before_and_after
    folder = tmp_path / "out"
    shutil.copytree(before, folder)
    driver = DRIVER.format(here=__file__)
    path = os.pathsep.join([str(Path(__file__).parent / "tools"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", driver, str(number), str(folder), *words(folder, "2026-01-31")],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = state(folder).keys() - state(before).keys()
    assert all(Path(name).name.startswith(".") for name in left)
    assert call(*words(folder, "2026-01-31")) == 0
    assert state(folder) == state(after)


def test_results_of_another_run_are_moved_aside_and_never_mixed_in(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert call("run", *VCFS[1:], "-q", "-o", str(folder)) == 0
    assert call("run", *VCFS[:1], "-q", "-o", str(folder)) == 0
    assert call("run", *VCFS[:1], "-q", "-o", str(tmp_path / "fresh")) == 0
    found, fresh = state(folder), state(tmp_path / "fresh")
    aside = {name for name in found if name.startswith("withdrawn/")}
    assert {name: found[name] for name in found.keys() - aside} == fresh
    assert {Path(name).name.split(".")[0] for name in aside} == {"NA", "list"}
