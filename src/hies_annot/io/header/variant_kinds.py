"""Which kinds of variants a file holds, from its first records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.remote.stand_ins import address_of
from hies_annot.io.text_lines import first_lines, longest_line
from hies_annot.model.allele import STRUCTURAL_SIZE, UNNAMED

_LOOKED_AT = 5_000
"""Records: about one variant in ten is an insertion or deletion."""


SMALL = "small"
"""What a caller of single bases writes: changes below the size of a structural one, reference."""
_NO_ALLELE = UNNAMED | {".", "*"}


def has_kind(path: Path, kind: str, start: bytes, wanted: str) -> bool:
    """Whether `snps`, `indels` or `small` ones are among the first records.

    `start` is what the first bytes hold; mostly they tell that there are small ones.
    Of a BCF and, for `small`, a file without records it is not told: true. Of a file at an address
    these first bytes alone are there: they tell of `small` ones only.
    """
    if kind == "bcf":
        return True
    if address_of(str(path)) is not None:
        return wanted != SMALL or _has_small(_whole_lines(start))
    if wanted == SMALL and _is_small(_first_record(start), unknown=False):
        return True
    try:
        lines = first_lines(path, kind, longest_line(1))
        if wanted == SMALL:
            return _has_small(lines)
        return any(_is(wanted, line) for line in _records(lines))
    except (InputError, OSError):
        return True


def _records(lines: Iterable[str]) -> Iterator[str]:
    return islice((line for line in lines if line[:1] != "#"), _LOOKED_AT)


def _whole_lines(start: bytes) -> list[str]:
    return start.decode(errors="replace").split("\n")[:-1]


def _has_small(lines: Iterable[str]) -> bool:
    found = _records(lines)
    first = next(found, None)
    return first is None or _is_small(first) or any(map(_is_small, found))


def _is(wanted: str, line: str) -> bool:
    columns = line.split("\t", 5)
    alts = columns[4].split(",") if len(columns) > 5 else ()
    lengths = {len(alt) == len(columns[3]) for alt in alts if alt.isalpha()}
    return (wanted == "snps") in lengths


def _first_record(start: bytes) -> str:
    """Return the first record line that is whole, "" where there is none."""
    begin = start.find(b"\n", start.find(b"\n#CHROM") + 1) + 1
    end = start.find(b"\n", begin)
    return start[begin : max(begin, end)].decode(errors="replace")


def _is_small(line: str, *, unknown: bool = True) -> bool:
    """Whether a record is of single bases: a caller of structural variants writes none such.

    Of what is no record, which is told elsewhere, it is `unknown`.
    """
    columns = line.split("\t", 9)
    if len(columns) < 8 or line.startswith("#"):
        return unknown
    ref, alts, info = columns[3], columns[4].split(","), columns[7]
    structural = "SVTYPE=" in info
    if _NO_ALLELE.issuperset(alts):
        return not structural and "CN" not in ":".join(columns[8:9]).split(":")
    return any(
        alt.isalpha()
        and max(len(ref), len(alt)) < STRUCTURAL_SIZE
        and (len(ref) == len(alt) or not structural)
        for alt in alts
    )
