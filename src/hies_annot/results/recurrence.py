"""In how many unrelated samples of a run each reported allele is carried. Pure; nothing is dropped.

A rare allele in many unrelated samples is an artefact of the chemistry or a founder allele: a
reader must know, and see the read counts of its carriers side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import asdict

from hies_annot.results.carrier_counts import (
    CarriedAllele,
    CarriedAlleles,
    CarrierCount,
    Key,
    carrier_counts,
)


class Recurrence(Struct, frozen=True):
    """How often an allele that is reported in a sample is carried in the run.

    `earlier` is the count of the lab's earlier runs; None: no table of them was given.
    """

    key: Key
    name: str
    count: CarrierCount
    frequency: float | None
    earlier: CarrierCount | None = None

    @property
    def sentence(self) -> str:
        """The count in words, with what is known of the frequency elsewhere."""
        known = (
            "no source states its frequency"
            if self.frequency is None
            else f"highest frequency in the sources {self.frequency:.3g}"
        )
        said = f"{self.name} is carried by {_words(self.count, 'unrelated samples of this run')}"
        if self.earlier is not None:
            said += f" and by {_words(self.earlier, 'of earlier runs')}"
        return f"{said}; {known}"


def _words(count: CarrierCount, whose: str) -> str:
    """Return a count in words, with how many were callable there if that is not all."""
    said = f"{count.share} {whose}"
    if count.looked_at in (None, count.unrelated):
        return said
    return f"{said} ({count.looked_at} known to be callable there)"


def recurrences(
    people: Collection[CarriedAlleles],
    earlier: Callable[[Key], CarrierCount] | None = None,
) -> list[Recurrence]:
    """Count the reported alleles of a run, the most frequent first.

    Args:
        people: the samples; they are gone through several times.
        earlier: tells how often an allele was carried in earlier runs.
    """
    reported = reported_alleles(people)
    counts = carrier_counts(people, reported)
    found = (
        Recurrence(key, one.name, counts[key], one.frequency, earlier and earlier(key))
        for key, one in reported.items()
    )
    return sorted(found, key=lambda each: (-each.count.carriers, each.key))


def reported_alleles(people: Iterable[CarriedAlleles]) -> dict[Key, CarriedAllele]:
    """Return each allele that is reported in some sample, as the first of these has it."""
    reported: dict[Key, CarriedAllele] = {}
    for person in people:
        for allele in person.alleles:
            if allele.reported:
                reported.setdefault(allele.key, allele)
    return reported


def remarkable(found: Iterable[Recurrence], carriers: int, frequency: float) -> list[Recurrence]:
    """Return the alleles with so many unrelated carriers that no source knows as so frequent.

    Carriers of earlier runs count, too: an artefact in small batches is seen over many of them.
    """
    return [
        each
        for each in found
        if each.count.carriers + (each.earlier.carriers if each.earlier else 0) >= carriers
        and (each.frequency is None or each.frequency < frequency)
    ]


def carriers_of(
    people: Iterable[CarriedAlleles], keys: Mapping[Key, object], most: int
) -> Mapping[Key, list[tuple[str, CarriedAllele]]]:
    """Return for some alleles their first carriers, at most `most`, with the figures of a call."""
    found: dict[Key, list[tuple[str, CarriedAllele]]] = {key: [] for key in keys}
    for person in people:
        for allele in person.alleles:
            if allele.key in found and len(found[allele.key]) < most:
                found[allele.key].append((person.sample, allele))
    return found


def figures(carriers: Iterable[tuple[str, CarriedAllele]]) -> Iterator[str]:
    """Yield the figures of each carrier in words."""
    for sample, call in carriers:
        reads = (
            "reads not known" if call.depth is None else f"{call.alt_depth} of {call.depth} reads"
        )
        quality = "" if call.quality is None else f", GQ {call.quality:g}"
        yield f"{sample}: {call.zygosity.replace('_', ' ')}, {reads}{quality}"


def entry_of(
    found: Recurrence, carriers: Iterable[tuple[str, CarriedAllele]] | None
) -> dict[str, object]:
    """Return what `run.json` says of a reported allele; None: its carriers are not listed."""
    build, identifier = found.key
    entry: dict[str, object] = {
        "id": identifier,
        "build": build,
        "name": found.name,
        **asdict(found.count),
        "frequency": found.frequency,
        "earlier": None if found.earlier is None else asdict(found.earlier),
    }
    if carriers is not None:
        entry["carried_by"] = [
            {
                "sample": sample,
                "zygosity": call.zygosity,
                "depth": call.depth,
                "alt_depth": call.alt_depth,
                "allele_fraction": call.fraction,
                "genotype_quality": call.quality,
            }
            for sample, call in carriers
        ]
    return entry
