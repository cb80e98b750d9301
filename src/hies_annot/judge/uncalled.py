"""Structural records without a call of the sample: those that would matter if it carried them."""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.unsure_ends import reason_of
from hies_annot.model import AlleleKind, Call, Zygosity

_STRUCTURAL = frozenset({AlleleKind.SYMBOLIC, AlleleKind.BREAKEND})


def uncalled_structural(calls: Iterable[Call], book: AlleleBook) -> tuple[Call, ...]:
    """Return the no-calls and half calls of structural alleles that could be a finding.

    A no-call of bases makes them not callable; a structural record says nothing about single
    bases, so what it does to the gene tells. Files of many samples have no-calls at most records:
    common and benign alleles, and those without effect on the gene, count for nothing.
    """
    return tuple(
        call
        for call in calls
        if call.zygosity is Zygosity.NO_CALL
        and call.allele.kind in _STRUCTURAL
        and reason_of(call, book)[0] is None
    )
