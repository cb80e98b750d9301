"""What a run is told beside its samples: decisions of a reviewer, and an earlier report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.words import plural
from hies_annot.results.decided import RunReview, decided, review_entry, to_decide_again
from hies_annot.results.made_from import reviews_in
from hies_annot.results.review import capped, read_review
from hies_annot.results.since_earlier import SinceEarlier, read_earlier_report, since_earlier
from hies_annot.settings.run_config import RunConfig

_TOLD = 5
"""Lines of a review that could not be used and are told at the end; the pages have more."""


class BesideRun:
    """Decisions and the earlier report; read before the first sample, so faults come early."""

    def __init__(self, folder: Path, config: RunConfig) -> None:
        """Read what the settings name, and the decisions that lie in the results folder.

        Raises:
            InputError: a file that the settings name is missing, or no report of a run.
        """
        named = [] if config.review is None else [Path(config.review)]
        files = {path.resolve(): path for path in (*named, *reviews_in(folder))}
        self._review = read_review(files.values())
        place = config.earlier
        self._earlier = None if place is None else read_earlier_report(Path(place), folder)
        self._decided = RunReview({}, ())
        self._since: SinceEarlier | None = None

    def look(
        self,
        samples: Collection[SampleSummary],
        entries: Collection[str],
        head: Mapping[str, object],
    ) -> None:
        """Find whom the decisions are about, and what has changed.

        Args:
            samples: the samples of the run.
            entries: the text of each in `run.json`.
            head: the start of `run.json`.
        """
        self._decided = decided(self._review, ((each.key, each.evidence) for each in samples))
        if self._earlier is not None:
            keys = [each.key for each in samples]
            self._since = since_earlier(self._earlier, head, _Pairs(keys, entries))

    def told(self, samples: Collection[SampleSummary]) -> Collection[SampleSummary]:
        """Return the samples with their decisions and changes."""
        return _Told(samples, self._decided, self._since)

    def entries(self) -> dict[str, object]:
        """Return what `run.json` says of decisions and changes."""
        return {
            "review": review_entry(self._review, self._decided),
            "since_earlier": None if self._since is None else self._since.entry(),
        }

    def remarks(self) -> Iterator[str]:
        """Yield what a user must not overlook at the end."""
        yield from capped(self._decided.faults, _TOLD)
        yield from to_decide_again(self._decided)
        if self._since is not None and self._since.answers:
            yield f"{plural(self._since.answers, 'sample')} with another answer than earlier"


class _Pairs(Collection[tuple[tuple[str, str], str]]):
    """The keys of samples with their texts in `run.json`, which stay on disk."""

    def __init__(self, keys: Collection[tuple[str, str]], entries: Collection[str]) -> None:
        self._keys, self._entries = keys, entries

    def __iter__(self) -> Iterator[tuple[tuple[str, str], str]]:
        return zip(self._keys, self._entries, strict=True)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, pair: object) -> bool:
        return any(pair == other for other in self)


class _Told(Collection[SampleSummary]):
    """Samples from disk with what is said of them beside, made anew each time."""

    def __init__(
        self, samples: Collection[SampleSummary], review: RunReview, since: SinceEarlier | None
    ) -> None:
        self._samples, self._decided = samples, review.by_sample
        self._changed = {} if since is None else since.changed

    def __iter__(self) -> Iterator[SampleSummary]:
        for each in self._samples:
            decisions = self._decided.get(each.key, ())
            changes = self._changed.get(each.key, ())
            if decisions or changes:
                yield replace(each, decided=decisions, changes=changes)
            else:
                yield each

    def __len__(self) -> int:
        return len(self._samples)

    def __contains__(self, sample: object) -> bool:
        return any(sample == other for other in self)
