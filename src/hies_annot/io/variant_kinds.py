"""Which kinds of variants a file holds, from its first records."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.stand_ins import address_of
from hies_annot.io.text_lines import first_lines, longest_line

_LOOKED_AT = 5_000
"""Records: about one variant in ten is an insertion or deletion."""


def has_kind(path: Path, kind: str, wanted: str) -> bool:
    """Whether `snps` or `indels` are among the first records; not told of a BCF or an address."""
    if kind == "bcf" or address_of(str(path)) is not None:
        return True
    try:
        records = (line for line in first_lines(path, kind, longest_line(1)) if line[:1] != "#")
        return any(_is(wanted, line) for line in islice(records, _LOOKED_AT))
    except (InputError, OSError):
        return True


def _is(wanted: str, line: str) -> bool:
    columns = line.split("\t", 5)
    alts = columns[4].split(",") if len(columns) > 5 else ()
    lengths = {len(alt) == len(columns[3]) for alt in alts if alt.isalpha()}
    return (wanted == "snps") in lengths
