from __future__ import annotations

import pytest

from hies_annot.names.transcript_positions import genome_position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1", 42348516),
        ("-1", 42348517),
        ("2313", 42315745),
        ("*1", 42315744),
        ("1110", 42329776),
        ("1110-3", 42329779),
        ("1139+1", 42329746),
        ("-187", 42388442),
    ],
)
def test_positions_there_and_back(stat3, text, position):
    assert genome_position(stat3.transcript, text, "c") == position
    assert stat3.transcript.c_position(position) == text


def test_plus_strand(znf341):
    assert genome_position(znf341.transcript, "904", "c") == 33757310


def test_n_positions_count_from_the_first_base(stat3):
    assert genome_position(stat3.transcript, "1", "n") == 42388442
    with pytest.raises(ValueError, match=r"no \*"):
        genome_position(stat3.transcript, "*1", "n")


@pytest.mark.parametrize("text", ["", "x", "1+", "--1", "1.5"])
def test_what_is_no_position(stat3, text):
    with pytest.raises(ValueError, match="is no position"):
        genome_position(stat3.transcript, text, "c")


@pytest.mark.parametrize("text", ["-188", "*2421", "1110+1", "1111-1", "*2420+1", "-187-1"])
def test_positions_outside(stat3, text):
    with pytest.raises(ValueError, match=r"no position|in no intron"):
        genome_position(stat3.transcript, text, "c")
