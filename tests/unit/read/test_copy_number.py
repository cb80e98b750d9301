"""Copy number against genotype: it decides, and contradictions are told."""

from __future__ import annotations

import pytest

from hies_annot.findings.resolve import resolve
from hies_annot.model import Status, Support, Zygosity
from hies_annot.read.copy_number import CONTRADICTED, CONTRADICTED_ALLELE

DELETED = {0: Zygosity.HOM_ALT, 1: Zygosity.HET, 2: Zygosity.HOM_REF}
GENOTYPES = {"0/0": 0, "0/1": 1, "1/0": 1, "1/1": 2}


def structural(build, gt, number, alt="<DEL>", **rest):
    return build.make_call(gt, pos=50, ref="C", alt=alt, end=500, copy_number=number, **rest)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("alt", ["<DEL>", "<CNV>", "<CN0>"])
@pytest.mark.parametrize("gt", [*GENOTYPES, "0", "1", "./.", ".", None])
def test_losses(build, gt, number, alt):
    call = structural(build, gt, number, alt)
    assert call.zygosity is DELETED[number]
    contradicted = gt in GENOTYPES and GENOTYPES[gt] != 2 - number
    contradicted |= gt in ("0", "1") and (gt == "1") != (number < 2)
    assert (CONTRADICTED in call.flags) is contradicted


@pytest.mark.parametrize("gt", ["0/1", "1/1", "./1", "2", "./.", None])
@pytest.mark.parametrize("alt", ["<DUP>", "<CNV>", "<DUP:TANDEM>"])
def test_gains_are_gains_whatever_the_genotype(build, gt, alt):
    call = structural(build, gt, 3, alt)
    assert call.zygosity is Zygosity.HET


@pytest.mark.parametrize(("number", "status"), [(0, Status.POSSIBLE), (1, Status.CARRIER)])
def test_a_genotype_against_its_copy_number_is_told(build, number, status):
    judged = build.judge(structural(build, "0/1", number))
    (finding,) = resolve(build.ZNF341, (judged,), (), build.SPEC, build.THRESHOLDS)
    assert finding.status is status
    assert any("copy number" in reason for reason in finding.reasons) is (number == 0)


@pytest.mark.parametrize("alt", ["<DUP>", "<INV>", "<CPX>"])
@pytest.mark.parametrize("gt", ["0/0", "0", "./.", None])
def test_fewer_copies_beside_an_allele_that_loses_none(build, gt, alt):
    call = structural(build, gt, 1, alt)
    assert not call.carried
    assert CONTRADICTED_ALLELE in call.flags


@pytest.mark.parametrize(("alt", "number"), [("<DUP>", 0), ("<INV>", 1), ("<DEL>", 3)])
@pytest.mark.parametrize("stated", ["sample", "record"])
def test_an_uncalled_allele_that_cannot_make_the_number_is_told(build, alt, number, stated):
    site = build.make_site(pos=50, ref="C", alts=(alt,), end=500)
    allele = build.make_allele(site, alt, copy_number=number if stated == "record" else None)
    own = {"copy_number": number} if stated == "sample" else {}
    (call,) = build.interpret(site, build.make_fields("./.", **own), [allele], build.THRESHOLDS)
    assert not call.carried
    assert CONTRADICTED_ALLELE in call.flags


@pytest.mark.parametrize(("gt", "zygosity"), [("0/0", Zygosity.HOM_REF), ("0/1", Zygosity.HET)])
def test_the_number_of_a_record_is_said_of_its_carriers(build, gt, zygosity):
    site = build.make_site(pos=50, ref="C", alts=("<DEL>",), end=500)
    allele = build.make_allele(site, "<DEL>", copy_number=1)
    (call,) = build.interpret(site, build.make_fields(gt), [allele], build.THRESHOLDS)
    assert call.zygosity is zygosity
    assert CONTRADICTED not in call.flags


def test_a_gain_beside_an_allele_pairs_with_nothing(build):
    judged = (
        build.judge(build.make_call("0/1")),
        build.judge(
            structural(build, "0/1", 3, "<DUP>"),
            support=Support.UNCERTAIN,
            drop_reason="breaks_no_copy",
        ),
    )
    (finding,) = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)
    assert finding.status is Status.CARRIER


def test_one_deletion_from_two_callers_is_one_event(build):
    judged = (
        build.judge(build.make_call("0/1", pos=100, ref="C", alt="<DEL>", end=1100)),
        build.judge(build.make_call("0/1", pos=120, ref="C", alt="<DEL>", end=1110, file="b.vcf")),
    )
    (finding,) = resolve(build.ZNF341, judged, (), build.SPEC, build.THRESHOLDS)
    assert finding.status is Status.CARRIER
    assert "one event with 20-120-1110-<DEL> of b.vcf" in finding.reasons[0]
