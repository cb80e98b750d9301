"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hies_annot.io.atomic import write_files


def broken() -> Iterator[str]:
    yield "half"
    raise ValueError("stop")


def test_several_files_from_their_parts(tmp_path: Path) -> None:
    write_files({tmp_path / "new/a": ["1", "2"], tmp_path / "new/b": iter(["3\n"])})
    assert (tmp_path / "new/a").read_text() == "12"
    assert (tmp_path / "new/b").read_text() == "3\n"


def test_none_appears_where_one_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(ValueError, match="stop"):
        write_files({tmp_path / "a": ["new"], tmp_path / "b": broken(), tmp_path / "c": ["new"]})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"
