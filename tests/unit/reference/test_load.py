from __future__ import annotations

import pytest

from hies_annot.errors import ReferenceDataError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference, gene_transcripts, read_fasta
from hies_annot.reference.sequence import LocusSequence, refget_digest, spliced

GENES = default_genes()
STAT3, ZNF341 = GENES


@pytest.mark.parametrize("build", list(Build))
def test_mane_comes_first(build):
    assert gene_transcripts(build, STAT3)[0].accession == "NM_139276.3"
    assert gene_transcripts(build, ZNF341)[0].accession == "NM_001282933.2"


def test_both_builds_have_the_same_bases():
    new, old = (embedded_reference(build, GENES) for build in (Build.GRCH38, Build.GRCH37))
    for gene, offset in (("STAT3", 1_847_982), ("ZNF341", 1_412_194)):
        assert new.locus(gene).sequence == old.locus(gene).sequence
        assert new.locus(gene).start - old.locus(gene).start == offset
        assert new.mane(gene).cds_start - old.mane(gene).cds_start == offset


@pytest.mark.parametrize(
    ("build", "position"), [(Build.GRCH38, 33745296), (Build.GRCH37, 32333102)]
)
def test_hints_are_moved_with_the_build(build, position):
    locus = embedded_reference(build, GENES).locus("ZNF341")
    assert locus.hints[position] == "Y"
    assert locus.bases(position, position).islower()
    assert embedded_reference(build, GENES).locus("STAT3").hints == {}


def test_hints_lie_on_made_up_bases_only():
    locus = embedded_reference(Build.GRCH38, GENES).locus("ZNF341")
    assert all(locus.bases(position, position).islower() for position in locus.hints)


def test_bases_outside_the_locus_are_unknown():
    locus = LocusSequence("G", "17", 101, "ACGT", False, "test", "SQ.x")
    assert locus.bases(99, 102) == "NNAC"
    assert locus.bases(104, 106) == "TNN"
    assert locus.known(101, 104)
    assert not locus.known(100, 104)


def test_made_up_bases_are_not_known():
    demo = LocusSequence("G", "17", 101, "ACgT", True, "test", "SQ.x")
    assert (demo.known(101, 102), demo.known(102, 103)) == (True, False)


def test_a_transcript_of_the_minus_strand_is_turned_round():
    reference = embedded_reference(Build.GRCH38, GENES)
    mane = reference.mane("STAT3")
    start = mane.cds_offsets[0]
    assert spliced(reference.locus("STAT3"), mane)[start : start + 6] == "ATGGCC"


def test_refget_digest_of_the_specification():
    # the example of the GA4GH refget specification
    assert refget_digest("ACGT") == "SQ.aKF498dAxcJAqme6QYQ7EZ07-fiw8Kw2"
    assert refget_digest("acgt") == refget_digest("ACGT")


def test_fasta_faults(tmp_path):
    with pytest.raises(ReferenceDataError, match="cannot be read"):
        read_fasta(tmp_path / "none.fa")


def test_positions_of_transcripts_there_and_back():
    for gene in GENES:
        for transcript in gene_transcripts(Build.GRCH38, gene):
            for offset in range(0, transcript.length, 97):
                position = transcript.genome_position(offset)
                assert transcript.transcript_offset(position) == offset
            with pytest.raises(ValueError, match="outside"):
                transcript.genome_position(transcript.length)


def test_the_middle_of_an_intron_counts_from_upstream():
    mane = gene_transcripts(Build.GRCH38, STAT3)[0]
    # intron 12 is 42329648-42329746: 99 bases, the middle one is +50
    assert mane.c_position(42329746 - 49) == "1139+50"
    assert mane.c_position(42329746 - 50) == "1140-49"
    assert mane.intron_at(42329700) == 12
    assert mane.intron_at(42329750) is None
