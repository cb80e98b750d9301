from __future__ import annotations

import pytest
from Bio.Seq import Seq

from hies_annot.annotate.coding import Placement, shared_start
from hies_annot.annotate.edit import Edit
from hies_annot.reference.codons import translate, translate_to_stop


def test_both_proteins_are_those_of_refseq(stat3, znf341):
    assert (len(stat3.protein), stat3.protein[:9], stat3.protein[-1]) == (771, "MAQWNQLQQ", "*")
    assert (len(znf341.protein), znf341.protein[:9], znf341.protein[-1]) == (855, "MAQAIFEAL", "*")


def test_place_counts_in_the_direction_of_the_transcript(stat3):
    # exon 12 is 42329747-42329776, c.1110-c.1139
    first = stat3.cds_start + 1109
    assert stat3.place(Edit(42329776, "G", "A")) == Placement(12, first, first + 1)
    assert stat3.place(Edit(42329747, "C", "A")) == Placement(12, first + 29, first + 30)


@pytest.mark.parametrize(
    ("edit", "exon"),
    [
        (Edit(42329747, "", "A"), 12),  # at the exon's edge: the exon gets longer
        (Edit(42329777, "", "A"), 12),
        (Edit(42329746, "", "A"), None),
        (Edit(42329778, "", "A"), None),
    ],
)
def test_an_insertion_at_the_edge_belongs_to_the_exon(stat3, edit, exon):
    place = stat3.place(edit)
    assert (place.exon if place else None) == exon
    assert not stat3.inside_exon(edit)


def test_a_change_over_the_edge_has_no_message(stat3):
    assert stat3.apply(Edit(42329745, "ACC", "")) is None
    assert stat3.apply(Edit(42329747, "CTC", "")) is not None


@pytest.mark.parametrize("size", range(1, 8))
@pytest.mark.parametrize("index", [300, 301, 302, 1100, 1108, 2300])
def test_the_edited_protein_is_the_translation_of_the_edited_message(stat3, index, size):
    position = stat3.transcript.genome_position(stat3.cds_start + index)
    for edit in (
        Edit(position, stat3.locus.bases(position, position), "ACGTACG"[:size]),
        Edit(position - size + 1, stat3.locus.bases(position - size + 1, position), ""),
    ):
        message = stat3.apply(edit)
        if message is None:
            continue
        cds = message.sequence[message.cds_start :]
        whole = str(Seq(cds[: len(cds) // 3 * 3]).translate())
        assert message.protein == whole[: whole.find("*") + 1]


def test_without_exon_12_thirty_bases_are_missing(stat3):
    message = stat3.without_exons(12, 12)
    assert message is not None
    assert len(stat3.sequence) - len(message.sequence) == 30
    assert len(stat3.protein) - len(message.protein) == 10
    assert 12 not in message.exons


@pytest.mark.parametrize("exon", [1, 2, 24])
def test_exons_with_an_end_or_the_start_or_stop_codon_cannot_be_left_out(stat3, exon):
    assert stat3.without_exons(exon, exon) is None


def test_translation():
    assert translate("ATGTAAGGG") == "M*G"
    assert translate_to_stop("ATGTAAGGG") == "M*"
    assert translate("ATGNNN") == "MX"


def test_shared_start_does_not_count_the_stop():
    assert shared_start("MAQ*", "MAQ*") == 3
    assert shared_start("MAQ*", "MTQ*") == 1
