"""Slices of alignments: what they hold, what they leave out, and that both are said."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pysam
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_reads import ALT, CONTIG, LENGTH, POS, write_bam

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io import read_slices
from hies_annot.io.read_slices import FLANK, cut_slices
from hies_annot.model.read_slice import ReadSlice, Strands
from hies_annot.reference.normalise import normalise_allele


@pytest.fixture(scope="module")
def allele(reference):
    return normalise_allele(reference, "17", POS, "G", ALT)


def cut(path: Path, *alleles) -> tuple[ReadSlice, ...]:
    return cut_slices(path, Build.GRCH38, alleles)


def reads_of(found: ReadSlice, folder: Path) -> tuple[list[pysam.AlignedSegment], dict]:
    path = folder / "slice.bam"
    path.write_bytes(found.bam)
    with pysam.AlignmentFile(str(path), check_sq=False) as file:
        return list(file), file.header.to_dict()


def test_a_slice_holds_the_reads_and_nothing_that_tells_whose_they_are(tmp_path, allele):
    bam = write_bam(tmp_path / "a.bam", HP=2, XX="secret")
    (found,) = cut(bam, allele)
    reads, head = reads_of(found, tmp_path)
    assert (found.contig, found.length) == (CONTIG, LENGTH)
    assert (found.start, found.end) == (POS - FLANK, POS + FLANK)
    assert found.reads == found.kept == len(reads) == 60
    with pysam.AlignmentFile(str(bam)) as whole:
        kept = [(r.pos, r.flag, r.query_sequence, r.qual) for r in whole]
    assert [(r.pos, r.flag, r.query_sequence, r.qual) for r in reads] == kept
    assert {tuple(dict(r.get_tags())) for r in reads} == {("HP",)}
    assert head == {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [{"SN": CONTIG, "LN": LENGTH}],
    }
    assert [r.query_name for r in reads] == [str(number) for number in range(1, 61)]
    assert cut(bam, allele) == (found,)


def test_reads_are_counted_by_strand(tmp_path, allele):
    (found,) = cut(write_bam(tmp_path / "a.bam", reads=40), allele)
    assert found.counts == {
        "alternate": Strands(10, 10),
        "reference": Strands(10, 10),
        "other": Strands(0, 0),
    }


@given(reads=st.integers(1, 60), most=st.integers(1, 80))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_thinning_keeps_as_many_as_may_be_in_even_steps(tmp_path, allele, reads, most):
    bam = write_bam(tmp_path / "a.bam", reads=reads)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_slices, "MOST_READS", most)
        (found,) = cut(bam, allele)
    kept, _ = reads_of(found, tmp_path)
    assert found.reads == reads
    assert found.kept == len(kept) == min(reads, most)
    assert sum(c.forward + c.reverse for c in found.counts.values()) == reads, "all are counted"
    with pysam.AlignmentFile(str(bam)) as whole:
        places = {(r.pos, r.query_sequence): n for n, r in enumerate(whole)}
    chosen = [places[r.pos, r.query_sequence] for r in kept]
    steps = Counter(b - a for a, b in pairwise(chosen))
    assert len(steps) <= 2
    assert chosen == sorted(set(chosen))


def test_long_reads_and_large_samples_are_bounded(tmp_path, allele, monkeypatch):
    bam = write_bam(tmp_path / "a.bam")
    monkeypatch.setattr(read_slices, "MOST_BASES", 150 * 7)
    (found,) = cut(bam, allele)
    assert (found.kept, found.reads) == (7, 60)
    monkeypatch.setattr(read_slices, "MOST_BYTES", len(found.bam))
    first, second = cut(bam, allele, allele)
    assert (first.bam, first.kept) == (found.bam, 7)
    assert (second.bam, second.kept, second.reads) == (b"", 0, 60)
    assert second.counts == found.counts


def test_duplicates_are_left_out_and_a_place_without_reads_is_a_slice_without(tmp_path, reference):
    bam = write_bam(tmp_path / "a.bam", reads=8)
    other = tmp_path / "b.bam"
    with (
        pysam.AlignmentFile(str(bam)) as whole,
        pysam.AlignmentFile(str(other), "wb", header=whole.header) as out,
    ):
        for read in whole:
            read.is_duplicate = True
            out.write(read)
    pysam.index(str(other))
    (found,) = cut(other, normalise_allele(reference, "17", POS, "G", ALT))
    assert (found.reads, found.kept) == (0, 0)
    (far,) = cut(bam, normalise_allele(reference, "17", 42317222, "C", "T"))
    assert far.reads == 0


def test_a_symbolic_allele_is_shown_and_not_counted(tmp_path, reference):
    deletion = normalise_allele(reference, "17", POS, "G", "<DEL>", end=POS + 5000)
    (found,) = cut(write_bam(tmp_path / "a.bam"), deletion)
    assert found.counts == {}
    assert found.kept == 60
    assert found.end - found.start < 1000


def test_a_cram_needs_the_reference_and_gives_the_same_reads_with_it(tmp_path, allele):
    bam, cram, fasta = (tmp_path / name for name in ("a.bam", "a.cram", "ref.fa"))
    write_bam(bam, reads=4)
    fasta.write_text(">chr17\nACGT\n")
    no_reference = ("--output-fmt-option", "no_ref=1")
    pysam.view("-C", "-o", str(cram), *no_reference, str(bam), catch_stdout=False)
    pysam.index(str(cram))
    with pytest.raises(InputError, match=r"cannot be read without reference\.fasta"):
        cut(cram, allele)
    (found,) = cut_slices(cram, Build.GRCH38, [allele], fasta)
    (expected,) = cut(bam, allele)
    kept, _ = reads_of(found, tmp_path)
    due, _ = reads_of(expected, tmp_path)
    assert [(r.pos, r.query_sequence, r.qual) for r in kept] == [
        (r.pos, r.query_sequence, r.qual) for r in due
    ]
    assert found.counts == expected.counts
