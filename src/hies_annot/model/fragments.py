"""How many fragments of the alignments show an allele, or two places at once."""

from __future__ import annotations

from msgspec import Struct


class ReadLinks(Struct, frozen=True):
    """Fragments that cover two places: with both alleles, only one of them, or neither."""

    both: int
    first_only: int
    second_only: int
    neither: int = 0

    @property
    def telling(self) -> int:
        """Number of fragments that show at least one of the alleles, at both places."""
        return self.both + self.first_only + self.second_only


class AlleleCounts(Struct, frozen=True):
    """Fragments that show an allele, and all that show its place."""

    alternate: int
    depth: int
