import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


REFERENCE = "GATTACAGATTACAGGCATGCC"
START = 200


@st.composite
def small_alleles(draw):
    """POS, REF and ALT of a substitution, deletion or insertion in normal form, or `*`."""
    offset = draw(st.integers(0, len(REFERENCE) - 4))
    kind = draw(st.sampled_from(["base", "deletion", "insertion"]))
    first = REFERENCE[offset]
    if kind == "base":
        return offset, first, draw(st.sampled_from(sorted(set("ACGT") - {first})))
    if kind == "deletion":
        return offset, REFERENCE[offset : offset + 1 + draw(st.integers(1, 3))], first
    return offset, first, first + draw(st.sampled_from(["A", "CT", "GG"]))


def applied(*edits):
    """The sequence with all changes on one chromosome, or None where that cannot be."""
    bases = list(REFERENCE)
    behind = dict.fromkeys(range(len(REFERENCE)), "")
    for offset, ref, alt in edits:
        if len(alt) > 1:
            within_deletion = bases[offset] == bases[offset + 1] == ""
            if behind[offset] or within_deletion:
                return None
            behind[offset] = alt[1:]
            continue
        touched = [offset] if len(ref) == 1 else range(offset + 1, offset + len(ref))
        if any(bases[place] != REFERENCE[place] for place in touched):
            return None
        if any(behind[place] for place in touched[:-1]):
            return None
        for place in touched:
            bases[place] = alt if len(ref) == 1 else ""
    return "".join(base + behind[place] for place, base in enumerate(bases))


@settings(max_examples=300, deadline=None)
@given(small_alleles(), small_alleles())
def test_alleles_exclude_each_other_where_no_chromosome_can_have_both(build, one, other):
    a, b = (
        build.make_call("0/1", pos=START + at, ref=ref, alt=alt).allele
        for at, ref, alt in (one, other)
    )
    assert exclude_each_other(a, b) == exclude_each_other(b, a)
    both = [applied(one, other), applied(other, one)]
    if exclude_each_other(a, b):
        assert None in both or one == other
    elif one != other:
        assert None not in both


PAIRS = [
    (("C", "T"), ("C", "G")),
    (("GC", "GT"), ("GC", "G")),
    (("C", "CA"), ("C", "CTT")),
    (("CAT", "C"), ("CAT", "CT")),
    (("CAT", "C"), ("CAT", "CAG")),
    (("C", "T"), ("C", "*")),
    (("C", "CA"), ("C", "*")),
]
SPELLINGS = [("1/0", "0/1"), ("0/1", "0/1"), ("1/.", "./1"), ("1|0", "0|1")]


@pytest.mark.parametrize(("gt", "other_gt"), SPELLINGS)
@pytest.mark.parametrize("counts", [((0, 20), (0, 21)), (None, None)])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_split_records_give_the_states_of_the_whole_record(build, one, other, counts, gt, other_gt):
    whole = build.make_calls(
        "1/2",
        site=build.make_site(ref=one[0], alts=(one[1], other[1])),
        ad=None if counts[0] is None else (0, 20, 21),
    )
    split = [
        build.make_call(text, ref=ref, alt=alt, ad=ad, number=number)
        for text, (ref, alt), ad, number in zip(
            (gt, other_gt), (one, other), counts, (1, 2), strict=True
        )
    ]
    found = rejoin_split(split, build.THRESHOLDS)
    assert [call.zygosity for call in found] == [call.zygosity for call in whole]
    assert [call.depth for call in found if counts[0]] == [41, 41][: 2 * bool(counts[0])]


def test_a_star_goes_before_the_deletion_that_it_stands_for(build):
    deletion = build.make_call("0/1", pos=95, ref="AGACGCGAAGG", alt="A", number=1)
    base = build.make_call("1/0", alt="A", ad=(0, 20), number=2)
    star = build.make_call("0/1", alt="*", ad=(0, 20), number=3)
    found = rejoin_split([deletion, base, star], build.THRESHOLDS)
    assert [call.zygosity for call in found] == [
        Zygosity.HET,
        Zygosity.OVER_DELETION,
        Zygosity.HET_ALT,
    ]
