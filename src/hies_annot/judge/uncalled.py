"""Records that do not call the sample: those that would matter if it carried them."""

from __future__ import annotations

from collections.abc import Iterable

from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.drop_reasons import READS_SHOW_IT
from hies_annot.judge.unsure_ends import reason_of
from hies_annot.model import AlleleKind, Call, Zygosity
from hies_annot.model.allele import STRUCTURAL_KINDS, STRUCTURAL_SIZE
from hies_annot.read.call_quality import SAID_MOSAIC, is_shown_alone
from hies_annot.read.genotype import OTHERWISE_CARRIED

_MOSAIC_READS = 2
"""Reads of an event that its record calls mosaic (Sniffles 2 writes `0/0` there): no stray one."""


def uncalled_alleles(calls: Iterable[Call], book: AlleleBook) -> tuple[Call, ...]:
    """Return the alleles without a call, mostly structural, that could be a finding.

    A no-call or half call of bases makes them not callable; a structural record says nothing about
    single bases, so what it does to the gene tells. Files of many samples have no-calls at most
    records: common and benign alleles, and those without effect on the gene, count for nothing.
    A `0/0` with reads of the event is one as well: callers of long reads write so what few reads
    show (Sniffles up to about a quarter of them), and reads do not meet in a break by chance. So is
    an allele of any kind that GT does not name and another genotype of its column does, or of which
    the reads show no reference copy.
    """
    return tuple(call for call in calls if _is_uncalled(call) and reason_of(call, book)[0] is None)


def _is_uncalled(call: Call) -> bool:
    allele = call.allele
    if is_shown_alone(call):
        return True
    if call.zygosity is Zygosity.NO_CALL:
        stated = allele.kind is AlleleKind.SEQUENCE and OTHERWISE_CARRIED in call.flags
        return stated or allele.kind in STRUCTURAL_KINDS
    mosaic = SAID_MOSAIC in call.quality and (call.alt_depth or 0) >= _MOSAIC_READS
    shown = mosaic or not READS_SHOW_IT.isdisjoint(call.flags)
    if call.zygosity is not Zygosity.HOM_REF or not shown:
        return False
    size = abs(len(allele.ref) - len(allele.alt)) if allele.kind is AlleleKind.SEQUENCE else 0
    return size >= STRUCTURAL_SIZE or allele.kind in STRUCTURAL_KINDS
