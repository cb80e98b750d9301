"""A variant that is typed gets the findings that a record of it gets."""

from __future__ import annotations

import one_person
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from vcf_text import bases

from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.genome import Build
from hies_annot.run.typed_variants import look_up

OTHER = str.maketrans("ACGT", "CATG")
KNOWN = [v for v in shipped_known() if len(v.ref) == len(v.alt) == 1]


def by_record(chrom: str, pos: int, ref: str, alt: str, genotype: str) -> list[tuple[str, str]]:
    record = f"chr{chrom}\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t.\tGT\t{genotype}"
    result = one_person.result_of(
        vcf={"P.vcf": one_person.vcf([record])}, callable=one_person.WHOLE_LOCI
    )
    found = ((one.id, str(one.status)) for one in result.conditions)
    return sorted(entry for entry in found if entry[1] not in ("none", "inconclusive"))


def typed(text: str, zygosity: str) -> list[tuple[str, str]]:
    (one,) = look_up((text,), one_person.usual_engine(), Build.GRCH38, zygosity=zygosity)
    return sorted({(found.condition, str(found.status)) for found in one.findings})


@given(
    known=st.sampled_from(KNOWN),
    left=st.integers(0, 3),
    right=st.integers(0, 3),
    zygosity=st.sampled_from([("het", "0/1"), ("hom", "1/1")]),
)
@settings(deadline=None, max_examples=40)
def test_a_known_allele_typed_with_its_neighbours_is_found_as_in_a_record(
    known, left, right, zygosity
):
    first, last = known.pos - left, known.pos + right
    text = bases(known.chrom, first, last)
    assume(text[left] == known.ref)
    alt = text[:left].translate(OTHER) + known.alt + text[left + 1 :].translate(OTHER)
    word, genotype = zygosity
    found = by_record(known.chrom, first, text, alt, genotype)
    assert typed(f"{known.chrom}-{first}-{text}-{alt}", word) == sorted(set(found))


def test_what_a_joined_change_holds_is_shown_without_a_genotype_too():
    engine = one_person.usual_engine()
    text = "STAT3:c.1282-90_1282-88delinsTTT"
    (one,) = look_up((text,), engine, Build.GRCH38, zygosity=None)
    assert one.call.drop_reason is None
    assert [part.id for part in one.parts if part.evidence.known] == ["17-42326288-G-A"]
    (alone,) = look_up(("STAT3:c.1144C>T",), engine, Build.GRCH38, zygosity="het")
    assert not alone.parts
