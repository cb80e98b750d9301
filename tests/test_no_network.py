"""A run asks nothing of the network: it works where there is none, and gives the same bytes."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from results_ways import VCFS, call, state, workflow_steps

from hies_annot.run import cohort_files
from hies_annot.shipped import resource_path

NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
WATCHED: list[list[str]] = []


def watch(event: str, words: tuple[object, ...]) -> None:
    if WATCHED and event in NETWORK:
        local = event == "socket.connect" and getattr(words[0], "family", None) == socket.AF_UNIX
        if not local:
            WATCHED[-1].append(f"{event} {words[1:]}")
            raise OSError("a test forbids the network")


sys.addaudithook(watch)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What a test has asked of the network; asking fails."""
    WATCHED.append([])
    yield WATCHED[-1]
    WATCHED.pop()


def example(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    sheet = str(resource_path("example/samples.tsv"))
    words = ["run", "--samples", sheet, "-q", "--threads", "2", "-o", "out"]
    command = [*before, sys.executable, "-m", "hies_annot", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_example_without_a_network_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody take the network away (unshare -rn)")
    first = example(tmp_path / "with")
    second = example(tmp_path / "without", "unshare", "-rn")
    assert (first.returncode, first.stdout, first.stderr) == (
        second.returncode,
        second.stdout,
        second.stderr,
    )
    assert state(tmp_path / "with") == state(tmp_path / "without")
    assert len(state(tmp_path / "with")) > 50


def test_forbidding_is_noticed(asked: list[str]) -> None:
    with pytest.raises(OSError, match="forbids"):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    assert asked


def test_no_command_asks_the_network(tmp_path: Path, asked: list[str]) -> None:
    folder = tmp_path / "results"
    config = tmp_path / "config.yaml"
    config.write_text(f"vcfs: [{VCFS[0]}]\n")
    commands = [
        ["run", *VCFS, "-q", "-o", str(folder)],
        ["check", "--config", str(config)],
        ["variant", "17-42329643-G-A"],
        ["summarise", "--plan", str(folder / "plan.json"), "-o", str(folder)],
        ["verify", str(folder)],
        ["diff", str(folder), str(folder)],
        ["crate", str(folder), "--date", "2026-11-28"],
    ]
    assert {command[0]: call(*command) for command in commands} == {
        command[0]: 0 for command in commands
    }
    assert asked == []


def test_no_step_of_the_workflow_asks_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    monkeypatch.setattr(cohort_files, "COHORT_ROWS", 2)
    workflow_steps(tmp_path / "results")
    assert asked == []
    assert (tmp_path / "results/index.html").is_file()
