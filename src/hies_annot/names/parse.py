"""Read a variant that a person wrote: VCF fields, SPDI, or an HGVS g., c. or n. name."""

from __future__ import annotations

import re

import weaver

from hies_annot.annotate.names import Namer
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import canonical_chrom, contigs
from hies_annot.model import Allele
from hies_annot.names.genome_text import ONLY_BASES, SPDI, Written
from hies_annot.names.protein_text import allele_of_protein
from hies_annot.names.transcript_positions import POSITION, genome_position, named_transcript
from hies_annot.reference.sequence import Reference, reverse_complement
from hies_annot.reference.transcripts import Transcript

_HGVS = re.compile(r"(?:(?P<ac>[^:]*):)?(?P<kind>[gcnpmr])\.(?P<change>.+)")
_BASE_CHANGE = re.compile(r"(?P<where>[-*+\d]+)(?P<ref>[A-Za-z]+)>(?P<alt>[A-Za-z]+)")
_UNCERTAIN = re.compile(r"\(\?_[-*+\d]+\)_\([-*+\d]+_\?\)(?P<what>del|dup|inv)")
_SYMBOLS = {"del": "<DEL>", "dup": "<DUP>", "inv": "<INV>"}
_CHANGE = re.compile(
    r"[-*+\d]+(?:_[-*+\d]+)?(?P<what>delins|del|dup|ins|inv)(?P<bases>[ACGTacgt]*|\d+)"
)
IUPAC = frozenset("ACGTNRYSWKMBDHV")
_IDENTIFIER = re.compile(
    r"(?:(?:dbSNP[:\s])?rs|[VRS]CV|CA|COS[MV]|O?MIM[:\s]*|ClinVar[:\s]*)?\d+(?:\.\d+)?(?::[ACGT]>[ACGT])?",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[^A-Za-z]")
UNREADABLE_CHANGE = (
    "this change cannot be read: write it as in c.1144C>T, c.1387_1389del or c.1847_1848insA"
)
IN_CIS = (
    "changes on one copy may make together what none of them makes alone: give the one change that "
    "they make (c.1144_1145delinsTA), or a VCF in which both are phased"
)
IN_TRANS = "changes on two copies are two alleles: give them one by one, or a VCF"
BY_INTRON = (
    "a number of an intron (IVS) is another one on another transcript: count from the exon, as in "
    "c.1139+1G>T"
)
_IVS = re.compile(r"\bIVS\s*-?\d", re.IGNORECASE)
_WORDS = re.compile(r"del|ins|dup|inv|con")
_ALLOWED = re.compile(r"[ACGTacgt\d_+*?()\[\]>.=-]*")


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
        if "[" in change and ";" in change:
            raise self.fault(IN_TRANS if "];[" in change else IN_CIS)
        if change.endswith("="):
            raise self.fault("this states that nothing changes")
        if not _ALLOWED.fullmatch(_WORDS.sub("", change)):
            bases = set(_NO_LETTERS.sub("", _WORDS.sub("", change)).upper())
            only_others = bases - set("ACGT") and bases <= IUPAC
            raise self.fault(ONLY_BASES if only_others else UNREADABLE_CHANGE)
        if kind == "g":
            chrom = self.chrom(name.partition("(")[0])
            refseq = contigs(self.reference.build)[chrom].refseq
            return self._on_genome(chrom, refseq, kind, change, None)
        transcript = self._transcript(name)
        return self._on_genome(transcript.chrom, transcript.accession, kind, change, transcript)

    def _transcript(self, name: str) -> Transcript:
        outer, _, inner = name.rstrip(")").partition("(")
        if inner and canonical_chrom(outer) is not None:
            self.chrom(outer)
            outer = inner
        try:
            found = named_transcript(outer, self.reference, self.genes)
        except ValueError as fault:
            raise self.fault(str(fault)) from None
        if inner.upper() in {gene.name.upper() for gene in self.genes} - {found.gene.upper()}:
            raise self.fault(f"{outer} is a transcript of {found.gene}, not of {inner}")
        return found

    def _on_genome(
        self, chrom: str, accession: str, kind: str, change: str, transcript: Transcript | None
    ) -> Allele:
        places = [self._position(transcript, kind, where) for where in _positions(change)]
        for place in places:
            self.locus(chrom, place)
        if places and (match := _UNCERTAIN.fullmatch(change)):
            alt = _SYMBOLS[match["what"]]
            return self.normalised(chrom, min(places) - 1, "N", alt, end=max(places))
        if places and (match := _BASE_CHANGE.fullmatch(change)):
            ref, alt = match["ref"].upper(), match["alt"].upper()
            if transcript is not None and not transcript.plus:
                ref, alt = reverse_complement(ref), reverse_complement(alt)
            return self.normalised(chrom, places[0], ref, alt, transcript=transcript)
        if places and (match := _CHANGE.fullmatch(change)):
            return self._spelled_out(chrom, places, match, transcript)
        found = SPDI.fullmatch(self._spdi_of(f"{accession}:{kind}.{change}"))
        if found is None:
            raise self.fault("this kind of change cannot be annotated")
        return self.spdi(found)

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
            raise self.fault("the first position lies behind the last one")
        first, last, what = min(places), max(places), match["what"]
        bases = match["bases"].upper()
        given = reverse_complement(bases) if minus and not bases.isdigit() else bases
        if "ins" in what and (not bases or bases.isdigit()):
            raise self.fault("say which bases are inserted")
        anchor, old = self._span(chrom, first - 1, first - 1), self._span(chrom, first, last)
        if what == "ins":
            if last - first != 1:
                raise self.fault(self._where_between(transcript))
            return self.normalised(chrom, first, old[0], old[0] + given)
        if what in ("del", "dup") and bases and given not in (old, str(len(old))):
            there = reverse_complement(old) if minus else old
            raise self.fault(f"the reference has {there} there, not {bases}")
        new = {
            "del": "",
            "delins": given,
            "dup": old + old,
            "inv": reverse_complement(old),
        }[what]
        return self.normalised(chrom, first - 1, anchor + old, anchor + new)

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
            raise self.fault("this is not a name of HGVS that can be annotated") from None
        except weaver.ReferenceMismatchError as fault:
            bases = re.search(r"expected (\S+), found (\S+) on (\S+)", str(fault))
            said = "{2} has {1} there, not {0}".format(*bases.groups()) if bases else str(fault)
            raise self.fault(said) from None
        except weaver.HGVSError as fault:
            raise self.fault(str(fault)) from None


def _positions(change: str) -> list[str]:
    """Return the positions that a change names: those before the word or base that follows."""
    head = re.split(r"del|ins|dup|inv|con|\[|[ACGTacgt]", change, maxsplit=1)[0]
    return [match[0] for match in POSITION.finditer(head)]
