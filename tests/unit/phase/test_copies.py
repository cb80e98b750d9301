"""Every reading of the copies that the known phase leaves open."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.model import PhaseState
from hies_annot.phase.copies import MOST_BLOCKS, readings, relation


def calls(build, *gts):
    found = []
    for number, gt in enumerate(gts):
        fields = {"ps": 5} if "|" in gt else {}
        found.append(build.make_call(gt, pos=100 + 10 * number, number=number, **fields))
    return found


def told(build, found):
    return {
        frozenset(frozenset(copy) for copy in way) for way in readings(found, (), build.THRESHOLDS)
    }


@given(st.lists(st.sampled_from(["0/1", "0|1", "1|0", "1/1"]), min_size=1, max_size=5))
def test_readings_are_all_ways_that_fit_and_no_other(build, gts):
    """Oracle: put every heterozygous allele on either copy, keep what the phase sets allow."""
    found = calls(build, *gts)
    ids = [call.allele.id for call in found]
    wanted = set()
    for sides in product((0, 1), repeat=len(gts)):
        phased = [(gt, side) for gt, side in zip(gts, sides, strict=True) if "|" in gt]
        if any((a[0] == b[0]) != (a[1] == b[1]) for a, b in combinations(phased, 2)):
            continue
        copies = [
            frozenset(
                name
                for name, gt, side in zip(ids, gts, sides, strict=True)
                if gt == "1/1" or side == copy
            )
            for copy in (0, 1)
        ]
        wanted.add(frozenset(copies))
    if all(gt == "1/1" for gt in gts):
        wanted = {frozenset({frozenset(ids)})}
    assert told(build, found) == wanted


def test_more_blocks_than_can_be_tried_are_joined_two_at_a_time(build):
    found = calls(build, *["0/1"] * (MOST_BLOCKS + 1))
    ways = readings(found, (), build.THRESHOLDS)
    joined = {copy for way in ways for copy in way if len(copy) > 1}
    pairs = {frozenset(c.allele.id for c in pair) for pair in combinations(found, 2)}
    assert joined == pairs
    assert all(
        {name for copy in way for name in copy} == {c.allele.id for c in found} for way in ways
    )


def test_a_deleted_base_is_on_the_other_copy(build):
    deletion = build.make_call("0/1", pos=100, ref="GAAAA", alt="G")
    within = build.make_call("0/1", pos=102, ref="A", alt="T", number=2)
    assert relation(deletion, within, (), build.THRESHOLDS) is PhaseState.TRANS


@pytest.mark.parametrize(
    ("second", "state"), [("0|1", "cis"), ("1|0", "trans"), ("0/1", "unknown")]
)
def test_the_relation_of_two(build, second, state):
    one, other = calls(build, "0|1", second)
    assert relation(one, other, (), build.THRESHOLDS).value == state
