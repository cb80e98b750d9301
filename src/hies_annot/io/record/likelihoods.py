"""What the likelihoods of genotypes say: another genotype, and how sure it is without a GQ."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from hies_annot.io.numbers import finite_or_none
from hies_annot.model.gt import Genotype, parse_genotype

POSTERIOR = "PP"
"""Phred-scaled posteriors (GATK CalculateGenotypePosteriors); one figure is something else."""
_DOSAGE = "DS"
KEYS = ("PL", "GL", "GP", _DOSAGE, POSTERIOR)
_BESIDE_PL = frozenset({"GP", POSTERIOR, _DOSAGE})
_REFERENCE = ("0/0", "0|0")
QUALITY_KEYS = ("GQ", "RGQ", "GQX")
"""Keys that say how sure a genotype is, best first."""
_HIGHEST = 99.0
_SURE = 1e-10
_CLEAR = 20.0
_CLEAR_POSTERIOR = 10.0
"""Phred by which a likelier genotype speaks against the called one, whatever GQ says. Less may be
a prior (GLnexus, freebayes), which is believed; posteriors hold it."""
_APART = 0.5
"""Copies by which the dosage of an allele may differ from the genotype: half of one."""


def likelihood_quality(values: Mapping[str, str], alt_count: int) -> float | None:
    """Return how sure a genotype is (phred, 0..99), None where nothing that can be read says so.

    GQ is the distance of the called genotype from the best other one (VCF 4.3, 1.6.2); a genotype
    that is not the likeliest one has 0. PL and PP are phred, GL log10, GP a probability (VCF 4.3)
    or phred (before 4.3). What holds a prior (PP, GP) comes first: GT follows it. DS, the copies
    of each ALT that imputation expects, only speaks against one.

    Args:
        values: the FORMAT values of the sample that are given.
        alt_count: number of ALTs of the record.
    """
    genotype = parse_genotype(values["GT"]) if values.get("GT") else None
    if genotype is None or genotype.missing or genotype.ploidy not in (1, 2):
        return None
    if _contradicts(values.get(_DOSAGE), genotype, alt_count):
        return 0.0
    for key, read in _READ.items():
        found, place = _figures(values.get(key)), _place(genotype)
        if len(found) == _count(genotype.ploidy, alt_count + 1) and place < len(found):
            return max(0.0, min(_HIGHEST, read(found, place)))
    return None


def likelier_genotype(values: Mapping[str, str], alt_count: int) -> str | None:
    """Return key and text of a genotype that is clearly likelier than the called one, else None.

    The first key that can be read decides, as for the quality; `PL 0/1`.
    """
    fits = values.get("GT") in _REFERENCE and values.get("PL", "").startswith("0,")
    if fits and values.keys().isdisjoint(_BESIDE_PL):
        return None  # nearly every column
    genotype = parse_genotype(values["GT"]) if values.get("GT") else None
    if genotype is None or genotype.missing or genotype.ploidy not in (1, 2):
        return None
    for key in _READ:
        found, place = _figures(values.get(key)), _place(genotype)
        if len(found) != _count(genotype.ploidy, alt_count + 1) or place >= len(found):
            continue
        phred = _as_phred(key, found)
        best = phred.index(min(phred))
        clear = _CLEAR_POSTERIOR if key in (POSTERIOR, "GP") else _CLEAR
        if phred[place] - phred[best] >= clear:
            return f"{key} {_genotype_at(best, genotype.ploidy)}"
        break
    dosage = values.get(_DOSAGE)
    if dosage is not None and _contradicts(dosage, genotype, alt_count):
        return f"{_DOSAGE} {_genotype_of(_figures(dosage))}"
    return None


def unused_likelihoods(values: Mapping[str, str], alt_count: int) -> Iterator[str]:
    """Yield the keys whose figures do not fit a genotype of which no GQ tells how sure it is."""
    genotype = parse_genotype(values["GT"]) if values.get("GT") else None
    stated = not values.keys().isdisjoint(QUALITY_KEYS)
    if stated or genotype is None or genotype.missing or genotype.ploidy not in (1, 2):
        return
    asked = (key for key in KEYS if key != POSTERIOR)
    for key in (key for key in asked if set(values.get(key, ".")) - set(".,")):
        wanted = alt_count if key == _DOSAGE else _count(genotype.ploidy, alt_count + 1)
        if len(_figures(values[key])) != wanted:
            yield key


def _as_phred(key: str, found: Sequence[float]) -> list[float]:
    """Return figures as phred: the lowest one is the likeliest."""
    if key == "GL":
        return [-10 * figure for figure in found]
    if key == "GP" and _are_shares(found):
        return [-10 * math.log10(max(_SURE, share)) for share in found]
    return list(found)


def _are_shares(found: Sequence[float]) -> bool:
    return 0.9 <= sum(found) <= 1.1 and min(found) >= 0


def _by_phred(found: Sequence[float], place: int) -> float:
    others = [figure for number, figure in enumerate(found) if number != place]
    return min(others, default=_HIGHEST) - found[place]


def _by_log(found: Sequence[float], place: int) -> float:
    return _by_phred([-10 * figure for figure in found], place)


def _by_probability(found: Sequence[float], place: int) -> float:
    if not _are_shares(found):
        return _by_phred(found, place)
    if found[place] < max(found):
        return 0.0
    return -10 * math.log10(max(_SURE, 1 - found[place]))


_READ: Mapping[str, Callable[[Sequence[float], int], float]] = {
    POSTERIOR: _by_phred,
    "GP": _by_probability,
    "PL": _by_phred,
    "GL": _by_log,
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


def _genotype_at(place: int, ploidy: int) -> str:
    """Return the genotype at a place in the order of VCF."""
    if ploidy == 1:
        return str(place)
    high = (math.isqrt(8 * place + 1) - 1) // 2
    return f"{place - high * (high + 1) // 2}/{high}"


def _genotype_of(copies: Sequence[float]) -> str:
    """Return the genotype of which the dosages are the nearest whole copies."""
    named = [number for number, each in enumerate(copies, start=1) for _ in range(round(each))]
    return "/".join(map(str, sorted([0] * max(0, 2 - len(named)) + named)))


def _contradicts(dosage: str | None, genotype: Genotype, alt_count: int) -> bool:
    expected = _figures(dosage)
    if len(expected) != alt_count or genotype.ploidy == 1:
        return False
    copies = [genotype.copies(index) for index in range(1, alt_count + 1)]
    return any(
        abs(number - wanted) >= _APART for number, wanted in zip(expected, copies, strict=True)
    )
