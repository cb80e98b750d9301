"""What relatives say of a genotype: every state of an allele against every disease state."""

import pytest

from hies_annot.model import Affected
from hies_annot.phase.segregation import segregation

HAS = (
    "conflict: the unaffected {} has the same genotype "
    "(incomplete penetrance, age, mosaicism, or not the cause)"
)
LACKS = (
    "conflict: the affected {} does not have this genotype "
    "(another cause in this relative, or not the cause)"
)
PLACES = (100, 200)
STATES = {
    "absent": ("0/0", {}),
    "one": ("0/1", {}),
    "two": ("1/1", {}),
    "at least one": ("./1", {}),
    "unclear": ("./.", {}),
    "inferred": ("0/0", {"ad": None, "dp": None, "gq": None}),
}


def relative(build, states, affected, *, role="mother", sample="M"):
    """A relative with a state at each place; None: it was not looked at."""
    calls = [
        build.make_call(STATES[state][0], pos=pos, **STATES[state][1])
        for pos, state in zip(PLACES, states, strict=False)
        if state is not None
    ]
    return build.make_relative(role, calls, sample=sample, affected=affected)


def ids(build, count):
    return [build.make_call("0/1", pos=pos).allele.id for pos in PLACES[:count]]


@pytest.mark.parametrize(
    ("copies", "states", "has"),
    [
        (1, ["absent"], False),
        (1, ["one"], True),
        (1, ["two"], True),
        (1, ["at least one"], True),
        (1, ["unclear"], None),
        (1, ["inferred"], None),
        (1, [None], None),
        (2, ["absent"], False),
        (2, ["one"], False),
        (2, ["two"], True),
        (2, ["at least one"], None),
        (2, ["unclear"], None),
        (2, ["inferred"], None),
        (2, [None], None),
        (1, ["one", "one"], True),
        (1, ["one", "two"], True),
        (1, ["one", "absent"], False),
        (1, ["absent", "absent"], False),
        (1, ["unclear", "absent"], False),
        (1, [None, "absent"], False),
        (1, ["one", "unclear"], None),
        (1, [None, "one"], None),
    ],
)
def test_only_a_clear_state_that_does_not_fit_the_disease_is_told(build, copies, states, has):
    said = {
        affected: segregation(ids(build, len(states)), copies, [relative(build, states, affected)])
        for affected in Affected
    }
    assert said == {
        Affected.NO: (HAS.format("mother M"),) if has else (),
        Affected.YES: (LACKS.format("mother M"),) if has is False else (),
        Affected.UNKNOWN: (),
    }


def test_each_relative_is_told_in_the_order_of_role_and_name(build):
    people = [
        relative(build, ["one"], Affected.NO, role="sibling", sample="B"),
        relative(build, ["absent"], Affected.YES, role="sibling", sample="A"),
        relative(build, ["one"], Affected.NO, role="mother", sample="Z"),
        relative(build, ["absent"], Affected.YES, role="father", sample="F"),
    ]
    wanted = (
        LACKS.format("father F"),
        HAS.format("mother Z"),
        LACKS.format("sibling A"),
        HAS.format("sibling B"),
    )
    assert segregation(ids(build, 1), 1, people) == wanted
    assert segregation(ids(build, 1), 1, people[::-1]) == wanted
    assert segregation(ids(build, 1), 1, []) == ()
