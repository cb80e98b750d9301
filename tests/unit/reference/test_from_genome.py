from __future__ import annotations

import gzip
from pathlib import Path

import pysam
import pytest
from msgspec.structs import replace

from hies_annot.errors import BuildMismatchError, ReferenceDataError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.io.fasta import IndexedFasta, Sequence, write_bgzipped
from hies_annot.reference.from_genome import (
    build_reference,
    load_reference,
    padded_fasta,
    real_locus,
    require_verified,
    verify,
)
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
STAT3, ZNF341 = GENES
ACGT = str.maketrans("ACGT", "CATG")


@pytest.fixture(scope="session")
def reference():
    return embedded_reference(Build.GRCH38, GENES)


@pytest.fixture(scope="session")
def genome(tmp_path_factory):
    """Write a genome of two chromosomes at full length: a lab's file.

    Some bases of an intron of ZNF341 are changed, so that the sequence is not our demo any more.
    """
    folder = tmp_path_factory.mktemp("genomes")

    def make(name, *, build=Build.GRCH38, chroms=("17", "20")):
        path = folder / f"{name}.fa.gz"
        if path.exists():
            return path
        sequences = []
        for locus in embedded_reference(build, GENES).loci:
            if locus.chrom not in chroms:
                continue
            bases = locus.sequence.upper()
            if locus.chrom == "20":
                bases = bases[:60_000] + bases[60_000:60_100].translate(ACGT) + bases[60_100:]
            length = contigs(build)[locus.chrom].length
            sequences.append(Sequence(locus.chrom, length, ((locus.start, bases),)))
        write_bgzipped(path, tuple(sequences))
        return path

    return make


def renamed(path, folder, names):
    """Return the same genome under other contig names: they stand in the index."""
    copy = folder / path.name
    copy.symlink_to(path)
    Path(f"{copy}.gzi").write_bytes(Path(f"{path}.gzi").read_bytes())
    lines = Path(f"{path}.fai").read_text().splitlines()
    fields = [[name, *line.split("\t")[1:]] for name, line in zip(names, lines, strict=True)]
    Path(f"{copy}.fai").write_text("".join("\t".join(row) + "\n" for row in fields))
    return copy


@pytest.mark.parametrize(
    "names",
    [
        ("17", "20"),
        ("chr17", "chr20"),
        ("NC_000017.11", "NC_000020.11"),
        ("CM000679.2", "CM000682.2"),
    ],
)
def test_a_genome_with_any_contig_names(genome, reference, tmp_path, names):
    lab = renamed(genome("lab"), tmp_path, names)
    found = load_reference(Build.GRCH38, GENES, lab, None)
    assert found.locus("STAT3").sequence == reference.locus("STAT3").sequence
    assert not any(locus.demo for locus in found.loci)
    assert found.mane("ZNF341").accession == "NM_001282933.2"


def test_the_padded_fasta_keeps_true_coordinates(genome, reference, tmp_path):
    path = build_reference(genome("lab"), Build.GRCH38, GENES, tmp_path)
    assert build_reference(genome("lab"), Build.GRCH38, GENES, tmp_path) == path
    with pysam.FastaFile(str(path)) as fasta:
        assert list(fasta.references) == ["17", "20"]
        assert list(fasta.lengths) == [83257441, 64444167]
        assert fasta.fetch("17", 42329642, 42329643) == "G"
        assert fasta.fetch("20", 33757309, 33757310) == "C"
        assert set(fasta.fetch("17", 0, 1000)) == {"N"}
    assert [p.name for p in tmp_path.iterdir()] == [path.parent.name]


@pytest.fixture(scope="session")
def padded(reference, tmp_path_factory):
    return padded_fasta(reference, tmp_path_factory.mktemp("padded"), {"17": "chr17"})


def test_the_embedded_reference_padded(reference, padded):
    path = padded
    with IndexedFasta(path) as fasta:
        assert fasta.lengths == {"chr17": 83257441, "20": 64444167}
        assert fasta.fetch("chr17", 42329643, 42329643) == "G"
        span = reference.locus("ZNF341")
        assert fasta.fetch("20", span.start, span.end) == span.sequence


def test_our_demo_sequence_handed_back_stays_a_demo(padded):
    assert load_reference(Build.GRCH38, GENES, padded, None).locus("ZNF341").demo


def test_another_build_is_refused_by_name(genome):
    lab = genome("lab37", build=Build.GRCH37)
    with pytest.raises(BuildMismatchError, match=r"GRCh38 was asked for.*GRCh37"):
        build_reference(lab, Build.GRCH38, GENES, lab.parent)
    assert load_reference(Build.GRCH38, GENES, lab, None).locus("ZNF341").demo
    assert not load_reference(Build.GRCH37, GENES, lab, None).locus("ZNF341").demo


