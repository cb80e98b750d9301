"""The NIH-HIES score: each item's points, and what is not given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import UsageError
from hies_annot.judge.phenotype import (
    HIGHEST_SCORE,
    NIH_ITEMS,
    nih_faults,
    nih_score,
    usable_items,
)

HIGHEST = {name: max(answers, key=answers.get) for name, answers in NIH_ITEMS.items()}


def test_the_highest_answers_give_the_maximum():
    score = nih_score(HIGHEST)
    assert score.points == 10 + 8 * 6 + 6 + 5 + 5 + 4 * 8 + 3 + 2 + 7
    assert score.missing == ()


def test_items_that_are_not_given_are_named_and_count_nothing():
    score = nih_score({"highest_ige_iu_ml": ">2000", "eczema": " ", "newborn_rash": "present"})
    assert score.points == 14
    assert "eczema" in score.missing
    assert len(score.missing) == len(NIH_ITEMS) - 2


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        ("highest_ige_iu_ml", "<200", 0),
        ("highest_ige_iu_ml", "1001-2000", 8),
        ("skin_abscesses", "3-4", 4),
        ("pneumonias", ">3", 8),
        ("lung_anomaly", "bronchiectasis", 6),
        ("retained_primary_teeth", "1", 1),
        ("scoliosis_degrees", "15-20", 4),
        ("minor_trauma_fractures", "1-2", 4),
        ("highest_eosinophils_ul", "700-800", 3),
        ("characteristic_face", "mild", 2),
        ("candidiasis", "systemic", 4),
        ("young_age_years", "<=1", 7),
    ],
)
def test_points_of_single_items(item, answer, points):
    assert nih_score({item: answer}).points == points


def test_an_unknown_item_lists_the_known_ones():
    with pytest.raises(
        UsageError, match="'ige' is unknown; the items are score, highest_ige_iu_ml"
    ):
        nih_score({"ige": "3000"})


def test_an_unknown_answer_lists_the_known_ones():
    with pytest.raises(UsageError, match="highest_ige_iu_ml: '3000' is no answer; use one of <200"):
        nih_score({"highest_ige_iu_ml": "3000"})


def test_a_sum_that_is_given_is_taken_as_it_is():
    assert nih_score({"score": "42", "eczema": "severe"}) == nih_score({"score": "42"})
    assert nih_score({"score": "42"}).points == 42


@pytest.mark.parametrize("text", ["-1", "4.5", "many", str(HIGHEST_SCORE + 1)])
def test_a_sum_that_cannot_be_is_an_error(text):
    assert nih_score({"score": str(HIGHEST_SCORE)}).points == HIGHEST_SCORE
    with pytest.raises(UsageError, match="is no whole number from 0 to"):
        nih_score({"score": text})


def test_all_faults_of_a_sample_are_listed():
    faults = nih_faults({"ige": "1", "eczema": "bad"})
    assert [fault.split(":")[0] for fault in faults] == [
        "NIH score item 'ige' is unknown; the items are score, " + ", ".join(NIH_ITEMS),
        "NIH score item eczema",
    ]
    assert nih_faults({"eczema": "severe", "score": ""}) == []


CELLS = st.dictionaries(
    st.sampled_from([*NIH_ITEMS, "score", "ige"]),
    st.sampled_from([a for answers in NIH_ITEMS.values() for a in answers] + ["yes", "5000", ""]),
)


@given(CELLS)
def test_a_cell_that_cannot_be_read_changes_nothing_of_the_others(cells):
    used = usable_items(cells)
    assert nih_faults(used) == []
    assert len(nih_faults(cells)) == len(cells) - len(used)
    assert nih_score(used).points >= 0
    assert used == {name: cells[name] for name in cells if not nih_faults({name: cells[name]})}


@pytest.mark.parametrize(
    ("item", "written", "answer"),
    [
        ("highest_ige_iu_ml", "> 2000", ">2000"),
        ("highest_ige_iu_ml", "501\u20131000", "501-1000"),
        ("young_age_years", "\u2264 1", "<=1"),
        ("eczema", "Severe", "severe"),
    ],
)
def test_answers_are_read_in_other_spellings(item, written, answer):
    assert usable_items({item: written}) == {item: answer}
    assert nih_score({item: written}).points == NIH_ITEMS[item][answer]


@pytest.mark.parametrize("text", ["\u00b2", "\u0664\u0665", "9" * 5000, "\u2460"])
def test_digits_that_are_no_number_are_a_fault_and_no_more(text):
    assert nih_faults({"score": text})
    assert usable_items({"score": text}) == {}
