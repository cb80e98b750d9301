"""Hidden characters are shown, everything else stays."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hies_annot.render.visible_text import visible

CHANGES_DIRECTION = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Bidirectional classes of explicit formatting characters (UAX 9, table 4)."""


def is_hidden(char: str) -> bool:
    control = unicodedata.category(char) == "Cc" and char not in "\t\n"
    return control or unicodedata.bidirectional(char) in CHANGES_DIRECTION


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    assert not any(map(is_hidden, visible(text)))


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Zl", "Zp"))))
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text(), st.text())
def test_parts_of_a_page_may_be_done_one_by_one(first: str, second: str) -> None:
    assert visible(first) + visible(second) == visible(first + second)


def test_every_hidden_character_of_unicode() -> None:
    for number in range(0x3000):
        char = chr(number)
        if is_hidden(char):
            assert visible(char) == f"[U+{number:04X}]"
    assert visible("\u200f") == "[U+200F]"
