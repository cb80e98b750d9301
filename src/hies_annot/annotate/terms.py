"""Sequence Ontology consequence terms: order of severity and impact class.

Order and impact as published by Ensembl ("Calculated variant consequences"); terms of the
Sequence Ontology. Only terms that this package can give are listed.
"""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.model import Impact

_IMPACTS: dict[Impact, tuple[str, ...]] = {
    Impact.HIGH: (
        "transcript_ablation",
        "splice_acceptor_variant",
        "splice_donor_variant",
        "stop_gained",
        "frameshift_variant",
        "stop_lost",
        "start_lost",
        "transcript_amplification",
        "feature_elongation",
        "feature_truncation",
    ),
    Impact.MODERATE: (
        "inframe_insertion",
        "inframe_deletion",
        "missense_variant",
        "protein_altering_variant",
    ),
    Impact.LOW: (
        "splice_donor_5th_base_variant",
        "splice_region_variant",
        "splice_donor_region_variant",
        "splice_polypyrimidine_tract_variant",
        "start_retained_variant",
        "stop_retained_variant",
        "synonymous_variant",
    ),
    Impact.MODIFIER: (
        "coding_sequence_variant",
        "5_prime_UTR_variant",
        "3_prime_UTR_variant",
        "intron_variant",
        "upstream_gene_variant",
        "downstream_gene_variant",
        "intergenic_variant",
        "sequence_variant",
    ),
}
_IMPACT_OF = {term: impact for impact, terms in _IMPACTS.items() for term in terms}
TERMS = tuple(_IMPACT_OF)
"""All of them, most severe first."""
_RANK = {term: rank for rank, term in enumerate(_IMPACT_OF)}

SPLICE_SITE = frozenset({"splice_acceptor_variant", "splice_donor_variant"})
SPLICE_NEARBY = frozenset(
    {
        "splice_donor_5th_base_variant",
        "splice_region_variant",
        "splice_donor_region_variant",
        "splice_polypyrimidine_tract_variant",
    }
)


def sort_terms(terms: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct terms, most severe first (KeyError for an unknown term)."""
    return tuple(sorted(set(terms), key=lambda term: _RANK[term]))


def impact_of(terms: tuple[str, ...]) -> Impact:
    """Return the impact of the most severe of sorted terms (MODIFIER for none)."""
    return _IMPACT_OF[terms[0]] if terms else Impact.MODIFIER


def severity(terms: tuple[str, ...]) -> int:
    """Return the rank of the most severe of sorted terms; smaller is worse."""
    return _RANK[terms[0]] if terms else len(_RANK)
