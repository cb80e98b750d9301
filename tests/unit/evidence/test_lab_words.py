"""The lab's words for the classes: the usual spellings are read, any other word is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.evidence.lab_words import SILENT, SPELLINGS, classes_of, combined

WORDS = [(word, name) for name, words in SPELLINGS.items() for word in words]


@given(st.sampled_from(WORDS), st.sampled_from([" ", "_", "-", " - ", "."]), st.randoms())
def test_case_and_signs_between_the_words_tell_nothing(word, sign, random):
    spelled = "".join(random.choice([c, c.upper()]) for c in word[0].replace(" ", sign))
    assert classes_of(f" {spelled} ") == (word[1],)


@pytest.mark.parametrize("before", ["class_", "Class", "C", "ACMG class ", "acmg-", "Klasse "])
def test_a_class_is_read_by_its_number(before):
    found = [classes_of(f"{before}{number}") for number in (1, 2, 3, 4, 5)]
    assert found == [(name,) for name in reversed(SPELLINGS)]


@pytest.mark.parametrize("word", ["1,5", "6", "55", "0", "pathologic", "not pathogenic", "V", "?"])
def test_a_word_that_is_unknown_is_refused(word):
    with pytest.raises(ValueError, match=r"is unknown: write pathogenic, likely pathogenic, .* 5$"):
        classes_of(word)


@pytest.mark.parametrize("word", SILENT)
def test_a_word_that_says_nothing_is_no_class(word):
    assert classes_of(word.upper()) == ()


@given(st.lists(st.sampled_from([word for word, _ in WORDS]), max_size=4), st.randoms())
def test_the_order_of_the_labs_tells_nothing(words, random):
    shuffled = random.sample(words, len(words))
    assert combined(words) == combined(shuffled)
    if words:
        said = {name for word in words for name in classes_of(word)}
        assert set(classes_of(combined(words))) == said
        assert combined([combined(words), words[0]]) == combined(words)
    else:
        assert combined(words) is None


def test_two_classes_in_one_word_are_both_read():
    assert classes_of("P/LP") == ("pathogenic", "likely_pathogenic")
