"""Read a variant that a person wrote: VCF fields, SPDI, or an HGVS g., c. or n. name."""

from __future__ import annotations

import re

from hies_annot.errors import BuildMismatchError
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import canonical_chrom, parse_build
from hies_annot.model import Allele
from hies_annot.names.genome_text import ONLY_BASES, REVERSED, Written
from hies_annot.names.protein_text import allele_of_protein
from hies_annot.names.transcript_positions import (
    genome_position,
    named_transcript,
    transcript_of,
)
from hies_annot.names.written_change import (
    NO_NAME,
    NOT_CERTAIN,
    WrittenChange,
    read_change,
    refusal,
)
from hies_annot.reference.normalise import ref_agreement
from hies_annot.reference.sequence import Reference, reverse_complement
from hies_annot.reference.transcripts import Transcript

_HGVS = re.compile(r"(?:(?P<ac>[^:]*):)?(?P<kind>[gcnpmr])\.(?P<change>.+)")
_SYMBOLS = {"del": "<DEL>", "dup": "<DUP>", "inv": "<INV>"}
_IDENTIFIER = re.compile(
    r"(?:(?:dbSNP[:\s])?rs|[VRS]CV|CA|COS[MV]|O?MIM[:\s]*|ClinVar[:\s]*)?\d+(?:\.\d+)?(?::[ACGT]>[ACGT])?",
    re.IGNORECASE,
)
BY_INTRON = (
    "a number of an intron (IVS) is another one on another transcript: count from the exon, as in "
    "c.1139+1G>T"
)
_IVS = re.compile(r"\bIVS\s*-?\d", re.IGNORECASE)


def parse_variant(text: str, reference: Reference, genes: tuple[Gene, ...]) -> Allele:
    """Return the allele that a text names, on the build of `reference`.

    Accepted: `17-42329643-G-A` (also `chr17:42329643 G>A` and the like), ids of symbolic alleles
    (`17-42340106-42342368-<DEL>`), SPDI, and g., c. or n. names on any transcript of the reference
    (`NM_139276.3:c.1144C>T`, `STAT3:c.1144C>T`, `NM_139276.3(STAT3):c.1144C>T (p.Arg382Trp)`), and
    p. names of exchanged residues that one change of one base makes (`ZNF341:p.Arg379*`).

    Raises:
        InputError: the text names no variant of the genes, an unknown transcript or version, or
            bases that are not those of the reference.
        BuildMismatchError: the accession belongs to the other build.
    """
    return _Reader(" ".join(text.split()), reference, genes).read()


