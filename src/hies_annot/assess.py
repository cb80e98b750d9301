"""From findings and callability to the status of a sample; a negative is never given for free."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.callability.config import CallabilityConfig
from hies_annot.callability.verdict import negative_is_safe
from hies_annot.model import AlleleKind, Call, Callability, Finding, Status
from hies_annot.phase.pairs import is_deletion

ORDER = tuple(Status)
"""Highest first (design: one sample can have several findings)."""


def sample_status(
    findings: tuple[Finding, ...],
    callability: Callability,
    config: CallabilityConfig,
    calls: Sequence[Call] = (),
) -> tuple[Status, str]:
    """Return the status of a sample and the sentence that explains it.

    The status is the highest of its findings; without a finding it is `none` only where the
    required bases were callable, else `inconclusive`. A `*` among the `calls` tells of a deletion
    on one copy: where the deletion itself was not read, its harm is not known either.
    """
    if findings:
        top = min(findings, key=lambda finding: ORDER.index(finding.status))
        reason = top.reasons[0] if top.reasons else "no reason was recorded"
        return top.status, f"{top.gene}: {reason}"
    safe, sentence = negative_is_safe(callability, config)
    hidden = unread_deletions(calls)
    if hidden:
        shown = "; ".join(hidden)
        return Status.INCONCLUSIVE, shown if safe else f"{shown}; {sentence}"
    return (Status.NONE if safe else Status.INCONCLUSIVE), sentence


def unread_deletions(calls: Sequence[Call]) -> tuple[str, ...]:
    """Return one sentence for each gene with a carried `*` that no carried deletion explains."""
    deletions = [call.allele for call in calls if call.carried and is_deletion(call)]
    lost: dict[str, list[str]] = {}
    for call in calls:
        allele = call.allele
        if allele.kind is not AlleleKind.SPANNING_DELETION or not call.carried:
            continue
        if not any(
            deletion.chrom == allele.chrom and deletion.pos < call.site.pos <= deletion.end
            for deletion in deletions
        ):
            lost.setdefault(allele.gene, []).append(call.site.where)
    return tuple(
        f"{gene}: a deletion on one copy is marked by * ({places[0]}"
        f"{f' and {len(places) - 1} more' if len(places) > 1 else ''}), but its own record is "
        "not in the input: what it removes is not known"
        for gene, places in lost.items()
    )
