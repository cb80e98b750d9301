from __future__ import annotations

import pytest
from msgspec.structs import replace

from hies_annot.annotate.structural_change import Change, change_of, mate_of
from hies_annot.model import Impact


def test_deletion_of_exon_12_is_in_frame(structural):
    found = structural("<DEL>", 42329700, 42329800)
    assert found.hgvs_c == found.structural.name == "c.(?_1110)_(1139_?)del"
    assert found.hgvs_g == "NC_000017.11:g.(?_42329701)_(42329800_?)del"
    assert found.hgvs_p == "p.(Asp371_Gly380del)"
    assert (found.structural.exons, found.structural.in_frame) == ((12,), True)
    assert found.structural.cds_share == pytest.approx(30 / 2313, abs=1e-4)
    assert {"splice_acceptor_variant", "splice_donor_variant", "inframe_deletion"} <= set(
        found.consequence
    )
    assert found.domain == "DNA-binding domain"


def test_deletion_of_exon_13_shifts_the_frame(structural):
    found = structural("<DEL>", 42329500, 42329700)
    assert (found.structural.exons, found.structural.in_frame) == ((13,), False)
    assert "frameshift_variant" in found.consequence
    assert "fsTer" in found.hgvs_p
    assert found.nmd.triggers is True


def test_whole_gene_deletion(structural):
    found = structural("<DEL>", 42312000, 42390000)
    assert found.consequence == ("transcript_ablation",)
    assert found.hgvs_p == "p.0?"
    assert found.structural.whole_gene
    assert found.structural.cds_share == 1.0
    assert found.structural.exons[0] == 1
    assert len(found.structural.exons) == 24


def test_a_deletion_may_reach_beyond_the_locus(structural):
    found = structural("<DEL>", 42300000, 42400000)
    assert found.structural.whole_gene
    assert any("beyond the locus" in note for note in found.notes)


@pytest.mark.parametrize(
    ("alt", "start", "end", "copies", "worst", "name"),
    [
        ("<DEL>", 42340106, 42342368, None, "intron_variant", "c.(?_373-2959)_(373-698_?)del"),
        ("<DEL>", 42315700, 42316000, None, "splice_acceptor_variant", "c.(?_2258)_(*44_?)del"),
        ("<DUP>", 42337600, 42338000, None, "frameshift_variant", "c.(?_551)_(645_?)dup"),
        ("<DUP:TANDEM>", 42329700, 42329800, None, "feature_elongation", "c.(?_1110)_(1139_?)dup"),
        ("<DUP>", 42312000, 42390000, None, "transcript_amplification", "c.(?_-187)_(*2420_?)dup"),
        ("<INV>", 42337500, 42338000, None, "feature_truncation", "c.(?_551)_(731_?)inv"),
        ("<INV>", 42312000, 42390000, None, "sequence_variant", "c.(?_-187)_(*2420_?)inv"),
        ("<CNV>", 42337500, 42338000, 1, "splice_acceptor_variant", "c.(?_551)_(731_?)del"),
        ("<CNV>", 42337500, 42338000, 3, "feature_elongation", "c.(?_551)_(731_?)dup"),
        ("<CNV>", 42337500, 42338000, 2, "coding_sequence_variant", None),
        ("<CNV>", 42337500, 42338000, None, "coding_sequence_variant", None),
        ("<INS>", 42337500, None, None, "feature_elongation", "c.731_732ins?"),
        ("<INS>", 42340106, None, None, "intron_variant", "c.373-698_373-697ins?"),
        ("N[20:33753265[", 42339000, None, None, "feature_truncation", None),
        ("<DEL>", 42390000, 42391000, None, "upstream_gene_variant", None),
    ],
)
def test_worst_term_and_name(structural, alt, start, end, copies, worst, name):
    found = structural(alt, start, end, copy_number=copies)
    assert (found.consequence[0], found.hgvs_c) == (worst, name)
    assert found.structural is not None


def test_an_unknown_copy_number_is_said(structural):
    assert any("no copy number" in n for n in structural("<CNV>", 42337500, 42338000).notes)
    known = structural("<CNV>", 42337500, 42338000, copy_number=1)
    assert not any("no copy number" in n for n in known.notes)


def test_exact_breakpoints_give_an_ordinary_name(annotator, structural):
    loose = structural("<DEL>", 42329700, 42329800)
    exact = annotator.annotate(replace(loose.allele, precise=True))
    assert exact.structural == loose.structural
    assert exact.hgvs_c == "c.1110-24_1139+46del"
    assert exact.hgvs_g == "NC_000017.11:g.42329702_42329801del"
    assert exact.impact is Impact.HIGH
    assert exact.vrs_id is not None


@pytest.mark.parametrize(
    ("alt", "copies", "change"),
    [
        ("<DEL>", None, Change.LOSS),
        ("<DEL:ME:ALU>", None, Change.LOSS),
        ("<CN0>", None, Change.LOSS),
        ("<CN2>", None, Change.GAIN),
        ("<CNV>", 0, Change.LOSS),
        ("<CNV>", 4, Change.GAIN),
        ("<INS:ME:LINE1>", None, Change.INSERTION),
        ("<BND>", None, Change.UNKNOWN),
        ("<TRA>", None, Change.UNKNOWN),
    ],
)
def test_change_of_a_symbol(structural, alt, copies, change):
    allele = structural("<DEL>", 42329700, 42329800).allele
    assert change_of(replace(allele, alt=alt, copy_number=copies)) is change


@pytest.mark.parametrize(
    ("alt", "mate"),
    [("G]17:198982]", "17:198982"), ("[chr20:5[G", "chr20:5"), (".G", None)],
)
def test_mate_of_a_break(structural, alt, mate):
    allele = structural("N[20:33753265[", 42339000).allele
    assert mate_of(replace(allele, alt=alt)) == mate