def changed(reference, *positions):
    """Return the reference with other bases at some positions of STAT3, and ZNF341 as real."""
    locus = reference.locus("STAT3")
    bases = locus.sequence
    for index in (position - locus.start for position in positions):
        bases = bases[:index] + bases[index].translate(ACGT) + bases[index + 1 :]
    other = reference.locus("ZNF341")
    real = real_locus(Build.GRCH38, ZNF341, "A" + other.sequence[1:], "lab.fa")
    return replace(reference, loci=(real_locus(Build.GRCH38, STAT3, bases, "lab.fa"), real))


def test_a_changed_base_is_found_where_it_matters(reference):
    with pytest.raises(ReferenceDataError) as fault:
        require_verified(changed(reference, 42329642, 42329746), GENES, "lab.fa")
    assert str(fault.value).startswith("lab.fa: this is not a usable reference")
    assert "does not translate to NP_644805.1" in str(fault.value)
    assert "intron 12 (17:" in str(fault.value)


def test_a_changed_base_elsewhere_is_a_remark(reference):
    found = changed(reference, 42340000)
    require_verified(found, GENES, "lab.fa")
    remarks = [check for check in verify(found, GENES) if not check.passed]
    assert [(c.gene, c.name, c.fatal) for c in remarks] == [("STAT3", "digest", False)]


def test_a_chromosome_is_missing(genome):
    lab = genome("only17", chroms=("17",))
    with pytest.raises(ReferenceDataError, match="chromosome 20 is missing"):
        load_reference(Build.GRCH38, GENES, lab, None)


def test_a_missing_index_is_made_in_the_cache(genome, tmp_path):
    lab = tmp_path / "noindex.fa.gz"
    lab.write_bytes(genome("lab").read_bytes())
    with pytest.raises(ReferenceDataError, match="samtools faidx"):
        load_reference(Build.GRCH38, GENES, lab, None)
    cache = tmp_path / "cache"
    assert load_reference(Build.GRCH38, GENES, lab, cache).locus("STAT3").start == 42311325
    assert sorted(p.suffix for p in cache.iterdir()) == [".fai", ".gzi"]
    assert [p.name for p in tmp_path.glob("noindex*")] == ["noindex.fa.gz"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist"),
        (gzip.compress(b">17\nACGT\n", mtime=0), "not bgzip"),
        (b"hello\n", "cannot be indexed"),
        (b">17\nACGT\n", "of neither GRCh37 nor GRCh38"),
        (b">X\nACGT\n", "of neither GRCh37 nor GRCh38"),
    ],
)
def test_files_that_are_no_genome(tmp_path, content, words):
    path = tmp_path / "genome.fa"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReferenceDataError, match=words):
        load_reference(Build.GRCH38, GENES, path, tmp_path / "cache")


def written(content):
    """Return what stands in for the writer, which takes a second for 150 million bases."""

    def write(path, _sequences):
        path.write_bytes(content)
        Path(f"{path}.gzi").touch()

    return write


def test_another_process_may_be_first(reference, tmp_path, monkeypatch):
    """The other one finishes while ours writes: its files are used, ours are thrown away."""
    monkeypatch.setattr("hies_annot.reference.from_genome.write_bgzipped", written(b"theirs"))
    first = padded_fasta(reference, tmp_path)
    hidden = tmp_path / "hidden"
    first.parent.rename(hidden)

    def write(path, sequences):
        written(b"ours")(path, sequences)
        hidden.rename(first.parent)

    monkeypatch.setattr("hies_annot.reference.from_genome.write_bgzipped", write)
    assert padded_fasta(reference, tmp_path) == first
    assert first.read_bytes() == b"theirs"
    assert [p.name for p in tmp_path.iterdir()] == [first.parent.name]


def test_nothing_is_left_behind_by_a_failure(reference, tmp_path, monkeypatch):
    def write(path, _sequences):
        path.write_bytes(b"half")
        raise OSError("no space left on device")

    monkeypatch.setattr("hies_annot.reference.from_genome.write_bgzipped", write)
    with pytest.raises(OSError, match="no space"):
        padded_fasta(reference, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_checks_of_the_embedded_reference(reference):
    checks = verify(reference, GENES)
    assert all(check.passed for check in checks)
    assert {check.demo for check in checks if check.gene == "ZNF341"} == {True}
    assert {check.demo for check in checks if check.gene == "STAT3"} == {False}
    proteins = [c.detail for c in checks if c.name == "protein of NM_139276.3"]
    assert proteins == ["770 residues equal NP_644805.1"]
