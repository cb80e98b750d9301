import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.phase.denovo import (
    de_novo,
    not_new,
    origin_words,
)
from hies_annot.phase.mosaicism import parental_mosaicism, seen_from


def family(build, father, mother, **rest):
    return tuple(
        build.make_relative(role, [build.make_call(gt, **fields)], **rest)
        for role, (gt, fields) in (("father", father), ("mother", mother))
    )


CLEAN = ("0/0", {})


def test_both_parents_reference_by_reads_is_assumed_de_novo(build):
    assert (
        de_novo(build.make_call("0/1"), family(build, CLEAN, CLEAN), build.THRESHOLDS) == "assumed"
    )


def test_confirmed_only_where_the_lab_tested_parentage(build):
    tested = family(build, CLEAN, CLEAN, parentage="confirmed")
    assert de_novo(build.make_call("0/1"), tested, build.THRESHOLDS) == "confirmed"


@pytest.mark.parametrize(
    "father",
    [
        ("0/1", {}),
        ("./.", {}),
        ("0/0", {"ad": None, "dp": None, "gq": None}),
        ("0/0", {"ad": None, "dp": None}),
        ("0/0", {"ad": (5, 0)}),
        ("0/0", {"gq": 5.0}),
        ("0/0", {"ad": (38, 2)}),
    ],
)
def test_anything_less_is_not_de_novo(build, father):
    assert de_novo(build.make_call("0/1"), family(build, father, CLEAN), build.THRESHOLDS) is None


def test_alternate_reads_of_both_parents_are_summed(build):
    one = ("0/0", {"ad": (39, 1)})
    assert de_novo(build.make_call("0/1"), family(build, one, CLEAN), build.THRESHOLDS) == "assumed"
    assert de_novo(build.make_call("0/1"), family(build, one, one), build.THRESHOLDS) is None


def test_one_parent_is_not_enough(build):
    assert (
        de_novo(build.make_call("0/1"), family(build, CLEAN, CLEAN)[:1], build.THRESHOLDS) is None
    )


def test_an_allele_that_is_not_carried_is_not_new(build):
    assert de_novo(build.make_call("0/0"), family(build, CLEAN, CLEAN), build.THRESHOLDS) is None


def test_an_inferred_reference_is_called_so(build):
    bare = ("0/0", {"ad": None, "dp": None, "gq": None})
    words = origin_words(build.make_call("0/1"), family(build, bare, CLEAN), build.THRESHOLDS)
    assert "father: 0/0 inferred, without depth" in words


@pytest.mark.parametrize(
    ("father", "hint"),
    [
        (("0/0", {"ad": (96, 4)}), "possible mosaic"),
        (("0/0", {"ad": (20, 20)}), "the genotype is wrong, test this parent"),
        (("0/1", {"ad": (90, 10)}), "possible mosaic (unaffected, in keeping with it)"),
        (("0/0", {"ad": (99, 1)}), "no sign of mosaicism"),
        (("0/1", {}), "no sign of mosaicism"),
        (("0/0", {"ad": None}), "cannot be assessed"),
    ],
)
def test_reads_of_a_parent_tell_of_mosaicism(build, father, hint):
    lines = parental_mosaicism(
        build.make_call("0/1"), family(build, father, CLEAN), build.THRESHOLDS
    )
    assert hint in lines[0]
    assert lines[1].startswith("mother: 0 of 40 reads")


@pytest.mark.parametrize(
    ("father", "words"),
    [
        (("0/1", {}), "the father carries the allele"),
        (("./.", {}), "the father is unclear here (genotype ./."),
        (("0/0", {"ad": None, "dp": None, "gq": None}), "the father is 0/0 without depth"),
        (("0/0", {"ad": None, "dp": None}), "the father has no depth given here"),
        (("0/0", {"ad": (5, 0), "dp": 5}), "the father is unclear here"),
        (("0/0", {"ad": (38, 2)}), "show 2 reads with the allele (at most 1 count as noise)"),
    ],
)
def test_what_is_missing_is_said(build, father, words):
    said = not_new(build.make_call("0/1"), family(build, father, CLEAN), build.THRESHOLDS)
    assert words in said
    assert "were not given" not in said


def test_a_parent_that_was_not_given_is_named(build):
    only_father = family(build, CLEAN, CLEAN)[:1]
    assert (
        not_new(build.make_call("0/1"), only_father, build.THRESHOLDS) == "the mother was not given"
    )
    assert (
        not_new(build.make_call("0/1"), (), build.THRESHOLDS)
        == "both parents are needed and were not given"
    )


def test_a_homozygous_allele_of_reference_parents_is_not_new(build):
    both = family(build, CLEAN, CLEAN)
    assert de_novo(build.make_call("1/1"), both, build.THRESHOLDS) is None
    words = origin_words(build.make_call("1/1"), both, build.THRESHOLDS)
    assert "mix-up" in words
    assert "disomy" in words
    assert "new in this sample" not in words


def test_a_parent_who_may_be_a_mosaic_is_named_with_the_origin(build):
    words = origin_words(
        build.make_call("0/1"), family(build, ("0/0", {"ad": (92, 8)}), CLEAN), build.THRESHOLDS
    )
    assert "the father (0/0) shows 8 of 100 reads (8%" in words
    assert "possible mosaic" in words
    assert "mosaic" not in origin_words(
        build.make_call("0/1"), family(build, CLEAN, CLEAN), build.THRESHOLDS
    )


def test_few_reads_say_from_which_fraction_on_they_would_show_a_mosaic(build):
    father = ("0/0", {"ad": (5, 0), "dp": 5})
    lines = parental_mosaicism(
        build.make_call("0/1"), family(build, father, CLEAN), build.THRESHOLDS
    )
    assert "5 reads show one only from a fraction of 45% on (95 %)" in lines[0]


@given(st.integers(1, 500))
def test_the_fraction_that_is_seen_leaves_one_chance_in_twenty(depth):
    assert (1 - seen_from(depth)) ** depth == pytest.approx(0.05)
    assert depth == 1 or seen_from(depth) < seen_from(depth - 1)


def test_without_a_read_nothing_is_seen():
    with pytest.raises(ValueError, match=r"^without a read nothing is seen$"):
        seen_from(0)
