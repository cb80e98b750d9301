"""The regions that a header names as those to which its file was cut or called.

Files that were called in parts and joined keep the header of one part. So a region only speaks of
the chromosomes that it names, and records elsewhere outweigh it (`callability.unread`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hies_annot.genome import canonical_chrom

Region = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""

_COMMAND = re.compile(
    r"##(?:bcftools_\w+Command|GATKCommandLine[.\w]*|(?:command|cmd)_?line\w*)=", re.IGNORECASE
)
_OPTION = re.compile(
    r"(?<=[\s\"'])(?:-r|-t|-L|--regions?|--targets|--intervals)[ =]?([^\s\"'-]\S*)"
    r"|\bintervals=\[([^\]]+)\]"
    r"|(?<=\s)([\w.]+:[0-9,]+-[0-9,]+)(?=[\s;])"
)
_REGION = re.compile(r"([\w.]+):([0-9]{1,12})(?:(?:-|\.\.)([0-9]{0,12}))?")
_BETWEEN = re.compile(r",\s+|[,;](?=[\w.]+:)|[,;](?=\D)")
"""What parts regions: a comma, which may also stand between the digits of a position."""
_END = 1 << 31


def regions_of(header: Iterable[str]) -> Iterator[tuple[str, tuple[Region, ...]]]:
    """Yield each list of regions that a command line of the header names, with its text.

    Lists in files, whole chromosomes and regions that were left out (`^`) are none.
    """
    for line in header:
        if _COMMAND.match(line):
            texts = ["".join(filter(None, found)) for found in _OPTION.findall(line)]
            regions = tuple(region for text in texts for region in _read(text))
            if regions:
                yield ", ".join(texts).strip("\"';"), regions


def _read(text: str) -> Iterator[Region]:
    for part in _BETWEEN.split(text.strip("\"';>")):
        match = _REGION.fullmatch(part.replace(",", ""))
        chrom = canonical_chrom(match[1]) if match else canonical_chrom(part)
        if chrom is not None:
            first = int(match[2]) if match else 1
            last = (
                int(match[3] or (_END if match[0].endswith("-") else match[2])) if match else _END
            )
            yield chrom, first, last
