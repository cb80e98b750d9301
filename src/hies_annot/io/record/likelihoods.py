"""The quality of a genotype from its likelihoods, where a file gives no GQ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from hies_annot.io.numbers import finite_or_none
from hies_annot.model.gt import Genotype, parse_genotype

KEYS = ("PL", "GL", "GP", "DS")
QUALITY_KEYS = ("GQ", "RGQ", "GQX")
"""Keys that say how sure a genotype is, best first."""
_HIGHEST = 99.0
_SURE = 1e-10
_APART = 0.5
"""Copies by which the dosage of an allele may differ from the genotype: half of one."""


def likelihood_quality(values: Mapping[str, str], alt_count: int) -> float | None:
    """Return how sure a genotype is (phred, 0..99), None where nothing that can be read says so.

    GQ is the distance of the called genotype from the best other one (VCF 4.3, 1.6.2); a genotype
    that is not the likeliest one has 0. PL is phred, GL log10, GP a probability (VCF 4.3) or phred
    (before 4.3). DS, the copies of each ALT that imputation expects, only speaks against one.

    Args:
        values: the FORMAT values of the sample that are given.
        alt_count: number of ALTs of the record.
    """
    genotype = parse_genotype(values["GT"]) if values.get("GT") else None
    if genotype is None or genotype.missing or genotype.ploidy not in (1, 2):
        return None
    if _contradicts(values.get("DS"), genotype, alt_count):
        return 0.0
    for key, read in _READ.items():
        found, place = _figures(values.get(key)), _place(genotype)
        if len(found) == _count(genotype.ploidy, alt_count + 1) and place < len(found):
            return max(0.0, min(_HIGHEST, read(found, place)))
    return None


def unused_likelihoods(values: Mapping[str, str], alt_count: int) -> Iterator[str]:
    """Yield the keys whose figures do not fit a genotype of which no GQ tells how sure it is."""
    genotype = parse_genotype(values["GT"]) if values.get("GT") else None
    stated = not values.keys().isdisjoint(QUALITY_KEYS)
    if stated or genotype is None or genotype.missing or genotype.ploidy not in (1, 2):
        return
    for key in (key for key in KEYS if set(values.get(key, ".")) - set(".,")):
        wanted = alt_count if key == "DS" else _count(genotype.ploidy, alt_count + 1)
        if len(_figures(values[key])) != wanted:
            yield key


def _by_phred(found: Sequence[float], place: int) -> float:
    others = [figure for number, figure in enumerate(found) if number != place]
    return min(others, default=_HIGHEST) - found[place]


def _by_log(found: Sequence[float], place: int) -> float:
    return _by_phred([-10 * figure for figure in found], place)


def _by_probability(found: Sequence[float], place: int) -> float:
    if not 0.9 <= sum(found) <= 1.1 or min(found) < 0:
        return _by_phred(found, place)
    if found[place] < max(found):
        return 0.0
    return -10 * math.log10(max(_SURE, 1 - found[place]))


_READ: Mapping[str, Callable[[Sequence[float], int], float]] = {
    "PL": _by_phred,
    "GL": _by_log,
    "GP": _by_probability,
}


def _figures(text: str | None) -> list[float]:
    """Return the figures of a list; none where one of them is missing or no number."""
    numbers = [] if text is None else [finite_or_none(part) for part in text.split(",")]
    figures = [number for number in numbers if number is not None]
    return figures if len(figures) == len(numbers) else []


def _count(ploidy: int, alleles: int) -> int:
    return alleles if ploidy == 1 else alleles * (alleles + 1) // 2


def _place(genotype: Genotype) -> int:
    """Return the place of a genotype in the order of VCF (4.3, 1.6.2)."""
    low, *high = sorted(genotype.called)
    return low if not high else high[0] * (high[0] + 1) // 2 + low


def _contradicts(dosage: str | None, genotype: Genotype, alt_count: int) -> bool:
    expected = _figures(dosage)
    if len(expected) != alt_count or genotype.ploidy == 1:
        return False
    copies = [genotype.copies(index) for index in range(1, alt_count + 1)]
    return any(
        abs(number - wanted) >= _APART for number, wanted in zip(expected, copies, strict=True)
    )
