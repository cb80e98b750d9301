import pytest

from hies_annot.findings.resolve import resolve
from hies_annot.model import Affected, PhaseState, Status, Support

HIES, GOF, SOMATIC = "STAT3-AD-HIES", "STAT3-ADMIO1", "STAT3-SOMATIC"
DOMINANT_NEGATIVE = {HIES: Support.PATHOGENIC, GOF: Support.OTHER_MECHANISM}
GAIN = {HIES: Support.OTHER_MECHANISM, GOF: Support.PATHOGENIC}
CLONE = {HIES: Support.OTHER_MECHANISM, SOMATIC: Support.PATHOGENIC}


def run(build, *calls, support=DOMINANT_NEGATIVE, relatives=(), **rest):
    judged = tuple(build.judge(call, support=support, **rest) for call in calls)
    return resolve(build.STAT3, judged, tuple(relatives), build.SPEC, build.THRESHOLDS)


def call(build, gt="0/1", **rest):
    return build.make_call(gt, gene="STAT3", chrom="17", **rest)


def said(finding, words):
    return any(words in reason for reason in finding.reasons)


@pytest.mark.parametrize(
    ("gt", "fields", "support", "status"),
    [
        ("0/1", {}, Support.PATHOGENIC, Status.RELEVANT),
        ("0/1", {}, Support.UNCERTAIN, Status.POSSIBLE),
        ("0/1", {}, Support.UNRESOLVED, Status.POSSIBLE),
        ("0/1", {}, Support.CONTRADICTED, Status.POSSIBLE),
        ("0/1", {"ad": (34, 6)}, Support.PATHOGENIC, Status.POSSIBLE),
        ("0/1", {"gq": 5.0}, Support.PATHOGENIC, Status.POSSIBLE),
        ("0/1", {"ad": (38, 2)}, Support.PATHOGENIC, Status.POSSIBLE),
        ("1/1", {}, Support.PATHOGENIC, Status.RELEVANT),
        ("./1", {}, Support.PATHOGENIC, Status.RELEVANT),
        ("1", {}, Support.PATHOGENIC, Status.RELEVANT),
        ("0/0", {"ad": (20, 20)}, Support.PATHOGENIC, Status.POSSIBLE),
        ("./.", {"ad": (20, 20)}, Support.PATHOGENIC, Status.POSSIBLE),
    ],
)
def test_status_of_a_dominant_allele(build, gt, fields, support, status):
    (finding,) = run(build, call(build, gt, **fields), support={HIES: support})
    assert (finding.status, finding.phase) == (status, PhaseState.NOT_NEEDED)


def test_reads_without_a_call_count_for_pathogenic_alleles_only(build):
    seen = call(build, "0/0", ad=(20, 20))
    assert len(run(build, seen, support={HIES: Support.PATHOGENIC})) == 1
    assert run(build, seen, support={HIES: Support.UNCERTAIN}) == ()


@pytest.mark.parametrize("gt", ["0/0", "./.", "0/."])
def test_an_allele_that_is_not_carried_makes_no_finding(build, gt):
    assert run(build, call(build, gt)) == ()


def test_a_dropped_call_makes_no_finding(build):
    assert run(build, call(build), drop_reason="benign") == ()


def test_gain_of_function_is_a_differential_and_never_hies(build):
    (finding,) = run(build, call(build), support=GAIN)
    assert (finding.condition, finding.status) == (GOF, Status.DIFFERENTIAL)


@pytest.mark.parametrize("support", [Support.UNCERTAIN, Support.UNRESOLVED, Support.BENIGN])
def test_a_differential_needs_more_than_a_vus(build, support):
    judged = build.judge(call(build), support={GOF: support})
    verdict = build.make_verdict(support, condition=GOF, basis="acmg")
    judged = type(judged)(judged.call, None, judged.evidence, {GOF: verdict})
    assert resolve(build.STAT3, (judged,), (), build.SPEC, build.THRESHOLDS) == ()


