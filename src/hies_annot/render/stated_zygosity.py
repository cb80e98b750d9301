"""On which copies an allele lies: as called, and as its reads and its other copy tell. Pure."""

from __future__ import annotations

from hies_annot.phase.contradicted import OTHER_COPY_DELETED
from hies_annot.render.words import ZYGOSITY, percent, word
from hies_annot.results.variant_contract import VariantResult

_BY_READS = {
    "hom_ref": "called reference, but its reads show the allele",
    "no_call": "not called, but its reads show the allele",
    "not_given": "no genotype given, but its reads show the allele",
}
"""Genotypes without the allele of which a finding is made all the same."""
_CONTRADICTED = frozenset({"ad_contradicts_gt", "copy_number_contradicts_gt"})


def zygosity_words(variant: VariantResult) -> str:
    """Return the zygosity for a reader: no plain word where the call is not the whole truth."""
    called = word(ZYGOSITY, variant.zygosity)
    if variant.reported and variant.zygosity in _BY_READS:
        return _BY_READS[variant.zygosity]
    if OTHER_COPY_DELETED in variant.flags:
        return f"{word(ZYGOSITY, 'over_deletion')}; called {called}"
    if "low_fraction" in variant.flags:
        share = percent(variant.allele_fraction)
        seen = f" ({share})" if variant.allele_fraction is not None else ""
        return f"in a low fraction of the reads{seen}, mosaic or clone; called {called}"
    if not _CONTRADICTED.isdisjoint(variant.flags):
        return f"called {called}, which is contradicted"
    return called


def zygosity_code(variant: VariantResult) -> str | None:
    """Return the zygosity as code for other systems; None where no single word is true of it."""
    if OTHER_COPY_DELETED in variant.flags:
        return "over_deletion"
    if "low_fraction" in variant.flags or not _CONTRADICTED.isdisjoint(variant.flags):
        return None
    return variant.zygosity
