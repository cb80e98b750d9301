"""Who is whose parent or sibling, from what the sheet and the PED say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hies_annot.family import siblings
from hies_annot.model import SampleSpec


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative of a sample: the role, and where the data is."""

    role: Literal["father", "mother", "sibling"]
    spec: SampleSpec


def kin_of(spec: SampleSpec, people: Sequence[SampleSpec]) -> tuple[Kin, ...]:
    """Return parents and full siblings of a sample.

    A parent without a row of its own is looked for as a column of the sample's own file.
    """
    by_name = {person.sample: person for person in people}
    found: list[Kin] = []
    if spec.father is not None:
        found.append(Kin("father", by_name.get(spec.father) or _column(spec, spec.father)))
    if spec.mother is not None:
        found.append(Kin("mother", by_name.get(spec.mother) or _column(spec, spec.mother)))
    found += [Kin("sibling", person) for person in siblings(spec, people)]
    return tuple(found)


def _column(child: SampleSpec, name: str) -> SampleSpec:
    return SampleSpec(sample=name, vcf=child.vcf, vcf_sample=name, family=child.family)
