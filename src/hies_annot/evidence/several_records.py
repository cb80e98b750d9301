"""One fact of several records for one allele: the same in whatever order they stand.

Of ClinVar records P/LP stands before a conflict or uncertain, that before B/LB; the others are
named. Where one says P/LP and another B/LB, both stand in the classification.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from hies_annot.evidence.slices import Key
from hies_annot.model import ClinVarFact, SpliceMapFact

_SILENT = ("not provided", "association not found", "no classification", "no interpretation")


def one_clinvar(facts: Iterable[ClinVarFact]) -> ClinVarFact | None:
    """Return the one fact of several records or sources; None: there is none."""
    found = sorted(set(facts), key=_rank, reverse=True)
    if len(found) < 2:
        return found[0] if found else None
    somatic = dict.fromkeys(fact.somatic for fact in found if fact.somatic)
    best = replace(found[0], somatic="; ".join(somatic) or None)
    found = [best, *(fact for fact in found[1:] if not fact.of_tumours_only)]
    denial = next((fact for fact in found if fact.denies), None)
    if best.pathogenic and denial is not None:
        both = f"{best.classification}/{denial.classification}"
        best = replace(best, classification=both)
    if len({fact.classification.lower() for fact in found}) == 1:
        return best
    told = dict.fromkeys(text for fact in found for text in _records(fact))
    return replace(best, conflict="; ".join(told))


def one_splice_map(facts: Iterable[SpliceMapFact]) -> SpliceMapFact | None:
    """Return the fact with the largest change."""
    return max(facts, key=lambda fact: (max(s.score for s in fact.sites), repr(fact)), default=None)


def classified_wholes(tables: Iterable[Mapping[Key, object]]) -> frozenset[Key]:
    """Return the alleles that may be several changes, and of which a table classifies the whole."""
    return frozenset(
        key
        for facts in tables
        for key in facts
        if min(map(len, key[2:])) > 1 and not _of_tumours_only(facts[key])
    )


def _of_tumours_only(fact: object) -> bool:
    return isinstance(fact, ClinVarFact) and fact.of_tumours_only


def _rank(fact: ClinVarFact) -> tuple[int, int, str]:
    """Order of records: what asks for the allele most, then stars; then any order that is fixed."""
    silent = fact.classification.lower().startswith(_SILENT)
    level = 4 if fact.contradictory else 3 if fact.pathogenic else 1 if fact.benign else 2
    return (0 if silent else level), -1 if fact.stars is None else fact.stars, repr(fact)


def _records(fact: ClinVarFact) -> Iterable[str]:
    if fact.contradictory and fact.conflict:
        return fact.conflict.split("; ")
    stars = "stars unknown" if fact.stars is None else f"{fact.stars} of 4 stars"
    counts = f", {fact.conflict}" if fact.conflict else ""
    return (f"{fact.source} {fact.variation_id}: {fact.classification} ({stars}{counts})",)