def test_a_curated_uncertain_allele_of_a_differential_is_seen(build):
    (finding,) = run(build, call(build), support={GOF: Support.UNCERTAIN})
    assert finding.status is Status.DIFFERENTIAL
    assert said(finding, "uncertain significance")


def test_words_of_a_mosaic_and_of_a_clone(build):
    (mosaic,) = run(build, call(build, ad=(34, 6)))
    assert said(mosaic, "possible mosaic AD-HIES")
    assert said(mosaic, "LGL/CHIP-type clone")
    assert said(mosaic, "6 of 40 reads (15%, 95 % interval 7% to 29%)")
    (clone,) = run(build, call(build, ad=(34, 6)), support=CLONE)
    assert clone.status is Status.DIFFERENTIAL
    assert said(clone, "possible somatic clone, not germline")


def test_a_clean_heterozygote_has_no_mosaic_words(build):
    (finding,) = run(build, call(build))
    assert not said(finding, "mosaic")


@pytest.mark.parametrize("gt", ["1/1", "1", "./1", "0/1/1"])
def test_unexpected_genotypes_of_a_dominant_allele_are_told(build, gt):
    (finding,) = run(build, call(build, gt))
    assert said(finding, "check for deletion, dropout or mix-up")
    (plain,) = run(build, call(build))
    assert not said(plain, "check for deletion")


def family(build, father="0/0", mother="0/0", *, affected=Affected.NO, **fields):
    return (
        build.make_relative("father", [call(build, father, **fields)], affected=affected),
        build.make_relative("mother", [call(build, mother)]),
    )


@pytest.mark.parametrize(
    ("father", "mother", "words"),
    [
        ("0/0", "0/0", "de novo, parentage assumed"),
        ("0/1", "0/0", "inherited from the father"),
        ("0/1", "0/1", "both parents carry it"),
        ("./.", "0/0", "not known"),
    ],
)
def test_origin(build, father, mother, words):
    (finding,) = run(build, call(build), relatives=family(build, father, mother))
    assert said(finding, words)


@pytest.mark.parametrize(("most", "new"), [(0, False), (1, True)])
def test_origin_and_worksheet_go_by_the_thresholds_of_the_lab(build, most, new):
    relatives = family(build, ad=(39, 1))
    judged = (build.judge(call(build), support=DOMINANT_NEGATIVE),)
    thresholds = build.CallThresholds(de_novo_parent_reads=most)
    (finding,) = resolve(build.STAT3, judged, relatives, build.SPEC, thresholds)
    told = [*finding.origins.values(), finding.panels["de_novo"][0]]
    assert [each.startswith("new in this sample") for each in told] == [new, new]
    assert said(finding, "new in this sample") is new


def test_an_unaffected_carrier_is_told_and_changes_no_status(build):
    (finding,) = run(build, call(build), relatives=family(build, "0/1"))
    assert finding.status is Status.RELEVANT
    assert said(finding, "unaffected father father has the same genotype")
    (twin,) = run(build, call(build), relatives=family(build, "0/1", affected=Affected.YES))
    assert not said(twin, "conflict")


@pytest.mark.parametrize(
    ("gt", "affected", "told"),
    [
        ("0/0", Affected.YES, True),
        ("./.", Affected.YES, False),
        ("0/0", Affected.UNKNOWN, False),
        ("0/1", Affected.YES, False),
        ("0/1", Affected.NO, True),
        ("0/1", Affected.UNKNOWN, False),
    ],
)
def test_a_sibling_whose_disease_does_not_fit_is_told(build, gt, affected, told):
    sibling = build.make_relative("sibling", [call(build, gt)], affected=affected)
    (finding,) = run(build, call(build), relatives=[sibling])
    assert said(finding, "conflict: the") is told


def test_parents_not_looked_at_is_said(build):
    (finding,) = run(build, call(build))
    assert said(finding, "parents were not looked at")
    assert finding.panels["de_novo"] == (
        "parents were not looked at: de novo or inherited is not known",
    )


def test_two_alleles_make_two_findings(build):
    findings = run(build, call(build), call(build, pos=200))
    assert [finding.variants for finding in findings] == [("17-100-G-A",), ("17-200-G-A",)]
