"""Counts of one record in two spellings: what agrees is used, what contradicts is told."""

from __future__ import annotations

import one_person
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.model import CARRIED
from hies_annot.read.allele_reads import CONTRADICTED

FORMS = ("0/1", "1/1", "./1", "1", "0/0/1", "0/0", "./.", None)
LOWERING = {"low_fraction", "allele_balance", "low_alt_depth", "ad_contradicts_gt"}
counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda pair: sum(pair) >= 10)


def share(pair):
    return pair[1] / sum(pair)


def said(call):
    return {*call.quality, *call.flags}


@given(st.sampled_from(FORMS), counts, counts)
def test_two_spellings(build, gt, first, second):
    (call,) = build.make_calls(gt, ad=first, dp=None, also_counted=(second,))
    (alone,) = build.make_calls(gt, ad=first, dp=None)
    (other,) = build.make_calls(gt, ad=second, dp=None)
    (bare,) = build.make_calls(gt, ad=None, dp=sum(first))
    if abs(share(first) - share(second)) <= 0.2:
        assert call.alt_depth == first[1]
        assert said(call) == said(alone)
        return
    assert CONTRADICTED in call.flags
    assert (call.alt_depth, call.allele_fraction) == (None, None)
    if call.zygosity in CARRIED:
        assert said(call) - {CONTRADICTED} == said(bare)
        assert not LOWERING & said(call)
    else:
        assert set(call.flags) - {CONTRADICTED} == {*alone.flags, *other.flags}


@given(counts, counts)
def test_the_order_of_two_spellings_is_nothing(build, first, second):
    found = [
        build.make_calls("0/1", ad=one, dp=40, also_counted=(two,))[0]
        for one, two in ((first, second), (second, first))
    ]
    contradicted = {CONTRADICTED in call.flags for call in found}
    assert len(contradicted) == 1
    if contradicted == {True}:
        assert found[0].flags == found[1].flags
        assert found[0].quality == found[1].quality


@pytest.mark.parametrize(
    ("fields", "site", "alt_depth", "flags"),
    [
        ({"ad": (0, 30), "also_counted": ((15, 15),)}, {}, None, {CONTRADICTED}),
        ({"ad": (30, 2), "fractions": (0.5,), "dp": 32}, {}, None, {CONTRADICTED}),
        ({"ad": (20, 20), "fractions": (0.48,), "dp": 44}, {}, 20, set()),
        ({"ad": (20, 20), "fractions": (None,), "dp": 44}, {}, 20, set()),
        ({"ad": (20, 20), "also_counted": ((None, 19),), "dp": 41}, {}, 20, set()),
        ({"ad": (20, 20), "also_counted": ((None, 3),), "dp": 41}, {}, None, {CONTRADICTED}),
        ({"ad": (20, 20)}, {"info": {"DP4": "19,20,0,0"}}, None, {CONTRADICTED}),
        ({"ad": (20, 20)}, {"info": {"DP4": "9,11,10,8"}}, 20, set()),
        ({"ad": (20, 20)}, {"info": {"DP4": f"19,20,0,{2**31}"}}, 20, set()),
        ({"ad": (20, 20)}, {"info": {"DP4": "19,20,0,-1"}}, 20, set()),
        ({"ad": None, "unused_counts": ("AD",), "dp": 40}, {}, None, {"ad_length"}),
        ({"ad": (20, 20), "unused_counts": ("AO",), "dp": 40}, {}, 20, {"counts_unused"}),
        (
            {"ad": None, "unused_counts": ("AD",), "dp": 40, "fractions": (0.5,)},
            {},
            20,
            {"ad_length", "reads_from_fraction"},
        ),
        ({"ad": (0, 0), "dp": 40, "fractions": (0.5,)}, {}, 20,
         {"ad_uninformative", "reads_from_fraction"}),
    ],
)  # fmt: skip
def test_what_is_used_and_what_is_told(build, fields, site, alt_depth, flags):
    (call,) = build.make_calls("0/1", site=build.make_site(**site), **fields)
    assert (call.alt_depth, set(call.flags)) == (alt_depth, flags)


def test_reads_over_a_junction_are_no_half(build):
    site = build.make_site(ref="N", alts=("<DEL>",), end=400)
    (call,) = build.make_calls("0/1", site=site, ad=(80, 32))
    assert "low_fraction" not in call.flags
    assert "low_fraction" in build.make_calls("0/1", ad=(80, 32))[0].flags
    assert "low_fraction" in build.make_calls("0/1", site=site, ad=(88, 24))[0].flags


@pytest.mark.parametrize(("reads", "status"), [("38,2", "possible"), ("20,20", "relevant")])
def test_the_reads_of_longshot_are_read_of_a_single_sample(reads: str, status: str) -> None:
    record = f"chr17\t42329643\t.\tG\tA\t60\tPASS\tDP=40;AC={reads};AM=0\tGT:GQ\t0/1:60"
    assert one_person.result_of(vcf={"P.vcf": one_person.vcf([record])}).status == status
    two = one_person.vcf([f"{record}\t0/0:60"], columns="P\tQ")
    assert one_person.result_of(vcf={"P.vcf": two}).status == "relevant"
