"""What a relative's record leaves open, and which record stands for an allele, at each border."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.model import Affected
from hies_annot.model.fragments import AlleleCounts
from hies_annot.phase.relatives import (
    CARRIES,
    COPIES,
    Carriage,
    Relative,
    carriage,
    collect_calls,
    has_measure,
    overlap_share,
    with_counts,
)
from hies_annot.read.copy_number import CONTRADICTED


@pytest.mark.parametrize(
    ("alts", "gt", "state"),
    [
        (("A",), "0/0", Carriage.ABSENT),
        (("A",), "0/1", Carriage.ONE),
        (("A", "T"), "1/2", Carriage.ONE),
        (("A", "*"), "1/2", Carriage.ONE),
        (("A",), "1/1", Carriage.TWO),
        (("A",), "./1", Carriage.AT_LEAST_ONE),
        (("A",), "1", Carriage.AT_LEAST_ONE),
        (("A",), "0/0/1", Carriage.AT_LEAST_ONE),
        (("A",), "./.", Carriage.UNCLEAR),
        (("A",), None, Carriage.UNCLEAR),
        (("A",), "0/3", Carriage.UNCLEAR),
    ],
)
def test_every_genotype_has_its_state(build, alts, gt, state):
    call = build.make_calls(gt, site=build.make_site(alts=alts), ad=None, dp=40)[0]
    assert carriage(call) is state
    assert (state in CARRIES) is call.carried


@pytest.mark.parametrize(
    ("code", "reference", "carrier"),
    [
        ("low_gq", False, False),
        ("low_depth", False, False),
        ("ft:LowGQ", False, False),
        ("low_qual", True, False),
        ("filter:RefCall", True, False),  # DeepVariant's word for a good 0/0
        ("low_alt_depth", True, False),
        ("allele_balance", True, True),  # a parent may be a mosaic
    ],
)
@pytest.mark.parametrize("gt", ["0/0", "0/1", "1/1", "./1"])
def test_a_carrier_passes_all_thresholds_but_balance_and_a_reference_those_of_its_genotype(
    build, gt, code, reference, carrier
):
    call = build.make_call(gt, ad=(20, 20) if gt == "./1" else build.READS[gt])
    counts = carrier if call.carried else reference
    state = carriage(call) if counts else Carriage.UNCLEAR
    assert carriage(replace(call, quality=("allele_balance", code))) is state


@pytest.mark.parametrize("flag", ["ad_contradicts_gt", "counts_contradict", CONTRADICTED])
def test_what_contradicts_a_genotype_makes_it_unclear_or_its_copies_unknown(build, flag):
    assert carriage(replace(build.make_call("0/0"), flags=("x", flag))) is Carriage.UNCLEAR
    assert carriage(replace(build.make_call("0/0"), flags=("x",))) is Carriage.ABSENT
    unread = flag == "counts_contradict"
    state = Carriage.UNCLEAR if unread else Carriage.AT_LEAST_ONE
    for gt in ("0/1", "1/1"):
        assert carriage(replace(build.make_call(gt), flags=("x", flag))) is state


@given(
    gt=st.sampled_from(["0/0", "0/1", "1/1", "./1", "1", "1/2", "./.", "0/."]),
    quality=st.sets(st.sampled_from(["low_gq", "low_depth", "filter:q", "allele_balance"])),
    flags=st.sets(st.sampled_from(["ad_contradicts_gt", "counts_contradict", CONTRADICTED])),
    reads=st.sampled_from([None, (40, 0), (20, 20), (0, 40)]),
)
def test_doubt_never_adds_to_what_is_known_of_a_relative(build, gt, quality, flags, reads):
    site = build.make_site(alts=("A", "T")) if gt == "1/2" else None
    call = build.make_calls(gt, site=site, ad=None)[0]
    alt = None if reads is None else reads[1]
    doubted = replace(call, quality=tuple(quality), flags=tuple(flags), alt_depth=alt)
    assert COPIES[carriage(doubted)] >= COPIES[carriage(call)]


@pytest.mark.parametrize(
    ("fields", "measured"),
    [
        ({"ad": None, "dp": None, "gq": None}, False),
        ({"ad": None, "dp": 0, "gq": None}, False),
        ({"ad": None, "dp": 40, "gq": None}, True),
        ({"ad": None, "dp": None, "gq": 0.0}, True),
        ({"ad": (40, 0), "dp": None, "gq": None}, True),
    ],
)
def test_a_depth_or_a_quality_stands_behind_a_genotype(build, fields, measured):
    assert has_measure(build.make_call("0/0", **fields)) is measured


def block(build, pos, end, chrom="20", **fields):
    site = build.make_site(pos=pos, ref="N", alts=(), end=end, chrom=chrom)
    return build.make_calls("0/0", site=site, ad=None, **fields)[0]


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ((100, 103), True),
        ((90, 200), True),
        ((101, 200), False),
        ((90, 102), False),
        ((90, 200, "17"), False),
    ],
)
def test_a_block_over_all_bases_of_an_allele_stands_for_it(build, place, covered):
    wanted = build.make_call("0/1", pos=100, ref="GAAA", alt="G").allele
    found = block(build, *place)
    assert collect_calls([wanted], [found]) == (
        {found.allele.id: found} | ({wanted.id: found} if covered else {})
    )


def test_the_first_record_or_block_is_taken_and_no_ordinary_one(build):
    wanted = build.make_call("0/1", pos=100).allele
    blocks = [block(build, 80, 150), block(build, 90, 150)]
    over = build.make_call("0/1", pos=99, ref="GGG", alt="TTT")
    found = collect_calls([wanted, wanted], [over, *blocks])
    assert found[wanted.id] is blocks[0]
    twice = [build.make_call("0/1", pos=100, dp=dp) for dp in (40, 30)]
    assert collect_calls([wanted], [*blocks, *twice])[wanted.id] is twice[0]
    assert collect_calls([], twice) == {wanted.id: twice[0]}
    other = build.make_call("0/1", pos=120).allele
    found = collect_calls([wanted, other], [*twice, *blocks])
    assert (found[wanted.id], found[other.id]) == (twice[0], blocks[0])


def structural(build, start, end, alt="<DEL>", gt="0/1", chrom="20"):
    return build.make_call(gt, pos=start, ref="C", alt=alt, end=end, chrom=chrom)


@pytest.mark.parametrize(
    ("other", "known"),
    [
        ((1000, 2000), True),
        ((1200, 2000), True),  # four fifths of the longer one
        ((1201, 2000), False),
        ((1000, 1800), True),
        ((1000, 1799), False),
        ((1000, 2250), True),
        ((1000, 2251), False),
        ((1010, 2000, "<DUP>"), False),
        ((1010, 2000, "<DEL:ME>"), True),
        ((1010, 2000, "<CN0>"), True),
        ((1010, 2000, "<INV>"), False),
        ((1010, 2000, "<DEL>", "0/0"), False),
        ((1010, 2000, "<DEL>", "./."), False),
        ((1010, 2000, "<DEL>", "1/1"), True),
        ((1010, 2000, "<DEL>", "0/1", "17"), False),
    ],
)
def test_a_carried_structural_allele_of_its_type_and_place_stands_for_another(build, other, known):
    wanted = structural(build, 1000, 2000).allele
    found = structural(build, *other)
    assert collect_calls([wanted], [found]).get(wanted.id) == (found if known else None)
    blocks = block(build, 900, 2500)
    assert collect_calls([wanted], [blocks]).get(wanted.id) is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_record_of_a_relative_that_another_one_denies_is_unclear(build, order):
    calls = [build.make_call(gt, pos=100) for gt in ("0/0", "0/1")]
    found = collect_calls([], [calls[number] for number in order])
    assert list(map(carriage, found.values())) == [Carriage.UNCLEAR]


@pytest.mark.parametrize(("size", "shown"), [(1, True), (49, True), (50, False), (400, False)])
def test_a_block_of_bases_shows_no_structural_change_to_be_absent(build, size, shown):
    lost = build.make_call("0/1", pos=100, ref="C" * (size + 1), alt="C").allele
    added = build.make_call("0/1", pos=100, ref="C", alt="C" * (size + 1)).allele
    blocks = block(build, 90, 600)
    for wanted in (lost, added):
        assert (wanted.id in collect_calls([wanted], [blocks])) is shown


def test_the_spelling_of_a_deletion_in_a_relative_does_not_matter(build):
    bases = build.make_call("0/1", pos=100, ref="C" + "GATTACA" * 20, alt="C")
    calls = [
        bases,
        structural(build, 101, 240),
        structural(build, 100, 238, "<CN0>"),
        build.make_call("./.", pos=100, ref="C", alt="<CNV>", end=241, copy_number=1),
    ]
    others = [
        structural(build, 100, 240, "<DUP>"),
        build.make_call("0/1", pos=100, ref="C" + "GATTACA" * 2, alt="C"),
        build.make_call("./.", pos=100, ref="C", alt="<CNV>", end=240, copy_number=2),
        build.make_call("./.", pos=100, ref="C", alt="<CNV>", end=240, copy_number=3),
    ]
    blocks = block(build, 90, 300)
    for wanted in calls:
        for call in calls:
            found = collect_calls([wanted.allele], [blocks, call])
            assert found[wanted.allele.id] is call
        for call in others:
            assert wanted.allele.id not in collect_calls([wanted.allele], [call])


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ((1000, 2000), (1000, 2000), 1.0),
        ((1000, 2000), (1500, 2000), 0.5),
        ((1000, 2000), (1500, 2500), 0.5),
        ((1000, 2000), (1000, 3000), 0.5),
        ((1000, 2000), (2000, 3000), 0.0),
        ((1000, 2000), (2500, 3000), 0.0),
        ((1000, 1001), (1000, 1001), 1.0),
        ((1000, 1000), (1000, 1000), 0.0),
        ((1000, 1000), (900, 1100), 0.0),
    ],
)
def test_the_share_of_the_longer_span(build, first, second, share):
    one, other = (structural(build, *span).allele for span in (first, second))
    assert overlap_share(one, other) == overlap_share(other, one) == share


BARE = {"ad": None, "dp": None, "gq": None}


@pytest.mark.parametrize(
    ("gt", "counts", "quality", "flags", "fraction"),
    [
        ("0/0", (0, 10), (), (), 0.0),
        ("0/0", (0, 9), ("low_depth",), (), 0.0),
        ("0/0", (0, 0), ("low_depth",), (), None),
        ("0/0", (20, 40), (), ("ad_contradicts_gt",), 0.5),
        ("0/1", (40, 40), (), ("no_reference_reads", "ad_contradicts_gt"), 1.0),
        ("0/1", (10, 40), (), (), 0.25),
    ],
)
def test_what_the_alignments_count_is_put_beside_what_the_record_says(
    build, gt, counts, quality, flags, fraction
):
    bare = replace(build.make_call(gt, **BARE), quality=("filter:q",), flags=("known",))
    relative = build.make_relative("father", [bare])
    found = with_counts(relative, {bare.allele.id: AlleleCounts(*counts)}, build.THRESHOLDS)
    wanted = replace(
        bare,
        alt_depth=counts[0],
        depth=counts[1],
        allele_fraction=fraction,
        quality=("filter:q", *quality),
        flags=("known", *flags, "counted_in_alignments"),
    )
    assert found == replace(relative, calls={bare.allele.id: wanted})


@pytest.mark.parametrize(
    ("alt_depth", "depth", "counted"),
    [(None, None, True), (None, 40, False), (0, None, False), (0, 40, False)],
)
def test_counts_of_the_file_come_before_those_of_alignments(build, alt_depth, depth, counted):
    call = replace(build.make_call("0/0", **BARE), alt_depth=alt_depth, depth=depth)
    other = build.make_call("0/0", pos=200, **BARE)
    relative = Relative(
        "mother", "M", Affected.YES, {call.allele.id: call, other.allele.id: other}, "confirmed"
    )
    found = with_counts(relative, {call.allele.id: AlleleCounts(1, 30)}, build.THRESHOLDS)
    assert found.calls[other.allele.id] is other
    assert (found.calls[call.allele.id] is call) is not counted
    assert replace(found, calls=relative.calls) == relative


def test_thresholds_of_the_lab_tell_what_enough_reads_are(build):
    bare = build.make_call("0/0", **BARE)
    relative = build.make_relative("father", [bare])
    strict = build.CallThresholds(min_dp=41, min_alt_depth=21)
    counts = {bare.allele.id: AlleleCounts(20, 40)}
    found = with_counts(relative, counts, strict).calls[bare.allele.id]
    assert (found.quality, found.flags) == (("low_depth",), ("counted_in_alignments",))
