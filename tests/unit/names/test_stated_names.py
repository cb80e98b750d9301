"""A name beside the coordinates of a curated row is that of the row, or it is refused."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.evidence.loci import Place
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.names.stated_names import StatedNames
from hies_annot.reference.codons import THREE_LETTER
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
PLACES = {build: Place(GENES, embedded_reference(build, GENES)) for build in Build}
STATED = {
    build: StatedNames(Annotator(place.reference, GENES), GENES) for build, place in PLACES.items()
}
ROWS = [row for row in shipped_known() if row.hgvs_c]
BY_ID = {row.identifier: row for row in ROWS}
ONE = {three: one for one, three in THREE_LETTER.items()}


def settled(row, build=Build.GRCH38, **names):
    allele = PLACES[build].allele_of(row.chrom, row.pos, row.ref, row.alt, Build.GRCH38)
    return STATED[build].settled(replace(row, **names), allele)


def annotated(row):
    place = PLACES[Build.GRCH38]
    allele = place.allele_of(row.chrom, row.pos, row.ref, row.alt, Build.GRCH38)
    return Annotator(place.reference, GENES).annotate(allele)


@given(row=st.sampled_from(ROWS), build=st.sampled_from(list(Build)), data=st.data())
def test_every_spelling_on_every_transcript_is_the_name_of_the_row(row, build, data):
    annotation = annotated(row)
    names = [(annotation.transcript, annotation.hgvs_c, annotation.hgvs_p)]
    names += [(e.transcript, e.hgvs_c, e.hgvs_p) for e in annotation.effects if e.hgvs_c]
    accession, coding, protein = data.draw(st.sampled_from(names))
    short = re.sub(r"[A-Z][a-z]{2}", lambda found: ONE.get(found[0], found[0]), protein or "")
    spelled = data.draw(
        st.sampled_from([protein, (protein or "").replace("(", "").replace(")", ""), short, None])
    )
    head = data.draw(st.sampled_from(["", f"{accession}:"]))
    found = settled(row, build, hgvs_c=head + coding, hgvs_p=spelled or None)
    assert found.hgvs_c == annotation.hgvs_c
    if protein and re.fullmatch(r"p\.\([A-Z][a-z]{2}\d+[A-Z][a-z]{2}\)", protein):
        assert found.hgvs_p == annotation.hgvs_p


@given(st.sampled_from(ROWS), st.sampled_from(ROWS), st.sampled_from(list(Build)))
def test_the_name_of_another_variant_is_refused(row, other, build):
    annotation = annotated(row)
    ours = [(annotation.hgvs_c, annotation.hgvs_p)]
    ours += [(each.hgvs_c, each.hgvs_p) for each in annotation.effects]
    assume(row.gene == other.gene and other.hgvs_c not in [coding for coding, _ in ours])
    with pytest.raises(ValueError, match="is not the name of") as caught:
        settled(row, build, hgvs_c=other.hgvs_c, hgvs_p=None)
    assert row.identifier in str(caught.value)
    exchange = re.fullmatch(r"p\.\([A-Z][a-z]{2}\d+[A-Z][a-z]{2}\)", other.hgvs_p)
    proteins = [protein for _, protein in ours]
    if exchange and other.hgvs_p not in proteins and "p.?" not in proteins:
        with pytest.raises(ValueError, match="is not the name of"):
            settled(row, build, hgvs_p=other.hgvs_p)


@pytest.mark.parametrize("style", ["c.{1}{0}{2}", "c.{0} {1}>{2}", "c.{0}{1} > {2}"])
def test_names_in_the_old_style_are_compared(style):
    all_ours = {row.identifier: annotated(row) for row in ROWS}
    for row, other in product(ROWS, ROWS[::3]):
        parts = re.fullmatch(r"c\.([-*+\d]+)([ACGT])>([ACGT])", other.hgvs_c or "")
        if not parts or row.gene != other.gene:
            continue
        ours, name = all_ours[row.identifier], style.format(*parts.groups())
        if other.hgvs_c == ours.hgvs_c:
            assert settled(row, hgvs_c=name, hgvs_p=None).hgvs_c == ours.hgvs_c
        elif other.hgvs_c not in [each.hgvs_c for each in ours.effects]:
            with pytest.raises(ValueError, match="is not the name of"):
                settled(row, hgvs_c=name, hgvs_p=None)


UNKNOWN = "NM_001369512.1:c.900C>T"


@pytest.mark.parametrize(
    ("coding", "protein"),
    [
        (UNKNOWN, "p.Arg300Trp"),
        (UNKNOWN, "NP_001356441.1:p.Arg300Trp"),
        (None, "NP_001356441.1:p.Arg300Trp"),
        ("c.1144C>T (het)", None),
        ("c.(1109+1_1110-1)_(1139+1_1140-1)del", None),
        (None, "p.(Asp371_Gly380del)"),
    ],
)
def test_what_cannot_be_compared_is_not_refused(coding, protein):
    found = settled(BY_ID["17-42329643-G-A"], hgvs_c=coding, hgvs_p=protein)
    assert found.hgvs_c == ("c.1144C>T" if coding == UNKNOWN else coding)
    kept = protein is not None and protein.endswith("del)")
    assert found.hgvs_p == (protein if kept else "p.(Arg382Trp)")
