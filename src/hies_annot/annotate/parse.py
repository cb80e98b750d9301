"""Read a variant that a person wrote: VCF fields, SPDI, or an HGVS g., c. or n. name."""

from __future__ import annotations

import re

import weaver

from hies_annot.annotate.names import Namer
from hies_annot.annotate.positions import POSITION, genome_position, named_transcript
from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genes import Gene
from hies_annot.genome import build_of_accession, canonical_chrom, contigs
from hies_annot.model import Allele, AlleleKind
from hies_annot.normalise import normalise_allele
from hies_annot.reference.sequence import LocusSequence, Reference, reverse_complement
from hies_annot.reference.transcripts import Transcript

_SEPARATOR = r"[-:\s_>/|]+"
_PLACE = rf"(?P<chrom>NC_\d+\.\d+|[A-Za-z0-9.]+){_SEPARATOR}(?P<pos>[\d,]+)"
_VCF = re.compile(rf"{_PLACE}(?:{_SEPARATOR})?(?P<ref>[A-Za-z]+){_SEPARATOR}(?P<alt>[A-Za-z]+)")
_SYMBOLIC = re.compile(rf"{_PLACE}{_SEPARATOR}(?P<end>[\d,]+)[-:\s]+(?P<alt><[A-Z0-9:]+>)")
_SPDI = re.compile(
    r"(?P<ac>NC_\d+\.\d+):(?P<pos>\d+):(?P<deleted>[A-Za-z]*|\d+):(?P<alt>[A-Za-z]*)"
)
_HGVS = re.compile(r"(?:(?P<ac>[^:]*):)?(?P<kind>[gcnpmr])\.(?P<change>.+)")
_BASE_CHANGE = re.compile(r"(?P<where>[-*+\d]+)(?P<ref>[A-Za-z]+)>(?P<alt>[A-Za-z]+)")
_UNCERTAIN = re.compile(r"\(\?_[-*+\d]+\)_\([-*+\d]+_\?\)(?P<what>del|dup|inv)")
_SYMBOLS = {"del": "<DEL>", "dup": "<DUP>", "inv": "<INV>"}
_CHANGE = re.compile(
    r"[-*+\d]+(?:_[-*+\d]+)?(?P<what>delins|del|dup|ins|inv)(?P<bases>[ACGTacgt]*|\d+)"
)
_WORDS = re.compile(r"del|ins|dup|inv|con")
_ALLOWED = re.compile(r"[ACGTacgt\d_+*?()\[\]>.=-]*")
_ONLY_BASES = "only the bases A, C, G and T can be annotated, no N"


def parse_variant(text: str, reference: Reference, genes: tuple[Gene, ...]) -> Allele:
    """Return the allele that a text names, on the build of `reference`.

    Accepted: `17-42329643-G-A` (also `chr17:42329643 G>A` and the like), ids of symbolic alleles
    (`17-42340106-42342368-<DEL>`), SPDI, and g., c. or n. names on any transcript of the reference
    (`NM_139276.3:c.1144C>T`, `STAT3:c.1144C>T`, `NM_139276.3(STAT3):c.1144C>T (p.Arg382Trp)`).

    Raises:
        InputError: the text names no variant of the genes, an unknown transcript or version, or
            bases that are not those of the reference.
        BuildMismatchError: the accession belongs to the other build.
    """
    return _Reader(" ".join(text.split()), reference, genes).read()


