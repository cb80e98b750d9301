"""What ClinVar says of tumours is told, and never a word on the germline."""

from __future__ import annotations

import tempfile
from pathlib import Path

import one_person
import pytest

from hies_annot.evidence.several_records import one_clinvar
from hies_annot.model import ClinVarFact
from hies_annot.model.clinvar_fact import NO_GERMLINE
from hies_annot.render.html import render_sample
from hies_annot.results.contract import SampleResult
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig, Source, SourceKind
from hies_annot.settings.run_config import RunConfig

KEYS = ("CLNSIG", "CLNREVSTAT", "CLNDN", "ONC", "ONCREVSTAT", "SCI", "SCIREVSTAT")
HEADER = "".join(f'##INFO=<ID={key},Number=.,Type=String,Description="x">\n' for key in KEYS)
SAID = {
    "ONC=Oncogenic;ONCREVSTAT=criteria_provided,_single_submitter": "oncogenicity Oncogenic",
    "ONC=Likely_oncogenic|Uncertain_significance": "oncogenicity Likely oncogenic, Uncertain",
    "SCI=Tier_I_-_Strong;SCIREVSTAT=no_assertion_criteria_provided": "clinical impact Tier I - Str",
    "ONC=Benign;SCI=Tier_IV_-_Benign/Likely_benign": "oncogenicity Benign; clinical impact Tier IV",
}
GERMLINE = "CLNSIG={};CLNREVSTAT=criteria_provided,_multiple_submitters,_no_conflicts"


def result_with(*infos: str) -> SampleResult:
    """Return the result of a missense change of STAT3 that ClinVar alone could settle."""
    lines = "".join(f"17\t42322410\t7\tT\tC\t.\t.\t{info}\n" for info in infos)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "c.vcf")
        path.write_text(
            "##fileformat=VCFv4.1\n##contig=<ID=17,length=83257441>\n"
            f"{HEADER}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n{lines}"
            f"17\t42329643\t8\tG\tA\t.\t.\t{GERMLINE.format('Pathogenic')}\n"
        )
        source = Source(name="own", kind=SourceKind.CLINVAR, path=str(path))
        engine = Engine(RunConfig(evidence=EvidenceConfig(embedded=False, sources=(source,))))
        record = "chr17\t42322410\t.\tT\tC\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
        return one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([record])})


@pytest.mark.parametrize("info", SAID)
def test_alone_it_is_told_and_changes_nothing(info):
    without, found = result_with(), result_with(info)
    (variant,) = found.variants
    assert variant.clinvar.classification == NO_GERMLINE
    assert variant.clinvar.somatic.startswith(SAID[info])
    assert found.status == without.status
    assert found.status_reason.startswith(without.status_reason)
    assert f"of the germline; of tumours: {SAID[info][:12]}" in found.status_reason
    assert [v.support for v in variant.verdicts] == [
        v.support for v in without.variants[0].verdicts
    ]
    assert f"of tumours, not of the germline: {SAID[info][:12]}" in render_sample(found)


@pytest.mark.parametrize("info", SAID)
@pytest.mark.parametrize("word", ["Pathogenic", "Benign", "Uncertain_significance"])
def test_beside_a_word_on_the_germline_it_changes_nothing(info, word):
    germline = GERMLINE.format(word)
    without = result_with(germline)
    for found in (result_with(f"{germline};{info}"), result_with(info, germline)):
        (variant,) = found.variants
        assert variant.clinvar.classification == word.replace("_", " ")
        assert variant.clinvar.somatic.startswith(SAID[info])
        assert (found.status, found.status_reason) == (without.status, without.status_reason)


def test_two_records_give_one_fact_in_any_order():
    def record(word: str, somatic: str | None) -> ClinVarFact:
        return ClinVarFact(somatic or "1", word, 1, "s", (), None, "c", None, somatic)

    facts = [record(NO_GERMLINE, "a"), record("Pathogenic", None), record(NO_GERMLINE, "b")]
    one = one_clinvar(facts)
    assert one == one_clinvar(reversed(facts))
    assert (one.classification, one.somatic, one.conflict) == ("Pathogenic", "b; a", None)
