"""The lists of the page of a batch of what the run was told beside: decisions and changes. Pure."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.told_words import answer_changes, decision_words, state_words
from hies_annot.results.decided import CURRENT

MOST = 200
"""Most samples in a list; counts have all, and the tables too."""


class ToldSample(Struct, frozen=True):
    """A sample, the path of its page below the results folder, and lines on it."""

    sample: str
    page: str
    status: str
    lines: tuple[str, ...]


class ToldList(Struct, frozen=True):
    """What the page of a batch says of decisions and changes.

    `changed` are the samples with another answer, `open` those with a decision that is not known to
    stand on the evidence of the report; each has at most `MOST` of `changed_samples` and
    `open_samples`. `evidence` counts samples with the same answer and other evidence.
    """

    decisions: tuple[tuple[str, int], ...]
    open: tuple[ToldSample, ...]
    open_samples: int
    changed: tuple[ToldSample, ...]
    changed_samples: int
    evidence: int


class ToldTally:
    """Collects decisions and changes, sample by sample."""

    def __init__(self) -> None:
        """Start with no sample."""
        self._decisions: Counter[str] = Counter()
        self._open: list[tuple[int, ToldSample]] = []
        self._changed: list[tuple[int, ToldSample]] = []
        self._evidence = 0

    @property
    def any_decision(self) -> bool:
        """Whether any sample has a decision."""
        return bool(self._decisions)

    def add(self, place: int, summary: SampleSummary) -> None:
        """Take in one sample; `place` is where the page shows it."""
        self._decisions.update(each.decision.decision for each in summary.decided)
        page = summary.file(".html")
        waiting = tuple(
            f"{each.decision.finding or 'answer'}: {decision_words(each)}; {state_words(each)}"
            for each in summary.decided
            if each.state != CURRENT
        )
        if waiting:
            row = ToldSample(summary.sample, page, summary.status, waiting)
            self._open.append((place, row))
        if lines := tuple(answer_changes(summary.changes)):
            row = ToldSample(summary.sample, page, summary.status, lines)
            self._changed.append((place, row))
        else:
            self._evidence += bool(summary.changes)

    def listed(self) -> ToldList:
        """Return the lists, in the order of the page."""
        return ToldList(
            tuple(sorted(self._decisions.items())),
            _first(self._open),
            len(self._open),
            _first(self._changed),
            len(self._changed),
            self._evidence,
        )


def _first(rows: list[tuple[int, ToldSample]]) -> tuple[ToldSample, ...]:
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0])[:MOST])
