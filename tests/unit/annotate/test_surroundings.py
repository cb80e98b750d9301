"""What changes outside the exons may act on."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from vcf_text import reference

from hies_annot.annotate.surroundings import acts_beside
from hies_annot.reference.normalise import normalise_allele

GENES = ("STAT3", "ZNF341")


@pytest.mark.parametrize("gene", GENES)
@given(exon=st.integers(1, 14), near=st.integers(9, 60), size=st.integers(1, 49))
def test_a_loss_of_most_of_the_branch_point_region_is_uncertain(gene, exon, near, size):
    transcript, locus = reference().mane(gene), reference().locus(gene)
    found = transcript.exons[exon]
    way = -1 if transcript.plus else 1
    edge = found.start if transcript.plus else found.end
    low, high = sorted((edge + way * near, edge + way * (near + size - 1)))
    assume(all(transcript.exon_at(place) is None for place in (low - 1, low, high)))
    text = locus.bases(low - 1, high).upper()
    allele = normalise_allele(reference(), locus.chrom, low - 1, text, text[0])
    assume(allele is not None and allele.pos == low - 1)  # one placement
    lost = max(0, min(near + size - 1, 45) - max(near, 18) + 1)
    said = acts_beside(allele, transcript)
    assert (said is not None) == (lost >= 14)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ((42329794, 42329821), True),  # c.1110-45_1110-18 of STAT3
        ((42329794, 42329806), False),  # 13 of the 28 bases
    ],
)
def test_half_of_the_region_counts(text, acts):
    first, last = text
    bases = reference().locus("STAT3").bases(first - 1, last).upper()
    allele = normalise_allele(reference(), "17", first - 1, bases, bases[0])
    assert (acts_beside(allele, reference().mane("STAT3")) is not None) is acts


def test_a_replacement_that_keeps_the_bases_is_no_loss():
    bases = reference().locus("STAT3").bases(42329794, 42329821).upper()
    allele = normalise_allele(reference(), "17", 42329794, bases, bases[::-1])
    assert acts_beside(allele, reference().mane("STAT3")) is None
