"""A draft holds what the GFF3 file and the genome hold: against genes that were counted out."""

from __future__ import annotations

import csv
from dataclasses import replace
from random import Random
from typing import NamedTuple

import pytest
from gff_writers import WRITERS, gff_text, pieces, refseq, shipped_gene
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_genes import MadeUp, bases, made_up_gene
from msgspec import convert

from hies_annot.annotate.annotator import Annotator
from hies_annot.errors import BuildMismatchError, InputError, ReferenceDataError, UsageError
from hies_annot.genes.gene_file import Gene, GeneFile, Inheritance, default_genes
from hies_annot.genome import Build, contigs
from hies_annot.io.fasta import Sequence, write_bgzipped
from hies_annot.model.closed import as_json
from hies_annot.reference import draft_files
from hies_annot.reference.draft_files import Choices, transcript_table, write_draft
from hies_annot.reference.from_genome import padded_fasta
from hies_annot.reference.gene_draft import choose, complete_ones, make_draft
from hies_annot.reference.gff_genes import read_gene
from hies_annot.reference.load import embedded_reference, gene_proteins
from hies_annot.reference.normalise import normalise_allele
from hies_annot.shipped import resource_path

CHROM, FIRST, STEP, FLANK = "21", 20_000_001, 10_000, 50
GENES = tuple(made_up_gene(seed, CHROM, FIRST + STEP * seed) for seed in range(24))
CHOICES = Choices(Inheritance.AR, 7, "made_up.gff3")


class World(NamedTuple):
    fasta: object
    folder: object

    def draft(self, gff, symbol, *, wanted=None, also=(), flank=FLANK, fasta=None):
        path = self.folder / "made_up.gff3"
        path.write_text(gff)
        gene = read_gene(path, symbol)
        chosen, _ = choose(gene, wanted, "GFF")
        others = complete_ones(gene)[0] if also == "all" else also
        return make_draft(gene, chosen, others, fasta or self.fasta, flank, self.folder)


def genome(path, parts, *, name=CHROM, build=Build.GRCH38):
    length = contigs(build)[CHROM].length
    write_bgzipped(path, (Sequence(name, length, tuple(parts)),))
    return path


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder, random = tmp_path_factory.mktemp("world"), Random(0)
    parts = [(g.start - FLANK, bases(random, FLANK) + g.plus + bases(random, FLANK)) for g in GENES]
    return World(genome(folder / "genome.fa.gz", parts, name=f"chr{CHROM}"), folder)


def read_back(draft, folder):
    """Write a draft and load it as a run would; the open fields are not needed for that."""
    written = write_draft(draft, CHOICES, folder)
    file = draft_files._without_open_fields(draft)
    return Gene(written.path, convert(as_json(file), GeneFile))


@pytest.fixture(scope="module")
def drafted(world):
    """Draft every made-up gene from a file of another dialect in turn."""
    writers, found = list(WRITERS.values()), {}
    for number, made in enumerate(GENES):
        symbol = made.written.symbol
        gff = gff_text(*(writers[number % 3](each.written) for each in GENES))
        gene = read_back(world.draft(gff, symbol), world.folder / symbol)
        reference = embedded_reference(Build.GRCH38, (gene,))
        found[symbol] = gene, reference, Annotator(reference, (gene,))
    return found


@pytest.mark.parametrize("made", GENES, ids=lambda made: made.written.symbol)
def test_exons_coding_region_and_protein_come_back(drafted, made: MadeUp):
    gene, reference, _ = drafted[made.written.symbol]
    (transcript,) = reference.transcripts[gene.name]
    assert [(x.start, x.end) for x in transcript.exons] == [(min(x), max(x)) for x in made.exons]
    assert transcript.strand == made.written.strand
    assert f"{gene_proteins(gene)[transcript.protein]}*" == made.protein
    locus = reference.locus(gene.name)
    assert locus.bases(made.start, made.start + len(made.plus) - 1) == made.plus


