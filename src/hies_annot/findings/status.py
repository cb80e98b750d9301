"""From findings and callability to the status of a sample; a negative is never given for free."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.callability.unread import unread_sentences
from hies_annot.callability.verdict import negative_is_safe
from hies_annot.model import Callability, Finding, Status, Unjudged
from hies_annot.settings.callability_rules import CallabilityConfig

ORDER = tuple(Status)
"""Highest first (design: one sample can have several findings)."""


def sample_status(
    findings: tuple[Finding, ...],
    callability: Callability,
    config: CallabilityConfig,
    unjudged: Sequence[Unjudged] = (),
) -> tuple[Status, str]:
    """Return the status of a sample and the sentence that explains it.

    The status is the highest of its findings. Without a finding it is `none` only where the
    required bases were callable, else `inconclusive`. What was read and could not be judged is no
    negative, and the sentence of a carrier or a differential, which say that no genotype was found,
    names it, too, with what is not in a file, be it of another gene.
    """
    hidden = tuple(one.sentence for one in unjudged)
    if findings:
        top = min(findings, key=lambda finding: ORDER.index(finding.status))
        told = [top.reasons[0] if top.reasons else "no reason was recorded"]
        if top.status in (Status.CARRIER, Status.DIFFERENTIAL):
            told += [each.removeprefix(f"{top.gene}: ") for each in hidden]
            unread = unread_sentences(callability.unread)
            told += [each.removeprefix(f"{top.gene}: ") for each in unread]
        return top.status, f"{top.gene}: {'; '.join(told)}"
    safe, sentence = negative_is_safe(callability, config)
    if hidden:
        shown = "; ".join(hidden)
        return Status.INCONCLUSIVE, shown if safe else f"{shown}; {sentence}"
    return (Status.NONE if safe else Status.INCONCLUSIVE), sentence
