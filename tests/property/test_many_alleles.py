"""Many alleles of one gene in one person: judged in a time that the phase does not blow up."""

from __future__ import annotations

import time

import one_person
from vcf_text import bases

EXON = range(42315750, 42315750 + 90)
"""Places of the last coding exon of STAT3."""
OTHER = {"A": "C", "C": "A", "G": "T", "T": "G"}


def test_ninety_alleles_of_unknown_phase_take_seconds():
    records = []
    for place in EXON:
        base = bases("17", place, place)
        keys = "60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
        records.append(f"chr17\t{place}\t.\t{base}\t{OTHER[base]}\t{keys}")
    started = time.process_time()
    result = one_person.result_of(vcf={"P.vcf": one_person.vcf(records)})
    assert result.status == "possible"
    assert time.process_time() - started < 15
