"""How much of a file is kept: figures that no file of people meets, and that a lab may raise."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from hies_annot.model.closed import Closed
from hies_annot.model.file_bounds import USUAL, FileBounds

Count = Annotated[int, Meta(ge=1)]


class Limits(Closed, frozen=True, kw_only=True):
    """What a file or a sample may bring before it is refused (docs/limits.md).

    A gVCF with a row for each base has 155,000 records in the loci of both genes; a person carries
    fewer than 10 alleles of a gene that may count. What lies outside the loci is passed over and
    meets none of these.
    """

    records: Count = USUAL.records
    """Records of one file in the loci."""
    megabytes: Count = USUAL.megabytes
    """Text of these records, for each sample: what a run holds in memory is about 10 times this."""
    alts: Count = USUAL.alts
    """Alleles of one record; one with more is named and not read."""
    alleles: Count = 200
    """Alleles of a gene that one sample carries and that may count: all pairs of them are judged,
    and 400 take half a minute."""

    @property
    def of_a_file(self) -> FileBounds:
        """What holds for each file."""
        return FileBounds(self.records, self.megabytes, self.alts)
