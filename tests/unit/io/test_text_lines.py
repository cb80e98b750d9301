"""Lines come as they stand, in any pieces, and one that is too long is cut, never lost or held."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io.text_lines import _KEPT, CutLine, lines_of

BYTES = st.lists(st.sampled_from([b"\n", b"\r\n", b"\r", b"a", b"\xff", "é".encode(), b"#\t"]))


def read(data: bytes, longest: int) -> list[str]:
    return [line for group in lines_of(io.BytesIO(data).read, longest) for line in group]


@given(BYTES, st.integers(3, 50))
def test_lines_are_those_of_the_text(parts: list[bytes], size: int) -> None:
    data, taken = b"".join(parts), io.BytesIO(b"".join(parts))
    found = [line for each in lines_of(lambda _: taken.read(size), 1000) for line in each]
    expected = data.decode("utf-8", "replace").split("\n")
    assert found == [line.rstrip("\r") for line in expected[: -1 if not expected[-1] else None]]


@given(st.lists(st.integers(0, 60), max_size=20), st.integers(3, 40))
def test_a_long_line_is_cut_and_the_others_stay(lengths: list[int], longest: int) -> None:
    data = b"".join(b"x" * length + b"\n" for length in lengths)
    found = read(data, longest)
    assert [isinstance(line, CutLine) for line in found] == [n > longest for n in lengths]
    due = [n for n in lengths if n <= longest]
    assert [len(line) for line in found if not isinstance(line, CutLine)] == due


def test_of_a_long_line_its_place_is_kept() -> None:
    (line,) = read(b"chr17\t42\t" + b"A" * 100_000, 10_000)
    assert isinstance(line, CutLine)
    assert line.startswith("chr17\t42\tA")
    assert len(line) == _KEPT


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert read(b"\xef\xbb\xbf##x\n\xef\xbb\xbf\n", 1000) == ["##x", "\ufeff"]
