"""Samples of a run with the same genotypes everywhere in the loci: one person twice, or twins."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable

from hies_annot.results.contract import SampleResult

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


def twin_hints(names: Iterable[str], profiles: Collection[Profile]) -> dict[int, str]:
    """Return, by place in the run, a sentence that names the samples with the same genotypes.

    Of the names only those of such samples are kept.

    Relatives and common haplotypes can agree by chance: a hint, not a proof.
    """
    times = Counter(profile for profile in profiles if profile[0] >= MIN_SHARED)
    owners: dict[Profile, dict[int, str]] = {}
    for index, (name, profile) in enumerate(zip(names, profiles, strict=True)):
        if times[profile] > 1:
            owners.setdefault(profile, {})[index] = name
    return {
        index: f"the same {count} genotypes in the loci as "
        f"{_listed([name for other, name in same.items() if other != index])}: the same person, "
        "twins, or a copied file"
        for (count, _), same in owners.items()
        for index in same
    }


def _listed(others: list[str]) -> str:
    listed = ", ".join(others[:3])
    return listed if len(others) <= 3 else f"{listed} and {len(others) - 3} more"
