import pytest

from hies_annot.findings.resolve import resolve as resolve_gene
from hies_annot.model import PhaseState, Status, Support


def pair(build, first="0/1", second="0/1", **fields):
    """Two alleles of the recessive gene, 50 bases apart."""
    return build.make_call(first, pos=100, **fields), build.make_call(second, pos=150, **fields)


def resolve(build, calls, *, relatives=(), support=Support.PATHOGENIC, **rest):
    judged = tuple(build.judge(call, support=support) for call in calls)
    return resolve_gene(build.ZNF341, judged, relatives, build.SPEC, build.THRESHOLDS, **rest)


def parent(build, role, first, second, **rest):
    """A parent with genotypes at both alleles; None: not looked at."""
    written = {100: first, 150: second}
    calls = [build.make_call(gt, pos=pos) for pos, gt in written.items() if gt is not None]
    return build.make_relative(role, calls, **rest)


def only(findings):
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize(
    ("gt", "support", "status"),
    [
        ("1/1", Support.PATHOGENIC, Status.RELEVANT),
        ("1/1", Support.UNCERTAIN, Status.POSSIBLE),
        ("1/1", Support.CONTRADICTED, Status.POSSIBLE),
        ("0/1", Support.PATHOGENIC, Status.CARRIER),
        ("0/1", Support.CONTRADICTED, Status.CARRIER),
        ("1", Support.PATHOGENIC, Status.POSSIBLE),
        ("./1", Support.PATHOGENIC, Status.POSSIBLE),
        ("0/1/1", Support.PATHOGENIC, Status.POSSIBLE),
    ],
)
def test_one_allele_of_a_recessive_condition(build, gt, support, status):
    assert only(resolve(build, [build.make_call(gt)], support=support)).status is status


@pytest.mark.parametrize(
    ("gt", "support"),
    [
        ("0/1", Support.UNCERTAIN),
        ("0/0", Support.PATHOGENIC),
        ("./.", Support.PATHOGENIC),
        ("1/1", Support.BENIGN),
        ("1/1", Support.OTHER_MECHANISM),
    ],
)
def test_what_makes_no_finding(build, gt, support):
    assert resolve(build, [build.make_call(gt)], support=support) == ()


def test_two_alleles_of_one_record_are_in_trans(build):
    site = build.make_site(alts=("A", "T"))
    finding = only(resolve(build, build.make_calls("1/2", site=site, ad=(0, 20, 20))))
    assert (finding.status, finding.phase) == (Status.RELEVANT, PhaseState.TRANS)
    assert finding.phase_evidence == "same_record"


def test_two_heterozygous_alleles_without_phase_are_only_possible(build):
    finding = only(resolve(build, pair(build)))
    assert (finding.status, finding.phase) == (Status.POSSIBLE, PhaseState.UNKNOWN)


TRIOS = [
    # father, mother, status, phase, evidence
    (("0/1", "0/0"), ("0/0", "0/1"), Status.RELEVANT, PhaseState.TRANS, "trio"),
    (("0/1", "0/1"), ("0/0", "0/0"), Status.CARRIER, PhaseState.CIS, "trio"),
    (("0/1", "0/1"), ("0/1", "0/0"), Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", "0/0"), None, Status.RELEVANT, PhaseState.TRANS, "one_parent"),
    (("1/1", "0/0"), None, Status.RELEVANT, PhaseState.TRANS, "one_parent"),
    (("0/0", "0/0"), None, Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/0", "./."), ("./.", "0/0"), Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/0", "0/0"), ("0/1", "0/1"), Status.CARRIER, PhaseState.CIS, "trio"),
    (("0/0", "0/0"), ("0/1", "./."), Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", "0/1"), None, Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", "./."), ("./.", "0/1"), Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", "./."), None, Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", None), None, Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", "0/0"), ("0/1", "./."), Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("0/1", "0/0"), ("0/0", "0/0"), Status.POSSIBLE, PhaseState.UNKNOWN, "none"),
    (("1/1", "0/1"), ("0/0", "0/0"), Status.CARRIER, PhaseState.CIS, "trio"),
    (("1/1", "1/1"), ("0/0", "0/0"), Status.CARRIER, PhaseState.CIS, "trio"),
    (("1/1", "0/1"), ("0/1", "0/0"), Status.CARRIER, PhaseState.CIS, "trio"),
]


