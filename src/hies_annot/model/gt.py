"""The GT text of VCF, read without guessing (VCF 4.5 specification, section 1.6.2).

Library helpers call `./1` heterozygous and lose the phase of `.|1`; here every allele keeps
what was written, and None stands for `.`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from msgspec import Struct

_INDEX = r"(?:0|[1-9][0-9]*|\.)"
"""`01` of genotypes without a separator is no allele number."""
_ALLELE = re.compile(rf"([/|]?)({_INDEX})")
_GENOTYPE = re.compile(rf"[/|]?{_INDEX}(?:[/|]{_INDEX})*")


class Genotype(Struct, frozen=True, dict=True):
    """The alleles of a genotype in the order written; None is an allele not called.

    `phased` is True only if every allele is marked as phased.
    """

    alleles: tuple[int | None, ...]
    phased: bool

    @property
    def ploidy(self) -> int:
        """Number of alleles written."""
        return len(self.alleles)

    @cached_property
    def missing(self) -> int:
        """Number of alleles not called."""
        return self.alleles.count(None)

    @cached_property
    def called(self) -> tuple[int, ...]:
        """The called alleles, in the order written."""
        return tuple(allele for allele in self.alleles if allele is not None)

    def copies(self, index: int) -> int:
        """Return how often the allele with this index is written."""
        return self.alleles.count(index)

    def slot(self, index: int) -> int | None:
        """Return the haplotype (0 or 1) of an allele seen once in a phased diploid genotype."""
        if not self.phased or self.ploidy != 2 or self.copies(index) != 1:
            return None
        return self.alleles.index(index)


@lru_cache(maxsize=4096)
def parse_genotype(text: str) -> Genotype | None:
    """Read a GT text: `0/1`, `1|0`, `./1`, `1`, `/0|1`, `|0|1`, `0/1/1`; None if it is no GT.

    A leading phase character (VCF 4.4) marks the first allele; without one the first allele is
    phased if all the others are.
    """
    if not _GENOTYPE.fullmatch(text):
        return None
    parts = _ALLELE.findall(text)
    return Genotype(
        alleles=tuple(None if allele == "." else int(allele) for _, allele in parts),
        phased=all(mark != "/" for mark, _ in parts),
    )
