import pytest
from msgspec.structs import replace

from hies_annot.findings.resolve import resolve
from hies_annot.genes.gene_file import Role
from hies_annot.model import PhaseState, Status, Support
from hies_annot.model.fragments import ReadLinks
from hies_annot.phase.links import phase_from_links
from hies_annot.phase.one_event import same_event
from hies_annot.phase.pairs import phase_of


def run(build, *calls, **rest):
    judged = tuple(build.judge(call) for call in calls)
    return resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS, **rest)


def deletion(build, gt="0/1", *, start=50, end=500, **rest):
    return build.make_call(gt, pos=start, ref="C", alt="<DEL>", end=end, file="sv.vcf", **rest)


@pytest.mark.parametrize("gt", ["1/1", "1"])
def test_a_deletion_over_the_place_makes_the_other_allele_hemizygous(build, gt):
    (finding,) = run(build, build.make_call(gt), deletion(build))
    assert (finding.status, finding.phase_evidence) == (Status.RELEVANT, "deletion")
    assert "hemizygous" in finding.genotype
    assert finding.variants == ("20-50-500-<DEL>", "20-100-G-A")


def test_a_star_beside_an_allele_finds_its_deletion(build):
    site = build.make_site(alts=("A", "*"))
    allele, _ = build.make_calls("1/2", site=site, ad=(0, 20, 20))
    spanning = build.make_call("0/1", pos=98, ref="CCGG", alt="C")
    (finding,) = run(build, allele, spanning)
    assert (finding.status, finding.phase_evidence) == (Status.RELEVANT, "deletion")


def test_a_star_without_its_deletion_is_possible_and_never_homozygous(build):
    site = build.make_site(alts=("A", "*"))
    (finding,) = run(build, build.make_calls("1/2", site=site, ad=(0, 20, 20))[0])
    assert finding.status is Status.POSSIBLE
    assert finding.genotype.startswith("one copy, the other one deleted")


def test_two_alleles_read_where_one_copy_is_said_deleted_is_a_conflict(build):
    (finding,) = run(build, build.make_call("0/1"), deletion(build))
    assert (finding.status, finding.phase) == (Status.POSSIBLE, PhaseState.UNKNOWN)
    assert "one of the two calls is wrong" in finding.reasons[0]


def test_a_deletion_beside_the_allele_is_an_ordinary_pair(build):
    (finding,) = run(build, build.make_call("0/1"), deletion(build, start=200))
    assert (finding.status, finding.phase) == (Status.POSSIBLE, PhaseState.UNKNOWN)


def test_the_base_before_a_deletion_is_kept_by_it(build):
    anchor = deletion(build, start=100)
    (pair,) = [f for f in run(build, build.make_call("0/1"), anchor) if len(f.variants) == 2]
    assert not any("lies within the deletion" in reason for reason in pair.reasons)
    (inside,) = run(build, build.make_call("0/1"), deletion(build, start=99))
    assert any("lies within the deletion" in reason for reason in inside.reasons)


def test_a_single_deletion_is_a_carrier_and_a_homozygous_one_is_relevant(build):
    assert run(build, deletion(build))[0].status is Status.CARRIER
    assert run(build, deletion(build, "1/1"))[0].status is Status.RELEVANT


def test_one_deletion_written_twice_is_not_two_hits(build):
    twice = (deletion(build), build.make_call("0/1", pos=50, ref="C" * 451, alt="C"))
    assert same_event(*twice)
    assert {finding.status for finding in run(build, *twice)} == {Status.CARRIER}


def test_two_deletions_that_overlap_nearly_whole_stay_possible(build):
    (finding,) = run(build, deletion(build), deletion(build, start=60, end=505))
    assert finding.status is Status.POSSIBLE
    assert any("one event written twice" in reason for reason in finding.reasons)


def test_one_allele_in_two_records_is_not_two_hits(build):
    again = build.make_call("0/1", file="b.vcf")
    (finding,) = run(build, build.make_call("0/1"), again)
    assert finding.status is Status.CARRIER


@pytest.mark.parametrize(
    ("links", "state"),
    [
        (ReadLinks(both=8, first_only=0, second_only=0), PhaseState.CIS),
        (ReadLinks(both=0, first_only=5, second_only=4), PhaseState.TRANS),
        (ReadLinks(both=1, first_only=9, second_only=9), PhaseState.TRANS),
        (ReadLinks(both=0, first_only=9, second_only=0), PhaseState.UNKNOWN),
        (ReadLinks(both=4, first_only=4, second_only=4), PhaseState.UNKNOWN),
        (ReadLinks(both=2, first_only=0, second_only=0), PhaseState.UNKNOWN),
        (ReadLinks(both=0, first_only=0, second_only=0, neither=50), PhaseState.UNKNOWN),
    ],
)
def test_fragments_decide_only_where_they_agree(links, state):
    assert phase_from_links(links).state is state


def test_read_links_decide_a_pair_that_nothing_else_does(build):
    pair = (build.make_call("0/1", pos=100), build.make_call("0/1", pos=150))
    links = {frozenset(call.allele.id for call in pair): phase_from_links(ReadLinks(0, 6, 6))}
    (finding,) = run(build, *pair, links=links)
    assert (finding.status, finding.phase_evidence) == (Status.RELEVANT, "reads")


