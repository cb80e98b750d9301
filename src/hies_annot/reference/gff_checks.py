"""Whether a transcript of a GFF3 file can be used, from its rows and then from the bases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from hies_annot.genome import Build
from hies_annot.reference.codons import translate
from hies_annot.reference.gff_genes import GffTranscript
from hies_annot.reference.sequence import LocusSequence, spliced
from hies_annot.reference.transcripts import Exon, Transcript

START = "ATG"


class ReadFrame(Struct, frozen=True):
    """The coding region of a transcript: its bases, its protein with stops as `*`."""

    bases: str
    protein: str


def row_faults(found: GffTranscript) -> list[str]:
    """Return why the rows make no complete transcript, as ends of sentences; mostly none."""
    if found.incomplete:
        return [f"its coding region is incomplete ({found.incomplete})"]
    if (told := _order_fault(found)) or (told := _piece_fault(found)) or (told := _phase(found)):
        return [told]
    length = sum(piece.end - piece.start + 1 for piece in found.cds)
    if length % 3:
        return [f"its coding region has {length} bases, which is no multiple of 3"]
    return []


def _order_fault(found: GffTranscript) -> str | None:
    pairs = zip(found.exons, found.exons[1:], strict=False)
    for left, right in pairs:
        low, high = (left, right) if found.strand == "+" else (right, left)
        if low[1] + 1 >= high[0]:
            return f"its exons {low[0]}-{low[1]} and {high[0]}-{high[1]} leave no intron"
    return None


def _piece_fault(found: GffTranscript) -> str | None:
    """Compare the coding pieces with the exons, cut to the coding region."""
    first = min(piece.start for piece in found.cds)
    last = max(piece.end for piece in found.cds)
    cut = [(max(a, first), min(b, last)) for a, b in found.exons if a <= last and b >= first]
    written = [(piece.start, piece.end) for piece in found.cds]
    if cut == written:
        return None
    odd = next((p for p in written if p not in cut), (first, last))
    return (
        f"its piece of CDS {odd[0]}-{odd[1]} does not fit the exons: the coding region must go "
        "through them without a gap or an overlap"
    )


def _phase(found: GffTranscript) -> str | None:
    """Compare each phase with the place in the frame (bases before the next whole codon)."""
    before = 0
    for piece in found.cds:
        due = -before % 3
        if piece.phase is not None and piece.phase != due:
            start = " (it begins inside a codon: incomplete)" if not before else ""
            return (
                f"the phase of its CDS {piece.start}-{piece.end} is {piece.phase}, the bases "
                f"before it say {due}{start}"
            )
        before += piece.end - piece.start + 1
    return None


def transcript_of(found: GffTranscript, gene: str, chrom: str) -> Transcript:
    """Return a transcript whose rows have no fault, as the tables of the package have it."""
    return Transcript(
        accession=found.accession,
        protein=found.protein,
        gene=gene,
        build=Build.GRCH38,
        chrom=chrom,
        strand=found.strand,
        exons=tuple(Exon(n, start, end) for n, (start, end) in enumerate(found.exons, 1)),
        cds_start=min(piece.start for piece in found.cds),
        cds_end=max(piece.end for piece in found.cds),
    )


def frame_of(locus: LocusSequence, transcript: Transcript) -> ReadFrame:
    """Return the coding region of a transcript on a locus, translated with the stop."""
    first, last = transcript.cds_offsets
    bases = spliced(locus, transcript).upper()[first : last + 1]
    return ReadFrame(bases, translate(bases))


def base_faults(locus: LocusSequence, transcript: Transcript) -> Iterator[str]:
    """Yield why the bases of a transcript are no reading frame, with codon and place."""
    frame = frame_of(locus, transcript)
    place = _places(transcript)
    unknown = frame.protein.find("X")
    inner = [at for at, residue in enumerate(frame.protein[:-1]) if residue == "*"]
    if unknown >= 0:
        yield f"codon {unknown + 1} ({place(unknown)}) has unknown bases"
    if frame.bases[:3] != START:
        yield (
            f"the first codon ({place(0)}) is {frame.bases[:3]}, not {START}: another start is "
            "not supported"
        )
    if inner:
        yield (
            f"a stop inside at codon {inner[0] + 1} ({place(inner[0])}), {len(inner)} in all: "
            "a residue that is read through (selenocysteine) is not supported"
        )
    if not frame.protein.endswith("*"):
        yield f"the last codon ({place(len(frame.protein) - 1)}) is {frame.bases[-3:]}, no stop"


def _places(transcript: Transcript) -> Callable[[int], str]:
    """Return the function from a codon (0-based) to exon and genome position of its first base."""

    def place(codon: int) -> str:
        position = transcript.genome_position(transcript.cds_offsets[0] + 3 * codon)
        exon = transcript.exon_at(position)
        assert exon is not None
        return f"exon {exon.number}, {transcript.chrom}:{position}"

    return place
