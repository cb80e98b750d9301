"""On how many copies an allele lies is said the same in every form, and asked of nobody twice."""

from __future__ import annotations

import json

import one_person
import pytest
from msgspec.structs import replace

from hies_annot.render.advice import recommendations
from hies_annot.render.exchange.fhir import fhir_text
from hies_annot.render.exchange.phenopacket import phenopacket_text
from hies_annot.render.html import render_sample
from hies_annot.results.contract import SampleResult

KEYS = "60\tPASS\t.\tGT:AD:DP:GQ:PS\t"
STOP, OTHER = "chr20\t33753265\t.\tC\tT\t", "chr20\t33757310\t.\tC\tT\t"
DOMINANT = "chr17\t42329643\t.\tG\tA\t"
HOM, LOW = "1/1:0,40:40:99:.", "0/1:90,10:100:99:."
DELETION = "chr20\t33700000\t.\tN\t<DEL>\t60\tPASS\tSVTYPE=DEL;END=33800000;SVLEN=-100000\tGT\t0/1"


def result_of(*records: str, deleted: bool = False) -> SampleResult:
    more = {"sv_vcf": {"SV.vcf": one_person.vcf([DELETION])}} if deleted else {}
    return one_person.result_of(vcf={"P.vcf": one_person.vcf(records)}, **more)


def test_what_lies_opposite_a_deletion_is_homozygous_in_no_form():
    result = replace(result_of(f"{STOP}{KEYS}{HOM}", deleted=True), report_date="2026-01-31")
    (finding,) = result.conditions
    assert (finding.status, finding.phase) == ("relevant", "trans")
    assert "(on one copy; the other copy is deleted here (hemizygous); called homo" in (
        page := render_sample(result)
    )
    assert "c.583C&gt;T on both copies" not in page
    for form in (fhir_text(result), phenopacket_text(result)):
        json.loads(form)
        assert "omozygous" not in form
        assert "emizygous" in form


def test_a_clone_is_not_heterozygous_alone():
    page = render_sample(result_of(f"{DOMINANT}{KEYS}{LOW}"))
    assert "(in a low fraction of the reads (10.0 %), mosaic or clone; called heterozygous;" in page


def steps(*records: str, deleted: bool = False) -> str:
    return "\n".join(recommendations(result_of(*records, deleted=deleted)))


@pytest.mark.parametrize("second", ["0|1", "1|0"])
def test_parents_are_not_asked_for_a_phase_that_is_known(second):
    one = f"{STOP}{KEYS}0|1:20,20:40:99:7"
    assert "so whether they are in trans" not in steps(one, f"{OTHER}{KEYS}{second}:20,20:40:99:7")
    open_pair = steps(one.replace("|", "/"), f"{OTHER}{KEYS}0/1:20,20:40:99:7")
    assert "so whether they are in trans" in open_pair


def test_a_homozygote_of_a_dominant_condition_is_questioned():
    asked = "not expected in a dominant disease"
    assert asked in steps(f"{DOMINANT}{KEYS}{HOM}")
    assert asked not in steps(f"{DOMINANT}{KEYS}0/1:20,20:40:99:.")


@pytest.mark.parametrize(
    ("genotype", "asked"),
    [
        ("1/1", "as a true homozygote needs"),
        ("./1", "has the allele too, or is lost"),
        ("1", "has the allele too, or is lost"),
        ("1/2", "who the deletion of the other copy"),
    ],
)
def test_what_parents_are_asked_follows_the_call(genotype, asked):
    place = STOP.replace("\tT\t", "\tT,*\t") if "2" in genotype else STOP
    reads = "0,20,20" if "2" in genotype else "0,40"
    assert asked in steps(f"{place}{KEYS}{genotype}:{reads}:40:99:.")