def test_phase_set_against_pid_is_not_believed(build):
    fields = {"ps": "1", "pid": "9"}
    pair = (
        build.make_call("0|1", pos=100, pgt="0|1", **fields),
        build.make_call("1|0", pos=150, pgt="0|1", **fields),
    )
    phase = phase_of(*pair, (), build.THRESHOLDS)
    assert (phase.state, phase.evidence) == (PhaseState.TRANS, "phase_set")
    assert "pid_pgt says cis" in phase.conflict
    (finding,) = run(build, *pair)
    assert (finding.status, finding.phase) == (Status.POSSIBLE, PhaseState.UNKNOWN)


def test_bare_bars_may_be_trusted_by_configuration(build):
    pair = (build.make_call("0|1", pos=100), build.make_call("1|0", pos=150))
    assert phase_of(*pair, (), build.THRESHOLDS).state is PhaseState.UNKNOWN
    trusting = build.CallThresholds(trust_phase_without_ps=True)
    assert phase_of(*pair, (), trusting).state is PhaseState.TRANS


def test_three_alleles_of_which_two_lie_in_cis(build):
    calls = [
        build.make_call(gt, pos=pos, ps="1")
        for pos, gt in ((100, "0|1"), (150, "0|1"), (200, "1|0"))
    ]
    findings = run(build, *calls)
    assert [finding.variants for finding in findings] == [
        ("20-100-G-A", "20-200-G-A"),
        ("20-150-G-A", "20-200-G-A"),
    ]


def test_alleles_in_cis_are_one_carrier_state(build):
    calls = [build.make_call("0|1", pos=pos, ps="1") for pos in (100, 150, 200)]
    (finding,) = run(build, *calls)
    assert finding.status is Status.CARRIER
    assert len(finding.variants) == 3


@pytest.mark.parametrize("support", [Support.UNCERTAIN, Support.UNRESOLVED, Support.CONTRADICTED])
def test_a_partner_that_is_not_pathogenic_makes_the_pair_possible(build, support):
    first, second = (build.make_call(gt, pos=p, ps="1") for gt, p in (("0|1", 100), ("1|0", 150)))
    judged = (build.judge(first), build.judge(second, support=support))
    (finding,) = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)
    assert (finding.status, finding.phase) == (Status.POSSIBLE, PhaseState.TRANS)


def test_a_vus_in_cis_leaves_a_carrier(build):
    first, second = (build.make_call("0|1", pos=pos, ps="1") for pos in (100, 150))
    judged = (build.judge(first), build.judge(second, support=Support.UNCERTAIN))
    (finding,) = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)
    assert (finding.status, finding.variants) == (Status.CARRIER, ("20-100-G-A",))


@pytest.mark.parametrize("gt", ["1", "0/1/1"])
def test_a_ploidy_error_in_a_pair_leaves_it_possible(build, gt):
    parents = tuple(
        build.make_relative(role, [build.make_call(one, pos=p) for p, one in ((100, a), (150, b))])
        for role, a, b in (("father", "0/1", "0/0"), ("mother", "0/0", "0/1"))
    )
    calls = (build.make_call(gt, pos=100), build.make_call("0/1", pos=150))
    judged = tuple(build.judge(call) for call in calls)
    findings = resolve(build.ZNF341, judged, parents, build.SPEC, build.THRESHOLDS)
    assert {finding.status for finding in findings} == {Status.POSSIBLE}
    plain = tuple(build.judge(build.make_call("0/1", pos=pos)) for pos in (100, 150))
    (twin,) = resolve(build.ZNF341, plain, parents, build.SPEC, build.THRESHOLDS)
    assert twin.status is Status.RELEVANT


def test_records_that_disagree_on_the_genotype_are_not_believed(build):
    calls = (build.make_call("1/1", file="a.vcf"), build.make_call("0/1", file="b.vcf"))
    (finding,) = run(build, *calls)
    assert finding.status is Status.POSSIBLE
    assert "several records with different genotypes (1/1 and 0/1)" in finding.reasons[0]
    (twin,) = run(build, calls[0], build.make_call("1/1", file="b.vcf"))
    assert twin.status is Status.RELEVANT


def differential(build):
    """The recessive gene with its condition turned into a differential."""
    file = build.ZNF341.file
    condition = replace(file.conditions[0], role=Role.DIFFERENTIAL)
    changed = replace(file, conditions=(condition,))
    return replace(build.ZNF341, file=changed)


@pytest.mark.parametrize(
    ("gt", "support", "count"),
    [
        ("1/1", Support.PATHOGENIC, 1),
        ("1/1", Support.UNCERTAIN, 0),
        ("0/1", Support.PATHOGENIC, 0),
    ],
)
def test_a_recessive_differential_lists_known_biallelic_genotypes_only(build, gt, support, count):
    judged = (build.judge(build.make_call(gt), support=support),)
    findings = resolve(differential(build), judged, (), build.SPEC, build.THRESHOLDS)
    assert [finding.status for finding in findings] == [Status.DIFFERENTIAL] * count