@pytest.mark.parametrize(("father", "mother", "status", "phase", "evidence"), TRIOS)
@pytest.mark.parametrize("swap", [False, True])
def test_phase_from_parents(build, father, mother, status, phase, evidence, swap):
    roles = ("mother", "father") if swap else ("father", "mother")
    found = [
        parent(build, role, *states)
        for role, states in zip(roles, (father, mother), strict=True)
        if states is not None
    ]
    finding = resolve(build, pair(build), relatives=tuple(found))[0]
    assert (finding.status, finding.phase) == (status, phase)
    assert finding.phase_evidence == evidence


def test_a_reference_call_without_depth_is_inferred_and_proves_nothing(build):
    bare = build.make_call("0/0", pos=150, ad=None, dp=None, gq=None)
    father = build.make_relative("father", [build.make_call("0/1", pos=100), bare])
    finding = only(resolve(build, pair(build), relatives=(father,)))
    assert finding.phase is PhaseState.UNKNOWN
    assert any("inferred" in reason for reason in finding.reasons)
    measured = parent(build, "father", "0/1", "0/0")
    assert only(resolve(build, pair(build), relatives=(measured,))).phase is PhaseState.TRANS


def test_a_file_without_any_depth_is_taken_as_written(build):
    nothing = {"ad": None, "dp": None, "gq": None}
    calls = [build.make_call(gt, pos=pos, **nothing) for gt, pos in (("0/1", 100), ("0/0", 150))]
    father = build.make_relative("father", calls)
    finding = only(resolve(build, pair(build, **nothing), relatives=(father,)))
    assert finding.phase is PhaseState.TRANS
    assert any("gives no depths" in reason for reason in finding.reasons)


MARKS = [
    (("0|1", {"ps": "1"}), ("1|0", {"ps": "1"}), Status.RELEVANT, "phase_set"),
    (("0|1", {"ps": "1"}), ("0|1", {"ps": "1"}), Status.CARRIER, "phase_set"),
    (("0|1", {"ps": "1"}), ("1|0", {"ps": "2"}), Status.POSSIBLE, "none"),
    (("0|1", {"ps": "1"}), ("1|0", {}), Status.POSSIBLE, "none"),
    (("0|1", {}), ("1|0", {}), Status.POSSIBLE, "none"),
    (("0|1", {}), ("0|1", {}), Status.POSSIBLE, "none"),
    (("0/1", {"pid": "1", "pgt": "0|1"}), ("0/1", {"pid": "1", "pgt": "1|0"}), *(
        Status.RELEVANT, "pid_pgt")),
    (("0/1", {"pid": "1", "pgt": "0|1"}), ("0/1", {"pid": "1", "pgt": "0|1"}), *(
        Status.CARRIER, "pid_pgt")),
    (("0/1", {"pid": "1", "pgt": "0|1"}), ("0/1", {"pid": "2", "pgt": "1|0"}), *(
        Status.POSSIBLE, "none")),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "status", "evidence"), MARKS)
def test_phase_from_the_file(build, first, second, status, evidence):
    calls = [
        build.make_call(gt, pos=pos, **fields)
        for pos, (gt, fields) in ((100, first), (150, second))
    ]
    finding = resolve(build, calls)[0]
    assert (finding.status, finding.phase_evidence) == (status, evidence)


def test_sets_of_two_files_never_compare(build):
    calls = [
        build.make_call("0|1", pos=100, ps="1", file="a.vcf"),
        build.make_call("1|0", pos=150, ps="1", file="b.vcf"),
    ]
    assert only(resolve(build, calls)).phase is PhaseState.UNKNOWN


def test_the_trio_wins_over_the_phase_set_and_the_conflict_is_told(build):
    calls = pair(build, "0|1", "0|1", ps="1")
    family = (parent(build, "father", "0/1", "0/0"), parent(build, "mother", "0/0", "0/1"))
    finding = only(resolve(build, calls, relatives=family))
    assert (finding.status, finding.phase_evidence) == (Status.RELEVANT, "trio")
    assert "conflict" in finding.reasons[0]


def test_a_call_that_fails_quality_is_at_most_possible_and_never_vanishes(build):
    finding = only(resolve(build, [build.make_call("1/1", gq=5.0)]))
    assert finding.status is Status.POSSIBLE
    assert any("low genotype quality" in reason for reason in finding.reasons)
