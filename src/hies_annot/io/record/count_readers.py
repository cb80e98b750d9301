"""How the values of a spelling of read counts become one count an allele, REF first.

Each reader takes the values and the alleles of the record (REF first, as in the file) and returns
the counts, None where they do not fit the alleles; it raises ValueError where a text is no number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hies_annot.io.numbers import count_of

Counts = tuple[int | None, ...]
"""Reads by allele, REF first; None where a count is not given."""
Values = Mapping[str, str]
"""FORMAT key -> text of one sample; missing values are left out."""
Reader = Callable[[Values, Sequence[str]], Counts | None]


def listed(text: str) -> Counts:
    """Return the counts of a list."""
    return tuple([count_of(part) for part in text.split(",")])


def _added(lists: Sequence[Counts], alleles: Sequence[str]) -> Counts | None:
    if any(len(counts) != len(alleles) for counts in lists):
        return None
    return tuple([sum(count or 0 for count in counts) for counts in zip(*lists, strict=True)])


def every_allele(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read AD; a single count beside RD is VarScan's. More counts than alleles are kept."""
    counts = listed(values["AD"])
    if len(counts) == 1 and len(alleles) <= 2 and "RD" in values:
        return (count_of(values["RD"]), *counts)
    return counts if len(counts) >= len(alleles) else None


def by_base(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read Strelka's counts of bases (tier 1) for single-base alleles."""
    if any(f"{allele.upper()}U" not in values for allele in alleles):
        return None
    return tuple([count_of(values[f"{allele.upper()}U"]) for allele in alleles])


def one_pair(reference: str, alternate: str) -> Reader:
    """Read a pair of keys that speak of one ALT; of a list the first count is meant."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        if len(alleles) != 2:
            return None
        return count_of(values[reference]), count_of(values[alternate])

    return read


def junctions_or_pairs(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read reads over the junction, or pairs around it: what saw the event better.

    Delly counts no junction where breakpoints are imprecise, and no pair of a short event.
    """
    junctions = one_pair("RR", "RV")(values, alleles)
    pairs = one_pair("DR", "DV")(values, alleles) if {"DR", "DV"} <= values.keys() else None
    if junctions is None or pairs is None:
        return junctions
    return max(junctions, pairs, key=lambda counts: counts[-1] or 0)


def pairs_and_split_reads(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Add up spanning pairs and split reads, each one count an allele."""
    if "," not in values["PR"]:  # another caller's PR
        return None
    return _added([listed(values[key]) for key in ("PR", "SR") if key in values], alleles)


def fragments(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read GRIDSS: fragments of the variant; of the reference, reads and pairs across it."""
    if len(alleles) != 2:
        return None
    reference = [count_of(values[key]) or 0 for key in ("REF", "REFPAIR")]
    return sum(reference), count_of(values["VF"])


def local_alleles(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read the counts of local alleles (VCF 4.5), None for an allele that is not local."""
    local = values.get("LAA")
    indices = [0, *(int(part) for part in local.split(","))] if local else [0]
    counts = listed(values["LAD"])
    if len(counts) != len(indices) or max(indices) >= len(alleles):
        return None
    depths: list[int | None] = [None] * len(alleles)
    for index, count in zip(indices, counts, strict=True):
        depths[index] = count
    return tuple(depths)


def alternates(key: str, reference: str = "RO") -> Reader:
    """Read a key with one count an ALT; the reference has a key of its own, if it is given."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        counts = listed(values[key])
        fits = len(counts) == len(alleles) - 1
        return (count_of(values.get(reference)), *counts) if fits else None

    return read


def whole_list(key: str) -> Reader:
    """Read a key with one count an allele, REF first."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        counts = listed(values[key])
        return counts if len(counts) == len(alleles) else None

    return read


def both_counts(key: str) -> Reader:
    """Read a key with the counts of REF and the only ALT, which a merge writes as 0,0 for none."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        counts = listed(values[key]) if "," in values[key] else ()
        return counts if len(counts) == len(alleles) == 2 and any(counts) else None

    return read


def two_lists(*keys: str) -> Reader:
    """Add up two keys with one count an allele: reads of both strands, or of both orientations."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        return _added([listed(values[key]) for key in keys], alleles)

    return read


def by_strand(key: str) -> Reader:
    """Read a key with four counts: REF forward and reverse, ALT forward and reverse."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        parts = values[key].split(",")
        if len(parts) != 4 or len(alleles) != 2:
            return None
        counts = [count_of(part) or 0 for part in parts]
        return counts[0] + counts[1], counts[2] + counts[3]

    return read


def four_keys(reference: tuple[str, str], alternate: tuple[str, str]) -> Reader:
    """Read two keys of REF and two of the ALT: strands or orientations, which are added up."""

    def read(values: Values, alleles: Sequence[str]) -> Counts | None:
        if len(alleles) != 2:
            return None
        sums = [sum(count_of(values[key]) or 0 for key in keys) for keys in (reference, alternate)]
        return sums[0], sums[1]

    return read


def of_depth(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read the bases that are not the reference, and what DP leaves for it."""
    alternate, depth = count_of(values["DV"]), count_of(values["DP"])
    if len(alleles) != 2 or alternate is None or depth is None or alternate > depth:
        return None
    return depth - alternate, alternate


def by_letter(values: Values, alleles: Sequence[str]) -> Counts | None:
    """Read the reads of A, C, G and T, for single-base alleles."""
    counts = listed(values["BCOUNT"])
    places = ["ACGT".find(allele.upper()) for allele in alleles]
    if len(counts) != 4 or -1 in places or any(len(allele) != 1 for allele in alleles):
        return None
    return tuple([counts[place] for place in places])
