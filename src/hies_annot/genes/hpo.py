"""The part of the Human Phenotype Ontology that the gene files need: which term is a kind of which.

Release, source and licence stand in the head of `resources/genes/hpo_terms.tsv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from hies_annot.shipped import resource_path

TERMS = "genes/hpo_terms.tsv"


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with resource_path(TERMS).open(encoding="utf-8") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        return tuple(csv.DictReader(lines, delimiter="\t"))


@cache
def names() -> Mapping[str, str]:
    """Return the names of the terms by HPO id; a former id has the name of the present one."""
    return {row["id"]: row["name"] for row in _rows()}


@cache
def release() -> str:
    """Return the release of the ontology that the terms are from (YYYY-MM-DD)."""
    head = resource_path(TERMS).read_text(encoding="utf-8")
    found = re.search(r"hp/releases/([0-9-]+)", head)
    assert found is not None
    return found[1]


@cache
def kinds() -> Mapping[str, frozenset[str]]:
    """Return by HPO id the terms of the gene files that it is, or is a kind of.

    Former ids stand beside the present ones. An id that is not listed is only itself.
    """
    found: dict[str, set[str]] = {}
    for row in _rows():
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
