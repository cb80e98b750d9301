"""What keeps a row of a table of evidence from being one allele, though it speaks of a gene.

Such a row would be passed over, and with it a lab's P/LP. Rows that state no place or no allele in
the words of tables (`na`, `.`), and those of other contigs, say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hies_annot.genome import canonical_chrom

Locus = tuple[str, int, int]
"""Canonical chromosome, first and last position (1-based)."""
NOTHING = frozenset({".", "na", "n/a", "nan", "none", "null"})
"""What stands where a row has no allele."""
_ALLELE = re.compile(r"[ACGTUNRYKMSWBDHV]+|\*|<[^<>]*>|[^\s]*[\[\]][^\s]*", re.IGNORECASE)
_SEVERAL_ALTS = re.compile(r"[ACGTN*]+([,;/|]\s*[ACGTN*]+)+", re.IGNORECASE)


def place_fault(name: str, position: str, loci: Iterable[Locus]) -> str | None:
    """Return why a row of an unknown contig may be meant for a gene; None: it is not."""
    if canonical_chrom(name) is not None or not position.isdecimal():
        return None
    numbers = re.findall(r"[0-9]+", "".join(name.split()))
    for chrom, first, last in loci:
        if first <= int(position) <= last and (not name or chrom in numbers):
            said = f"chromosome {name!r} is unknown" if name else "no chromosome is given"
            return f"{said}, and the position lies in a gene: write it as {chrom}"
    return None


def several_alts(alt: str) -> str | None:
    """Return that a row has several ALTs; None: it has one."""
    found = _SEVERAL_ALTS.fullmatch(alt)
    return "several ALTs in one row: give each its own" if found else None


def allele_fault(ref: str, alt: str) -> str | None:
    """Return why REF and ALT of a row are no alleles of a VCF; None: they are, or none is given."""
    if all(text.lower() in NOTHING or _ALLELE.fullmatch(text) for text in (ref, alt)):
        return None
    return (
        f"REF {ref!r} and ALT {alt!r} are no alleles as in a VCF: write bases, of an insertion or "
        "deletion with the base before it"
    )
