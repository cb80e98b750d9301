import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.findings.resolve import resolve
from hies_annot.phase.deletions import with_hemizygous
from hies_annot.phase.denovo import de_novo
from hies_annot.phase.kinship import (
    MendelCheck,
    mendel_check,
    opposite_homozygotes,
    parentage_lines,
    swap_hints,
    withheld_alleles,
    withheld_words,
    without_strangers,
)
from hies_annot.phase.parents import phase_from_parents


def calls(build, genotypes):
    return [build.make_call(gt, pos=100 + 10 * i) for i, gt in enumerate(genotypes)]


def trio(build, father, mother):
    return (
        build.make_relative("father", calls(build, father)),
        build.make_relative("mother", calls(build, mother)),
    )


@pytest.mark.parametrize(
    ("child", "father", "mother", "possible"),
    [
        ("0/1", "0/1", "0/0", True),
        ("0/1", "0/0", "0/0", False),
        ("0/1", "1/1", "1/1", False),
        ("1/1", "0/1", "0/1", True),
        ("1/1", "0/1", "0/0", False),
        ("0/0", "1/1", "0/1", False),
        ("0/0", "0/1", "./.", True),
        ("1/1", "./1", "1/1", True),
    ],
)
def test_mendel(build, child, father, mother, possible):
    check = mendel_check(calls(build, [child]), trio(build, [father], [mother]))
    assert check.compared == 1
    assert (check.impossible == ()) is possible


def test_one_parent_or_an_unseen_site_compares_nothing(build):
    father, _ = trio(build, ["0/0"], [])
    assert mendel_check(calls(build, ["1/1"]), (father,)).compared == 0
    assert mendel_check(calls(build, ["1/1"]), trio(build, ["0/0"], [])).compared == 0


def test_a_swapped_parent_is_hinted_at_and_a_true_one_is_not(build):
    child = calls(build, ["1/1", "1/1", "0/0"])
    fitting = swap_hints(child, trio(build, ["0/1", "0/1", "0/1"], ["1/1", "0/1", "0/0"]))
    swapped = swap_hints(child, trio(build, ["0/0", "0/0", "0/1"], ["1/1", "0/1", "0/0"]))
    assert fitting == ()
    assert any("father" in hint and "2 of 2" in hint for hint in swapped)


def test_a_single_new_allele_is_no_swap(build):
    assert swap_hints(calls(build, ["0/1"]), trio(build, ["0/0"], ["0/0"])) == ()


MISMATCH = (
    "has the opposite homozygous genotype at {} of {} sites: sample mix-up, another parent, or a "
    "deletion"
)


def ids(*numbers):
    return tuple(f"20-{100 + 10 * number}-G-A" for number in numbers)


@pytest.mark.parametrize("child", ["0/0", "0/1", "1/1"])
@pytest.mark.parametrize("father", ["0/0", "0/1", "1/1", "./.", "./1"])
@pytest.mark.parametrize("mother", ["0/0", "0/1", "1/1", "./.", "./1"])
def test_what_a_child_may_have_is_what_two_gametes_make(build, child, father, mother):
    """Oracle: written genotypes, `.` may be either allele; one allele of each parent is taken."""
    gametes = [
        {
            allele
            for first in (gt[0] if gt[0] != "." else "01")
            for second in (gt[2] if gt[2] != "." else "01")
            for allele in (first, second)
        }
        for gt in (father, mother)
    ]
    possible = any(
        one + other in (child.replace("/", ""), child.replace("/", "")[::-1])
        for one in gametes[0]
        for other in gametes[1]
    )
    relatives = trio(build, [father], [mother])
    check = mendel_check(calls(build, [child]), relatives)
    assert check == MendelCheck(1, () if possible else ids(0))
    assert mendel_check(calls(build, [child]), relatives[::-1]) == check


def test_only_clean_calls_with_two_parents_are_compared(build):
    relatives = trio(build, ["0/0"] * 5, ["0/0"] * 3)
    child = [
        build.make_call("0/1", pos=100, gq=3.0),
        build.make_call("./1", pos=110),
        build.make_call("1/1", pos=120),
        build.make_call("1/1", pos=130),  # not looked at in the mother
    ]
    assert mendel_check(child, relatives) == MendelCheck(1, ids(2))
    either = build.make_calls("1/2", site=build.make_site(alts=("A", "T")), ad=(0, 20, 20))
    assert mendel_check(either, relatives) == MendelCheck(1, ids(0))
    many = calls(build, ["1/1", "0/1", "1/1"])[::-1]
    assert mendel_check(many, relatives) == MendelCheck(3, ids(0, 1, 2))


