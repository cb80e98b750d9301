"""The age of ClinVar: counted to a day that is named, and said where it is too high or unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.results.evidence_age import evidence_ages

DAY = date(2026, 3, 1)
GNOMAD = {"name": "gnomAD", "kind": "population", "date": "2019-01-01"}


def clinvar(stated: str | None, **more: object) -> dict[str, object]:
    return {"name": "ClinVar", "kind": "clinvar", "date": stated, **more}


@given(days=st.integers(0, 4000), most=st.integers(1, 4000))
def test_it_is_told_from_the_day_on_that_is_set(days: int, most: int) -> None:
    (age,) = evidence_ages([GNOMAD, clinvar(str(DAY - timedelta(days)))], DAY, most)
    assert (age.source, age.days, age.most, age.day) == ("ClinVar", days, most, "2026-03-01")
    assert bool(age.sentence) is (days > most)
    assert not age.sentence or f"{days} days before 2026-03-01; at most {most}" in age.sentence


@pytest.mark.parametrize(
    ("resources", "said"),
    [
        ([clinvar(None)], "The date of ClinVar is not stated, so its age is not known."),
        ([clinvar("January")], "The date of ClinVar is January, so its age is not known."),
        ([clinvar("2026-03-02")], "which is after 2026-03-01: one of the two dates is wrong"),
        ([GNOMAD], "No source of ClinVar is known of this run"),
        ([{"name": "ClinVar", "date": "2026-02-28"}], "No source of ClinVar is known of this run"),
    ],
)
def test_an_age_that_is_not_known_is_never_silent(resources: list, said: str) -> None:
    (age,) = evidence_ages(resources, DAY, 1)
    assert said in age.sentence


def test_each_source_of_clinvar_has_an_age() -> None:
    found = evidence_ages([clinvar("2026-02-28"), clinvar("2020-01-01", name="Old")], DAY, 10)
    assert [(age.source, bool(age.sentence)) for age in found] == [
        ("ClinVar", False),
        ("Old", True),
    ]
