"""An allele fraction that a caller states instead of counts, by allele or by haplotype."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hies_annot.io.numbers import number
from hies_annot.model.gt import parse_genotype

FRACTIONS = {
    "AF": "Mutect2, DRAGEN, VarDict, Ion Torrent, Clair3",
    "VAF": "DeepVariant",
    "VF": "Illumina (Pisces); of GRIDSS it is a count",
    "FA": "MuTect 1",
    "FREQ": "VarScan, in %",
    "FQ": "NanoCaller",
    "VAF1": "Pindel",
}
"""FORMAT keys of a fraction by ALT, best first, and who writes them."""
_BY_HAPLOTYPE = "MAP_HF"
"""octopus, cancer model: the frequency of each haplotype of GT (`0|0|1`)."""
_PERCENT = 1.5
"""From which number on a share is one in %: none is above 1, but for a fault of rounding."""
KEYS = (*FRACTIONS, _BY_HAPLOTYPE)

Fractions = tuple[float | None, ...]


def stated_fractions(values: Mapping[str, str], alt_count: int) -> Fractions | None:
    """Return the fraction of each ALT, 0..1, as the first key given states it; None: none does.

    Fractions that are not one an ALT are not used.

    Args:
        values: the FORMAT values of the sample that are given.
        alt_count: number of ALTs of the record.
    """
    key = next((key for key in FRACTIONS if key in values and not _counts(key, values)), None)
    if key is not None:
        parts = values[key].split(",")
        if key == "FREQ" and alt_count == 1:
            parts = [".".join(parts)]  # VarScan writes the comma of the computer's language
        return tuple(_share(part) for part in parts) if len(parts) == alt_count else None
    if _BY_HAPLOTYPE in values:
        return _of_haplotypes(values.get("GT", "."), values[_BY_HAPLOTYPE], alt_count)
    return None


def _counts(key: str, values: Mapping[str, str]) -> bool:
    """Whether a key of a fraction is one of counts here: VF beside REFPAIR is GRIDSS's."""
    return key == "VF" and "REFPAIR" in values


def _of_haplotypes(gt: str, text: str, alt_count: int) -> Fractions | None:
    """Add up the frequencies of the haplotypes that have an ALT, in the order of GT."""
    genotype, parts = parse_genotype(gt), [_share(part) for part in text.split(",")]
    if genotype is None or genotype.ploidy != len(parts) or None in parts:
        return None
    shares = [part for part in parts if part is not None]
    return tuple(
        min(
            1.0, sum(share for at, share in zip(genotype.alleles, shares, strict=True) if at == alt)
        )
        for alt in range(1, alt_count + 1)
    )


def _share(text: str) -> float | None:
    percent = text.endswith("%")
    try:
        value = number(text.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        return None
    if _PERCENT <= value <= 100 and not percent:
        value /= 100
    return value if math.isfinite(value) and 0 <= value <= 1 else None
