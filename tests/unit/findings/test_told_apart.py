"""Where the mechanism is open, both diseases are named with the signs that tell them apart."""

import pytest
from msgspec import convert

from hies_annot.findings.resolve import resolve
from hies_annot.findings.told_apart import told_apart
from hies_annot.genes.gene_file import GeneFile
from hies_annot.genes.telling_signs import ToldApart
from hies_annot.model import Claim, JudgedCall, Status, Support, Verdict
from hies_annot.model.closed import as_json

HIES, GOF = "STAT3-AD-HIES", "STAT3-ADMIO1"


def finding(build, open_between, *, condition=HIES, support=Support.UNRESOLVED):
    call = build.make_call("0/1", gene="STAT3", chrom="17")
    verdict = Verdict(
        condition,
        support,
        "curated" if condition == GOF else "clinvar",
        ("a reason",),
        claim=Claim.STRONG,
        open_between=open_between,
    )
    judged = JudgedCall(call, None, build.judge(call).evidence, {condition: verdict})
    (found,) = resolve(build.STAT3, (judged,), (), build.SPEC, build.THRESHOLDS)
    return found


def test_an_open_mechanism_names_both_diseases_and_the_rates(build):
    found = finding(build, (HIES, GOF))
    said = " ".join(found.reasons)
    assert found.status is Status.POSSIBLE
    assert found.open_between == (HIES, GOF)
    for words in (
        "MIM 147060",
        "MIM 615952",
        "sinusitis 17.5 / 2.1 %",
        "265 patients",
        "10.1016/j.jaip.2025.04.014",
        "decide nothing",
    ):
        assert words in said


def test_an_uncertain_gain_of_function_row_leaves_both_open(build):
    found = finding(build, (HIES, GOF), condition=GOF, support=Support.UNCERTAIN)
    assert found.status is Status.DIFFERENTIAL
    assert "MIM 147060" in " ".join(found.reasons)


def test_a_known_mechanism_names_one_disease(build):
    found = finding(build, (), support=Support.PATHOGENIC)
    assert "MIM 615952" not in " ".join(found.reasons)
    assert told_apart(build.STAT3.file, ()) == ()


def test_without_a_table_the_diseases_are_named_all_the_same(build):
    data = as_json(build.STAT3.file) | {"told_apart": None}
    (line,) = told_apart(convert(data, GeneFile), (HIES, GOF))
    assert "MIM 147060" in line


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"patients": [1]}, "one a condition"),
        ({"signs": [{"sign": "x", "percent": [1.0]}]}, "x: 2 figures"),
        ({"signs": [{"sign": "x", "percent": [1.0, 101.0]}]}, "<= 100"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(change, words):
    table = {"conditions": [HIES, GOF], "patients": [1, 2], "signs": [], "source": "s"}
    with pytest.raises(ValueError, match=words):
        convert(table | change, ToldApart)


def test_a_condition_that_is_not_in_the_file_is_refused(build):
    table = {"conditions": [HIES, "X"], "patients": [1, 2], "signs": [], "source": "s"}
    data = as_json(build.STAT3.file) | {"told_apart": table}
    with pytest.raises(ValueError, match="X, which is no condition"):
        convert(data, GeneFile)
