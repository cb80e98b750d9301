"""From findings and callability to the status of a sample; a negative is never given for free."""

from __future__ import annotations

from hies_annot.callability.config import CallabilityConfig
from hies_annot.callability.verdict import negative_is_safe
from hies_annot.model import Callability, Finding, Status

ORDER = tuple(Status)
"""Highest first (design: one sample can have several findings)."""


def sample_status(
    findings: tuple[Finding, ...], callability: Callability, config: CallabilityConfig
) -> tuple[Status, str]:
    """Return the status of a sample and the sentence that explains it.

    The status is the highest of its findings; without a finding it is `none` only where the
    required bases were callable, else `inconclusive`.
    """
    if findings:
        top = min(findings, key=lambda finding: ORDER.index(finding.status))
        reason = top.reasons[0] if top.reasons else "no reason was recorded"
        return top.status, f"{top.gene}: {reason}"
    safe, sentence = negative_is_safe(callability, config)
    return (Status.NONE if safe else Status.INCONCLUSIVE), sentence
