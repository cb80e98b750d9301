"""How much of one file is kept at most; docs/limits.md says how the figures were found."""

from __future__ import annotations

from msgspec import Struct


class FileBounds(Struct, frozen=True):
    """Records of a file in the loci, MB (10^6) of their text for each sample, ALTs of a record."""

    records: int = 500_000
    megabytes: int = 500
    alts: int = 5_000


USUAL = FileBounds()
