"""Phase from the parents: every pair of states of both against an oracle that inherits."""

from itertools import product

import pytest

from hies_annot.model import Phase, PhaseState
from hies_annot.phase.parents import parent_state, phase_from_parents
from hies_annot.phase.relatives import Carriage

STATES = {
    "absent": ("0/0", {}),
    "one copy": ("0/1", {}),
    "two copies": ("1/1", {}),
    "at least one copy": ("./1", {}),
    "unclear": ("./.", {}),
    "inferred": ("0/0", {"ad": None, "dp": None, "gq": None}),
    "not looked at": None,
}
MAY_HAVE = {
    "absent": {0},
    "one copy": {1},
    "two copies": {2},
    "at least one copy": {1, 2},
}
CARRYING = {"one copy", "two copies", "at least one copy"}


def pair(build, **fields):
    return tuple(build.make_call("0/1", pos=pos, **fields) for pos in (100, 200))


def parent(build, role, states):
    calls = [
        build.make_call(STATES[state][0], pos=pos, **STATES[state][1])
        for pos, state in zip((100, 200), states, strict=True)
        if STATES[state] is not None
    ]
    return build.make_relative(role, calls)


def told(build, father, mother):
    return phase_from_parents(
        *pair(build), (parent(build, "father", father), parent(build, "mother", mother))
    )


def hands_down(states):
    """The chromosomes, as copies of both alleles on them, that a parent may hand down."""
    by_copies = {0: {0}, 1: {0, 1}, 2: {1}}
    bits = [
        set().union(*(by_copies[count] for count in MAY_HAVE.get(state, by_copies)))
        for state in states
    ]
    return set(product(*bits))


def expected(father, mother):
    """State and evidence by inheritance: each chromosome of the child comes from one parent."""
    states = set()
    for one, other in product(hands_down(father), hands_down(mother)):
        if tuple(map(sum, zip(one, other, strict=True))) == (1, 1):
            states.add("cis" if sum(one) != 1 else "trans")
    clear = [any(state in MAY_HAVE for state in parent) for parent in (father, mother)]
    carried = [sum(state in CARRYING for state in parent) for parent in (father, mother)]
    if len(states) == 1:
        (state,) = states
        if max(carried) >= (2 if state == "cis" else 1):
            return state, "trio" if all(clear) else "one_parent"
        return "unknown", "none"
    if not states:
        return "unknown", "none"
    for own, other in ((father, mother), (mother, father)):
        tested = [all(state in MAY_HAVE for state in each) for each in (own, other)]
        carries = [state in CARRYING for state in own]
        if tested == [True, False] and sum(carries) == 1:
            shared = other[carries.index(True)]
            if shared not in CARRYING:
                return "trans", "one_parent"
    return "unknown", "none"


def test_every_state_of_both_parents(build):
    both = list(product(STATES, repeat=2))
    people = {
        (role, states): parent(build, role, states)
        for role in ("father", "mother")
        for states in both
    }
    calls = pair(build)
    for father, mother in product(both, repeat=2):
        relatives = (people["mother", mother], people["father", father])
        found = phase_from_parents(*calls, relatives)
        assert (found.state.value, found.evidence) == expected(father, mother), (father, mother)


@pytest.mark.parametrize(
    ("father", "mother", "phase"),
    [
        (
            *(("one copy", "absent"), ("absent", "one copy")),
            Phase(PhaseState.TRANS, "trio", "{}"),
        ),
        (
            *(("one copy", "at least one copy"), ("absent", "absent")),
            Phase(PhaseState.CIS, "trio", "{}"),
        ),
        (
            *(("absent", "absent"), ("absent", "absent")),
            Phase(
                *(PhaseState.UNKNOWN, "none"),
                "no way to inherit both fits the parents ({}): new, or mixed up",
            ),
        ),
        (
            *(("absent", "absent"), ("unclear", "inferred")),
            Phase(
                *(PhaseState.UNKNOWN, "none"),
                "cis only if parentage is right, no parent proves it ({})",
            ),
        ),
        (
            *(("absent", "unclear"), ("unclear", "absent")),
            Phase(
                *(PhaseState.UNKNOWN, "none"),
                "trans only if parentage is right, no parent proves it ({})",
            ),
        ),
        (
            *(("one copy", "one copy"), ("one copy", "one copy")),
            Phase(PhaseState.UNKNOWN, "none", "the parents leave both open ({})"),
        ),
        (
            *(("not looked at", "unclear"), ("one copy", "absent")),
            Phase(
                *(PhaseState.TRANS, "one_parent"),
                "the mother carries exactly one of the two ({})",
            ),
        ),
        (
            *(("absent", "one copy"), ("not looked at", "not looked at")),
            Phase(
                *(PhaseState.TRANS, "one_parent"),
                "the father carries exactly one of the two ({})",
            ),
        ),
    ],
)
def test_the_states_of_both_are_told(build, father, mother, phase):
    views = "father: first {}, second {}; mother: first {}, second {}".format(*father, *mother)
    wanted = Phase(phase.state, phase.evidence, phase.detail.format(views))
    assert told(build, father, mother) == wanted


