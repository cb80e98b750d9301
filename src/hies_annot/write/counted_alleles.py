"""What a run says of alleles that recur: in its files, and of their carriers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

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
            for sentence in self.sentences_of(person):
                yield place, sentence

    def sentences_of(self, person: CarriedAlleles) -> Iterator[str]:
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
