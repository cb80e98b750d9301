from __future__ import annotations

import pytest

from hies_annot.annotate.consequence import consequences
from hies_annot.annotate.edit import Edit

DONOR = {
    1: "splice_donor_variant intron_variant",
    2: "splice_donor_variant intron_variant",
    3: "splice_region_variant splice_donor_region_variant intron_variant",
    4: "splice_region_variant splice_donor_region_variant intron_variant",
    5: "splice_donor_5th_base_variant splice_region_variant splice_donor_region_variant "
    "intron_variant",
    6: "splice_region_variant splice_donor_region_variant intron_variant",
    7: "splice_region_variant intron_variant",
    8: "splice_region_variant intron_variant",
    9: "intron_variant",
}
ACCEPTOR = {
    1: "splice_acceptor_variant intron_variant",
    2: "splice_acceptor_variant intron_variant",
    3: "splice_region_variant splice_polypyrimidine_tract_variant intron_variant",
    8: "splice_region_variant splice_polypyrimidine_tract_variant intron_variant",
    9: "splice_polypyrimidine_tract_variant intron_variant",
    17: "splice_polypyrimidine_tract_variant intron_variant",
    18: "intron_variant",
}


EXON_LOST = (
    "splice_acceptor_variant splice_donor_variant splice_donor_5th_base_variant "
    "splice_donor_region_variant splice_polypyrimidine_tract_variant "
    "coding_sequence_variant intron_variant"
)


def snv_terms(model, position):
    ref = model.locus.bases(position, position).upper()
    return consequences(model, Edit(position, ref, "A" if ref != "A" else "C"))


@pytest.mark.parametrize(("distance", "terms"), DONOR.items())
@pytest.mark.parametrize("gene", ["stat3", "znf341"])
def test_terms_by_distance_from_every_donor(request, gene, distance, terms):
    model = request.getfixturevalue(gene)
    plus = model.transcript.plus
    for exon in model.transcript.exons[:-1]:
        position = exon.end + distance if plus else exon.start - distance
        assert snv_terms(model, position) == tuple(terms.split()), exon


@pytest.mark.parametrize(("distance", "terms"), ACCEPTOR.items())
@pytest.mark.parametrize("gene", ["stat3", "znf341"])
def test_terms_by_distance_from_every_acceptor(request, gene, distance, terms):
    model = request.getfixturevalue(gene)
    plus = model.transcript.plus
    for exon in model.transcript.exons[1:]:
        position = exon.start - distance if plus else exon.end + distance
        assert snv_terms(model, position) == tuple(terms.split()), exon


@pytest.mark.parametrize("gene", ["stat3", "znf341"])
def test_three_exonic_bases_belong_to_the_splice_region(request, gene):
    model = request.getfixturevalue(gene)
    for exon in model.transcript.exons[1:-1]:
        near = [exon.start + i for i in range(3)] + [exon.end - i for i in range(3)]
        assert all("splice_region_variant" in snv_terms(model, position) for position in near)
        inner = (exon.start + 3, exon.end - 3)
        assert not any("splice_region_variant" in snv_terms(model, p) for p in inner)


@pytest.mark.parametrize(
    ("variant", "terms"),
    [
        ("c.1139+1_1139+2insA", "splice_donor_variant intron_variant"),
        (
            "c.1139+2_1139+3insA",
            "splice_region_variant splice_donor_region_variant intron_variant",
        ),
        ("c.1139_1139+1insCC", "frameshift_variant splice_region_variant"),
        ("c.1139_1139+1insCCC", "inframe_insertion splice_region_variant"),
        ("c.1145_1147del", "inframe_deletion"),
        ("c.1145_1146del", "frameshift_variant"),
        ("c.1145_1146insAAA", "inframe_insertion"),
        ("c.1145_1147delinsTTAACC", "protein_altering_variant"),
        ("c.1144_1146delinsTGA", "stop_gained"),
        ("c.1143_1144insTAAA", "stop_gained frameshift_variant"),
        ("c.-1_1insGGG", "5_prime_UTR_variant"),
        ("c.1_2insA", "start_retained_variant"),
        ("c.2_3insC", "start_lost"),
        ("c.2308_*5del", "stop_gained frameshift_variant 3_prime_UTR_variant"),
        ("c.2311_2312insT", "frameshift_variant stop_lost"),
        ("c.*1_*3del", "3_prime_UTR_variant"),
        (
            "c.1110-5_1139+9del",
            EXON_LOST,
        ),
    ],
)
def test_terms_of_changes_of_several_bases(annotated, variant, terms):
    assert annotated(variant).consequence == tuple(terms.split())


@pytest.mark.parametrize(
    ("position", "term"),
    [
        (42388443, "upstream_gene_variant"),
        (42313324, "downstream_gene_variant"),
        (42388443 + 6000, "intergenic_variant"),
        (42388442, "5_prime_UTR_variant"),
    ],
)
def test_terms_outside_the_transcript(stat3, position, term):
    assert snv_terms(stat3, position) == (term,)
