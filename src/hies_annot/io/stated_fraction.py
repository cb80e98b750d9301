"""An allele fraction that a caller states instead of counts (AF, VAF, VF, FA, FREQ)."""

from __future__ import annotations

import math
from collections.abc import Mapping

KEYS = ("AF", "VAF", "VF", "FA", "FREQ")
"""FORMAT keys, best first: Mutect2 and DRAGEN, DeepVariant, Illumina, MuTect 1, VarScan (in %)."""


def stated_fractions(values: Mapping[str, str]) -> tuple[float | None, ...] | None:
    """Return the fraction of each ALT, 0..1, as the first key given states it; None: none does."""
    text = next((values[key] for key in KEYS if key in values), None)
    return None if text is None else tuple(_share(part) for part in text.split(","))


def _share(text: str) -> float | None:
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value <= 1 else None
