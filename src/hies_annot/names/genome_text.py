"""A text that names a variant: faults with the text in front, and forms with genome positions."""

from __future__ import annotations

import re

from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import build_of_accession, canonical_chrom, contigs
from hies_annot.model import Allele, AlleleKind
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import LocusSequence, Reference, reverse_complement
from hies_annot.reference.transcripts import Transcript

_SEPARATOR = r"[-:\s_>/|]+"
_PLACE = rf"(?P<chrom>NC_\d+\.\d+|[A-Za-z0-9.]+){_SEPARATOR}(?P<pos>[\d,]+)"
_VCF = re.compile(rf"{_PLACE}(?:{_SEPARATOR})?(?P<ref>[A-Za-z]+){_SEPARATOR}(?P<alt>[A-Za-z]+)")
_SYMBOLIC = re.compile(rf"{_PLACE}{_SEPARATOR}(?P<end>[\d,]+)[-:\s]+(?P<alt><[A-Z0-9:]+>)")
SPDI = re.compile(r"(?P<ac>NC_\d+\.\d+):(?P<pos>\d+):(?P<deleted>[A-Za-z]*|\d+):(?P<alt>[A-Za-z]*)")
REVERSED = "the first position lies behind the last one"
ONLY_BASES = "only the bases A, C, G and T can be annotated, no N"


class Written:
    """A text with the reference and the genes that it is read against."""

    def __init__(self, text: str, reference: Reference, genes: tuple[Gene, ...]) -> None:
        """Keep the text; nothing is read yet."""
        self.text = text
        self.reference = reference
        self.genes = genes

    def on_genome(self) -> Allele | None:
        """Return the allele of a text with genome positions (VCF, SPDI), None for other texts."""
        if match := SPDI.fullmatch(self.text):
            return self.spdi(match)
        if match := _SYMBOLIC.fullmatch(self.text):
            chrom = self.chrom(match["chrom"])
            start, end = _number(match["pos"]), _number(match["end"])
            if end < start:
                raise self.fault(REVERSED)
            return self.normalised(chrom, start, "N", match["alt"], end=end)
        if match := _VCF.fullmatch(self.text):
            chrom = self.chrom(match["chrom"])
            return self.normalised(chrom, _number(match["pos"]), match["ref"], match["alt"])
        return None

    def fault(self, message: str) -> InputError:
        """Return a fault about the text."""
        return InputError(f"{self.text or '(empty)'}: {message}")

    def spdi(self, match: re.Match[str]) -> Allele:
        """Return the allele of an SPDI."""
        chrom = self.chrom(match["ac"])
        start, deleted = int(match["pos"]) + 1, match["deleted"].upper()
        inserted = match["alt"].upper()
        if deleted.isdigit():
            locus, last = self.locus(chrom, start), start + int(deleted) - 1
            if last > locus.end:
                raise self.fault(f"it reaches beyond {locus.gene} ({chrom}:{locus.end})")
            deleted = locus.bases(start, last).upper()
        if not deleted or not inserted:
            start -= 1
            before = self.locus(chrom, start).bases(start, start).upper()
            deleted, inserted = before + deleted, before + inserted
        return self.normalised(chrom, start, deleted, inserted)

    def chrom(self, name: str) -> str:
        """Return the canonical name of a contig; its build must be the one in use."""
        chrom = canonical_chrom(name)
        if chrom is None:
            raise self.fault(f"{name or 'an empty name'} is no chromosome that is known here")
        build = build_of_accession(name)
        if build is not None and build is not self.reference.build:
            raise BuildMismatchError(
                f"{self.text}: {name} belongs to {build}, but {self.reference.build} is in use; "
                f"choose the build {build}"
            )
        return chrom

    def locus(self, chrom: str, position: int) -> LocusSequence:
        """Return the locus that holds a position."""
        locus = self.reference.overlapping(chrom, position, position)
        if locus is None:
            raise self.fault(self._nowhere(chrom, position))
        return locus

    def _nowhere(self, chrom: str, position: int) -> str:
        """Return a sentence that names the loci, or the build on which one has the position."""
        for gene in self.genes:
            for build, span in gene.file.loci.items():
                if gene.file.chrom == chrom and span.start <= position <= span.end:
                    return f"on {build} this lies in {gene.name}: choose the build {build}"
        spans = ", ".join(
            f"{locus.gene} ({locus.chrom}:{locus.start}-{locus.end})"
            for locus in self.reference.loci
        )
        return f"this lies in none of the genes on {self.reference.build}: {spans}"

    def normalised(
        self,
        chrom: str,
        pos: int,
        ref: str,
        alt: str,
        *,
        end: int | None = None,
        transcript: Transcript | None = None,
    ) -> Allele:
        """Return the normalised allele; `transcript` is named in faults about its bases."""
        length = contigs(self.reference.build)[chrom].length
        if max(pos, end or 0) > length:
            raise self.fault(f"chromosome {chrom} has {length:,} bases on {self.reference.build}")
        allele = normalise_allele(self.reference, chrom, pos, ref, alt, end=end)
        if allele is None:
            raise self.fault(self._nowhere(chrom, pos))
        if allele.kind is AlleleKind.UNREADABLE:
            raise self.fault(self._problem(allele, transcript))
        return allele

    def _problem(self, allele: Allele, transcript: Transcript | None) -> str:
        there, given = self.reference.locus(allele.gene).bases(allele.pos, allele.end), allele.ref
        where = f"{allele.chrom}:{allele.pos} on {self.reference.build}"
        if allele.problem == "alt_equals_ref":
            return "this changes nothing: the new base is the reference base"
        if allele.problem != "ref_mismatch":
            return ONLY_BASES
        if transcript is None:
            return (
                f"the reference has {there.upper()} at {where}, not {given}; is this position of "
                "another build?"
            )
        if not transcript.plus:
            there, given = reverse_complement(there), reverse_complement(given)
        return f"{transcript.accession} has {there.upper()} there, not {given} ({where})"


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))
