"""How sure the phase of a genotype is, by the keys of those who phase."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hies_annot.io.numbers import finite_or_none

PHRED = ("PQ", "PSQ", "JQ")
"""Phred: VCF 4.3; VCF 4.4, one an allele; Long Ranger, of a switch before the variant."""
CONFIDENCE = "PP"
"""Probability of the phase (SHAPEIT5); several figures are posteriors of genotypes (GATK)."""
KEYS = (*PHRED, CONFIDENCE)
_SURE = 1e-10


def phase_quality(values: Mapping[str, str]) -> float | None:
    """Return the least quality of a phase (phred), None where nothing says how sure it is.

    A figure that cannot be read is 0: such a phase is not believed.
    """
    if values.keys().isdisjoint(KEYS):
        return None
    found = [
        finite_or_none(part) or 0.0
        for key in PHRED
        for part in values.get(key, "").split(",")
        if part not in ("", ".")
    ]
    share = finite_or_none(values.get(CONFIDENCE, ""))
    if share is not None and 0 <= share <= 1:
        found.append(-10 * math.log10(max(_SURE, 1 - share)))
    return min(found, default=None)
