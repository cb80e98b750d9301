"""The parts of `run.json` that say what a run was told: decisions, and an earlier report."""

from __future__ import annotations

from hies_annot.results.contract_part import Part


class ReviewFile(Part, frozen=True):
    """A file of decisions."""

    name: str
    """Its name, without the folder."""
    sha256: str
    """SHA-256 of its content."""


class DecisionEntry(Part, frozen=True):
    """A decision of a reviewer on a sample of the run; what is empty was not given."""

    sample: str
    """Sample id."""
    batch: str
    """Its batch; empty: none."""
    finding: str
    """Condition id or id of an allele; empty: the whole answer."""
    decision: str
    """confirmed, dismissed, reviewed or pending."""
    state: str
    """current, stale, unbound (no evidence named) or gone (no such finding any more)."""
    note: str
    """Why."""
    who: str
    """Who decided."""
    when: str
    """When, as written."""
    about: str
    """Digest of the evidence that it was made on."""
    place: str
    """File and line."""


class ReviewInfo(Part, frozen=True):
    """What a reviewer has decided. It changes no status and no finding."""

    files: list[ReviewFile]
    """Files that were read."""
    faults: list[str]
    """What could not be used, a sentence each."""
    decisions: list[DecisionEntry]
    """Decisions on samples of the run."""


class GoneSample(Part, frozen=True):
    """A sample of the earlier report that is not in the run."""

    sample: str
    """Sample id."""
    status: str
    """Its status then."""


class RunChange(Part, frozen=True):
    """A difference of the run itself."""

    where: str
    """resources, reference, settings or software."""
    what: str
    """Name of the part."""
    old: str
    """As it was."""
    new: str
    """As it is."""


class SinceEarlierInfo(Part, frozen=True):
    """What is different from the earlier report; the samples stand in summary.tsv (`changed`)."""

    plan: str | None
    """Digest of the earlier run; null: not given."""
    program: str | None
    """Program that made it; null: not given."""
    answers_changed: int
    """Samples with another status or another finding."""
    evidence_changed: int
    """Samples with the same answer on other evidence."""
    added: int
    """Samples that were not in the earlier report."""
    gone: list[GoneSample]
    """Samples that are not in the run any more."""
    run: list[RunChange]
    """Differences in sources, reference, settings and software."""
