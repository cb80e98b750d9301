import pytest

from hies_annot.phase.denovo import de_novo, origin_words, parental_mosaicism


def family(build, father, mother, **rest):
    return tuple(
        build.make_relative(role, [build.make_call(gt, **fields)], **rest)
        for role, (gt, fields) in (("father", father), ("mother", mother))
    )


CLEAN = ("0/0", {})


def test_both_parents_reference_by_reads_is_assumed_de_novo(build):
    assert de_novo(build.make_call("0/1"), family(build, CLEAN, CLEAN)) == "assumed"


def test_confirmed_only_where_the_lab_tested_parentage(build):
    tested = family(build, CLEAN, CLEAN, parentage="confirmed")
    assert de_novo(build.make_call("0/1"), tested) == "confirmed"


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
    assert de_novo(build.make_call("0/1"), family(build, father, CLEAN)) is None


def test_alternate_reads_of_both_parents_are_summed(build):
    one = ("0/0", {"ad": (39, 1)})
    assert de_novo(build.make_call("0/1"), family(build, one, CLEAN)) == "assumed"
    assert de_novo(build.make_call("0/1"), family(build, one, one)) is None


def test_one_parent_is_not_enough(build):
    assert de_novo(build.make_call("0/1"), family(build, CLEAN, CLEAN)[:1]) is None


def test_an_allele_that_is_not_carried_is_not_new(build):
    assert de_novo(build.make_call("0/0"), family(build, CLEAN, CLEAN)) is None


def test_an_inferred_reference_is_called_so(build):
    bare = ("0/0", {"ad": None, "dp": None, "gq": None})
    words = origin_words(build.make_call("0/1"), family(build, bare, CLEAN))
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
    lines = parental_mosaicism(build.make_call("0/1"), family(build, father, CLEAN))
    assert hint in lines[0]
    assert lines[1].startswith("mother: 0 of 40 reads")
