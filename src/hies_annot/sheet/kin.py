"""Who is whose parent or sibling, from what the sheet and the PED say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import SampleSpec
from hies_annot.model.closed_words import Relation
from hies_annot.sheet.couples import Couple, couple_of


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
    couples: dict[Couple, list[SampleSpec]] = defaultdict(list)
    for person in people:
        if (couple := _couple(person, by_name)) is not None:
            couples[couple].append(person)
    table = {}
    for spec in specs:
        found: list[Kin] = []
        if spec.father is not None:
            found.append(Kin("father", by_name.get(spec.father) or _column(spec, spec.father)))
        if spec.mother is not None:
            found.append(Kin("mother", by_name.get(spec.mother) or _column(spec, spec.mother)))
        if (couple := _couple(spec, by_name)) is not None:
            children = couples[couple]
            found += [Kin("sibling", child) for child in children if child.sample != spec.sample]
        table[spec.sample] = tuple(found)
    return table


def with_open_kinship(
    specs: Sequence[SampleSpec], people: Sequence[SampleSpec]
) -> tuple[SampleSpec, ...]:
    """Return the samples, with a note on each whose parents have the names of those of others."""
    by_name = {person.sample: person for person in people}
    named: dict[tuple[str, str], Counter[Couple]] = defaultdict(Counter)
    for person in people:
        if (couple := _couple(person, by_name)) is not None and not person.family:
            named[couple[:2]][couple] += 1

    def noted(spec: SampleSpec) -> SampleSpec:
        couple = _couple(spec, by_name)
        if couple is None or spec.family:
            return spec
        same = named[couple[:2]]
        others = same.total() - same[couple]
        if not others:
            return spec
        note = (
            f"{others} other sample(s) with other files name {couple[0]} and {couple[1]} as "
            "parents, too: not taken for siblings; where they are, fill in the column family"
        )
        return replace(spec, notes=(*spec.notes, note))

    return tuple(map(noted, specs))


def _couple(child: SampleSpec, by_name: Mapping[str, SampleSpec]) -> Couple | None:
    return couple_of(child.father, child.mother, child.family, child.vcfs, by_name)


def _column(child: SampleSpec, name: str) -> SampleSpec:
    return SampleSpec(
        sample=name,
        vcf=child.vcf,
        vcf_sample=name,
        family=child.family,
        more_vcfs=child.more_vcfs,
    )
