"""The reference sequence of the loci, in memory: bases by true chromosome coordinates."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from msgspec import Struct, field

from hies_annot.genome import Build
from hies_annot.reference.transcripts import Transcript

_COMPLEMENT = str.maketrans("ACGTNacgtn", "TGCANtgcan")


def reverse_complement(bases: str) -> str:
    """Return the bases of the other strand, 5' to 3', case kept."""
    return bases.translate(_COMPLEMENT)[::-1]


def refget_digest(sequence: str) -> str:
    """Return the GA4GH refget accession of a sequence (`SQ.` + sha512t24u of the upper case)."""
    digest = hashlib.sha512(sequence.upper().encode("ascii")).digest()[:24]
    return "SQ." + urlsafe_b64encode(digest).decode("ascii")


class LocusSequence(Struct, frozen=True):
    """The bases of one locus. On a demo reference lower case means made up, not known."""

    gene: str
    chrom: str
    start: int  # 1-based position of the first base
    sequence: str
    demo: bool
    source: str
    digest: str
    hints: Mapping[int, str] = field(default_factory=dict)
    """On a demo reference: what is known about made-up bases, IUPAC code by position."""

    def __hash__(self) -> int:
        return hash((self.digest, self.start))

    @property
    def end(self) -> int:
        """Last base, 1-based inclusive."""
        return self.start + len(self.sequence) - 1

    def bases(self, start: int, end: int) -> str:
        """Return bases `start`..`end` (1-based inclusive, case kept); N outside the locus."""
        left = max(0, self.start - start)
        right = max(0, end - self.end)
        inside = self.sequence[max(0, start - self.start) : max(0, end - self.start + 1)]
        return "N" * min(left, end - start + 1) + inside + "N" * min(right, end - start + 1)

    def known(self, start: int, end: int) -> bool:
        """Whether every base `start`..`end` (1-based inclusive) is real."""
        text = self.bases(start, end)
        return text.isupper() and "N" not in text if self.demo else "N" not in text.upper()


def spliced(locus: LocusSequence, transcript: Transcript) -> str:
    """Return the mature transcript 5' to 3', introns out, case of the locus kept."""
    text = "".join(
        locus.bases(exon.start, exon.end)
        for exon in sorted(transcript.exons, key=lambda exon: exon.start)
    )
    return text if transcript.plus else reverse_complement(text)


class Reference(Struct, frozen=True):
    """Sequences and transcripts of all loci on one build."""

    build: Build
    loci: tuple[LocusSequence, ...]
    transcripts: dict[str, tuple[Transcript, ...]]
    """By gene; the MANE Select transcript first."""

    def locus(self, gene: str) -> LocusSequence:
        """Return the sequence of a gene's locus (KeyError if the gene is not loaded)."""
        for locus in self.loci:
            if locus.gene == gene:
                return locus
        raise KeyError(gene)

    def overlapping(self, chrom: str, start: int, end: int) -> LocusSequence | None:
        """Return the locus that shares a base with `start`..`end` (1-based inclusive)."""
        for locus in self.loci:
            if locus.chrom == chrom and start <= locus.end and end >= locus.start:
                return locus
        return None

    def mane(self, gene: str) -> Transcript:
        """Return the MANE Select transcript of a gene."""
        return self.transcripts[gene][0]
