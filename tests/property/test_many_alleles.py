"""Many alleles of one gene in one person: the work grows with the copies, not with the readings."""

from __future__ import annotations

import one_person
from vcf_text import bases

from hies_annot.judge import in_cis

EXON = range(42315750, 42315750 + 90)
"""Places of the last coding exon of STAT3."""
OTHER = {"A": "C", "C": "A", "G": "T", "T": "G"}


def test_each_copy_of_ninety_alleles_of_unknown_phase_is_looked_at_once(monkeypatch):
    """Thousands of readings share them."""
    looked_at = []
    breaker = in_cis._breaker

    def counted(unit, copy, *, plus):
        looked_at.append((unit.parts, frozenset().union(*(other.parts for other in copy))))
        return breaker(unit, copy, plus=plus)

    monkeypatch.setattr(in_cis, "_breaker", counted)
    records = []
    for place in EXON:
        base = bases("17", place, place)
        keys = "60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
        records.append(f"chr17\t{place}\t.\t{base}\t{OTHER[base]}\t{keys}")
    result = one_person.result_of(vcf={"P.vcf": one_person.vcf(records)})
    assert result.status == "possible"
    assert len(EXON) < len(looked_at) == len(set(looked_at))