@settings(max_examples=300)
@given(made=st.sampled_from(GENES), data=st.data())
def test_names_on_a_draft_are_those_counted_out(drafted, made: MadeUp, data):
    _, reference, annotator = drafted[made.written.symbol]
    position = data.draw(st.integers(made.start, made.start + len(made.plus) - 1))
    ref = made.base(position)
    alt = data.draw(st.sampled_from(sorted(set("ACGT") - {ref})))
    found = annotator.annotate(normalise_allele(reference, CHROM, position, ref, alt))
    c_name, p_name = made.names(position, alt)
    assert found.hgvs_c == c_name
    if p_name is not None:
        assert found.hgvs_p == p_name


@pytest.mark.parametrize("strand", ["+", "-"])
def test_both_strands_are_among_the_made_up_genes(strand):
    assert any(made.written.strand == strand and len(made.exons) > 2 for made in GENES)


@pytest.fixture(scope="module")
def own_genome(tmp_path_factory):
    reference = embedded_reference(Build.GRCH38, default_genes())
    return padded_fasta(reference, tmp_path_factory.mktemp("own"))


@pytest.mark.parametrize("symbol", ["STAT3", "ZNF341"])
@pytest.mark.parametrize("dialect", sorted(WRITERS))
def test_our_genes_come_back_from_their_own_locus(own_genome, tmp_path, symbol, dialect):
    table = resource_path("reference/transcripts.GRCh38.tsv").read_text()
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t"))
    gff = gff_text(WRITERS[dialect](shipped_gene(symbol, rows)))
    draft = World(own_genome, tmp_path).draft(gff, symbol, also="all", flank=2000)
    own = [line for line in table.splitlines() if line.startswith((symbol, "gene\t"))]
    assert transcript_table(draft).splitlines() == own
    shipped = next(gene for gene in default_genes() if gene.name == symbol)
    known = gene_proteins(shipped)[shipped.file.transcripts.protein]
    assert draft.proteins[shipped.file.transcripts.protein] == known
    written = write_draft(draft, CHOICES, tmp_path / symbol)
    assert all(check.passed for check in written.checks)


SPLICED = next(g for g in GENES if len(g.exons) > 3)


def broken(**changes):
    (transcript,) = SPLICED.written.transcripts
    return gff_text(refseq(replace(SPLICED.written, transcripts=(replace(transcript, **changes),))))


LOW, HIGH = SPLICED.written.transcripts[0].cds
ROW_FAULTS = {
    "the file calls it incomplete": (
        broken(tags=("MANE Select", "cds_start_NF")),
        "incomplete (cds_start_NF)",
    ),
    "begins inside a codon": (broken(phases={0: 1}), "is 1, the bases before it say 0 (it begins"),
    "another length": (broken(cds=(LOW + 1, HIGH), phases={}), "is no multiple of 3"),
    "no accession of the protein": (broken(protein="."), "no accession (protein_id)"),
}


@pytest.mark.parametrize("name", sorted(ROW_FAULTS))
def test_rows_that_make_no_transcript(world, name):
    text, message = ROW_FAULTS[name]
    with pytest.raises(ReferenceDataError) as fault:
        world.draft(text, SPLICED.written.symbol)
    assert message in str(fault.value)
    assert world.draft(broken(), SPLICED.written.symbol).proteins


def test_a_phase_against_the_frame_names_the_piece(world):
    true = pieces(SPLICED.written.transcripts[0], SPLICED.written.strand)
    start, end, phase = true[1]
    with pytest.raises(ReferenceDataError) as fault:
        world.draft(broken(phases={1: (phase + 1) % 3}), SPLICED.written.symbol)
    told = f"the phase of its CDS {start}-{end} is {(phase + 1) % 3}, the bases before it say"
    assert f"{told} {phase}" in str(fault.value)


def test_a_coding_region_that_leaves_the_exons(world):
    lines = broken().splitlines()
    at = next(number for number, line in enumerate(lines) if "\tCDS\t" in line)
    cells = lines[at].split("\t")
    cells[4 if SPLICED.written.strand == "+" else 3] = str(SPLICED.places[SPLICED.coding[0]])
    lines[at] = "\t".join(cells)
    with pytest.raises(ReferenceDataError, match="does not fit the exons"):
        world.draft("\n".join(lines) + "\n", SPLICED.written.symbol)