class _Reader(Written):
    """Reads HGVS names beside the forms with genome positions."""

    def read(self) -> Allele:
        if _IVS.search(self.text):
            raise self.fault(BY_INTRON)
        found = self.on_genome()
        if found is not None:
            return found
        if match := _HGVS.fullmatch(re.sub(r"\s*\(p\..*\)$", "", self.text)):
            return self._hgvs(match)
        if _IDENTIFIER.fullmatch(self.text):
            raise self.fault(
                "ids of databases are not looked up (one may stand for several alleles): give the "
                "c. or g. name that stands beside it"
            )
        raise self.fault(
            "this is no variant: write 17-42329643-G-A, NM_139276.3:c.1144C>T, "
            "NC_000017.11:g.42329643G>A or an SPDI"
        )

    def _hgvs(self, match: re.Match[str]) -> Allele:
        name, kind = (match["ac"] or "").strip(), match["kind"]
        change = match["change"].replace(" ", "")
        if kind == "p":
            try:
                return allele_of_protein(name, change, self.reference, self.genes)
            except ValueError as fault:
                raise self.fault(str(fault)) from None
        if kind not in "gcn":
            raise self.fault(f"a {kind}. name does not say which base changes: give c. or g.")
        refused = refusal(change)
        if refused is not None:
            raise self.fault(refused)
        transcript = None if kind == "g" else self._transcript(name)
        chrom = transcript.chrom if transcript else self._chromosome(name)
        try:
            written = read_change(change)
        except ValueError as fault:
            raise self.fault(str(fault)) from None
        if written is None:
            uncertain = "(" in change or "?" in change
            raise self.fault(NOT_CERTAIN if uncertain else NO_NAME)
        places = [self._position(transcript, kind, where) for where in written.positions]
        minus = transcript is not None and not transcript.plus
        if places != sorted(places, reverse=minus):
            raise self.fault(REVERSED)
        symbol = _SYMBOLS.get(written.new if written.what == "uncertain" else written.what)
        if symbol and not written.old and self._reaches_out(chrom, places):
            return self.normalised(chrom, min(places) - 1, "N", symbol, end=max(places))
        for place in places:
            self.locus(chrom, place)
        return self._changed(chrom, places, written, transcript)

    def _reaches_out(self, chrom: str, places: list[int]) -> bool:
        """Whether a stretch overlaps a locus and ends outside of it."""
        low, high = min(places), max(places)
        ends = (self.reference.overlapping(chrom, place, place) for place in (low, high))
        return None in ends and self.reference.overlapping(chrom, low, high) is not None

    def _chromosome(self, name: str) -> str:
        """Return the chromosome of a g. name; a build in brackets behind it must be the one."""
        outer, _, inner = name.rstrip(")").partition("(")
        build = parse_build(inner) if inner else None
        if build not in (None, self.reference.build):
            raise BuildMismatchError(
                f"{self.text}: it names {build}, but {self.reference.build} is in use; "
                f"choose the build {build}"
            )
        return self.chrom(outer)

    def _transcript(self, name: str) -> Transcript:
        before = name.partition("(")[0]
        if canonical_chrom(before) is not None and "(" in name:
            self.chrom(before)
        outer, inner = transcript_of(name)
        try:
            found = named_transcript(outer, self.reference, self.genes)
        except ValueError as fault:
            raise self.fault(str(fault)) from None
        if inner.upper() in {gene.name.upper() for gene in self.genes} - {found.gene.upper()}:
            raise self.fault(f"{outer} is a transcript of {found.gene}, not of {inner}")
        return found

    def _changed(
        self, chrom: str, places: list[int], written: WrittenChange, transcript: Transcript | None
    ) -> Allele:
        """Return the allele of a change; the positions are those of the name, in its direction.

        They are taken as written; only the normaliser moves them.
        """
        minus = transcript is not None and not transcript.plus
        low, high, what = min(places), max(places), written.what
        if what == "uncertain":
            return self.normalised(chrom, low - 1, "N", _SYMBOLS[written.new], end=high)
        old, new = (
            reverse_complement(bases) if minus and not bases.isdigit() else bases
            for bases in (written.old, written.new)
        )
        if what == "repeat":
            return self._repeated(chrom, places, old, int(new), minus=minus)
        if what == "ins":
            if high - low != 1:
                raise self.fault(self._where_between(transcript))
            return self._instead(chrom, high, "", new)
        if what == "delins" and len(new) == len(places) == 1 and old in tuple("ACGT"):
            return self.normalised(chrom, low, old, new, transcript=transcript)
        if what == "delins" and written.last is None and not old.isdigit() and len(old) > 1:
            low, high = (low - len(old) + 1, low) if minus else (low, low + len(old) - 1)
        old = self._checked(chrom, low, high, old, minus=minus)
        made = {"del": "", "delins": new, "dup": old + old, "inv": reverse_complement(old)}
        return self._instead(chrom, low, old, made[what])

    def _checked(self, chrom: str, low: int, high: int, given: str, *, minus: bool) -> str:
        """Return the bases at `low`..`high`: those that are given, where the reference has them.

        Made-up bases of a demo reference contradict nothing.
        """
        old = self._span(chrom, low, high)
        if given in ("", str(len(old))):
            return old
        fits = len(given) == len(old) and ref_agreement(self.locus(chrom, low), low, given)
        if fits is False:
            there, given = (
                reverse_complement(bases) if minus and not bases.isdigit() else bases
                for bases in (old, given)
            )
            raise self.fault(f"the reference has {there} there, not {given}")
        return given

    def _instead(self, chrom: str, low: int, old: str, new: str) -> Allele:
        """Return the allele that has `new` for `old`, with the base before it as anchor."""
        anchor = self._span(chrom, low - 1, low - 1)
        return self.normalised(chrom, low - 1, anchor + old, anchor + new)

    def _repeated(
        self, chrom: str, places: list[int], unit: str, copies: int, *, minus: bool
    ) -> Allele:
        """Return the allele that has so many copies of a unit from the first position on.

        The positions are those of the first unit, or of the whole stretch.
        """
        low, high = min(places), max(places)
        size = len(unit) or high - low + 1
        step = -size if minus else size
        first = places[0] - size + 1 if minus else places[0]
        unit = self._checked(chrom, first, first + size - 1, unit, minus=minus)
        if set(unit) - set("ACGT"):
            raise self.fault(ONLY_BASES)
        if self._span(chrom, first - step, first - step + size - 1) == unit:
            raise self.fault("the repeat begins before this position: give that of its first unit")
        found = 1
        while self._span(chrom, first + found * step, first + found * step + size - 1) == unit:
            found += 1
        if len(places) > 1 and high - low + 1 not in (size, found * size):
            raise self.fault(
                "the positions are neither those of one unit nor of all that are there"
            )
        start = first + (found - 1) * step if minus else first
        return self._instead(chrom, start, unit * found, unit * copies)

    def _span(self, chrom: str, first: int, last: int) -> str:
        return self.locus(chrom, last).bases(first, last).upper()

    def _where_between(self, transcript: Transcript | None) -> str:
        if transcript is None:
            return "an insertion lies between two neighbours: give them as 123_124ins..."
        return (
            "an insertion lies between two neighbours; between two exons say on which side of the "
            "intron: c.1139_1139+1insT or c.1140-1_1140insT"
        )

    def _position(self, transcript: Transcript | None, kind: str, where: str) -> int:
        """Return the genome position (1-based) of an HGVS position."""
        try:
            return int(where) if transcript is None else genome_position(transcript, where, kind)
        except ValueError as fault:
            raise self.fault(str(fault)) from None