@pytest.mark.parametrize(
    ("child", "parent", "counts"),
    [
        ("1/1", "0/0", (1, 1)),
        ("0/0", "1/1", (1, 1)),
        ("1/1", "1/1", (1, 0)),
        ("0/0", "0/0", (1, 0)),
        ("0/1", "0/0", (0, 0)),
        ("1/1", "0/1", (0, 0)),
        ("1/1", "./1", (0, 0)),
        ("1/1", "./.", (0, 0)),
        ("./.", "1/1", (0, 0)),
        ("1", "0/0", (0, 0)),
    ],
)
def test_opposite_homozygotes_are_counted_among_homozygotes(build, child, parent, counts):
    relative = build.make_relative("father", calls(build, [parent]))
    assert opposite_homozygotes(calls(build, [child]), relative) == counts
    doubtful = [build.make_call(child, gq=3.0)]
    assert opposite_homozygotes(doubtful, relative) == (0, 0)
    thrice = build.make_relative("father", calls(build, [parent] * 3))
    assert opposite_homozygotes(calls(build, [child] * 3), thrice) == tuple(3 * n for n in counts)


@pytest.mark.parametrize(
    ("child", "father", "mother", "hints"),
    [
        (["1/1"] * 2, ["0/0"] * 2, ["0/1"] * 2, ["father F " + MISMATCH.format(2, 2), (2, 2)]),
        (["1/1"], ["0/0"], ["0/1"], []),
        (
            ["1/1"] * 3,
            ["0/0", "0/0", "1/1"],
            ["0/0", "0/0", "1/1"],
            ["father F " + MISMATCH.format(2, 3), "mother M " + MISMATCH.format(2, 3), (2, 3)],
        ),
        (["0/1"] * 2, ["0/0"] * 2, ["0/0"] * 2, [(2, 2)]),
        (["0/1"], ["0/0"], ["0/0"], []),
        (["0/1"] * 7, ["1/1"] * 7, ["1/1"] * 7, [(7, 7)]),
    ],
)
def test_what_does_not_fit_is_told(build, child, father, mother, hints):
    relatives = (
        build.make_relative("mother", calls(build, mother), sample="M"),
        build.make_relative("father", calls(build, father), sample="F"),
        build.make_relative("sibling", calls(build, ["0/0"] * len(child)), sample="S"),
    )
    wanted = tuple(
        hint
        if isinstance(hint, str)
        else f"{hint[0]} of {hint[1]} alleles do not fit the parents "
        f"({', '.join(ids(*range(min(hint[0], 5))))}): check sample identity"
        for hint in hints
    )
    assert swap_hints(iter(calls(build, child)), relatives) == wanted
    assert swap_hints(calls(build, child), ()) == ()


@pytest.mark.parametrize(
    ("father", "words"),
    [
        (["0/0", "0/1", "0/1"], ()),
        (["0/0", "0/0", "0/1"], ("opposite homozygous genotype at 2 of 2 sites", "father")),
        (["0/0", "0/0", "1/1"], ("opposite homozygous genotype at 3 of 3 sites", "father")),
    ],
)
def test_two_opposite_homozygotes_exclude_a_stated_parent_and_no_sibling(build, father, words):
    child = calls(build, ["1/1", "1/1", "0/0"])
    sibling = build.make_relative("sibling", calls(build, ["0/0", "0/0", "1/1"]))
    relatives = (*trio(build, father, ["0/1"] * 3), sibling)
    found = without_strangers(child, relatives)
    lines = parentage_lines(found)
    assert len(lines) == bool(words)
    assert all(word in line for line in lines for word in words)
    assert [person.calls for person in found] == [person.calls for person in relatives]
    assert swap_hints(child, found) == swap_hints(child, relatives)


@pytest.mark.parametrize("carrier", ["child", "parent"])
def test_opposite_homozygotes_within_a_known_deletion_exclude_nobody(build, carrier):
    deletion = build.make_call("0/1", pos=90, ref="C", alt="<DEL>", end=125)
    child, parent = calls(build, ["1/1"] * 3), calls(build, ["0/0"] * 3)
    (child if carrier == "child" else parent).append(deletion)
    (found,) = without_strangers(child, [build.make_relative("father", parent)])
    assert found.excluded is None
    child += [build.make_call("1/1", pos=pos) for pos in (140, 150)]
    parent += [build.make_call("0/0", pos=pos) for pos in (140, 150)]
    (found,) = without_strangers(child, [build.make_relative("father", parent)])
    assert "at 2 of 2 sites" in found.excluded