def test_a_file_without_depths_is_taken_as_written(build):
    """The child's own records have no depth, count or quality either."""
    bare = {"ad": None, "dp": None, "gq": None}
    relatives = tuple(
        build.make_relative(role, [build.make_call(gt, pos=pos, **bare) for gt, pos in calls])
        for role, calls in (
            ("father", (("0/1", 100), ("0/0", 200))),
            ("mother", (("1/1", 100), ("0/1", 200))),
        )
    )
    assert phase_from_parents(*pair(build, **bare), relatives) == Phase(
        *(PhaseState.CIS, "trio"),
        "father: first one copy, second absent, as written: the file gives no depths; "
        "mother: first two copies, second one copy",
    )
    measured = phase_from_parents(*pair(build), relatives)
    assert measured.detail == (
        "the parents leave both open (father: first one copy, second inferred; "
        "mother: first two copies, second one copy)"
    )


@pytest.mark.parametrize(
    ("child", "gt", "parental", "state"),
    [
        ({}, "0/0", {"ad": None, "dp": None, "gq": None}, Carriage.INFERRED),
        (
            {"ad": None, "dp": None, "gq": None},
            *("0/0", {"ad": None, "dp": None, "gq": None}, Carriage.ABSENT),
        ),
        ({"ad": None, "dp": None}, "0/0", {"ad": None, "dp": None, "gq": None}, Carriage.INFERRED),
        ({"ad": None, "dp": None, "gq": None}, "0/0", {}, Carriage.ABSENT),
        ({"ad": None, "dp": None, "gq": None}, "0/1", {}, Carriage.ONE),
    ],
)
def test_a_filled_in_reference_counts_only_where_the_child_has_no_figures_either(
    build, child, gt, parental, state
):
    call = build.make_call("0/1", **child)
    relative = build.make_relative("father", [build.make_call(gt, **parental)])
    assert parent_state(relative, call) is state
    assert parent_state(None, call) is None
    assert parent_state(build.make_relative("father", []), call) is None


def test_parents_who_were_not_given_leave_both_open(build):
    assert phase_from_parents(*pair(build), ()) == Phase(
        PhaseState.UNKNOWN, "none", "no parent was looked at here"
    )


HAPLOTYPES = tuple(product((0, 1), repeat=2))
"""Alleles a and b on one chromosome."""
COUPLES = tuple(product(HAPLOTYPES, repeat=2))


def with_haplotypes(build, role, couple, **fields):
    calls = []
    for number, pos in enumerate((100, 200)):
        first, second = couple[0][number], couple[1][number]
        gt = f"{first}|{second}"
        calls.append(build.make_call(gt, pos=pos, **fields))
    return build.make_relative(role, calls)


@pytest.mark.parametrize(("father", "mother"), tuple(product(COUPLES, repeat=2)))
def test_the_phase_in_a_parent_tells_which_chromosomes_it_hands_down(build, father, mother):
    people = {"father": father, "mother": mother}
    known = [with_haplotypes(build, *each, ps="7") for each in people.items()]
    found = phase_from_parents(*pair(build), known)
    states = {
        PhaseState.CIS if one in ((1, 1), (0, 0)) else PhaseState.TRANS
        for one in father
        for other in mother
        if one[0] + other[0] == one[1] + other[1] == 1
    }
    assert found.state in ({PhaseState.UNKNOWN} | states)
    if states == {PhaseState.TRANS} or (states == {PhaseState.CIS} and (1, 1) in father + mother):
        assert {found.state} == states


def test_the_phase_of_a_file_is_no_firm_evidence(build):
    father = with_haplotypes(build, "father", ((1, 0), (0, 1)), ps="7")
    mother = build.make_relative(
        "mother", [build.make_call("0/0", pos=100), build.make_call("0/1", pos=200)]
    )
    found = phase_from_parents(*pair(build), (father, mother))
    assert (found.state, found.evidence) == (PhaseState.TRANS, "one_parent")
    assert "in trans there by its own file" in found.detail
