import pytest

from hies_annot.findings.resolve import resolve
from hies_annot.model import PhaseState, Status, Zygosity
from hies_annot.read.split_records import exclude_each_other, rejoin_split


def halves(build, first="1/0", second="0/1", *, counts=((0, 24), (0, 22)), **rest):
    return [
        build.make_call(gt, alt=alt, ad=ad, number=number, **rest)
        for gt, alt, ad, number in zip((first, second), "AT", counts, (1, 2), strict=True)
    ]


def run(build, calls):
    judged = tuple(build.judge(call) for call in calls)
    return resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)


@pytest.mark.parametrize(
    ("first", "second"), [("1/0", "0/1"), ("0/1", "0/1"), ("1/.", "./1"), ("1|0", "0|1")]
)
def test_split_halves_are_two_alternate_alleles(build, first, second):
    calls = rejoin_split(halves(build, first, second), build.THRESHOLDS)
    assert {call.zygosity for call in calls} == {Zygosity.HET_ALT}
    assert [(call.depth, call.alt_depth, call.quality) for call in calls] == [
        (46, 24, ()),
        (46, 22, ()),
    ]
    assert calls[0].flags == ("split_record",)


def test_halves_are_in_trans_like_one_record(build):
    (finding,) = run(build, rejoin_split(halves(build), build.THRESHOLDS))
    assert (finding.status, finding.phase) == (Status.RELEVANT, PhaseState.TRANS)
    assert finding.phase_evidence == "same_record"


def test_reads_of_the_reference_leave_three_alleles_unjoined_and_unphased(build):
    calls = halves(build, counts=((20, 20), (20, 20)))
    assert rejoin_split(calls, build.THRESHOLDS) == tuple(calls)
    (finding,) = run(build, calls)
    assert (finding.status, finding.phase) == (Status.POSSIBLE, PhaseState.UNKNOWN)
    assert "three alleles" in finding.reasons[0]


def test_missing_counts_do_not_keep_halves_apart(build):
    calls = rejoin_split(halves(build, counts=(None, None)), build.THRESHOLDS)
    assert {call.zygosity for call in calls} == {Zygosity.HET_ALT}


@pytest.mark.parametrize(
    "calls",
    [
        lambda build: [build.make_call("0/1", pos=100), build.make_call("0/1", pos=101)],
        lambda build: halves(build, "1/1", "0/1"),
        lambda build: [halves(build)[0], halves(build, file="b.vcf")[1]],
        lambda build: [build.make_call("0/1"), build.make_call("0/1", ref="GA", alt="G")],
        lambda build: [*halves(build), build.make_call("0/1", alt="C")],
    ],
    ids=["two places", "homozygous", "two files", "deletion", "three records"],
)
def test_other_calls_stay(build, calls):
    given = calls(build)
    assert rejoin_split(given, build.THRESHOLDS) == tuple(given)


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "excluded"),
    [
        (100, "GC", "TA", True),
        (100, "GC", "AA", False),
        (99, "CG", "AT", True),
        (99, "CG", "TA", False),
        (101, "GC", "TA", False),
    ],
)
def test_a_longer_substitution_excludes_what_differs_from_it(build, pos, ref, alt, excluded):
    single = build.make_call("0/1", pos=100, ref="G", alt="A").allele
    longer = build.make_call("0/1", pos=pos, ref=ref, alt=alt).allele
    assert exclude_each_other(single, longer) is excluded
    assert exclude_each_other(longer, single) is excluded
