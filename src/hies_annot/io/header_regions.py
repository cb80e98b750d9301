"""The regions that a header names as those to which its file was cut or called.

Files that were called in parts and joined keep the header of one part. So a region only speaks of
the chromosomes that it names, and records elsewhere outweigh it (`callability.unread`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from hies_annot.genome import canonical_chrom

Region = tuple[str, int, int]
"""Canonical chromosome, first and last base (1-based inclusive)."""

_COMMAND = re.compile(
    r"##(?:(?:bcf|sam)tools(?:_\w+)?Command|(?:GATK|Sentieon|DRAGEN)CommandLine[.\w]*|octopus"
    r"|(?:command|cmd)_?line\w*)=",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"(?<=[\s\"'])(?:-r|-t|-T|-L|--regions?|--targets|--intervals?)[ =]?([^\s\"'-]\S*)"
    r"|\bintervals=\[([^\]]+)\]"
    r"|(?<=\s)([\w.]+:[0-9,]+-[0-9,]+)(?=[\s;\"])"
)
_FILE = re.compile(
    r"(?<=[\s\"'])(?:-R|-T|-t|-L|--(?:regions|targets)(?:-file)?|--intervals?|--vc-target-bed)[ =]?"
    r"([^\s\"'^\[;]+\.(?:bed|interval_list|intervals|list|txt)(?:\.gz)?)(?=[\s\"';])"
    r"|\bintervals=\[([^\],]+\.(?:bed|interval_list|intervals|list))\]"
)
_REGION = re.compile(
    r"(?P<chrom>[\w.]+):(?P<first>[0-9]{1,12})(?P<to>(?:-|\.\.)(?P<last>[0-9]{0,12}))?"
)
_BETWEEN = re.compile(r",\s+|[,;](?=[\w.]+:)|[,;](?=\D)")
"""What parts regions: a comma, which may also stand between the digits of a position."""
_END = 1 << 31


def regions_of(header: Iterable[str]) -> Iterator[tuple[str, tuple[Region, ...]]]:
    """Yield each list of regions that a command line of the header names, with its text.

    A chromosome without positions is a region as long as it is. Lists in files and regions that
    were left out (`^`) are none.
    """
    for line in header:
        if _COMMAND.match(line):
            texts = ["".join(filter(None, found)) for found in _OPTION.findall(line)]
            regions = tuple(region for text in texts for region in _read(text))
            if regions:
                yield ", ".join(texts).strip("\"';"), regions


def region_files_of(header: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the files of regions to which the header says that it was cut."""
    found = (name for line in header if _COMMAND.match(line) for name in _FILE.findall(line))
    return tuple(dict.fromkeys(PurePath("".join(names)).name for names in found))


def _read(text: str) -> Iterator[Region]:
    for part in _BETWEEN.split(text.strip("\"';>")):
        match = _REGION.fullmatch(part.replace(",", ""))
        chrom = canonical_chrom(match["chrom"] if match else part)
        if chrom is None:
            continue
        if match is None:
            yield chrom, 1, _END
        elif match["to"] is None:
            yield chrom, int(match["first"]), int(match["first"])
        else:
            yield chrom, int(match["first"]), int(match["last"] or _END)
