"""In how many unrelated samples of a run each reported allele is carried. Pure; nothing is dropped.

A rare allele in many unrelated samples is an artefact of the chemistry or a founder allele: a
reader must know, and see the read counts of its carriers side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import asdict

from hies_annot.model import CARRIED
from hies_annot.results.contract import SampleResult
from hies_annot.results.run_families import Families, kin_of
from hies_annot.results.variant_contract import VariantResult

Key = tuple[str, str]
"""Build and id of an allele."""


class CarriedAllele(NamedTuple):
    """An allele that a sample carries, reported or not, with the figures of its call.

    `frequency` is the highest that a source states; None: no source states one.
    """

    key: Key
    name: str
    reported: bool
    zygosity: str
    depth: int | None
    alt_depth: int | None
    fraction: float | None
    quality: float | None
    frequency: float | None


class CarriedAlleles(Struct, frozen=True):
    """What one sample carries, and the names that tie it to its relatives."""

    sample: str
    kin: tuple[str, ...]
    alleles: tuple[CarriedAllele, ...]


class Recurrence(Struct, frozen=True):
    """How often an allele that is reported in a sample is carried in the run.

    `carriers` and `unrelated` count families, a sample without relatives being one.
    """

    key: Key
    name: str
    carriers: int
    unrelated: int
    samples: int
    frequency: float | None

    @property
    def sentence(self) -> str:
        """The count in words, with what is known of the frequency elsewhere."""
        known = (
            "no source states its frequency"
            if self.frequency is None
            else f"highest frequency in the sources {self.frequency:.3g}"
        )
        return (
            f"{self.name} is carried by {self.carriers} of {self.unrelated} unrelated samples of "
            f"this run; {known}"
        )


def carried_alleles(result: SampleResult) -> CarriedAlleles:
    """Take from one result what counting needs."""
    return CarriedAlleles(
        result.sample,
        kin_of(result),
        tuple(
            _carried(result.build or "", variant)
            for variant in result.variants
            if variant.zygosity in CARRIED and variant.kind != "reference_block"
        ),
    )


def _carried(build: str, variant: VariantResult) -> CarriedAllele:
    facts = (fact.allele_frequency for fact in variant.population or ())
    return CarriedAllele(
        (build, variant.id),
        f"{variant.gene} {variant.hgvs_c or variant.id}",
        variant.reported,
        variant.zygosity,
        variant.depth,
        variant.alt_depth,
        variant.allele_fraction,
        variant.genotype_quality,
        max((fact for fact in facts if fact is not None), default=None),
    )


def recurrences(people: Collection[CarriedAlleles]) -> list[Recurrence]:
    """Count the reported alleles of a run, the most frequent first.

    `people` is gone through several times. Two samples are related when a parent or a family
    ties them, directly or through others.
    """
    reported: dict[Key, CarriedAllele] = {}
    families = Families()
    for person in people:
        families.add(person.sample, person.kin)
        for allele in person.alleles:
            if allele.reported:
                reported.setdefault(allele.key, allele)
    carriers: dict[Key, set[str]] = {key: set() for key in reported}
    samples = dict.fromkeys(reported, 0)
    everybody: set[str] = set()
    for person in people:
        family = families.of(person.sample)
        everybody.add(family)
        for key in {allele.key for allele in person.alleles} & reported.keys():
            carriers[key].add(family)
            samples[key] += 1
    found = (
        Recurrence(key, one.name, len(carriers[key]), len(everybody), samples[key], one.frequency)
        for key, one in reported.items()
    )
    return sorted(found, key=lambda each: (-each.carriers, each.key))


def remarkable(found: Iterable[Recurrence], carriers: int, frequency: float) -> list[Recurrence]:
    """Return the alleles with so many unrelated carriers that no source knows as so frequent."""
    return [
        each
        for each in found
        if each.carriers >= carriers and (each.frequency is None or each.frequency < frequency)
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
    entry: dict[str, object] = {"id": identifier, "build": build, **asdict(found)}
    del entry["key"]
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
