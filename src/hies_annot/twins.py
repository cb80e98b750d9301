"""Samples of a run with the same genotypes everywhere in the loci: one person twice, or twins."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hies_annot.result import SampleResult

MIN_SHARED = 5
"""Fewest carried alleles at which two equal samples are remarkable."""

_COUNTED = frozenset({"het", "hom_alt", "het_alt"})
_UNSURE = frozenset({"low_gq", "low_depth", "ad_contradicts_gt"})

Profile = tuple[int, str]
"""Number of clean carried alleles, and a digest of them with their zygosity."""


def profile_of(result: SampleResult) -> Profile:
    """Return the genotype profile of a sample; unsure calls are left out."""
    carried = sorted(
        f"{result.build} {variant.id} {variant.zygosity}"
        for variant in result.variants
        if variant.zygosity in _COUNTED and not _UNSURE & set(variant.flags)
    )
    digest = hashlib.sha256("\n".join(carried).encode()).hexdigest()[:16]
    return len(carried), digest


def twin_hints(names: Sequence[str], profiles: Sequence[Profile]) -> dict[int, str]:
    """Return, by place in the run, a sentence that names the samples with the same genotypes.

    Relatives and common haplotypes can agree by chance: a hint, not a proof.
    """
    owners: dict[Profile, list[int]] = {}
    for index, profile in enumerate(profiles):
        if profile[0] >= MIN_SHARED:
            owners.setdefault(profile, []).append(index)
    return {
        index: f"the same {count} genotypes in the loci as "
        f"{_listed([names[other] for other in same if other != index])}: the same person, "
        "twins, or a copied file"
        for (count, _), same in owners.items()
        if len(same) > 1
        for index in same
    }


def _listed(others: list[str]) -> str:
    listed = ", ".join(others[:3])
    return listed if len(others) <= 3 else f"{listed} and {len(others) - 3} more"
