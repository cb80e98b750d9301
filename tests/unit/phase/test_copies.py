"""Every reading of the copies that the known phase leaves open."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.model import Phase, PhaseState
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


def pair(build, second="0/1", **fields):
    return build.make_call("0|1" if "|" in second else "0/1", pos=100, **fields), build.make_call(
        second, pos=150, number=2, **fields
    )


def parents(build, father, mother):
    """Both parents by their genotypes of the two alleles of `pair`."""
    return tuple(
        build.make_relative(
            role, [build.make_call(gt, pos=pos) for gt, pos in zip(gts, (100, 150), strict=True)]
        )
        for role, gts in (("father", father), ("mother", mother))
    )


def both_ways(build, a, b, relatives=(), links=None, thresholds=None):
    thresholds = thresholds or build.THRESHOLDS
    found = relation(a, b, relatives, thresholds, links)
    assert relation(b, a, relatives, thresholds, links) is found
    return found


def sides(build, a, b, relatives=(), links=None, thresholds=None):
    """The readings of two alleles, which leave both open or follow their relation."""
    found = readings((a, b), relatives, thresholds or build.THRESHOLDS, links)
    return {frozenset(way) for way in found}


APART = frozenset({frozenset({"20-100-G-A"}), frozenset({"20-150-G-A"})})
JOINED = frozenset({frozenset({"20-100-G-A", "20-150-G-A"}), frozenset()})
WAYS = {
    PhaseState.TRANS: {APART},
    PhaseState.CIS: {JOINED},
    PhaseState.UNKNOWN: {APART, JOINED},
}


@pytest.mark.parametrize("state", [PhaseState.CIS, PhaseState.TRANS, PhaseState.UNKNOWN])
@pytest.mark.parametrize("source", ["reads", "parents", "bars that are trusted"])
def test_every_source_of_phase_is_asked(build, source, state):
    calls, rest = pair(build), {}
    if source == "reads":
        links = {frozenset(call.allele.id for call in calls): Phase(state, "reads", "")}
        rest = {"links": links}
    elif source == "parents":
        carried = {"cis": ("0/1", "0/1"), "trans": ("0/1", "0/0"), "unknown": ("./.", "./.")}
        other = {"cis": ("0/0", "0/0"), "trans": ("0/0", "0/1"), "unknown": ("./.", "./.")}
        rest = {"relatives": parents(build, carried[state.value], other[state.value])}
    else:
        calls = pair(build, {"cis": "0|1", "trans": "1|0", "unknown": "0/1"}[state.value])
        rest = {"thresholds": build.CallThresholds(trust_phase_without_ps=True)}
    assert both_ways(build, *calls, **rest) is state
    assert sides(build, *calls, **rest) == WAYS[state]


def test_weak_evidence_that_another_contradicts_leaves_both_ways_open(build):
    against = {frozenset({"20-100-G-A", "20-150-G-A"}): Phase(PhaseState.TRANS, "reads", "")}
    calls = pair(build, "0|1", ps="7")
    assert both_ways(build, *calls, links=against) is PhaseState.UNKNOWN
    assert sides(build, *calls, links=against) == WAYS[PhaseState.UNKNOWN]
    trio = parents(build, ("0/1", "0/1"), ("0/0", "0/0"))
    assert both_ways(build, *calls, trio, against) is PhaseState.CIS


def test_what_no_chromosome_can_carry_together_is_on_two(build):
    one, other = (build.make_call("0/1", alt=alt, number=n) for n, alt in enumerate("AT"))
    assert both_ways(build, one, other) is PhaseState.TRANS
    deletion = build.make_call("0/1", pos=50, ref="C", alt="<DEL>", end=500)
    assert both_ways(build, deletion, one) is PhaseState.TRANS
    beside = build.make_call("0/1", pos=501)
    assert both_ways(build, deletion, beside) is PhaseState.UNKNOWN


def test_all_ways_are_tried_up_to_the_bound_and_each_once(build):
    found = calls(build, *["0/1"] * MOST_BLOCKS, "1/1")
    ways = readings(found, (), build.THRESHOLDS)
    assert len({frozenset(way) for way in ways}) == len(ways) == 2 ** (MOST_BLOCKS - 1)
    assert {len(way) for way in ways} == {2}
    assert all(found[-1].allele.id in copy for way in ways for copy in way)


def test_beyond_the_bound_each_reading_has_every_copy_of_the_other_blocks(build):
    found = calls(build, *["0/1"] * (MOST_BLOCKS + 1), "1/1")
    both = frozenset({found[-1].allele.id})
    alone = [frozenset({call.allele.id}) | both for call in found[:-1]]
    wanted = [sorted(map(sorted, [*alone, *[both] * (MOST_BLOCKS + 1)]))]
    for one, other in combinations(range(MOST_BLOCKS + 1), 2):
        rest = [copy for n, copy in enumerate(alone) if n not in (one, other)]
        rest += [both] * (MOST_BLOCKS - 1)
        wanted += [
            sorted(map(sorted, [*joined, *rest]))
            for joined in ((alone[one] | alone[other], both), (alone[one], alone[other]))
        ]
    ways = [sorted(map(sorted, way)) for way in readings(found, (), build.THRESHOLDS)]
    assert sorted(ways) == sorted(wanted)


def test_an_allele_that_two_of_a_block_place_differently_stays_open(build):
    """First and second are in cis; the third is in cis with the one and in trans to the other."""
    found = [build.make_call("0|1", pos=pos, ps="7") for pos in (100, 150)]
    found.append(build.make_call("0/1", pos=200))
    names = [call.allele.id for call in found]
    links = {
        frozenset({names[0], names[2]}): Phase(PhaseState.CIS, "reads", ""),
        frozenset({names[1], names[2]}): Phase(PhaseState.TRANS, "reads", ""),
    }
    ways = {frozenset(way) for way in readings(found, (), build.THRESHOLDS, links)}
    together = frozenset(names[:2])
    assert ways == {
        frozenset({frozenset(names), frozenset()}),
        frozenset({together, frozenset(names[2:])}),
    }


def test_without_alleles_there_is_one_reading(build):
    assert readings((), (), build.THRESHOLDS) == ((frozenset(),),)


@pytest.mark.parametrize("written", [("CAAAA", "C", None), ("C", "<DEL>", 104)])
def test_what_is_called_homozygous_within_a_deletion_of_one_copy_lies_on_the_other(build, written):
    ref, alt, end = written
    deletion = build.make_call("0/1", pos=100, ref=ref, alt=alt, end=end)
    within = build.make_call("1/1", pos=102, number=2)
    beyond = build.make_call("1/1", pos=200, number=3)
    for calls_ in permutations((deletion, within, beyond)):
        for way in readings(calls_, (), build.THRESHOLDS):
            assert {frozenset(copy) for copy in way} == {
                frozenset({deletion.allele.id, beyond.allele.id}),
                frozenset({within.allele.id, beyond.allele.id}),
            }
    both = build.make_call("1/1", pos=100, ref=ref, alt=alt, end=end)
    ((first, *_),) = readings((both, within), (), build.THRESHOLDS)
    assert first == {both.allele.id, within.allele.id}
