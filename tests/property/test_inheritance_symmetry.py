"""The answer does not depend on the order of alleles, records, relatives or parents' roles."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.findings.resolve import resolve
from hies_annot.model import Affected, Support
from hies_annot.phase.pairs import phase_of

GENOTYPES = ("0/1", "0|1", "1|0", "1/1", "./1", "0/0", "./.", "1", "0|.")
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "ps": st.sampled_from(["1", "2"]),
        "pid": st.sampled_from(["8", "9"]),
        "pgt": st.sampled_from(["0|1", "1|0", "."]),
        "gq": st.sampled_from([5.0, 99.0, None]),
        "ad": st.sampled_from([(20, 20), (36, 4), (0, 40), None]),
    },
)
ONE = st.tuples(st.sampled_from(GENOTYPES), FIELDS)
ROW = st.tuples(ONE, ONE, ONE, st.sampled_from(list(Support)))
FAMILY = st.lists(ROW, min_size=1, max_size=4)
ORDER = st.randoms(use_true_random=False)
quick = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def world(build):
    def make(rows, *, roles=("father", "mother")):
        child, parents = [], ([], [])
        for number, (own, first, second, support) in enumerate(rows):
            pos = 100 + 10 * number
            child.append(build.judge(build.make_call(own[0], pos=pos, **own[1]), support=support))
            for calls, (gt, fields) in zip(parents, (first, second), strict=True):
                calls.append(build.make_call(gt, pos=pos, **fields))
        relatives = [
            build.make_relative(role, calls, affected=Affected.UNKNOWN, sample="x")
            for role, calls in zip(roles, parents, strict=True)
        ]
        return child, relatives

    def run(child, relatives):
        return resolve(build.ZNF341, tuple(child), tuple(relatives), build.SPEC, build.THRESHOLDS)

    build.world, build.run = make, run
    return build


@quick
@given(rows=FAMILY, order=ORDER)
def test_order_of_calls_and_relatives(world, rows, order):
    child, relatives = world.world(rows)
    expected = world.run(child, relatives)
    order.shuffle(child)
    order.shuffle(relatives)
    assert world.run(child, relatives) == expected


@quick
@given(rows=FAMILY)
def test_roles_of_the_parents(world, rows):
    def gist(findings):
        return [(f.status, f.genotype, f.phase, f.phase_evidence, f.variants) for f in findings]

    one = world.run(*world.world(rows))
    other = world.run(*world.world(rows, roles=("mother", "father")))
    assert gist(one) == gist(other)


@quick
@given(rows=st.tuples(ROW, ROW))
def test_phase_of_a_pair_has_no_direction(world, rows):
    child, relatives = world.world(rows)
    first, second = (judged.call for judged in child)
    there = phase_of(first, second, relatives, world.THRESHOLDS)
    assert phase_of(second, first, relatives, world.THRESHOLDS) == there


@quick
@given(rows=FAMILY)
def test_no_call_is_ever_turned_into_a_finding(world, rows):
    """Dropping what the child does not carry changes no finding."""
    child, relatives = world.world(rows)
    seen = [judged for judged in child if judged.call.carried or judged.call.flags]
    statuses = [(f.status, f.variants) for f in world.run(child, relatives)]
    assert [(f.status, f.variants) for f in world.run(seen, relatives)] == statuses


@quick
@given(rows=FAMILY)
def test_failing_quality_never_raises_a_status_and_never_hides_an_allele(world, rows):
    child, relatives = world.world(rows)
    failing = [
        replace(judged, call=replace(judged.call, quality=("filter:x",))) for judged in child
    ]
    before, after = world.run(child, relatives), world.run(failing, relatives)
    named = {identifier for finding in before for identifier in finding.variants}
    assert named == {identifier for finding in after for identifier in finding.variants}
    assert all(finding.status.value != "relevant" for finding in after)


@quick
@given(rows=FAMILY)
def test_every_carried_pathogenic_allele_is_in_a_finding(world, rows):
    child, relatives = world.world(rows)
    named = {one for finding in world.run(child, relatives) for one in finding.variants}
    for judged in child:
        support = judged.verdicts["ZNF341-AR-HIES"].support
        if judged.call.carried and support is Support.PATHOGENIC:
            assert judged.id in named