@pytest.mark.parametrize(
    ("at", "text", "message"),
    [
        (SPLICED.coding[0], "C", "the first codon (exon {exon}, 21:{place}) is CTG, not ATG"),
        (SPLICED.coding[1] - 2, "C", "the last codon (exon {exon}, 21:{place}) is CAA, no stop"),
        (SPLICED.coding[0] + 3, "TAA", "a stop inside at codon 2 (exon {exon}, 21:{place}), 1 in"),
    ],
)
def test_bases_that_are_no_reading_frame(world, tmp_path, at, text, message):
    plus, strand = list(SPLICED.plus), SPLICED.written.strand
    for offset, base in enumerate(text):
        other = base if strand == "+" else base.translate(str.maketrans("ACGT", "TGCA"))
        plus[SPLICED.places[at + offset] - SPLICED.start] = other
    fasta = genome(tmp_path / "other.fa.gz", [(SPLICED.start, "".join(plus))])
    place = SPLICED.places[at]
    exon = next(n for n, x in enumerate(SPLICED.exons, 1) if min(x) <= place <= max(x))
    with pytest.raises(ReferenceDataError) as fault:
        world.draft(broken(), SPLICED.written.symbol, flank=0, fasta=fasta)
    assert message.format(exon=exon, place=place) in str(fault.value)
    assert "same build as the GFF3 file" in str(fault.value)


def test_an_intron_with_unknown_ends_is_named(world, tmp_path):
    first, second = SPLICED.exons[:2]
    low = min(max(first), max(second)) - SPLICED.start + 1
    plus = SPLICED.plus[:low] + "TTT" + SPLICED.plus[low + 3 :]
    fasta = genome(tmp_path / "other.fa.gz", [(SPLICED.start, plus)])
    draft = world.draft(broken(), SPLICED.written.symbol, flank=0, fasta=fasta)
    with pytest.raises(ReferenceDataError, match=r"intron \d \(21:\d+-\d+\) is"):
        write_draft(draft, CHOICES, tmp_path / "gene")
    assert not (tmp_path / "gene").exists()
    assert not list(tmp_path.glob(".gene-*"))


def test_an_unknown_base_in_the_window(world):
    with pytest.raises(ReferenceDataError, match="no known base: take another genome, or a sm"):
        world.draft(broken(), SPLICED.written.symbol, flank=FLANK + 1)


def test_a_genome_without_the_chromosome(world, tmp_path):
    fasta = tmp_path / "other.fa"
    fasta.write_text(">chr1\nACGT\n")
    with pytest.raises(ReferenceDataError, match=r"chromosome 21, on which GENE.* is missing"):
        world.draft(broken(), SPLICED.written.symbol, fasta=fasta)


def test_a_genome_of_another_build(world, tmp_path):
    fasta = genome(tmp_path / "old.fa.gz", [(1, "ACGT")], build=Build.GRCH37)
    with pytest.raises(BuildMismatchError, match="GRCh37, but gene files are made on GRCh38"):
        world.draft(broken(), SPLICED.written.symbol, fasta=fasta)


@pytest.mark.parametrize(
    ("contig", "head"),
    [
        (contigs(Build.GRCH37)[CHROM].refseq, ()),
        ("chr21", ("#!genome-build  GRCh37.p13",)),
        ("chr21", ("##sequence-region chr21 1 48129895",)),
        ("chr21", ("#description: annotation of the human genome (GRCh37), version 19",)),
    ],
)
def test_an_annotation_of_another_build(world, contig, head):
    text = gff_text(refseq(SPLICED.written, contig), head=head)
    with pytest.raises(BuildMismatchError, match="the GFF3 file: this is GRCh37"):
        world.draft(text, SPLICED.written.symbol)


