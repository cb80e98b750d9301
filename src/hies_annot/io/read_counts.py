"""Read counts by allele: how each caller spells them, one entry a spelling.

An entry says which FORMAT keys it needs and how they become one count an allele. The first entry
whose keys are all given is used; where its counts do not fit the alleles, none is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from hies_annot.io.numbers import count_of

Counts = tuple[int | None, ...]
"""Reads by allele, REF first; None where a count is not given."""
Values = Mapping[str, str]
"""FORMAT key -> text of one sample; missing values are left out."""


class Spelling(NamedTuple):
    """One way to write read counts.

    `needs` are the FORMAT keys that must be given, `uses` further ones that `read` looks at.
    `read` takes the values and the alleles of the record (REF first, as in the file) and returns
    the counts, None where they do not fit the alleles; it raises ValueError where a text is no
    number. `callers` and `source` are for the manual.
    """

    needs: tuple[str, ...]
    read: Callable[[Values, Sequence[str]], Counts | None]
    callers: str
    source: str
    uses: tuple[str, ...] = ()


def read_counts(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Return the reads by allele, REF first; None where none are given or they do not fit.

    Args:
        values: the FORMAT values of the sample that are given.
        alleles: REF and all ALTs, as in the file.

    Raises:
        ValueError: a count is no number.
    """
    spelling = _spelling(tuple(values))
    return spelling.read(values, alleles) if spelling else None


@lru_cache(maxsize=1024)
def _spelling(keys: tuple[str, ...]) -> Spelling | None:
    """Return the first spelling whose keys are all given; the records of a file repeat them."""
    return next((entry for entry in SPELLINGS if set(entry.needs) <= set(keys)), None)


def _list(text: str) -> Counts:
    return tuple([count_of(part) for part in text.split(",")])


def _every_allele(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read AD; a single count beside RD is VarScan's. More counts than alleles are kept."""
    counts = _list(values["AD"])
    if len(counts) == 1 and len(alleles) == 2 and "RD" in values:
        return (count_of(values["RD"]), *counts)
    return counts if len(counts) >= len(alleles) else None


def _by_base(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read Strelka's counts of bases (tier 1) for single-base alleles."""
    if any(f"{allele.upper()}U" not in values for allele in alleles):
        return None
    return tuple([count_of(values[f"{allele.upper()}U"]) for allele in alleles])


def _reference_and_alternate(
    reference: str, alternate: str
) -> Callable[[Values, Sequence[str]], Counts | None]:
    """Read a pair of keys that speak of one ALT; of a list the first count is meant."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        if len(alleles) != 2:
            return None
        return count_of(values[reference]), count_of(values[alternate])

    return read


def _local_alleles(values: Values, alleles: Sequence[str]) -> Counts | None:
    local = values.get("LAA")
    indices = [0, *(int(part) for part in local.split(","))] if local else [0]
    counts = _list(values["LAD"])
    if len(counts) != len(indices) or max(indices) >= len(alleles):
        return None
    depths: list[int | None] = [None] * len(alleles)
    for index, count in zip(indices, counts, strict=True):
        depths[index] = count
    return tuple(depths)


def _alternates(
    key: str, reference: str = "RO"
) -> Callable[[Values, Sequence[str]], Counts | None]:
    """Read a key with one count an ALT; the reference has a key of its own, if it is given."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        counts = _list(values[key])
        fits = len(counts) == len(alleles) - 1
        return (count_of(values.get(reference)), *counts) if fits else None

    return read


SPELLINGS: tuple[Spelling, ...] = (
    Spelling(
        ("AD",), _every_allele, "GATK and most others; VarScan", "VCF 4.3, 1.6.2", uses=("RD",)
    ),
    Spelling(
        ("LAD",), _local_alleles, "cohorts with local alleles", "VCF 4.5, 1.6.2", uses=("LAA",)
    ),
    Spelling(
        ("FAO",),
        _alternates("FAO", "FRO"),
        "Ion Torrent Variant Caller",
        "##FORMAT line of the caller",
        uses=("FRO",),
    ),
    Spelling(("AO",), _alternates("AO"), "freebayes", "##FORMAT line of the caller", uses=("RO",)),
    Spelling(("VD",), _alternates("VD"), "VarDict", "##FORMAT line of the caller", uses=("RO",)),
    Spelling(
        ("NV",), _alternates("NV"), "Platypus, weCall", "##FORMAT line of the caller", uses=("RO",)
    ),
    Spelling(("AU", "CU", "GU", "TU"), _by_base, "Strelka 2, bases", "##FORMAT line of the caller"),
    Spelling(
        ("TAR", "TIR"),
        _reference_and_alternate("TAR", "TIR"),
        "Strelka 2, indels",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("RR", "RV"),
        _reference_and_alternate("RR", "RV"),
        "delly, exact breakpoints",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("DR", "DV"),
        _reference_and_alternate("DR", "DV"),
        "delly, Sniffles, cuteSV",
        "##FORMAT line of the caller",
    ),
)
"""The spellings, best first."""

KEYS = frozenset(key for entry in SPELLINGS for key in (*entry.needs, *entry.uses))
"""All FORMAT keys that a spelling looks at."""