GENOTYPES = st.sampled_from(["0/0", "0/1", "1/1", "./.", "./1"])


@given(father=st.tuples(GENOTYPES, GENOTYPES), mother=st.tuples(GENOTYPES, GENOTYPES))
def test_an_excluded_parent_says_as_little_as_one_who_is_not_there(build, father, mother):
    a, b = calls(build, ["0/1", "0/1"])
    told, kept = trio(build, father, mother)
    excluded = replace(told, excluded="the data speak against the stated father")
    found, alone = (phase_from_parents(a, b, people) for people in ((excluded, kept), (kept,)))
    assert (found.state, found.evidence) == (alone.state, alone.evidence)
    assert de_novo(a, (excluded, kept), build.THRESHOLDS) is None
    judged = tuple(map(build.judge, (a, b)))
    for finding in resolve(build.ZNF341, judged, (excluded, kept), build.SPEC, build.THRESHOLDS):
        assert finding.reasons[0] == excluded.excluded
        shown = {person.role: person.alleles for person in finding.relatives}["father"]
        assert shown == {name: told.recorded(name).value for name in finding.variants}


@given(
    child=st.sampled_from(["0/0", "0/1", "1/1", "./.", "./1"]),
    father=st.sampled_from(["0/0", "0/1", "1/1", "./.", "./1", None]),
    mother=st.sampled_from(["0/0", "0/1", "1/1", "./.", "./1", None]),
)
def test_a_child_with_fewer_copies_than_its_parents_hand_down_is_told(build, child, father, mother):
    """Oracle: `.` may be either allele, a parent who is not there may give either."""

    def may_be(gt):
        return {first + other for first in options(gt[0]) for other in options(gt[2])}

    def options(allele):
        return {0, 1} if allele == "." else {int(allele)}

    def gives(gt):
        return {0, 1} if gt is None else {x for place in (0, 2) for x in options(gt[place])}

    least = min(gives(father)) + min(gives(mother))
    relatives = [
        build.make_relative(role, calls(build, [gt]))
        for role, gt in (("father", father), ("mother", mother))
        if gt is not None
    ]
    found = withheld_alleles(calls(build, [child]), relatives)
    assert bool(found) == (max(may_be(child)) < least)
    for one in found:
        assert one.allele.id == ids(0)[0]
        assert withheld_words(one, "c.1A>T").startswith("c.1A>T is called ")


def test_a_reference_block_over_the_allele_of_a_parent_counts_and_silence_too(build):
    mother = build.make_relative("mother", calls(build, ["1/1"]))
    site = build.make_site(pos=50, ref="N", alts=(), end=150)
    block = build.make_calls("0/0", site=site, ad=None)[0]
    assert len(withheld_alleles([block], [mother])) == 1
    (silent,) = withheld_alleles([], [mother])
    assert "is in no record here" in withheld_words(silent, "c.1A>T")
    assert withheld_alleles([], [build.make_relative("mother", calls(build, ["0/1"]))]) == ()
    doubtful = build.make_relative("mother", [build.make_call("1/1", ad=(20, 20))])
    assert withheld_alleles([block], [doubtful]) == ()


@pytest.mark.parametrize(
    ("genotypes", "told"),
    [
        (("0/1", "0/0"), False),  # the deletion was handed down
        (("0/0", "0/1"), False),
        (("0/0", "0/0"), True),
    ],
)
def test_a_parent_with_an_allele_beside_a_deletion_hands_down_one_of_them(build, genotypes, told):
    def person(deleted, inside):
        deletion = build.make_call(deleted, pos=90, ref="C", alt="<DEL>", end=125)
        return [deletion, build.make_call(inside, pos=100)]

    father = build.make_relative("father", with_hemizygous(person("0/1", "1/1")))
    found = withheld_alleles(person(*genotypes), [father])
    assert bool(found) is told
    assert all("it beside a deletion" in withheld_words(one, "c.1A>T") for one in found)
    low = build.make_call("0/1", pos=90, ref="C", alt="<DEL>", end=125, gq=3.0)
    other = build.make_relative("father", with_hemizygous([low, build.make_call("1/1", pos=100)]))
    assert withheld_alleles(person("0/1", "0/0"), [other])
