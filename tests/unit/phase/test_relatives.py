import pytest

from hies_annot.model.fragments import AlleleCounts
from hies_annot.phase.links import pairs_in_doubt
from hies_annot.phase.relatives import Carriage, collect_calls, with_counts


@pytest.mark.parametrize(
    ("gt", "fields", "state"),
    [
        ("0/1", {}, Carriage.ONE),
        ("1/1", {}, Carriage.TWO),
        ("./1", {}, Carriage.AT_LEAST_ONE),
        ("1", {}, Carriage.AT_LEAST_ONE),
        ("0/0", {}, Carriage.ABSENT),
        ("0/0", {"ad": None, "dp": None}, Carriage.ABSENT),
        ("0/0", {"ad": None, "dp": None, "gq": None}, Carriage.INFERRED),
        ("0/0", {"ad": (14, 14)}, Carriage.UNCLEAR),
        ("0/0", {"ad": (4, 0)}, Carriage.UNCLEAR),
        ("0/1", {"gq": 3.0}, Carriage.UNCLEAR),
        ("0/1", {"ad": (37, 3)}, Carriage.UNCLEAR),
        ("0/1", {"ad": (35, 5)}, Carriage.ONE),  # a mosaic
        ("0/1", {"ad": (40, 0)}, Carriage.UNCLEAR),
        ("0/1", {"ad": (0, 40)}, Carriage.AT_LEAST_ONE),
        ("1/1", {"ad": (20, 20)}, Carriage.AT_LEAST_ONE),
        ("1/1", {"ad": (40, 0)}, Carriage.UNCLEAR),
        ("./.", {}, Carriage.UNCLEAR),
        ("0/.", {}, Carriage.UNCLEAR),
        (None, {}, Carriage.UNCLEAR),
    ],
)
def test_state_of_a_relative(build, gt, fields, state):
    call = build.make_call(gt, **fields)
    relative = build.make_relative("mother", [call])
    assert relative.state_of(call.allele.id) is state
    assert relative.state_of("20-999-G-A") is None


def block(build, gt, *, pos, end, **fields):
    site = build.make_site(pos=pos, ref="N", alts=(), end=end)
    return build.make_calls(gt, site=site, ad=None, **fields)[0]


def test_a_reference_block_stands_for_the_alleles_that_it_covers(build):
    wanted = [build.make_call("0/1", pos=pos).allele for pos in (100, 200)]
    calls = collect_calls(wanted, [block(build, "0/0", pos=90, end=150, min_dp=30, dp=None)])
    relative = build.make_relative("father", [])
    relative = type(relative)("father", "f", relative.affected, calls)
    assert relative.state_of(wanted[0].id) is Carriage.ABSENT
    assert relative.state_of(wanted[1].id) is None


def test_a_block_that_ends_within_a_deletion_does_not_stand_for_it(build):
    deletion = build.make_call("0/1", pos=100, ref="GAAA", alt="G").allele
    short = block(build, "0/0", pos=90, end=102)
    assert deletion.id not in collect_calls([deletion], [short])
    assert deletion.id in collect_calls([deletion], [block(build, "0/0", pos=90, end=103)])


def test_a_block_of_vcf_4_5_ends_by_its_own_length(build):
    wanted = [build.make_call("0/1", pos=pos).allele for pos in (100, 130)]
    for end in (90, 150):  # 150: another sample of the file reaches so far
        calls = collect_calls(wanted, [block(build, "0/0", pos=90, end=end, block_length=20)])
        assert [allele.id in calls for allele in wanted] == [True, False]


def test_the_record_of_the_allele_counts_before_a_block(build):
    own = build.make_call("0/1", pos=100)
    calls = collect_calls([own.allele], [block(build, "0/0", pos=90, end=150), own])
    assert calls[own.allele.id] is own


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        (AlleleCounts(0, 40), Carriage.ABSENT),
        (AlleleCounts(0, 4), Carriage.UNCLEAR),
        (AlleleCounts(0, 0), Carriage.UNCLEAR),
        (AlleleCounts(20, 40), Carriage.UNCLEAR),
    ],
)
def test_alignments_measure_what_a_merge_filled_in(build, counts, state):
    bare = build.make_call("0/0", ad=None, dp=None, gq=None)
    relative = build.make_relative("father", [bare])
    counted = with_counts(relative, {bare.allele.id: counts}, build.THRESHOLDS)
    assert relative.state_of(bare.allele.id) is Carriage.INFERRED
    assert counted.state_of(bare.allele.id) is state


def test_counts_of_the_vcf_stay(build):
    call = build.make_call("0/0")
    relative = build.make_relative("father", [call])
    assert with_counts(relative, {call.allele.id: AlleleCounts(9, 9)}, build.THRESHOLDS) == relative


def test_pairs_that_reads_may_settle(build):
    open_pair = [build.make_call("0/1", pos=pos) for pos in (100, 150)]
    assert pairs_in_doubt(open_pair, (), build.THRESHOLDS) == (
        (open_pair[0].allele, open_pair[1].allele),
    )
    settled = [build.make_call(gt, pos=pos, ps="1") for gt, pos in (("0|1", 100), ("1|0", 150))]
    assert pairs_in_doubt(settled, (), build.THRESHOLDS) == ()
    homozygous = [open_pair[0], build.make_call("1/1", pos=150)]
    assert pairs_in_doubt(homozygous, (), build.THRESHOLDS) == ()


@pytest.mark.parametrize(
    ("start", "end", "alt", "gt", "known"),
    [
        (100, 1100, "<DEL>", "0/1", True),
        (150, 1150, "<DEL>", "0/1", True),
        (600, 1600, "<DEL>", "0/1", False),
        (150, 1150, "<DUP>", "0/1", False),
        (150, 1150, "<DEL>", "0/0", False),
    ],
)
def test_a_structural_allele_is_known_again_though_its_ends_differ(
    build, start, end, alt, gt, known
):
    wanted = build.make_call("0/1", pos=100, ref="C", alt="<DEL>", end=1100).allele
    theirs = build.make_call(gt, pos=start, ref="C", alt=alt, end=end)
    assert (wanted.id in collect_calls([wanted], [theirs])) is known
