"""An index that was unpacked beforehand holds what the file holds, or the file is read itself."""

from __future__ import annotations

import gzip
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pysam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io import bgzf
from hies_annot.io.in_child import in_child
from hies_annot.io.index.plain_index import plain_index

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory files: Linux")


def every(_: str) -> bool:
    return True


def packed(path: Path, content: bytes) -> str:
    with pysam.BGZFile(str(path), "wb", index=None) as handle:
        handle.write(content)
    return str(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("indexes")


@given(
    contents=st.lists(st.binary(max_size=300) | st.integers(0, 700).map(lambda n: bytes(99) * n),
                      min_size=1, max_size=4)
)  # fmt: skip
def test_one_after_the_other(folder: Path, contents: list[bytes]) -> None:
    """Nothing of a longer index that was read before follows."""
    for number, content in enumerate(contents):
        path = packed(folder / f"{number}.tbi", content)
        told = plain_index(path, every)
        assert told != path
        assert Path(told).read_bytes() == content


@given(data=st.data())
def test_a_damaged_one_is_left_to_htslib(folder: Path, data: st.DataObject) -> None:
    """A byte that is another one, or an end that is lacking, never gives another content."""
    content = data.draw(st.binary(min_size=1, max_size=300))
    path = packed(folder / "damaged.tbi", content)
    whole = Path(path).read_bytes()
    if data.draw(st.booleans()):
        spoilt = bytearray(whole)
        spoilt[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
        Path(path).write_bytes(bytes(spoilt))
    else:
        Path(path).write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    told = plain_index(path, every)
    assert told == path or Path(told).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [b"", b"TBI\1" + bytes(40), gzip.compress(b"TBI\1", mtime=0)],
    ids=["empty", "plain", "gzip"],
)
def test_what_is_not_in_blocks_is_left_to_htslib(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.tbi"
    path.write_bytes(content)
    assert plain_index(str(path), every) == str(path)


def test_a_block_that_states_more_than_any_holds(tmp_path: Path) -> None:
    """The stated size is what would be set aside for it."""
    path = Path(packed(tmp_path / "x.tbi", b"TBI\1"))
    spoilt = bytearray(path.read_bytes())
    end = len(spoilt) - 28  # the block at the end
    spoilt[end - 4 : end] = (1 << 31).to_bytes(4, "little")
    path.write_bytes(bytes(spoilt))
    assert plain_index(str(path), every) == str(path)


def test_an_index_that_would_fill_the_memory(tmp_path: Path) -> None:
    """A thousand times its size: htslib reads such a file piece by piece."""
    path = packed(tmp_path / "x.tbi", bytes(66 << 20))
    assert plain_index(path, every) == path


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "x.tbi", b"TBI\1")
    monkeypatch.setattr(bgzf, "LIBDEFLATE", False)
    assert plain_index(path, every) == path


def test_a_python_without_files_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of conda are built on a system that has none."""
    path = packed(tmp_path / "x.tbi", b"TBI\1")
    monkeypatch.delattr("os.memfd_create")
    assert plain_index(path, every) == path


def test_a_thread_has_a_memory_of_its_own(tmp_path: Path) -> None:
    ours = plain_index(packed(tmp_path / "ours.tbi", b"ours"), every)
    theirs = packed(tmp_path / "theirs.tbi", b"theirs")
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(lambda: Path(plain_index(theirs, every)).read_bytes()).result()
    assert told == b"theirs"
    assert Path(ours).read_bytes() == b"ours"


def test_a_child_has_a_memory_of_its_own(tmp_path: Path) -> None:
    """A child that reads another index must not change the one that is read here."""
    ours = plain_index(packed(tmp_path / "ours.tbi", b"ours"), every)
    theirs = packed(tmp_path / "theirs.tbi", b"theirs")
    assert in_child(tmp_path, lambda: Path(plain_index(theirs, every)).read_bytes()) == b"theirs"
    assert Path(ours).read_bytes() == b"ours"
