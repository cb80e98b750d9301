"""A gene and its transcripts as a GFF3 file of MANE, Ensembl, GENCODE or RefSeq states them.

Ensembl: `ID=transcript:ENST..`, `version=7`, `tag=MANE_Select`. GENCODE and MANE: type
`transcript`, `gene_name`, `tag=basic,MANE_Select`. RefSeq: `NC_` contigs, `tag=MANE Select`,
ids in `Dbxref`. In all of them the coding region includes the stop codon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.genome import Build, build_of_accession, canonical_chrom, contigs
from hies_annot.io.gff import Feature, directives, features

MANE, CANONICAL = "mane select", "ensembl canonical"
_HGNC = re.compile(r"HGNC:\d+")
_PREFIX = re.compile(r"^(?:transcript|gene|rna|cds|CDS)[:-]")
_INCOMPLETE = ("cds start nf", "cds end nf", "mrna start nf", "mrna end nf")
_NEAR = 5


class CodingPiece(Struct, frozen=True):
    """A piece of a coding region (1-based inclusive) and its phase as written."""

    start: int
    end: int
    phase: int | None


class GffTranscript(Struct, frozen=True):
    """A transcript as written; exons and coding pieces in the order of the transcript."""

    accession: str
    protein: str
    ensembl: str | None
    tags: frozenset[str]
    strand: str
    exons: tuple[tuple[int, int], ...]
    cds: tuple[CodingPiece, ...]
    incomplete: str | None
    """The mark by which the file says that the coding region is incomplete."""


class GffGene(Struct, frozen=True):
    """A gene on a chromosome of the primary assembly with its coding transcripts."""

    symbol: str
    chrom: str
    strand: str
    hgnc: str | None
    ensembl: str | None
    mim: str | None
    build: Build | None
    """The build that the file states; None: it does not."""
    transcripts: tuple[GffTranscript, ...]
    notes: tuple[str, ...] = ()


def read_gene(path: Path, symbol: str) -> GffGene:
    """Return a gene by its symbol, on the primary assembly.

    Raises:
        InputError: the file cannot be used; no gene, or more than one, has this symbol (the
            message has near ones); it lies on no chromosome of the primary assembly.
    """
    row, notes = _one_place(path, symbol, _rows_of_symbol(path, symbol))
    inside = features(
        path,
        lambda contig, _, start, end: (
            contig == row.contig and row.start <= start and end <= row.end
        ),
    )
    transcripts = tuple(_transcripts(row, tuple(inside)))
    if not transcripts:
        raise InputError(f"{symbol} has no transcript with a coding region", file=str(path))
    chrom = canonical_chrom(row.contig)
    assert chrom is not None
    return GffGene(
        symbol=symbol,
        chrom=chrom,
        strand=row.strand,
        hgnc=_matched(_HGNC, row),
        ensembl=_unversioned(_one_of(row, "ENSG")),
        mim=next((x.removeprefix("MIM:") for x in row.values("Dbxref") if x[:4] == "MIM:"), None),
        build=_stated_build(path, row.contig),
        transcripts=transcripts,
        notes=notes,
    )


def _rows_of_symbol(path: Path, symbol: str) -> list[Feature]:
    found: list[Feature] = []
    known: dict[str, str] = {}
    for row in features(path, lambda _, kind, __, ___: kind.endswith("gene")):
        name = row.first("gene_name", "Name", "gene")
        if name == symbol:
            found.append(row)
        elif name:
            known |= dict.fromkeys((name, *row.values("gene_synonym")), name)
    if found:
        return found
    near = get_close_matches(symbol.upper(), known, n=_NEAR, cutoff=0.6)
    told = f"; near ones are {', '.join(near)}" if near else ""
    if symbol in known:
        told = f"; it is another name of {known[symbol]}"
    raise InputError(f"no gene is called {symbol}{told}", file=str(path))


def _one_place(path: Path, symbol: str, rows: list[Feature]) -> tuple[Feature, tuple[str, ...]]:
    primary = [row for row in rows if canonical_chrom(row.contig) is not None]
    left_out = [row.place for row in rows if row not in primary]
    if not primary:
        raise InputError(
            f"{symbol} lies on no chromosome of the primary assembly, but at {', '.join(left_out)}",
            file=str(path),
        )
    by_chrom = {str(canonical_chrom(row.contig)): row for row in primary}
    if len(primary) == 2 and set(by_chrom) == {"X", "Y"}:  # a pseudoautosomal gene
        primary = [by_chrom["X"]]
        left_out.append(by_chrom["Y"].place)
    if len(primary) > 1:
        places = ", ".join(row.place for row in primary)
        raise InputError(
            f"{symbol} stands at more than one place ({places}): give the GFF3 file of MANE, in "
            "which a gene stands once",
            file=str(path),
        )
    notes = (f"not taken: {symbol} at {', '.join(left_out)}",) if left_out else ()
    return primary[0], notes


def _transcripts(gene: Feature, rows: tuple[Feature, ...]) -> Iterator[GffTranscript]:
    children: dict[str, list[Feature]] = {}
    for row in rows:
        for parent in row.values("Parent"):
            children.setdefault(parent, []).append(row)
    for row in children.get(gene.first("ID") or "", ()):
        parts = children.get(row.first("ID") or "", ())
        exons = [part for part in parts if part.kind == "exon"]
        cds = [part for part in parts if part.kind == "CDS"]
        if exons and cds:
            yield _transcript(row, exons, cds)


def _transcript(row: Feature, exons: list[Feature], cds: list[Feature]) -> GffTranscript:
    tags = frozenset(tag.replace("_", " ").lower() for tag in row.values("tag"))
    minus = row.strand == "-"
    marks = [mark for mark in _INCOMPLETE if mark in tags]
    if not marks and "true" in row.values("partial"):
        marks = ["partial"]
    return GffTranscript(
        accession=_accession(row, "transcript_id"),
        protein=_accession(cds[0], "protein_id") if cds[0].first("protein_id") else ".",
        ensembl=_one_of(row, "ENST"),
        tags=tags,
        strand=row.strand,
        exons=tuple(sorted(((x.start, x.end) for x in exons), reverse=minus)),
        cds=tuple(
            CodingPiece(x.start, x.end, x.phase)
            for x in sorted(cds, key=lambda x: (x.start, x.end), reverse=minus)
        ),
        incomplete=marks[0].replace(" nf", " NF").replace(" ", "_") if marks else None,
    )


def _accession(row: Feature, attribute: str) -> str:
    """Return an accession with its version: Ensembl writes that apart."""
    name = row.first(attribute, "Name") or _PREFIX.sub("", row.first("ID") or "")
    version = row.first("version")
    return f"{name}.{version}" if version and "." not in name else name


def _one_of(row: Feature, start: str) -> str | None:
    """Return the id of Ensembl that begins so: the row's own, or one that it refers to."""
    named = (*row.values("gene_id"), *row.values("transcript_id"), *row.values("Dbxref"))
    found = (value.rpartition(":")[2] for value in named)
    return next((value for value in found if value.startswith(start)), None)


def _unversioned(name: str | None) -> str | None:
    return name.partition(".")[0] if name else None


def _matched(pattern: re.Pattern[str], row: Feature) -> str | None:
    texts: Iterable[str] = (text for values in row.attributes.values() for text in values)
    return next((found[0] for text in texts if (found := pattern.search(text))), None)


def _stated_build(path: Path, contig: str) -> Build | None:
    """Return the build of an accession, a `#!genome-build` or a `##sequence-region`."""
    if (known := build_of_accession(contig)) is not None:
        return known
    for line in directives(path):
        words = line.split()
        if line.startswith(("#!genome-build ", "#description")):
            return next((build for build in Build if build in line), None)
        if words[:2] == ["##sequence-region", contig] and words[-1].isdecimal():
            length, chrom = int(words[-1]), str(canonical_chrom(contig))
            return next((b for b in Build if contigs(b)[chrom].length == length), None)
    return None
