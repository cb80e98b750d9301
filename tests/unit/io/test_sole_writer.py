"""A results folder is of one run at a time."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from results_ways import VCFS, call

from hies_annot.errors import InputError
from hies_annot.io.sole_writer import sole_writer


def in_child(folder: Path, ready: Path) -> int:
    """Hold the folder in another process until it is killed; return its id."""
    child = os.fork()
    if child:
        while not ready.exists():
            time.sleep(0.01)
        return child
    try:
        with sole_writer(folder):
            ready.touch()
            time.sleep(60)
    finally:
        os._exit(0)  # never back into the tests


def test_a_second_run_is_refused_until_the_first_has_ended(tmp_path, capsys):
    folder, ready = tmp_path / "results", tmp_path / "ready"
    child = in_child(folder, ready)
    try:
        assert call("run", *VCFS, "-q", "-o", str(folder)) == 1
        assert "another run writes into this folder" in capsys.readouterr().err
        assert list(folder.iterdir()) == []
        assert call("run", *VCFS, "-q", "-o", str(tmp_path / "other")) == 0
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert call("run", *VCFS, "-q", "-o", str(folder)) == 0


def test_what_holds_is_the_folder_and_no_file_in_it(tmp_path):
    with (
        sole_writer(tmp_path),
        pytest.raises(InputError, match="another run"),
        sole_writer(tmp_path),
    ):
        pass
    assert list(tmp_path.iterdir()) == []
    with sole_writer(tmp_path):
        pass


def test_what_can_be_no_folder_is_left_to_whoever_writes(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with sole_writer(file / "results"):
        pass
    assert file.read_bytes() == b""
