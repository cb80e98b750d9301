"""Structural alleles whose ends are not exact: whether they may reach what matters."""

from __future__ import annotations

from msgspec.structs import replace

from hies_annot.annotate.structural_change import Change, change_of
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.drop_reasons import BREAKS_NONE, NO_EFFECT, WEAK_SPLICE
from hies_annot.model import Allele, AlleleKind, Call, SiteRecord
from hies_annot.model.allele import STRUCTURAL_KINDS
from hies_annot.model.closed_words import DropReason
from hies_annot.read.exact_ends import end_bounds

UNSURE = "ends_not_exact"
"""Flag of an allele that has an effect only where its ends are not as written."""
_WITHOUT_EFFECT = frozenset({NO_EFFECT, WEAK_SPLICE, "splice_region_without_evidence"})
_POINTS = (Change.INSERTION, Change.BREAK)


def reason_of(call: Call, book: AlleleBook) -> tuple[DropReason | None, bool]:
    """Return why the allele of a call takes no part, and whether it does for its unsure ends."""
    reason = book.facts(call.allele).drop_reason
    turned = change_of(call.allele) is Change.INVERSION and reason == BREAKS_NONE
    if reason not in _WITHOUT_EFFECT and not turned:
        return reason, False
    others = extents(call.allele, call.site, call.alt_index)
    reaches = any(book.facts(other).drop_reason is None for other in others)
    return (None, True) if reaches else (reason, False)


def extents(allele: Allele, site: SiteRecord, index: int) -> tuple[Allele, ...]:
    """Return the widest and the narrowest extent that a structural allele may have.

    An insertion or break stands for a change of all bases that it may lie between. Empty where
    the ends are exact.
    """
    structural = allele.kind in STRUCTURAL_KINDS
    bounds = end_bounds(site, index) if structural else None
    if bounds is None:
        return ()
    start, end = bounds
    if change_of(allele) in _POINTS:
        wide = replace(
            allele, alt="<DEL>", kind=AlleleKind.SYMBOLIC, end=allele.pos + start[1], precise=False
        )
        return _valid(replace(wide, pos=allele.pos + start[0]))
    outer = replace(allele, pos=allele.pos + start[0], end=allele.end + end[1], precise=False)
    inner = replace(allele, pos=allele.pos + start[1], end=allele.end + end[0], precise=False)
    return _valid(outer, inner)


def _valid(*alleles: Allele) -> tuple[Allele, ...]:
    return tuple(allele for allele in alleles if 0 < allele.pos < allele.end)
