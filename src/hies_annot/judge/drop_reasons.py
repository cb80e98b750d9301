"""Why an entry of the input takes no part in any finding, by what it is and how it was called."""

from __future__ import annotations

from collections.abc import Mapping

from hies_annot.model import AlleleKind, Call, Support, Verdict, Zygosity

_BY_KIND = {
    AlleleKind.REFERENCE_BLOCK: "reference_block",
    AlleleKind.SPANNING_DELETION: "spanning_deletion_allele",
}
_BY_ZYGOSITY = {
    Zygosity.HOM_REF: "not_carried",
    Zygosity.NO_CALL: "no_call",
    Zygosity.NOT_GIVEN: "no_genotype",
}


_WANTED = frozenset({Support.PATHOGENIC, Support.CONTRADICTED})
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


def drop_after_evidence(call: Call, verdicts: Mapping[str, Verdict]) -> str | None:
    """Return the reason code of a call that its genotype denies and no known allele asks for.

    Reads of an allele in a `0/0` or `./.` are mostly noise of the place; they count only for
    an allele that is pathogenic for some condition, or contradicted.
    """
    if call.carried or any(verdict.support in _WANTED for verdict in verdicts.values()):
        return None
    return _BY_ZYGOSITY.get(call.zygosity)
