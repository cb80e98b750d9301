"""Who is whose parent or sibling, from what the sheet and the PED say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from hies_annot.model import SampleSpec
from hies_annot.model.closed_words import Relation


class Kin(Struct, frozen=True):
    """A relative of a sample: the role, and where the data is."""

    role: Relation
    spec: SampleSpec


def kin_table(
    specs: Iterable[SampleSpec], people: Sequence[SampleSpec]
) -> dict[str, tuple[Kin, ...]]:
    """Return, by sample id, the parents and full siblings of each of `specs` among `people`.

    A parent without a row of its own is looked for as a column of the sample's own file.
    """
    by_name = {person.sample: person for person in people}
    couples: dict[tuple[str, str], list[SampleSpec]] = defaultdict(list)
    for person in people:
        if person.father is not None and person.mother is not None:
            couples[person.father, person.mother].append(person)
    table = {}
    for spec in specs:
        found: list[Kin] = []
        if spec.father is not None:
            found.append(Kin("father", by_name.get(spec.father) or _column(spec, spec.father)))
        if spec.mother is not None:
            found.append(Kin("mother", by_name.get(spec.mother) or _column(spec, spec.mother)))
        if spec.father is not None and spec.mother is not None:
            children = couples[spec.father, spec.mother]
            found += [Kin("sibling", child) for child in children if child.sample != spec.sample]
        table[spec.sample] = tuple(found)
    return table


def _column(child: SampleSpec, name: str) -> SampleSpec:
    return SampleSpec(
        sample=name,
        vcf=child.vcf,
        vcf_sample=name,
        family=child.family,
        more_vcfs=child.more_vcfs,
    )
