"""A donor GT that becomes GC may still splice: it is no certain null allele by its place alone."""

from __future__ import annotations

import one_person
import pytest
from vcf_text import reference

from hies_annot.results.contract import SampleResult

HOM, HET = "1/1:0,40:40:99", "0/1:20,20:40:99"
DONORS = [exon.end for exon in reference().mane("ZNF341").exons[:-1]]


def result_of(end: int, base: int, ref: str, alt: str, call: str) -> SampleResult:
    record = f"chr20\t{end + base}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT:AD:DP:GQ\t{call}"
    return one_person.result_of(vcf={"P.vcf": one_person.vcf([record])})


@pytest.mark.parametrize("end", DONORS)
def test_gc_for_gt_is_possible_where_another_loss_of_the_site_is_relevant(end):
    lost, kept = (result_of(end, 1, "G", "A", HOM), result_of(end, 2, "T", "C", HOM))
    assert kept.status == "possible"
    if lost.status == "relevant":
        assert "makes a donor GC of GT" in kept.status_reason
    alone = (result_of(end, 1, "G", "A", HET), result_of(end, 2, "T", "C", HET))
    assert alone[0].status == alone[1].status
