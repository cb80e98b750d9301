"""Structural changes of a coding region of which nobody can say what is left of it."""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.annotate.structural_change import Change, change_of
from hies_annot.judge.unsure_ends import UNSURE
from hies_annot.model import AlleleKind, Annotation, Finding, JudgedCall

_STRUCTURAL = frozenset({AlleleKind.SYMBOLIC, AlleleKind.BREAKEND})
_BREAKING = frozenset({Change.INSERTION, Change.BREAK, Change.INVERSION, Change.UNKNOWN})
"""Changes that may leave no message; what a loss or a gain leaves is read from its bases."""
_CODING = frozenset({"coding_sequence_variant", "feature_truncation"})


def unresolved_structural(
    judged: Iterable[JudgedCall], findings: Iterable[Finding]
) -> tuple[str, ...]:
    """Return a sentence on each carried break of a coding region that makes no finding.

    Bases that nobody has read, put into a coding exon, mostly take its function: one copy of a
    recessive gene may be lost, so such an allele is a candidate, as one without a call is.
    """
    used = {name for finding in findings for name in finding.variants}
    found = {
        one.id: one
        for one in judged
        if one.call.carried and one.drop_reason is None and one.id not in used and _breaks(one)
    }
    return tuple(
        f"{one.call.allele.gene}: {_name(one)} changes the coding region on one copy, "
        "and what that leaves is not known: this copy may be lost (perhaps a carrier), confirm "
        f"the change and look for a second allele: {one.call.site.where}"
        for one in found.values()
    )


def _breaks(one: JudgedCall) -> bool:
    allele, known = one.call.allele, one.annotation
    flags = (*one.flags, *one.call.flags)
    if known is None or UNSURE in flags or allele.kind not in _STRUCTURAL:
        return False
    if change_of(allele) not in _BREAKING:
        return False
    extent = known.structural
    whole = extent is not None and extent.whole_gene
    return whole or not _CODING.isdisjoint(known.consequence)


def _name(one: JudgedCall) -> str:
    names: Annotation | None = one.annotation
    return (names.hgvs_c if names is not None else None) or one.id