class _Reader:
    """One text with what is needed to understand it."""

    def __init__(self, text: str, reference: Reference, genes: tuple[Gene, ...]) -> None:
        self.text = text
        self.reference = reference
        self.genes = genes

    def read(self) -> Allele:
        if match := _SPDI.fullmatch(self.text):
            return self._spdi(match)
        if match := _HGVS.fullmatch(re.sub(r"\s*\(p\..*\)$", "", self.text)):
            return self._hgvs(match)
        if match := _SYMBOLIC.fullmatch(self.text):
            chrom, start, end = self._chrom(match["chrom"]), match["pos"], match["end"]
            return self._normalised(chrom, _number(start), "N", match["alt"], end=_number(end))
        if match := _VCF.fullmatch(self.text):
            chrom = self._chrom(match["chrom"])
            return self._normalised(chrom, _number(match["pos"]), match["ref"], match["alt"])
        raise self._fault(
            "this is no variant: write 17-42329643-G-A, NM_139276.3:c.1144C>T, "
            "NC_000017.11:g.42329643G>A or an SPDI"
        )

    def _fault(self, message: str) -> InputError:
        return InputError(f"{self.text or '(empty)'}: {message}")

    # --- genome positions ---------------------------------------------------

    def _spdi(self, match: re.Match[str]) -> Allele:
        chrom = self._chrom(match["ac"])
        start, deleted = int(match["pos"]) + 1, match["deleted"].upper()
        inserted = match["alt"].upper()
        if deleted.isdigit():
            deleted = self._locus(chrom, start).bases(start, start + int(deleted) - 1).upper()
        if not deleted or not inserted:
            start -= 1
            before = self._locus(chrom, start).bases(start, start).upper()
            deleted, inserted = before + deleted, before + inserted
        return self._normalised(chrom, start, deleted, inserted)

    def _chrom(self, name: str) -> str:
        chrom = canonical_chrom(name)
        if chrom is None:
            raise self._fault(f"{name or 'an empty name'} is no chromosome that is known here")
        build = build_of_accession(name)
        if build is not None and build is not self.reference.build:
            raise BuildMismatchError(
                f"{self.text}: {name} belongs to {build}, but {self.reference.build} is in use; "
                f"choose the build {build}"
            )
        return chrom

    def _locus(self, chrom: str, position: int) -> LocusSequence:
        locus = self.reference.overlapping(chrom, position, position)
        if locus is None:
            raise self._fault(self._nowhere())
        return locus

    def _nowhere(self) -> str:
        spans = ", ".join(
            f"{locus.gene} ({locus.chrom}:{locus.start}-{locus.end})"
            for locus in self.reference.loci
        )
        return f"this lies in none of the genes on {self.reference.build}: {spans}"

    def _normalised(
        self,
        chrom: str,
        pos: int,
        ref: str,
        alt: str,
        *,
        end: int | None = None,
        transcript: Transcript | None = None,
    ) -> Allele:
        allele = normalise_allele(self.reference, chrom, pos, ref, alt, end=end)
        if allele is None:
            raise self._fault(self._nowhere())
        if allele.kind is AlleleKind.UNREADABLE:
            raise self._fault(self._problem(allele, transcript))
        return allele

    def _problem(self, allele: Allele, transcript: Transcript | None) -> str:
        there, given = self.reference.locus(allele.gene).bases(allele.pos, allele.end), allele.ref
        where = f"{allele.chrom}:{allele.pos} on {self.reference.build}"
        if allele.problem == "alt_equals_ref":
            return "this changes nothing: the new base is the reference base"
        if allele.problem != "ref_mismatch":
            return _ONLY_BASES
        if transcript is None:
            return (
                f"the reference has {there.upper()} at {where}, not {given}; is this position of "
                "another build?"
            )
        if not transcript.plus:
            there, given = reverse_complement(there), reverse_complement(given)
        return f"{transcript.accession} has {there.upper()} there, not {given} ({where})"

    # --- HGVS ---------------------------------------------------------------

    def _hgvs(self, match: re.Match[str]) -> Allele:
        name, kind = (match["ac"] or "").strip(), match["kind"]
        change = match["change"].replace(" ", "")
        if kind not in "gcn":
            raise self._fault(f"a {kind}. name does not say which base changes: give c. or g.")
        if "[" in change and ";" in change:
            raise self._fault("give the changes of an allele one by one")
        if change.endswith("="):
            raise self._fault("this states that nothing changes")
        if not _ALLOWED.fullmatch(_WORDS.sub("", change)):
            raise self._fault(_ONLY_BASES)
        if kind == "g":
            chrom = self._chrom(name.partition("(")[0])
            refseq = contigs(self.reference.build)[chrom].refseq
            return self._on_genome(chrom, refseq, kind, change, None)
        transcript = self._transcript(name)
        return self._on_genome(transcript.chrom, transcript.accession, kind, change, transcript)

    def _transcript(self, name: str) -> Transcript:
        outer, _, inner = name.rstrip(")").partition("(")
        if inner and canonical_chrom(outer) is not None:
            self._chrom(outer)
            outer = inner
        try:
            return named_transcript(outer, self.reference, self.genes)
        except ValueError as fault:
            raise self._fault(str(fault)) from None

    def _on_genome(
        self, chrom: str, accession: str, kind: str, change: str, transcript: Transcript | None
    ) -> Allele:
        places = [self._position(transcript, kind, where) for where in _positions(change)]
        for place in places:
            self._locus(chrom, place)
        if places and (match := _UNCERTAIN.fullmatch(change)):
            alt = _SYMBOLS[match["what"]]
            return self._normalised(chrom, min(places) - 1, "N", alt, end=max(places))
        if places and (match := _BASE_CHANGE.fullmatch(change)):
            ref, alt = match["ref"].upper(), match["alt"].upper()
            if transcript is not None and not transcript.plus:
                ref, alt = reverse_complement(ref), reverse_complement(alt)
            return self._normalised(chrom, places[0], ref, alt, transcript=transcript)
        if places and (match := _CHANGE.fullmatch(change)):
            return self._spelled_out(chrom, places, match, transcript)
        found = _SPDI.fullmatch(self._spdi_of(f"{accession}:{kind}.{change}"))
        if found is None:
            raise self._fault("this kind of change cannot be annotated")
        return self._spdi(found)

    def _spelled_out(
        self,
        chrom: str,
        places: list[int],
        match: re.Match[str],
        transcript: Transcript | None,
    ) -> Allele:
        """Return the allele of a del, ins, delins, dup or inv, with the base before it as anchor.

        The positions are taken as written; only the normaliser moves them.
        """
        minus = transcript is not None and not transcript.plus
        if places != sorted(places, reverse=minus):
            raise self._fault("the first position lies behind the last one")
        first, last, what = min(places), max(places), match["what"]
        bases = match["bases"].upper()
        given = reverse_complement(bases) if minus and not bases.isdigit() else bases
        if "ins" in what and (not bases or bases.isdigit()):
            raise self._fault("say which bases are inserted")
        anchor, old = self._span(chrom, first - 1, first - 1), self._span(chrom, first, last)
        if what == "ins":
            if last - first != 1:
                raise self._fault(self._where_between(transcript))
            return self._normalised(chrom, first, old[0], old[0] + given)
        if what in ("del", "dup") and bases and given not in (old, str(len(old))):
            there = reverse_complement(old) if minus else old
            raise self._fault(f"the reference has {there} there, not {bases}")
        new = {
            "del": "",
            "delins": given,
            "dup": old + old,
            "inv": reverse_complement(old),
        }[what]
        return self._normalised(chrom, first - 1, anchor + old, anchor + new)

    def _span(self, chrom: str, first: int, last: int) -> str:
        return self._locus(chrom, last).bases(first, last).upper()

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
            raise self._fault(str(fault)) from None

    def _spdi_of(self, name: str) -> str:
        """Return what weaver makes of a name that is more than a change of one base."""
        namer = Namer(self.reference)
        try:
            variant = weaver.parse(name)
            if variant.coordinate_type == "c":
                variant = namer.mapper.c_to_g(variant)
            elif variant.coordinate_type == "n":
                variant = namer.mapper.n_to_g(variant)
            return str(namer.mapper.to_spdi(variant))
        except weaver.ParseError:
            raise self._fault("this is not a name of HGVS that can be annotated") from None
        except weaver.ReferenceMismatchError as fault:
            bases = re.search(r"expected (\S+), found (\S+) on (\S+)", str(fault))
            said = "{2} has {1} there, not {0}".format(*bases.groups()) if bases else str(fault)
            raise self._fault(said) from None
        except weaver.HGVSError as fault:
            raise self._fault(str(fault)) from None


def _positions(change: str) -> list[str]:
    """Return the positions that a change names: those before the word or base that follows."""
    head = re.split(r"del|ins|dup|inv|con|\[|[ACGTacgt]", change, maxsplit=1)[0]
    return [match[0] for match in POSITION.finditer(head)]


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))
