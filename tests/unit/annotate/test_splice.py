from __future__ import annotations

import pytest

from hies_annot.annotate.edit import edit_of
from hies_annot.annotate.splice import nearest_site, site_loss


@pytest.mark.parametrize(
    ("variant", "site", "exon"),
    [
        ("c.1139+1G>T", "donor", 12),
        ("c.1139+5G>A", "donor", 12),
        ("c.1110-3C>G", "acceptor", 12),
        ("c.1138G>A", "donor", 12),
        ("c.1110A>G", "acceptor", 12),
    ],
)
def test_exon_12_of_stat3_is_skipped_in_frame(annotated, variant, site, exon):
    splice = annotated(variant).splice
    assert (splice.site, splice.exon, splice.skipped_nt, splice.in_frame) == (site, exon, 30, True)
    assert splice.protein_if_skipped == "p.(Asp371_Gly380del)"


@pytest.mark.parametrize("variant", ["c.1125T>G", "c.1282-89C>T", "c.*10A>G"])
def test_no_prediction_away_from_splice_sites(annotated, variant):
    assert annotated(variant).splice is None


def test_every_site_of_both_genes_has_a_prediction(annotator, stat3, znf341):
    for model in (stat3, znf341):
        gene = annotator.genes[model.transcript.gene]
        for number in model.exon_numbers:
            size = model.exon_offsets(number)[1] - model.exon_offsets(number)[0]
            for site in ("donor", "acceptor"):
                found = site_loss(model, site, number, annotator.namer, gene)
                assert found.skipped_nt == size
                assert found.in_frame == (
                    model.without_exons(number, number) is not None
                    and model.coding_bases(number) % 3 == 0
                )
                assert f"exon {number}/" in found.reason


@pytest.mark.parametrize(
    ("exon", "words"),
    [(1, "first exon"), (24, "last exon"), (2, "start codon"), (12, "frame is kept")],
)
def test_the_reason_is_given(annotator, stat3, exon, words):
    site = "donor" if exon == 1 else "acceptor"
    found = site_loss(stat3, site, exon, annotator.namer, annotator.genes["STAT3"])
    assert words in found.reason


def test_an_out_of_frame_skip_says_what_becomes_of_the_message(annotator, stat3):
    found = site_loss(stat3, "donor", 13, annotator.namer, annotator.genes["STAT3"])
    assert not found.in_frame
    assert found.protein_if_skipped is not None
    assert "fsTer" in found.protein_if_skipped
    assert "decay is expected" in found.reason


def test_first_exon_has_no_acceptor_and_last_no_donor(stat3, read):
    assert nearest_site(stat3, edit_of(read("c.-187G>A"))) == ("donor", 1)
    assert nearest_site(stat3, edit_of(read("c.*2000T>C"))) == ("acceptor", 24)
