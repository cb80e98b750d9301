"""What hgvs-weaver asks for: sequences, transcripts, refget accessions."""

from __future__ import annotations

import weaver

from hies_annot.genome import Build, contigs
from hies_annot.reference.codons import translate
from hies_annot.reference.sequence import Reference, spliced
from hies_annot.reference.transcripts import Transcript


class ReferenceProvider:
    """Serves the loci of a reference to weaver; all positions here are 0-based, half-open.

    Chromosomes keep their true length and coordinates; bases outside the loci are N.
    """

    def __init__(self, reference: Reference) -> None:
        """Cut all transcripts and proteins out of the reference once."""
        self._loci = {
            contigs(reference.build)[locus.chrom].refseq: (
                locus,
                contigs(reference.build)[locus.chrom].length,
            )
            for locus in reference.loci
        }
        self._records: dict[str, weaver.TranscriptData] = {}
        self._sequences: dict[str, str] = {}
        self._proteins: dict[str, str] = {}
        for transcript in (t for group in reference.transcripts.values() for t in group):
            accession = transcript.accession
            sequence = spliced(reference.locus(transcript.gene), transcript).upper()
            first, last = transcript.cds_offsets
            self._records[accession] = _record(
                transcript, contigs(reference.build)[transcript.chrom].refseq
            )
            self._sequences[accession] = sequence
            self._proteins[accession] = protein_accession(transcript)
            self._sequences[protein_accession(transcript)] = translate(sequence[first : last + 1])

    def get_transcript(self, transcript_ac: str, reference_ac: str | None) -> weaver.TranscriptData:
        """Return the model of a transcript; there is one alignment only."""
        del reference_ac
        return self._records[transcript_ac]

    def get_seq(
        self, ac: str, start: int, end: int | None, kind: str | weaver.IdentifierType
    ) -> str:
        """Return bases or residues `start`..`end` (0-based, half-open)."""
        del kind
        if ac in self._sequences:
            return self._sequences[ac][start:end]
        locus, length = self._loci[ac]
        return locus.bases(start + 1, length if end is None else min(end, length)).upper()

    def get_symbol_accessions(
        self, symbol: str, source_kind: str, target_kind: str
    ) -> list[tuple[str, str]]:
        """Return the protein of a transcript; nothing else is asked for here."""
        del source_kind, target_kind
        protein = self._proteins.get(symbol)
        return [("protein_accession", protein)] if protein else []

    def get_identifier_type(self, identifier: str) -> str:
        """Return the kind of an accession."""
        if identifier in self._records:
            return "transcript_accession"
        if identifier in self._loci:
            return "genomic_accession"
        return "protein_accession" if identifier in self._sequences else "unknown"


class MessageProvider(ReferenceProvider):
    """Serves each transcript as if it had one exon and were its own chromosome.

    For predicting proteins from changes of the spliced message: weaver takes the model of a
    transcript over as text on every call, and one exon is quicker to take over than 24.
    """

    def get_transcript(self, transcript_ac: str, reference_ac: str | None) -> weaver.TranscriptData:
        """Return the model of a transcript with all exons joined."""
        record = super().get_transcript(transcript_ac, reference_ac)
        length = len(self._sequences[transcript_ac])
        exon: weaver.ExonData = {
            "transcript_start": 0,
            "transcript_end": length,
            "reference_start": 0,
            "reference_end": length - 1,
            "alt_strand": 1,
            "cigar": f"{length}=",
        }
        return {**record, "strand": 1, "reference_accession": transcript_ac, "exons": [exon]}


class RefgetTable:
    """Refget accessions of whole chromosomes, from the table that ships with the package.

    Never a digest of our own sequence: outside the loci that is N.
    """

    def __init__(self, build: Build) -> None:
        """Read the accessions of one build."""
        self._digests = {contig.refseq: contig.refget for contig in contigs(build).values()}

    def get_refget_accession(self, ac: str) -> str | None:
        """Return the refget accession of a chromosome, None where the table has none."""
        return self._digests.get(ac)

    def get_accession_for_refget(self, refget: str) -> str | None:
        """Return the chromosome of a refget accession."""
        wanted = refget.removeprefix("ga4gh:")
        return next((ac for ac, digest in self._digests.items() if digest == wanted), None)


def protein_accession(transcript: Transcript) -> str:
    """Return the protein's accession, or one made from the transcript's where none is known."""
    known = transcript.protein not in ("", ".")
    return transcript.protein if known else f"{transcript.accession}_protein"


def _record(transcript: Transcript, chromosome: str) -> weaver.TranscriptData:
    first, last = transcript.cds_offsets
    strand = 1 if transcript.plus else -1
    exons: list[weaver.ExonData] = []
    before = 0
    for exon in transcript.exons:
        exons.append(
            {
                "transcript_start": before,
                "transcript_end": before + exon.length,
                "reference_start": exon.start - 1,
                "reference_end": exon.end - 1,  # weaver wants the last base itself here
                "alt_strand": strand,
                "cigar": f"{exon.length}=",
            }
        )
        before += exon.length
    return {
        "ac": transcript.accession,
        "gene": transcript.gene,
        "cds_start_index": first,
        "cds_end_index": last,
        "strand": strand,
        "reference_accession": chromosome,
        "exons": exons,
    }
