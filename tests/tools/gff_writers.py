"""GFF3 files of made-up genes as Ensembl, GENCODE/MANE and RefSeq write them, for tests.

Attributes and order of rows as in the releases of the three; only what a reader needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from hies_annot.genome import Build, contigs

SOURCE = "made_up"


@dataclass(frozen=True)
class Written:
    """A transcript to write: exons as (start, end) in any order, outermost coding bases."""

    accession: str
    protein: str
    exons: tuple[tuple[int, int], ...]
    cds: tuple[int, int]
    tags: tuple[str, ...] = ()
    phases: Mapping[int, int] = field(default_factory=dict)
    """Phases to write instead of the true ones, by number of the piece from 0."""

    @property
    def name(self) -> str:
        return self.accession.partition(".")[0]

    @property
    def version(self) -> str:
        return self.accession.partition(".")[2]


@dataclass(frozen=True)
class WrittenGene:
    """A gene to write."""

    symbol: str
    chrom: str
    strand: str
    transcripts: tuple[Written, ...]
    hgnc: str = "HGNC:5"
    ensembl: str = "ENSG00000000005"
    mim: str = "600000"

    @property
    def span(self) -> tuple[int, int]:
        exons = [exon for found in self.transcripts for exon in found.exons]
        return min(a for a, _ in exons), max(b for _, b in exons)


def pieces(found: Written, strand: str) -> list[tuple[int, int, int]]:
    """Return start, end and phase of each coding piece in the order of the transcript."""
    low, high = found.cds
    inside = [(max(a, low), min(b, high)) for a, b in found.exons if a <= high and b >= low]
    made, before = [], 0
    for number, (start, end) in enumerate(sorted(inside, reverse=strand == "-")):
        made.append((start, end, found.phases.get(number, -before % 3)))
        before += end - start + 1
    return made


def row(contig: str, kind: str, place: tuple[int, int], strand: str, phase: object, **words: str):
    text = ";".join(f"{key}={value}" for key, value in words.items() if value)
    cells = [contig, SOURCE, kind, str(place[0]), str(place[1]), ".", strand, str(phase), text]
    return "\t".join(cells)


def ensembl(gene: WrittenGene, contig: str | None = None) -> Iterable[str]:
    """Write contigs as `9`, ids with a prefix, versions apart."""
    at, strand = contig or gene.chrom, gene.strand
    described = f"made up [Source:HGNC Symbol%3BAcc:{gene.hgnc}]"
    words = {"ID": f"gene:{gene.ensembl}", "Name": gene.symbol, "description": described}
    yield row(at, "gene", gene.span, strand, ".", **words, gene_id=gene.ensembl, version="7")
    for found in gene.transcripts:
        parent = f"transcript:{found.name}"
        tags = ",".join(("basic", *(tag.replace(" ", "_") for tag in found.tags)))
        place = min(found.exons)[0], max(found.exons)[1]
        words = {"ID": parent, "Parent": f"gene:{gene.ensembl}", "Name": f"{gene.symbol}-201"}
        ids = {"transcript_id": found.name, "version": found.version}
        yield row(at, "mRNA", place, strand, ".", **words, tag=tags, **ids)
        for number, exon in enumerate(sorted(found.exons, reverse=strand == "-"), 1):
            yield row(at, "exon", exon, strand, ".", Parent=parent, rank=str(number))
        for start, end, phase in pieces(found, strand):
            words = {"ID": f"CDS:{found.protein}", "Parent": parent, "protein_id": found.protein}
            yield row(at, "CDS", (start, end), strand, phase, **words)


def gencode(gene: WrittenGene, contig: str | None = None) -> Iterable[str]:
    """Write contigs as `chr9`, type `transcript`, names with versions on every row."""
    at, strand = contig or f"chr{gene.chrom}", gene.strand
    named = {"gene_id": f"{gene.ensembl}.7", "gene_name": gene.symbol, "hgnc_id": gene.hgnc}
    yield row(at, "gene", gene.span, strand, ".", ID=f"{gene.ensembl}.7", **named)
    for found in gene.transcripts:
        tags = ",".join(("basic", *(tag.replace(" ", "_") for tag in found.tags)))
        shared = {**named, "transcript_id": found.accession, "tag": tags}
        place = min(found.exons)[0], max(found.exons)[1]
        words = {"ID": found.accession, "Parent": f"{gene.ensembl}.7"}
        yield row(at, "transcript", place, strand, ".", **words, **shared)
        for number, exon in enumerate(sorted(found.exons, reverse=strand == "-"), 1):
            words = {"ID": f"exon:{found.accession}:{number}", "Parent": found.accession}
            yield row(at, "exon", exon, strand, ".", **words, **shared)
        for start, end, phase in pieces(found, strand):
            words = {"ID": f"CDS:{found.accession}", "Parent": found.accession}
            protein = {"protein_id": found.protein}
            yield row(at, "CDS", (start, end), strand, phase, **words, **protein, **shared)


def refseq(gene: WrittenGene, contig: str | None = None) -> Iterable[str]:
    """Write contigs as `NC_000009.12`, ids in `Dbxref`, tags with blanks."""
    at, strand = contig or contigs(Build.GRCH38)[gene.chrom].refseq, gene.strand
    refs = f"GeneID:5,{'HGNC:' + gene.hgnc},MIM:{gene.mim},Ensembl:{gene.ensembl}.7"
    words = {"ID": f"gene-{gene.symbol}", "Dbxref": refs, "Name": gene.symbol}
    yield row(at, "gene", gene.span, strand, ".", **words, gene_synonym="OLD1,OLD2")
    for found in gene.transcripts:
        parent = f"rna-{found.accession}"
        place = min(found.exons)[0], max(found.exons)[1]
        words = {"ID": parent, "Parent": f"gene-{gene.symbol}", "Name": found.accession}
        tags = ",".join(found.tags)
        yield row(at, "mRNA", place, strand, ".", **words, tag=tags, transcript_id=found.accession)
        for number, exon in enumerate(sorted(found.exons, reverse=strand == "-"), 1):
            words = {"ID": f"exon-{found.accession}-{number}", "Parent": parent}
            yield row(at, "exon", exon, strand, ".", **words)
        for start, end, phase in pieces(found, strand):
            words = {"ID": f"cds-{found.protein}", "Parent": parent}
            protein = "" if found.protein == "." else found.protein
            yield row(at, "CDS", (start, end), strand, phase, **words, protein_id=protein)


WRITERS: Mapping[str, Callable[..., Iterable[str]]] = {
    "Ensembl": ensembl,
    "GENCODE": gencode,
    "RefSeq": refseq,
}


def gff_text(*parts: Iterable[str], head: Iterable[str] = ()) -> str:
    """Return a file of the rows of several genes."""
    rows = (line for part in parts for line in part)
    return "".join(f"{line}\n" for line in ("##gff-version 3", *head, *rows))


def shipped_gene(symbol: str, table: Iterable[Mapping[str, str]]) -> WrittenGene:
    """Return a gene of the shipped transcript table; its first transcript is MANE Select."""
    rows = [line for line in table if line["gene"] == symbol]
    names = list(dict.fromkeys(line["transcript"] for line in rows))
    made = []
    for name in names:
        own = [line for line in rows if line["transcript"] == name]
        exons = tuple((int(line["start"]), int(line["end"])) for line in own)
        cds = int(own[0]["cds_start"]), int(own[0]["cds_end"])
        made.append(Written(name, own[0]["protein"], exons, cds))
    made[0] = replace(made[0], tags=("MANE Select",))
    return WrittenGene(symbol, rows[0]["chrom"], rows[0]["strand"], tuple(made))