def two_transcripts(*tags):
    (first,) = SPLICED.written.transcripts
    second = replace(first, accession="NM_999999.4", protein="NP_999999.1")
    made = tuple(replace(x, tags=t) for x, t in zip((first, second), tags, strict=True))
    return gff_text(refseq(replace(SPLICED.written, transcripts=made)))


def test_the_transcript_of_the_names(world):
    symbol, own = SPLICED.written.symbol, SPLICED.written.transcripts[0].accession

    def chosen(text, wanted=None):
        return world.draft(text, symbol, wanted=wanted).chosen.accession

    marked = two_transcripts(("MANE Select",), ())
    assert chosen(marked) == own
    assert chosen(marked, "NM_999999") == "NM_999999.4"
    assert chosen(marked, "NM_999999.4") == "NM_999999.4"
    assert chosen(two_transcripts((), ("Ensembl_canonical",))) == "NM_999999.4"
    for text, wanted in ((marked, "NM_999999.3"), (two_transcripts((), ()), None)):
        with pytest.raises(UsageError, match=f"{own}, NM_999999.4"):
            chosen(text, wanted)


def test_incomplete_transcripts_are_left_out_of_all(world):
    (first,) = SPLICED.written.transcripts
    cut = replace(first, accession="NM_999999.4", protein="NP_999999.1", tags=("cds_end_NF",))
    text = gff_text(refseq(replace(SPLICED.written, transcripts=(first, cut))))
    draft = world.draft(text, SPLICED.written.symbol, also="all")
    assert [found.accession for found in draft.transcripts] == [first.accession]
    path = world.folder / "made_up.gff3"
    assert complete_ones(read_gene(path, SPLICED.written.symbol))[1] == (
        "not taken: NM_999999.4: its coding region is incomplete (cds_end_NF)",
    )


def found(tmp_path, symbol, *parts):
    path = tmp_path / "a.gff3"
    path.write_text(gff_text(*parts))
    return read_gene(path, symbol)


def test_a_symbol_that_is_not_there(tmp_path):
    (first, second) = (made.written for made in GENES[:2])
    with pytest.raises(InputError, match="no gene is called gene0; near ones are GENE0"):
        found(tmp_path, "gene0", refseq(first))
    with pytest.raises(InputError, match="no gene is called OLD1; it is another name of GENE0"):
        found(tmp_path, "OLD1", refseq(first))
    assert found(tmp_path, "GENE1", refseq(first), refseq(second)).symbol == "GENE1"


def test_a_gene_at_several_places(tmp_path):
    gene, other = GENES[0].written, "NW_003315966.2"
    only = found(tmp_path, "GENE0", refseq(gene), refseq(gene, other))
    assert only.chrom == CHROM
    assert f"GENE0 at {other}:" in only.notes[0]
    with pytest.raises(InputError, match="no chromosome of the primary assembly, but at NW_"):
        found(tmp_path, "GENE0", refseq(gene, other))
    assert found(tmp_path, "GENE0", refseq(gene, "chrY"), refseq(gene, "chrX")).chrom == "X"
    with pytest.raises(InputError, match="stands at more than one place"):
        found(tmp_path, "GENE0", refseq(gene), refseq(gene, "chr1"))


def test_a_gene_without_a_coding_region(tmp_path):
    rows = [line for line in refseq(GENES[0].written) if "\tCDS\t" not in line]
    with pytest.raises(InputError, match="GENE0 has no transcript with a coding region"):
        found(tmp_path, "GENE0", rows)


@pytest.mark.parametrize("dialect", sorted(WRITERS))
def test_ids_are_read_where_a_dialect_states_them(tmp_path, dialect):
    gene = found(tmp_path, "GENE0", WRITERS[dialect](GENES[0].written))
    mim = "600000" if dialect == "RefSeq" else None
    assert (gene.hgnc, gene.ensembl, gene.mim) == ("HGNC:5", "ENSG00000000005", mim)
    (transcript,) = gene.transcripts
    assert transcript.accession == GENES[0].written.transcripts[0].accession
