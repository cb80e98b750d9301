"""How each caller spells its read counts, one entry a spelling.

An entry says which FORMAT keys it needs and how they become one count an allele.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from hies_annot.io.numbers import count_of

Counts = tuple[int | None, ...]
"""Reads by allele, REF first; None where a count is not given."""
Values = Mapping[str, str]
"""FORMAT key -> text of one sample; missing values are left out."""


class Spelling(NamedTuple):
    """One way to write read counts.

    `needs` are the FORMAT keys that must be given, `uses` further ones that `read` looks at,
    `over` keys of another spelling that the caller itself holds for less exact.
    `read` takes the values and the alleles of the record (REF first, as in the file) and returns
    the counts, None where they do not fit the alleles; it raises ValueError where a text is no
    number. `callers` and `source` are for the manual.
    """

    needs: tuple[str, ...]
    read: Callable[[Values, Sequence[str]], Counts | None]
    callers: str
    source: str
    uses: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


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


def _one_pair(reference: str, alternate: str) -> Callable[[Values, Sequence[str]], Counts | None]:
    """Read a pair of keys that speak of one ALT; of a list the first count is meant."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        if len(alleles) != 2:
            return None
        return count_of(values[reference]), count_of(values[alternate])

    return read


def _junctions_or_pairs(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read reads over the junction, or pairs around it: what saw the event better.

    Delly counts no junction where breakpoints are imprecise, and no pair of a short event.
    """
    junctions = _one_pair("RR", "RV")(values, alleles)
    pairs = _one_pair("DR", "DV")(values, alleles) if {"DR", "DV"} <= values.keys() else None
    if junctions is None or pairs is None:
        return junctions
    return max(junctions, pairs, key=lambda counts: counts[-1] or 0)


def _pairs_and_split_reads(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Add up spanning pairs and split reads, each one count an allele."""
    if "," not in values["PR"]:  # another caller's PR
        return None
    lists = [_list(values[key]) for key in ("PR", "SR") if key in values]
    if any(len(counts) != len(alleles) for counts in lists):
        return None
    return tuple([sum(count or 0 for count in counts) for counts in zip(*lists, strict=True)])


def _fragments(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read GRIDSS: fragments of the variant; of the reference, reads and pairs across it."""
    if len(alleles) != 2:
        return None
    reference = [count_of(values[key]) or 0 for key in ("REF", "REFPAIR")]
    return sum(reference), count_of(values["VF"])


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
        over=("AO",),
    ),
    Spelling(("AO",), _alternates("AO"), "freebayes", "##FORMAT line of the caller", uses=("RO",)),
    Spelling(("VD",), _alternates("VD"), "VarDict", "##FORMAT line of the caller", uses=("RO",)),
    Spelling(
        ("NV",), _alternates("NV"), "Platypus, weCall", "##FORMAT line of the caller", uses=("RO",)
    ),
    Spelling(("AU", "CU", "GU", "TU"), _by_base, "Strelka 2, bases", "##FORMAT line of the caller"),
    Spelling(
        ("TAR", "TIR"),
        _one_pair("TAR", "TIR"),
        "Strelka 2, indels",
        "##FORMAT line of the caller",
    ),
    Spelling(
        ("RR", "RV"),
        _junctions_or_pairs,
        "delly, TIDDIT",
        "##FORMAT line of the caller",
        uses=("DR", "DV"),
    ),
    Spelling(
        ("DR", "DV"), _one_pair("DR", "DV"), "Sniffles, cuteSV", "##FORMAT line of the caller"
    ),
    Spelling(
        ("PR",),
        _pairs_and_split_reads,
        "Manta, DRAGEN SV",
        "##FORMAT line of the caller",
        uses=("SR",),
    ),
    Spelling(("VF", "REF", "REFPAIR"), _fragments, "GRIDSS", "##FORMAT line of the caller"),
)
"""The spellings, best first."""

KEYS = frozenset(key for entry in SPELLINGS for key in (*entry.needs, *entry.uses))
"""All FORMAT keys that a spelling looks at."""
