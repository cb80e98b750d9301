"""Richards 2015, table 5, row by row, and Tavtigian's points."""

from __future__ import annotations

import pytest

from hies_annot.genes.acmg_rules import Strength
from hies_annot.judge.acmg.case import met, not_met
from hies_annot.judge.acmg.combine import combine, points_class

CODES = {
    "V": ("PVS1", Strength.VERY_STRONG),
    "S": ("PS1", Strength.STRONG),
    "M": ("PM1", Strength.MODERATE),
    "P": ("PP1", Strength.SUPPORTING),
    "A": ("BA1", Strength.STAND_ALONE),
    "B": ("BS1", Strength.STRONG),
    "b": ("BP4", Strength.SUPPORTING),
}


def made(letters):
    return [met(*CODES[letter], "reason", "citation") for letter in letters]


@pytest.mark.parametrize(
    ("letters", "rules"),
    [
        ("VS", "pathogenic"),
        ("VMM", "pathogenic"),
        ("VMP", "pathogenic"),
        ("VPP", "pathogenic"),
        ("SS", "pathogenic"),
        ("SMMM", "pathogenic"),
        ("SMMPP", "pathogenic"),
        ("SMPPPP", "pathogenic"),
        ("VM", "likely_pathogenic"),
        ("SM", "likely_pathogenic"),
        ("SMM", "likely_pathogenic"),
        ("SPP", "likely_pathogenic"),
        ("MMM", "likely_pathogenic"),
        ("MMPP", "likely_pathogenic"),
        ("MPPPP", "likely_pathogenic"),
        ("V", "uncertain"),
        ("VP", "uncertain"),
        ("SP", "uncertain"),
        ("MMP", "uncertain"),
        ("MPPP", "uncertain"),
        ("", "uncertain"),
        ("A", "benign"),
        ("BB", "benign"),
        ("Bb", "likely_benign"),
        ("bb", "likely_benign"),
        ("B", "uncertain"),
        ("b", "uncertain"),
        ("VSA", "uncertain"),
        ("SMbb", "uncertain"),
    ],
)
def test_rule_class(letters, rules):
    assert combine(made(letters)).rule_classification == rules


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (10, "pathogenic"),
        (9, "likely_pathogenic"),
        (6, "likely_pathogenic"),
        (5, "uncertain"),
        (0, "uncertain"),
        (-1, "likely_benign"),
        (-6, "likely_benign"),
        (-7, "benign"),
    ],
)
def test_points_class(points, expected):
    assert points_class(points, stand_alone=False) == expected


def test_ba1_stands_alone_only_where_nothing_speaks_against_it():
    assert combine(made("A")).classification == "benign"
    assert combine(made("VA")).classification == "uncertain"


def test_a_difference_between_the_classes_is_noted():
    result = combine(made("VP"))
    assert (result.classification, result.rule_classification) == ("likely_pathogenic", "uncertain")
    assert result.note == "9 points give likely pathogenic; the rules of combination give uncertain"
    assert result.rule is None
    assert combine(made("VS")).note is None


def test_pvs1_with_pm2_at_supporting_is_likely_pathogenic_by_points_and_by_rule():
    pair = [*made("V"), met("PM2", Strength.SUPPORTING, "reason", "citation")]
    result = combine(pair)
    assert (result.classification, result.rule_classification) == (
        "likely_pathogenic",
        "likely_pathogenic",
    )
    assert "PVS1 and PM2 at supporting" in result.rule
    assert result.note is None
    assert combine([*pair, *made("BB")]).rule_classification == "uncertain"


def test_the_rule_that_is_followed_is_named():
    assert combine(made("SPP")).rule == "1 strong and 2 supporting (Richards 2015, table 5)"
    assert combine(made("A")).rule == "1 stand alone (Richards 2015, table 5)"
    assert combine(made("M")).rule is None


def test_criteria_that_are_not_met_count_nothing():
    result = combine([*made("M"), not_met("PVS1", "reason", "citation")])
    assert (result.points, result.rule_classification) == (2, "uncertain")
