from __future__ import annotations

import re

import pytest
import weaver

from hies_annot.annotate.edit import Edit, shift_right, three_prime
from hies_annot.annotate.names import genomic_change, substitution_p


def test_single_base_names_are_those_of_weaver(annotator, stat3):
    """The shortcut for single bases against weaver, every seventh base of the coding region."""
    mapper = annotator.namer.mapper
    for index in range(3, len(stat3.protein) * 3 - 3, 7):
        position = stat3.transcript.genome_position(stat3.cds_start + index)
        ref = stat3.locus.bases(position, position)
        for alt in set("ACGT") - {ref}:
            edit = Edit(position, ref, alt)
            c_name, p_name = annotator.namer.coding(stat3, edit)
            coding = mapper.g_to_c(
                weaver.parse(f"NC_000017.11:g.{position}{ref}>{alt}"), "NM_139276.3"
            )
            protein = mapper.c_to_p(coding)
            assert (f"NM_139276.3:{c_name}", f"NP_644805.1:{p_name}") == (
                coding.format(),
                protein.format(),
            )


@pytest.mark.parametrize("exon", range(1, 24))
def test_names_of_indels_at_every_exon_edge_are_those_of_weaver(annotator, stat3, exon):
    namer, locus = annotator.namer, stat3.locus
    edge = stat3.transcript.exons[exon].end
    for start in range(edge - 3, edge + 5):
        for edit in (
            Edit(start, locus.bases(start, start + 2), ""),
            Edit(start, "", locus.bases(start, start + 1)),
            Edit(start, "", "GATC"),
            Edit(start, locus.bases(start, start + 1), "GATC"),
        ):
            if (
                edit.ref
                and edit.alt
                and (edit.ref[0] == edit.alt[0] or edit.ref[-1] == edit.alt[-1])
            ):
                continue
            shifted = three_prime(locus, edit, plus=False)
            genomic = f"NC_000017.11:g.{genomic_change(locus, shifted, plus=False)}"
            coding = namer.mapper.g_to_c(weaver.parse(genomic), "NM_139276.3").format()
            assert f"NM_139276.3:{namer.coding(stat3, shifted)[0]}" == coding


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (Edit(42329643, "G", "A"), "42329643G>A"),
        (Edit(42325038, "CAC", ""), "42325041_42325043del"),
        (Edit(42329745, "", "A"), "42329745dup"),
        (Edit(42329644, "", "TT"), "42329643_42329644insTT"),
        (Edit(42329642, "CG", "AA"), "42329642_42329643delinsAA"),
        (Edit(42329641, "CCGG", "CCGG"[::-1]), "42329641_42329644delinsGGCC"),
    ],
)
def test_genomic_names_are_shifted_to_the_right(annotator, stat3, edit, name):
    assert genomic_change(stat3.locus, shift_right(stat3.locus, edit)) == name


def test_a_duplication_of_bases_before_the_transcript_is_an_insertion(annotator, stat3):
    end = stat3.transcript.end
    copy = stat3.locus.bases(end - 1, end + 8)
    c_name, _ = annotator.namer.coding(stat3, Edit(end - 1, "", copy))
    assert c_name is not None
    assert re.fullmatch(r"c\.-186_-185ins[ACGT]{10}", c_name)


def test_ids_need_the_digest_of_the_chromosome(annotator, stat3, monkeypatch):
    edit = Edit(42329643, "G", "A")
    assert annotator.namer.vrs_id(stat3.locus, edit)
    monkeypatch.setattr(annotator.namer.refget, "get_refget_accession", lambda _: None)
    assert annotator.namer.vrs_id(stat3.locus, edit) is None


@pytest.mark.parametrize(
    ("index", "alt", "name"),
    [
        (0, "C", "p.(Met1?)"),
        (1143, "T", "p.(Arg382Trp)"),
        (1145, "A", "p.(Arg382=)"),
        (1125, "T", "p.(Ala376Ser)"),
        (2312, "T", "p.(Ter771CysextTer65)"),
    ],
)
def test_protein_name_of_one_base(stat3, index, alt, name):
    complement = dict(zip("ACGT", "TGCA", strict=True))
    position = stat3.transcript.genome_position(stat3.cds_start + index)
    ref = stat3.locus.bases(position, position)
    assert substitution_p(stat3, Edit(position, ref, complement[alt])) == name
