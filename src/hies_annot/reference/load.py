"""Load the embedded reference that ships with the gene files."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from hies_annot.errors import ReferenceDataError
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build
from hies_annot.reference.sequence import LocusSequence, Reference, refget_digest
from hies_annot.reference.transcripts import Transcript, load_transcripts


def embedded_reference(build: Build, genes: tuple[Gene, ...]) -> Reference:
    """Return the reference that the gene files name, moved to `build`.

    Raises:
        ReferenceDataError: a file is missing or its length does not fit the locus.
    """
    return Reference(
        build=build,
        loci=tuple(_embedded_locus(build, gene) for gene in genes),
        transcripts={gene.name: gene_transcripts(build, gene) for gene in genes},
    )


def gene_transcripts(build: Build, gene: Gene) -> tuple[Transcript, ...]:
    """Return the transcripts of a gene on `build`, MANE Select first."""
    table = gene.beside(gene.file.reference.transcripts)
    found = load_transcripts(table, gene.name)
    mane = gene.file.transcripts.mane_select
    if mane not in {transcript.accession for transcript in found}:
        raise ReferenceDataError(f"transcript {mane} of {gene.name} is missing", file=str(table))
    moved = [transcript.on_build(build, -gene.file.offset(build)) for transcript in found]
    return tuple(sorted(moved, key=lambda transcript: transcript.accession != mane))


def gene_proteins(gene: Gene) -> dict[str, str]:
    """Return the known proteins of a gene by accession."""
    return read_fasta(gene.beside(gene.file.reference.proteins))


@cache
def read_fasta(path: Path) -> dict[str, str]:
    """Return the sequences of a small FASTA by the first word of their headers, case kept."""
    records: dict[str, list[str]] = {}
    name = ""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError as fault:
        raise ReferenceDataError(f"cannot be read: {fault.strerror}", file=str(path)) from None
    for line in lines:
        if line.startswith(">"):
            name = line[1:].split()[0]
            records[name] = []
        elif name:
            records[name].append(line.strip())
    return {key: "".join(parts) for key, parts in records.items()}


def _embedded_locus(build: Build, gene: Gene) -> LocusSequence:
    files = gene.file.reference
    path = gene.beside(files.sequence)
    sequences = read_fasta(path)
    span = gene.file.loci[build]
    if len(sequences) != 1:
        raise ReferenceDataError(
            f"one sequence was expected, {len(sequences)} found", file=str(path)
        )
    sequence = next(iter(sequences.values()))
    if len(sequence) != span.end - span.start + 1:
        raise ReferenceDataError(
            f"{len(sequence)} bases, but the {build} locus of {gene.name} has "
            f"{span.end - span.start + 1}",
            file=str(path),
        )
    return LocusSequence(
        gene=gene.name,
        chrom=gene.file.chrom,
        start=span.start,
        sequence=sequence if files.demo else sequence.upper(),
        demo=files.demo,
        source=files.source,
        digest=refget_digest(sequence),
        hints=_hints(build, gene),
    )


def _hints(build: Build, gene: Gene) -> dict[int, str]:
    """Return what is known about made-up bases, by position on `build`."""
    if gene.file.reference.hints is None:
        return {}
    path = gene.beside(gene.file.reference.hints)
    with path.open(encoding="utf-8") as handle:
        rows = csv.DictReader((line for line in handle if line[0] != "#"), delimiter="\t")
        return {int(row["pos"]) - gene.file.offset(build): row["code"] for row in rows}
