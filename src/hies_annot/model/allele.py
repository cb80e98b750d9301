"""Alleles: one spelling for each change."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from hies_annot.genome import Build
from hies_annot.model.closed_words import Problem

STRUCTURAL_SIZE = 50
"""Bases from which on a change is a structural variant and no indel (VCF 4.4, 1.1; dbVar)."""


class AlleleKind(StrEnum):
    """What an ALT is."""

    SEQUENCE = "sequence"
    SYMBOLIC = "symbolic"  # <DEL>, <DUP>, <INS>, <INV>, <CNV>
    BREAKEND = "breakend"
    SPANNING_DELETION = "spanning_deletion"  # the allele `*`
    REFERENCE_BLOCK = "reference_block"  # gVCF block or hom-ref row: no alternate allele
    UNREADABLE = "unreadable"  # IUPAC codes, bases that are none, REF that disagrees


STRUCTURAL_KINDS = frozenset({AlleleKind.SYMBOLIC, AlleleKind.BREAKEND})
TANDEM_COPIES = ("<DUP>", "<DUP:TANDEM>")
"""Symbols of a copy that lies beside its source; without a second word it is taken to."""
UNNAMED = frozenset({"<NON_REF>", "<*>", "<X>"})
"""Symbols, in capitals, of any other allele: GATK and DRAGEN, VCF 4.3, bcftools before 1.4."""


class Allele(Struct, frozen=True):
    """One change of one locus: trimmed, left-aligned, on the canonical contig.

    The key of everything that is known about a variant. For symbolic alleles `alt` is the
    symbol (`<DEL>`) and `end` the last affected base.
    """

    build: Build
    gene: str
    chrom: str
    pos: int
    ref: str
    alt: str
    kind: AlleleKind
    end: int
    copy_number: int | None = None
    unverifiable: bool = False  # some of it lies on made-up bases of a demo reference
    precise: bool = False  # a symbolic allele whose breakpoints are exact
    problem: Problem | None = None  # why an UNREADABLE allele cannot be read

    @property
    def id(self) -> str:
        """`17-42329643-G-A`; symbolic alleles carry their end: `17-42340106-42342368-<DEL>`."""
        if self.kind in (AlleleKind.SYMBOLIC, AlleleKind.REFERENCE_BLOCK) and self.end != self.pos:
            return f"{self.chrom}-{self.pos}-{self.end}-{self.alt}"
        return f"{self.chrom}-{self.pos}-{self.ref}-{self.alt}"
