"""What the reads say against a genotype, for every form of it."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.findings.resolve import resolve
from hies_annot.model import CARRIED, Status, Support

FORMS = ["0/1", "1/0", "0|1", "./1", "1/.", "0/0/1", "0|0|1", "0/1/1", "1", "1/1", "0/0/0/1"]


def binomial(alt: int, depth: int) -> float:
    """Two-sided p against a half, summed term by term."""
    fewer = min(alt, depth - alt)
    if 2 * fewer == depth:
        return 1.0
    return min(1.0, 2 * sum(comb(depth, k) for k in range(fewer + 1)) / 2**depth)


@given(st.sampled_from(FORMS), st.integers(1, 120), st.data())
def test_a_low_fraction_is_told_for_every_form(build, gt, depth, data):
    alt = data.draw(st.integers(0, depth))
    call = build.make_call(gt, ad=(depth - alt, alt), dp=depth)
    fraction = alt / depth
    low = fraction >= 0.05 and (fraction < 0.25 or (fraction < 0.5 and binomial(alt, depth) < 1e-4))
    assert call.zygosity in CARRIED
    assert ("low_fraction" in call.flags) is low


@given(st.sampled_from(["0/1", "./1", "0/0/1", "0/0", "./.", None]), st.integers(1, 120), st.data())
def test_no_reference_copy_is_told_for_every_form_that_leaves_one(build, gt, depth, data):
    alt = data.draw(st.integers(0, depth))
    call = build.make_call(gt, ad=(depth - alt, alt), dp=depth)
    full = depth >= 10 if alt == depth else alt / depth > 0.8 and binomial(alt, depth) < 1e-4
    assert ("no_reference_reads" in call.flags) is full


@pytest.mark.parametrize("gt", ["0/1", "./1", "./.", "0/0"])
@pytest.mark.parametrize(("ad", "raised"), [((0, 45), True), ((1, 44), True), ((20, 25), False)])
@pytest.mark.parametrize("support", [Support.PATHOGENIC, Support.CONTRADICTED])
def test_reads_without_a_reference_copy_raise_a_carrier(build, gt, ad, raised, support):
    judged = build.judge(build.make_call(gt, ad=ad, dp=45), support=support)
    (finding,) = resolve(build.ZNF341, (judged,), (), build.SPEC, build.THRESHOLDS)
    if raised:
        assert finding.status is Status.POSSIBLE
        assert "perhaps homozygous or hemizygous" in finding.genotype
        assert any("second assay" in reason for reason in finding.reasons)
    elif gt != "./1":
        assert finding.status is Status.CARRIER


def test_a_deletion_explains_reads_without_a_reference_copy(build):
    judged = (
        build.judge(build.make_call("0/1", ad=(0, 30), dp=30)),
        build.judge(build.make_call("0/1", pos=50, ref="C", alt="<DEL>", end=500, file="sv.vcf")),
    )
    (finding,) = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)
    assert (finding.status, finding.phase_evidence) == (Status.POSSIBLE, "deletion")


@pytest.mark.parametrize(
    ("reads", "new"),
    [
        ({"ad": (35, 0), "dp": 35}, True),
        ({"ad": (33, 0), "dp": 35}, True),
        ({"ad": None, "dp": 35}, False),
        ({"ad": (12, 0), "dp": 35}, False),
        ({"ad": (35, None), "dp": 35}, False),
        ({"ad": (33, 2), "dp": 35}, False),
        ({"ad": (6, 0), "dp": 6}, False),
    ],
)
def test_only_counted_reads_make_an_allele_new(build, reads, new):
    call = build.make_call("0/1")
    parents = [
        build.make_relative(role, [build.make_call("0/0", gq=99.0, **reads)])
        for role in ("father", "mother")
    ]
    judged = build.judge(call, condition="STAT3-AD-HIES")
    (finding,) = resolve(build.STAT3, (judged,), tuple(parents), build.SPEC, build.THRESHOLDS)
    told = "new in this sample" in " ".join(finding.reasons)
    assert told is new


@pytest.mark.parametrize(
    ("strands", "reads"),
    [("186,186,14,14", (400, 28)), ("1,2,3", (None, None)), (".", (None, None))],
)
def test_strands_of_a_single_sample_are_counts(build, strands, reads):
    site = build.make_site(info={"DP4": strands})
    (call,) = build.make_calls("0/1", site=site, ad=None, dp=None)
    assert (call.depth, call.alt_depth) == reads
    assert ("low_fraction" in call.flags) is (reads[1] is not None)
