"""The part of the Human Phenotype Ontology that the gene files need: which term is a kind of which.

Release, source and licence stand in the head of `resources/genes/hpo_terms.tsv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from hies_annot.shipped import resource_path

TERMS = "genes/hpo_terms.tsv"


@cache
def kinds() -> Mapping[str, frozenset[str]]:
    """Return by HPO id the terms of the gene files that it is, or is a kind of.

    Former ids stand beside the present ones. An id that is not listed is only itself.
    """
    with resource_path(TERMS).open(encoding="utf-8") as handle:
        rows = csv.DictReader((line for line in handle if not line.startswith("#")), delimiter="\t")
        found: dict[str, set[str]] = {}
        for row in rows:
            found.setdefault(row["id"], set()).add(row["ancestor"])
    return {identifier: frozenset(terms) for identifier, terms in found.items()}


def counts_as(term: str) -> frozenset[str]:
    """Return the terms that a term counts as: itself, and those of the gene files above it."""
    return kinds().get(term, frozenset()) | {term}


def topmost(terms: frozenset[str]) -> frozenset[str]:
    """Return the terms that are no kind of another one among them."""
    return frozenset(
        term for term in terms if not any(other in counts_as(term) - {term} for other in terms)
    )
