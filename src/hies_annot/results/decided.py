"""What decisions of a reviewer mean for the samples of this run: on which evidence they stand.

A decision changes no status and hides no finding: it stands beside it. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from hies_annot.results.evidence_digest import SampleEvidence
from hies_annot.results.review import Decision, Review

CURRENT, STALE, UNBOUND, GONE = "current", "stale", "unbound", "gone"
STATES: Mapping[str, str] = {
    CURRENT: "made on the evidence of this report",
    STALE: "made on other evidence than that of this report: decide again",
    UNBOUND: "not known what it was made on: the decision names no evidence (about)",
    GONE: "about something that this report does not have any more: decide again",
}
"""State -> what it means."""

Key = tuple[str, str]
"""Batch ("" for none) and sample id."""


class Decided(Struct, frozen=True):
    """A decision with its state; `on` are the digests of the findings that it stands beside."""

    decision: Decision
    state: str
    on: tuple[str, ...] = ()


class RunReview(Struct, frozen=True):
    """The decisions by sample, and everything that could not be used, a sentence each."""

    by_sample: Mapping[Key, tuple[Decided, ...]]
    faults: tuple[str, ...]


def decided(review: Review, samples: Iterable[tuple[Key, SampleEvidence]]) -> RunReview:
    """Find the sample of each decision and whether its evidence is as it was.

    Args:
        review: what was read.
        samples: the samples of the run, gone through once.
    """
    wanted = {each.sample for each in review.decisions}
    there: dict[str, list[tuple[Key, SampleEvidence]]] = {}
    for key, evidence in samples if wanted else ():
        for name in (key[1], f"'{key[1]}"):  # as it is, or copied from a table with its guard
            if name in wanted:
                there.setdefault(name, []).append((key, evidence))
    found: dict[Key, list[Decided]] = {}
    faults = [*review.faults]
    for each in review.decisions:
        fitting = [pair for pair in there.get(each.sample, ()) if _fits(each, pair[0])]
        fitting = [pair for pair in fitting if pair[0][1] == each.sample] or fitting
        if len(fitting) != 1:
            faults.append(_unplaced(each, len(fitting), known=each.sample in there))
            continue
        ((key, evidence),) = fitting
        found.setdefault(key, []).append(_with_state(each, evidence))
    return RunReview({key: tuple(them) for key, them in found.items()}, tuple(faults))


def _fits(decision: Decision, key: Key) -> bool:
    return decision.batch in ("", key[0], f"'{key[0]}")


def _unplaced(decision: Decision, fitting: int, *, known: bool) -> str:
    what = f"{decision.place}: sample {decision.sample!r}"
    if fitting:
        return f"{what} is in several batches: name its batch; the line is not used"
    where = f"batch {decision.batch!r} of this run" if known else "this run"
    return f"{what} is not in {where}: the line is not used"


def _with_state(decision: Decision, evidence: SampleEvidence) -> Decided:
    if not decision.finding:
        return Decided(decision, _state(decision.about, [evidence.about]))
    about = dict(evidence.alleles).get(decision.finding)
    if about is not None:
        on = [each.about for each in evidence.findings if decision.finding in each.variants]
        return Decided(decision, _state(decision.about, [about]), tuple(on))
    on = [each.about for each in evidence.findings if each.condition == decision.finding]
    if not on:
        return Decided(decision, GONE)
    return Decided(
        decision,
        _state(decision.about, on),
        (decision.about,) if decision.about in on else tuple(on),
    )


def _state(about: str, evidence: Sequence[str]) -> str:
    if not about:
        return UNBOUND
    return CURRENT if about in evidence else STALE


def review_entry(review: Review, run: RunReview) -> dict[str, object] | None:
    """Return what `run.json` says of the decisions; None: no file of decisions was there."""
    if not (review.files or run.faults):
        return None
    return {
        "files": [{"name": name, "sha256": digest} for name, digest in review.files],
        "faults": list(run.faults),
        "decisions": [_entry(key, each) for key, them in run.by_sample.items() for each in them],
    }


def _entry(key: Key, each: Decided) -> dict[str, str]:
    one = each.decision
    return {
        "sample": key[1],
        "batch": key[0],
        "finding": one.finding,
        "decision": one.decision,
        "state": each.state,
        "note": one.note,
        "who": one.who,
        "when": one.when,
        "about": one.about,
        "place": one.place,
    }


def to_decide_again(run: RunReview) -> Iterator[str]:
    """Yield a sentence where decisions do not stand on the evidence of this run."""
    states = Counter(each.state for them in run.by_sample.values() for each in them)
    if again := states[STALE] + states[GONE]:
        were = "decision was" if again == 1 else "decisions were"
        yield f"{again} {were} made on other evidence than this run has: see index.html"
