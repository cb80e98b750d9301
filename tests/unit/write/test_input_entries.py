"""Input files in `run.json`: the entry changes with the file, and with nothing else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io.file_digest import END
from hies_annot.io.file_state import FileState, StateReader, state_of
from hies_annot.write.input_entries import input_entries

LARGE = 2 * END + 1000
"""The smallest of which only the ends are taken is one byte more than two ends."""


def entries(*paths: Path, whole_mb: int = 4) -> list[dict[str, object]]:
    return input_entries(StateReader().states(map(str, paths)), whole_mb)


def of_bytes(folder: Path, data: bytes, *, whole_mb: int) -> dict[str, object]:
    path = folder / "x.vcf"
    path.write_bytes(data)
    (entry,) = entries(path, whole_mb=whole_mb)
    return entry


@given(size=st.integers(0, LARGE), place=st.floats(0, 1), whole_mb=st.integers(0, 1))
def test_one_changed_byte_is_another_entry_where_it_was_taken(
    size: int, place: float, whole_mb: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("x")
    data = bytearray(size)
    before = of_bytes(folder, data, whole_mb=whole_mb)
    whole = whole_mb == 1 or size <= 2 * END
    taken = bytes(data if whole else data[:END] + data[-END:])
    field, other = ("sha256", "ends_sha256") if whole else ("ends_sha256", "sha256")
    assert before[field] == hashlib.sha256(taken).hexdigest()
    assert before[other] is before["note"] is before["server_state"] is None
    assert (before["name"], before["size"]) == ("x.vcf", size)
    if size:
        at = int(place * (size - 1))
        data[at] = 1
        after = of_bytes(folder, data, whole_mb=whole_mb)
        assert (after != before) is (whole or at < END or at >= size - END)
    assert of_bytes(folder, data + b"\0", whole_mb=whole_mb) != before


def test_neither_time_nor_folder_nor_order_counts_and_equal_files_are_one(tmp_path: Path) -> None:
    found = []
    for place, seconds in (("here", 1), ("there/deeper", 2)):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        for name in ("b.vcf.gz", "b.vcf.gz.tbi", "a.vcf"):
            (folder / name).write_text(name)
            os.utime(folder / name, (seconds, seconds))
        found.append([folder / "b.vcf.gz", folder / "a.vcf"])
    first, second = found
    assert entries(*first) == entries(*reversed(second)) == entries(*first, *second)
    assert [entry["name"] for entry in entries(*first)] == ["a.vcf", "b.vcf.gz", "b.vcf.gz.tbi"]
    second[1].write_text("another")
    assert [entry["name"] for entry in entries(*first, *second)].count("a.vcf") == 2


def test_what_has_no_digest_says_why(tmp_path: Path) -> None:
    changed, stream = tmp_path / "changed.vcf", tmp_path / "stream.vcf"
    changed.write_text("as planned")
    planned = state_of(str(changed))
    changed.write_text("exchanged since")
    os.mkfifo(stream)
    states = (
        planned,
        state_of(str(stream)),
        state_of(str(tmp_path / "gone.vcf")),
        FileState("https://host/lab/told.bcf", 7, '"etag"'),
        FileState("https://host/lab/silent.bcf", 7, None),
    )
    told = {entry["name"]: entry for entry in input_entries(states, 4)}
    assert {name: entry["note"] for name, entry in told.items()} == {
        "changed.vcf": "has changed since the run was planned",
        "stream.vcf": "is a stream or a folder",
        "gone.vcf": "cannot be read",
        "told.bcf": None,
        "silent.bcf": "the server tells nothing of its state",
    }
    assert told["told.bcf"]["server_state"] == '"etag"'
    assert told["gone.vcf"]["size"] is None
    assert all(each["sha256"] is each["ends_sha256"] is None for each in told.values())
