"""What a run says of alleles that recur: in its files, and on the pages of their carriers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from hies_annot.io.atomic import write_text
from hies_annot.render.html import render_counted
from hies_annot.render.run_slot import with_slot
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.results.carrier_counts import CarriedAllele, CarriedAlleles, Key
from hies_annot.results.earlier_runs import EarlierRuns
from hies_annot.results.recurrence import (
    Recurrence,
    carriers_of,
    entry_of,
    figures,
    recurrences,
    remarkable,
)
from hies_annot.settings.run_config import RecurrenceConfig

MOST_CARRIERS = 20
"""Carriers of an allele that are listed with their figures; the count has all."""
_INDEX = "index.html"


class CountedAlleles(Struct, frozen=True):
    """The reported alleles of a run, and those of them to point out with their carriers."""

    found: Sequence[Recurrence]
    many: Mapping[Key, Recurrence]
    carriers: Mapping[Key, Sequence[tuple[str, CarriedAllele]]]

    def shown(self) -> dict[Recurrence, tuple[str, ...]]:
        """Return the alleles to point out with the figures of their carriers in words."""
        return {each: tuple(figures(self.carriers[key])) for key, each in self.many.items()}

    def entries(self, earlier: EarlierRuns | None) -> dict[str, object]:
        """Return what `run.json` says of the counts."""
        known = (
            None
            if earlier is None
            else {
                "plans": earlier.plans,
                "programs": earlier.programs,
                "unrelated": earlier.unrelated,
                "sha256": earlier.sha256,
            }
        )
        listed = [entry_of(each, self.carriers.get(each.key)) for each in self.found]
        return {"earlier_runs": known, "recurrence": listed}

    def hints(self, people: Iterable[CarriedAlleles]) -> Iterator[tuple[int, str]]:
        """Yield a warning by the place of each sample in which such an allele is reported."""
        for place, person in enumerate(people if self.many else ()):
            for sentence in self._of(person):
                yield place, sentence

    def complete_pages(
        self, folder: Path, samples: Iterable[tuple[SampleSummary, CarriedAlleles]]
    ) -> None:
        """Write the counts on the page of each sample in which such an allele is reported.

        A page that an earlier count has filled is emptied where this one has nothing to say. Pages
        without a reported allele never had a count, and are not opened.

        Args:
            folder: results folder.
            samples: the samples of the run with what they carry.

        Raises:
            OSError: a page cannot be written.
        """
        for summary, person in samples:
            page = summary.file(".html")
            if page and any(allele.reported for allele in person.alleles):
                index = f"../{_INDEX}" if "/" in page else _INDEX
                _fill(folder / page, render_counted(tuple(self._of(person)), index))

    def _of(self, person: CarriedAlleles) -> Iterator[str]:
        """Yield a sentence for each reported allele of a sample that many carry."""
        for allele in person.alleles:
            if allele.reported and allele.key in self.many:
                yield self.many[allele.key].sentence


def count_alleles(
    people: Collection[CarriedAlleles], limits: RecurrenceConfig, earlier: EarlierRuns | None
) -> CountedAlleles:
    """Count the reported alleles of a run; `people` is gone through several times."""
    found = recurrences(people, None if earlier is None else earlier.of)
    many = {each.key: each for each in remarkable(found, limits.carriers, limits.frequency)}
    return CountedAlleles(found, many, carriers_of(people, many, MOST_CARRIERS))


def _fill(page: Path, content: str) -> None:
    try:
        before = page.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    after = with_slot(before, content)
    if after != before:
        write_text(page, after)
