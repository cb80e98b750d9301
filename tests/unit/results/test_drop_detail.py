"""A frequency that drops an allele is named with the rule that it broke."""

import pytest

from hies_annot.judge.drop_reasons import frequency_rule
from hies_annot.model import AcmgResult, Criterion, Met, Support, Verdict
from hies_annot.results.variant_result import variant_result


def verdicts(code, points):
    why = "AF 2e-05 in gnomAD, more than 1.5e-06 allows"
    criteria = (
        Criterion(code, "strong", points, Met.YES, why),
        Criterion("BP4", "x", -1, Met.YES, "b"),
    )
    acmg = AcmgResult("likely_benign", points, "uncertain", criteria)
    return {name: Verdict(name, Support.BENIGN, "acmg", (), acmg) for name in ("A", "B")}


@pytest.mark.parametrize("code", ["BA1", "BS1", "BS2"])
def test_the_rule_and_its_figure_are_named_once(build, code):
    found = verdicts(code, -4)
    detail = f"{code}: AF 2e-05 in gnomAD, more than 1.5e-06 allows"
    assert frequency_rule(found) == detail
    entry = build.judge(build.make_call("0/1"), drop_reason="common")
    entry = type(entry)(entry.call, None, entry.evidence, found, "common")
    assert variant_result(entry).drop_detail == detail


def test_without_a_frequency_rule_there_is_no_detail(build):
    found = verdicts("BS1", 0)
    assert frequency_rule(found) is None
    entry = build.judge(build.make_call("0/1"), drop_reason="benign")
    assert variant_result(entry).drop_detail is None
