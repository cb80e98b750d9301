"""The GC donor of STAT3: what makes it GT destroys no site, all else at the site may."""

from __future__ import annotations

import one_person
import pytest

PLACES = {
    "c.550+1G>A": "chr17\t42338730\t.\tC\tT",
    "c.550+1G>C": "chr17\t42338730\t.\tC\tG",
    "c.550+2C>A": "chr17\t42338729\t.\tG\tT",
    "c.550+2C>G": "chr17\t42338729\t.\tG\tC",
    "c.550+2C>T": "chr17\t42338729\t.\tG\tA",
    "c.550+1_550+2delinsAT": "chr17\t42338729\t.\tGC\tAT",
}


@pytest.mark.parametrize("name", PLACES)
def test_only_the_canonical_base_is_without_effect(name):
    record = f"{PLACES[name]}\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
    result = one_person.result_of(
        vcf={"P.vcf": one_person.vcf([record])}, callable=one_person.WHOLE_LOCI
    )
    assert (result.status == "possible") is (name != "c.550+2C>T")
    if name == "c.550+2C>T":
        assert not result.conditions
        assert [v.drop_reason for v in result.variants] == ["splice_region_without_evidence"]
