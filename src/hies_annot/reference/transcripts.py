"""Transcript models and the arithmetic between genome and c. positions.

Source of the exons: MANE v1.5, LRG_112, GENCODE (`resources/reference/README.md`).
All genome positions are 1-based inclusive and on one build.
"""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.genome import Build


class Exon(Struct, frozen=True):
    """An exon: number in the direction of the transcript, genome start and end (1-based)."""

    number: int
    start: int
    end: int

    @property
    def length(self) -> int:
        """Length in bases."""
        return self.end - self.start + 1


class Transcript(Struct, frozen=True, dict=True):
    """A coding transcript on one build; exons in transcript order.

    `cds_start` and `cds_end` are the outermost coding bases on the genome (1-based, stop codon
    included), `cds_start` being the smaller one on either strand.
    """

    accession: str
    protein: str
    gene: str
    build: Build
    chrom: str
    strand: str
    exons: tuple[Exon, ...]
    cds_start: int
    cds_end: int

    @cached_property
    def start(self) -> int:
        """First base on the genome."""
        return min(exon.start for exon in self.exons)

    @cached_property
    def end(self) -> int:
        """Last base on the genome."""
        return max(exon.end for exon in self.exons)

    @cached_property
    def plus(self) -> bool:
        """Whether the transcript runs with the genome."""
        return self.strand == "+"

    @cached_property
    def introns(self) -> tuple[tuple[int, int, int], ...]:
        """Number of each intron and the exon bases before and behind it on the genome."""
        pairs = zip(self.exons, self.exons[1:], strict=False)
        return tuple(
            (left.number, left.end, right.start)
            if self.plus
            else (left.number, right.end, left.start)
            for left, right in pairs
        )

    def exon_at(self, position: int) -> Exon | None:
        """Return the exon that holds a genome position."""
        for exon in self.exons:
            if exon.start <= position <= exon.end:
                return exon
        return None

    def intron_at(self, position: int) -> int | None:
        """Return the number of the intron that holds a genome position (1: after exon 1)."""
        for number, low, high in self.introns:
            if low < position < high:
                return number
        return None

    def transcript_offset(self, position: int) -> int | None:
        """Return the 0-based offset of an exonic genome position in the mature transcript."""
        before = 0
        for exon in self.exons:
            if exon.start <= position <= exon.end:
                return before + (position - exon.start if self.plus else exon.end - position)
            before += exon.length
        return None

    def genome_position(self, offset: int) -> int:
        """Return the genome position (1-based) of a 0-based transcript offset.

        Raises:
            ValueError: the offset lies outside the transcript.
        """
        before = 0
        for exon in self.exons:
            if before <= offset < before + exon.length:
                inside = offset - before
                return exon.start + inside if self.plus else exon.end - inside
            before += exon.length
        raise ValueError(f"offset {offset} lies outside {self.accession}")

    @cached_property
    def cds_offsets(self) -> tuple[int, int]:
        """0-based transcript offsets of the first and the last coding base (stop included)."""
        first, last = (
            (self.cds_start, self.cds_end) if self.plus else (self.cds_end, self.cds_start)
        )
        start, end = self.transcript_offset(first), self.transcript_offset(last)
        if start is None or end is None:
            raise ValueError(f"the coding region of {self.accession} ends outside its exons")
        return start, end

    def c_position(self, position: int) -> str:
        """Return the c. position of a genome position: `1144`, `-12`, `*7`, `1110-3`, `1139+1`.

        In the middle of an intron of odd length the upstream exon is used (HGVS). Outside the
        transcript the position counts on from its first or last base.
        """
        offset = self.transcript_offset(position)
        if offset is not None:
            return self._c_of_offset(offset)
        for _, low, high in self.introns:
            if low < position < high:
                donor, acceptor = (low, high) if self.plus else (high, low)
                from_donor, from_acceptor = abs(position - donor), abs(position - acceptor)
                if from_donor <= from_acceptor:
                    return f"{self.c_position(donor)}+{from_donor}"
                return f"{self.c_position(acceptor)}-{from_acceptor}"
        if (position < self.start) == self.plus:
            first = self.start if self.plus else self.end
            return self._c_of_offset(-abs(position - first))
        last = self.end if self.plus else self.start
        return self._c_of_offset(self.length - 1 + abs(position - last))

    def _c_of_offset(self, offset: int) -> str:
        start, end = self.cds_offsets
        if offset < start:
            return str(offset - start)
        if offset > end:
            return f"*{offset - end}"
        return str(offset - start + 1)

    @cached_property
    def length(self) -> int:
        """Length of the mature transcript in bases."""
        return sum(exon.length for exon in self.exons)

    def on_build(self, build: Build, offset: int) -> Transcript:
        """Return the same transcript on another build, `offset` bases further."""
        return replace(
            self,
            build=build,
            exons=tuple(Exon(e.number, e.start + offset, e.end + offset) for e in self.exons),
            cds_start=self.cds_start + offset,
            cds_end=self.cds_end + offset,
        )


def load_transcripts(path: Path, gene: str) -> tuple[Transcript, ...]:
    """Read the transcripts of one gene (GRCh38) from a transcript table, in file order."""
    with path.open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t") if row["gene"] == gene]
    accessions = list(dict.fromkeys(row["transcript"] for row in rows))
    return tuple(
        _transcript([row for row in rows if row["transcript"] == accession])
        for accession in accessions
    )


def _transcript(rows: list[dict[str, str]]) -> Transcript:
    first = rows[0]
    exons = sorted(
        (Exon(int(row["exon"]), int(row["start"]), int(row["end"])) for row in rows),
        key=lambda exon: exon.number,
    )
    return Transcript(
        accession=first["transcript"],
        protein=first["protein"],
        gene=first["gene"],
        build=Build.GRCH38,
        chrom=first["chrom"],
        strand=first["strand"],
        exons=tuple(exons),
        cds_start=int(first["cds_start"]),
        cds_end=int(first["cds_end"]),
    )
