import pytest
from msgspec.structs import replace

from hies_annot.findings.resolve import resolve
from hies_annot.model import Support


def panel(build, name, judged, *, relatives=(), spec=None, **rest):
    findings = resolve(
        build.ZNF341, tuple(judged), tuple(relatives), spec or build.SPEC, build.THRESHOLDS, **rest
    )
    return findings[0].panels[name]


def has(lines, words):
    return any(words in line for line in lines)


def test_second_hit_lists_what_was_and_was_not_looked_at(build):
    lines = panel(build, "second_hit", [build.judge(build.make_call("0/1"))])
    for words in (
        "SV/CNV file: not given",
        "spanning deletions (*): none seen",
        "fail the call thresholds: none seen",
        "uncertain significance: none seen",
        "see callability",
        "alignments: not given",
    ):
        assert has(lines, words), words


def test_second_hit_names_what_is_there(build):
    judged = [
        build.judge(build.make_call("0/1")),
        build.judge(build.make_call("0/1", pos=300, gq=3.0), drop_reason="common"),
        build.judge(build.make_call("1/1", pos=400), support=Support.UNCERTAIN),
    ]
    spec = replace(build.SPEC, sv_vcf="sv.vcf", bam="a.bam")
    findings = resolve(
        build.ZNF341, tuple(judged), (), spec, build.THRESHOLDS, gaps=("exon 5", "exon 9")
    )
    (carrier,) = [finding for finding in findings if "second_hit" in finding.panels]
    lines = carrier.panels["second_hit"]
    for words in (
        "SV/CNV alleles: none seen",
        "20-300-G-A [low genotype quality]",
        "uncertain significance: 20-400-G-A",
        "not callable: exon 5, exon 9",
        "alignments: given",
    ):
        assert has(lines, words), words


@pytest.mark.parametrize(
    ("father", "mother", "words"),
    [
        ("0/1", "0/1", "both carry the allele"),
        ("0/0", "0/1", "the father does not carry it: a deletion"),
        ("0/0", "0/0", "neither parent carries it"),
        ("./.", "0/1", "not both parents gave a clear result"),
        (None, None, "parents: not looked at"),
    ],
)
def test_parents_of_a_homozygote(build, father, mother, words):
    relatives = [
        build.make_relative(role, [build.make_call(gt)])
        for role, gt in (("father", father), ("mother", mother))
        if gt
    ]
    judged = [build.judge(build.make_call("1/1"))]
    assert has(panel(build, "false_homozygote", judged, relatives=relatives), words)


def test_neighbours_speak_for_or_against_a_lost_copy(build):
    judged = [build.judge(build.make_call("1/1"))]
    assert has(panel(build, "false_homozygote", judged), "0 heterozygous, 0 homozygous")
    neighbour = build.judge(build.make_call("0/1", pos=300), drop_reason="common")
    lines = panel(build, "false_homozygote", [*judged, neighbour])
    assert has(lines, "1 heterozygous, 0 homozygous (nearest heterozygous one 200 bases away)")
    assert has(lines, "heterozygous ones speak against")


def test_opposite_homozygotes_of_a_parent_point_to_isodisomy(build):
    judged = [build.judge(build.make_call("1/1", pos=pos)) for pos in (100, 300)]
    father, fitting = (
        build.make_relative(
            "father", [build.make_call("0/0", pos=100), build.make_call(gt, pos=300)]
        )
        for gt in ("0/0", "1/1")
    )
    lines = panel(build, "false_homozygote", judged, relatives=[father])
    assert has(lines, "father: opposite homozygote at 1 of 1 sites: isodisomy")
    lines = panel(build, "false_homozygote", judged, relatives=[fitting])
    assert has(lines, "father: opposite homozygote at 0 of 1 sites: no sign")


def test_copy_number_and_sv_file_are_told(build):
    judged = [build.judge(build.make_call("1/1", copy_number=None))]
    lines = panel(build, "false_homozygote", judged)
    assert has(lines, "no SV/CNV file given, not excluded")
    assert has(lines, "copy number: not given")
    spec = replace(build.SPEC, sv_vcf="sv.vcf")
    assert has(panel(build, "false_homozygote", judged, spec=spec), "none in the SV/CNV file")


def test_a_deletion_of_a_parent_over_the_place_is_named(build):
    deletion = build.make_call("0/1", pos=50, ref="C", alt="<DEL>", end=500, file="sv.vcf")
    father = build.make_relative("father", [build.make_call("0/0"), deletion])
    judged = [build.judge(build.make_call("1/1"))]
    lines = panel(build, "false_homozygote", judged, relatives=[father])
    assert has(lines, "the father carries the deletion 20-50-500-<DEL> over this place")
