"""From a GFF3 file and a genome to what a gene file needs: transcripts, locus, protein.

Made on GRCh38, on which MANE is. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from hies_annot.errors import BuildMismatchError, ReferenceDataError, UsageError
from hies_annot.genome import Build, canonical_chrom, contigs
from hies_annot.io.fasta import IndexedFasta
from hies_annot.reference.from_genome import build_of
from hies_annot.reference.gff_checks import base_faults, frame_of, row_faults, transcript_of
from hies_annot.reference.gff_genes import CANONICAL, MANE, GffGene, GffTranscript
from hies_annot.reference.sequence import LocusSequence, refget_digest
from hies_annot.reference.transcripts import Transcript


class Draft(Struct, frozen=True):
    """A gene that was checked: transcripts (the one of the names first), locus, proteins."""

    gene: GffGene
    chosen: GffTranscript
    transcripts: tuple[Transcript, ...]
    locus: LocusSequence
    proteins: dict[str, str]
    """By accession, without the stop."""


def choose(gene: GffGene, wanted: str | None, file: str) -> tuple[GffTranscript, tuple[str, ...]]:
    """Return the transcript that names are to be on, and what is to be said of the choice.

    Raises:
        UsageError: there is none of the wanted name, or nothing tells which one to take.
    """
    if wanted is not None:
        return named(gene, wanted, file), ()
    for tag, note in ((MANE, ()), (CANONICAL, ("is canonical in Ensembl, not MANE Select",))):
        tagged = [found for found in gene.transcripts if tag in found.tags]
        if len(tagged) == 1:
            return tagged[0], tuple(f"{tagged[0].accession} {text}" for text in note)
    if len(gene.transcripts) == 1:
        (only,) = gene.transcripts
        return only, (f"{only.accession} is the only one; the file does not call it MANE Select",)
    raise UsageError(
        f"{file}: no single transcript of {gene.symbol} is marked MANE Select: choose one with "
        f"--transcript of {_listed(gene)}"
    )


def named(gene: GffGene, accession: str, file: str) -> GffTranscript:
    """Return a transcript by its accession, with its version or without.

    Raises:
        UsageError: there is none, or its version is another one.
    """
    bare = accession.partition(".")[0]
    for found in gene.transcripts:
        if accession == found.accession or (
            accession == bare and found.accession.partition(".")[0] == bare
        ):
            return found
    raise UsageError(
        f"{file}: {gene.symbol} has no coding transcript {accession}; it has {_listed(gene)}"
    )


def _listed(gene: GffGene) -> str:
    return ", ".join(found.accession for found in gene.transcripts)


def make_draft(
    gene: GffGene,
    chosen: GffTranscript,
    also: Sequence[GffTranscript],
    fasta: Path,
    flank: int,
    cache_dir: Path,
) -> Draft:
    """Check transcripts on a genome and return the draft.

    Args:
        gene: as the GFF3 file states it.
        chosen: the transcript that names are to be on.
        also: others that are to be shown beside it.
        fasta: the lab's genome, GRCh38.
        flank: bases of the window before the first and behind the last exon.
        cache_dir: takes the index of a FASTA that has none.

    Raises:
        BuildMismatchError: genome or GFF3 file are not of GRCh38.
        ReferenceDataError: the genome lacks the chromosome, or a check fails; all are told.
    """
    found = (chosen, *(other for other in also if other != chosen))
    faults = [f"{x.accession}: {fault}" for x in found for fault in row_faults(x)]
    if chosen.protein == ".":
        faults.append(f"{chosen.accession}: its protein has no accession (protein_id)")
    if faults:
        raise _unusable(gene, faults, "the GFF3 file")
    transcripts = tuple(transcript_of(x, gene.symbol, gene.chrom) for x in found)
    locus = _locus(gene, transcripts, fasta, flank, cache_dir)
    faults = [f"{t.accession}: {fault}" for t in transcripts for fault in base_faults(locus, t)]
    if faults:
        raise _unusable(
            gene, faults, f"{fasta}", "; is the genome of the same build as the GFF3 file?"
        )
    proteins = {t.protein: frame_of(locus, t).protein[:-1] for t in transcripts if t.protein != "."}
    return Draft(gene, chosen, transcripts, locus, proteins)


def complete_ones(gene: GffGene) -> tuple[tuple[GffTranscript, ...], tuple[str, ...]]:
    """Return the transcripts whose rows have no fault, and a note of each that was left out."""
    whole = tuple(found for found in gene.transcripts if not row_faults(found))
    notes = tuple(
        f"not taken: {found.accession}: {row_faults(found)[0]}"
        for found in gene.transcripts
        if found not in whole
    )
    return whole, notes


def _locus(
    gene: GffGene, transcripts: tuple[Transcript, ...], fasta: Path, flank: int, cache_dir: Path
) -> LocusSequence:
    """Cut the window out of the genome, whichever way that spells its contigs."""
    with IndexedFasta(fasta, cache_dir) as genome:
        name = next((x for x in genome.lengths if canonical_chrom(x) == gene.chrom), None)
        if name is None:
            raise ReferenceDataError(
                f"chromosome {gene.chrom}, on which {gene.symbol} lies, is missing: give the "
                "whole genome",
                file=str(fasta),
            )
        _demand_build(build_of(genome, {gene.chrom}), f"{fasta}")
        _demand_build(gene.build, "the GFF3 file")
        start = max(1, min(x.start for x in transcripts) - flank)
        end = min(contigs(Build.GRCH38)[gene.chrom].length, max(x.end for x in transcripts) + flank)
        bases = genome.fetch(name, start, end).upper()
    _demand_bases(gene, start, bases, fasta)
    digest = refget_digest(bases)
    return LocusSequence(gene.symbol, gene.chrom, start, bases, False, fasta.name, digest)


def _demand_build(found: Build | None, file: str) -> None:
    if found not in (None, Build.GRCH38):
        raise BuildMismatchError(
            f"this is {found}, but gene files are made on GRCh38, on which MANE is", file=file
        )


def _demand_bases(gene: GffGene, start: int, bases: str, fasta: Path) -> None:
    unknown = next((at for at, base in enumerate(bases) if base not in "ACGT"), None)
    if unknown is not None:
        raise ReferenceDataError(
            f"{gene.chrom}:{start + unknown}, in the window of {gene.symbol}, is "
            f"{bases[unknown]}, no known base: take another genome, or a smaller --flank",
            file=str(fasta),
        )


def _unusable(gene: GffGene, faults: list[str], file: str, hint: str = "") -> ReferenceDataError:
    return ReferenceDataError(
        f"{gene.symbol} cannot be drafted: {'; '.join(faults)}{hint}", file=file
    )
