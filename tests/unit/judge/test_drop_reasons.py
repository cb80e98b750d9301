import pytest

from hies_annot.judge.drop_reasons import drop_after_evidence, drop_before_evidence
from hies_annot.model import Support


@pytest.mark.parametrize(
    ("gt", "fields", "reason"),
    [
        ("0/1", {}, None),
        ("0/0", {}, "not_carried"),
        ("./.", {}, "no_call"),
        (None, {}, "no_genotype"),
        ("0/0", {"ad": (20, 20)}, None),
        ("./.", {"ad": (20, 20)}, None),
        ("0/0", {"ad": (39, 1)}, "not_carried"),
    ],
)
def test_what_the_call_itself_rules_out(build, gt, fields, reason):
    assert drop_before_evidence(build.make_call(gt, **fields)) == reason


@pytest.mark.parametrize(
    ("gt", "support", "reason"),
    [
        ("0/0", Support.PATHOGENIC, None),
        ("0/0", Support.CONTRADICTED, None),
        ("0/0", Support.UNCERTAIN, "not_carried"),
        ("./.", Support.UNCERTAIN, "no_call"),
        ("0/1", Support.UNCERTAIN, None),
    ],
)
def test_reads_without_a_call_stay_only_for_pathogenic_alleles(build, gt, support, reason):
    call = build.make_call(gt, ad=(20, 20))
    verdicts = {"x": build.make_verdict(support, condition="x")}
    assert drop_after_evidence(call, verdicts) == reason
