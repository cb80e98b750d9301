"""Why an entry of the input takes no part in any finding, before any evidence is asked."""

from __future__ import annotations

from hies_annot.model import AlleleKind, Call, Zygosity

_BY_KIND = {
    AlleleKind.REFERENCE_BLOCK: "reference_block",
    AlleleKind.SPANNING_DELETION: "spanning_deletion_allele",
}
_BY_ZYGOSITY = {
    Zygosity.HOM_REF: "not_carried",
    Zygosity.NO_CALL: "no_call",
    Zygosity.NOT_GIVEN: "no_genotype",
}


READS_SHOW_IT = frozenset({"ad_contradicts_gt", "reads_without_call"})
"""Flags of a call that is not carried by its genotype, but is by its reads."""


def drop_before_evidence(call: Call) -> str | None:
    """Return the reason code of a call that cannot be a finding, None for one that may be."""
    allele = call.allele
    if allele.kind is AlleleKind.UNREADABLE:
        return allele.problem or "unreadable"
    if allele.kind in _BY_KIND:
        return _BY_KIND[allele.kind]
    if not call.carried and READS_SHOW_IT & set(call.flags):
        return None
    return _BY_ZYGOSITY.get(call.zygosity)
