"""Decisions of a reviewer and changes since an earlier report, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.words import STATUS_LABEL, word
from hies_annot.results.decided import CURRENT, STATES, Decided
from hies_annot.results.run_difference import Change, of_the_answer

STATE_SHORT = {"stale": "evidence has changed", "unbound": "evidence not named", "gone": "gone"}
"""What stands behind a decision that is not known to stand on the evidence of the report."""


def decided_on(sample: SampleSummary, finding: FindingSummary) -> Decided | None:
    """Return the decision that stands beside a finding: the last one; None: there is none."""
    return next((each for each in reversed(sample.decided) if finding.about in each.on), None)


def decision_words(each: Decided) -> str:
    """Return `dismissed`, or `dismissed (evidence has changed)`."""
    more = "" if each.state == CURRENT else f" ({STATE_SHORT[each.state]})"
    return f"{each.decision.decision}{more}"


def decision_lines(sample: SampleSummary) -> Iterator[str]:
    """Yield `STAT3-AD-HIES: dismissed` for each decision of a sample, in their order."""
    for each in sample.decided:
        yield f"{each.decision.finding or 'answer'}: {decision_words(each)}"


def state_words(each: Decided) -> str:
    """Return on which evidence a decision stands, in a sentence."""
    return STATES[each.state]


def answer_changes(changes: Iterable[Change]) -> Iterator[str]:
    """Yield what changed of the answer of a sample: `status: Possible -> Relevant`."""
    for change in changes:
        if of_the_answer(change):
            old, new = change.old, change.new
            if change.what == "status":
                old, new = word(STATUS_LABEL, old), word(STATUS_LABEL, new)
            yield f"{change.where}: {old} -> {new}"
