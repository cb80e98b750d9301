"""The copy is judged: all alleles that are, or may be, on one copy of a gene are read together.

Two changes in one codon, or in one shifted reading frame, make what neither makes alone; behind a
broken message nothing is made at all. Where the phase is known the changes are one allele, reported
as one; where it is not, each part tells both readings and counts with the lower certainty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.calls import KnownCall
from hies_annot.judge.copy_parts import (
    ACTS_ON_COPY,
    Member,
    Unit,
    Units,
    acting,
    behind,
    breaks,
    codes,
)
from hies_annot.judge.copy_verdict import Place, on_its_copy
from hies_annot.judge.drop_reasons import PART_OF_COMBINED
from hies_annot.model import AlleleKind, Annotation, Call, JudgedCall, Support, Zygosity
from hies_annot.phase.copies import Copy, Reading, readings
from hies_annot.phase.pairs import Links
from hies_annot.phase.relatives import Relative
from hies_annot.settings.call_thresholds import CallThresholds

_Placed = dict[str, Place]
"""Of one copy: where each allele on it stands."""


def that_may_act(known: Sequence[KnownCall], book: AlleleBook) -> tuple[Call, ...]:
    """Return the carried calls that would act on another one if both lay on one copy."""
    members = [
        member
        for entry in known
        if entry.facts is not None
        and (member := _member(entry.call, entry.facts.annotation, entry.reason, book))
    ]
    return tuple(member.call for member in _acting(members, book))


def combine_in_cis(
    judged: Sequence[JudgedCall],
    book: AlleleBook,
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links | None = None,
) -> tuple[JudgedCall, ...]:
    """Return the calls as their copies make them, with combined alleles behind them.

    Args:
        judged: all calls of a sample.
        book: facts by allele.
        relatives: parents and siblings, for phase.
        thresholds: call thresholds, for phase.
        links: what the reads say of pairs.
    """
    entries: dict[str, JudgedCall] = {}
    for entry in judged:
        if _member(entry.call, entry.annotation, entry.drop_reason, book):
            entries.setdefault(entry.id, entry)
    members = [_member(e.call, e.annotation, e.drop_reason, book) for e in entries.values()]
    found = _acting([member for member in members if member], book)
    changed: dict[str, JudgedCall] = {}
    added: list[JudgedCall] = []
    for gene in dict.fromkeys(member.call.allele.gene for member in found):
        own = {m.id: entries[m.id] for m in found if m.call.allele.gene == gene}
        ways = readings([e.call for e in own.values()], relatives, thresholds, links)
        more = _on_copies(gene, own, ways, book)
        changed |= {entry.id: entry for entry in more if entry.id in own}
        added += [entry for entry in more if entry.id not in own]
    first = {id(entry) for entry in entries.values()}
    kept = (changed.get(e.id, e) if id(e) in first else e for e in judged)
    return (*kept, *added)


def _member(
    call: Call, annotation: Annotation | None, reason: str | None, book: AlleleBook
) -> Member | None:
    named = call.allele.kind is AlleleKind.SEQUENCE and book.may_be_part(call.allele)
    if annotation is None or not call.carried or not (named or reason in ACTS_ON_COPY):
        return None
    acts = codes(annotation) or breaks(annotation, reason) or reason is None or named
    return Member(call, annotation, reason) if acts else None


def _acting(members: Sequence[Member], book: AlleleBook) -> tuple[Member, ...]:
    genes = dict.fromkeys(member.call.allele.gene for member in members)
    return tuple(
        member
        for gene in genes
        for member in acting([one for one in members if one.call.allele.gene == gene], book)
    )


def _on_copies(
    gene: str, own: dict[str, JudgedCall], ways: Sequence[Reading], book: AlleleBook
) -> list[JudgedCall]:
    """Return the calls of a gene that their copies change, and the combined alleles."""
    units = Units(own, book)
    plus = book.annotator.models[gene][0].transcript.plus
    # Many readings share a copy: each is looked at once.
    copies = dict.fromkeys(copy for way in ways for copy in way)
    placed = {copy: _placed(units.of(copy), plus=plus) for copy in copies}
    wholes = [unit for unit in _in_every_reading(ways, units) if unit.judged.id not in own]
    changes = {name: places for name in own if not _alone(places := _places(name, placed))}
    certain = _certain(changes, ways, placed)
    found: list[JudgedCall] = []
    for name, places in changes.items():
        entry = own[name]
        changed = _changed(entry, places, wholes, book, certain=name in certain)
        found += [changed] if changed is not entry else []
    for whole in wholes:
        places = _places(next(iter(whole.parts)), placed)
        broken = [place for place in places if place.unit == whole and place.breaker]
        alone = any(place.unit == whole and not place.breaker for place in places)
        found.append(
            on_its_copy(whole.judged, _distinct(_own(broken, whole)), may_be_alone=alone)
            if broken
            else whole.judged
        )
    return found


def _alone(places: Iterable[Place]) -> bool:
    return all(place.alone for place in places)


def _own(places: Iterable[Place], whole: Unit) -> list[Place]:
    """Places of a whole as those of one allele: it is no part of itself."""
    one = replace(whole, parts=frozenset({whole.judged.id}))
    return [replace(place, unit=one) for place in places]


def _in_every_reading(ways: Sequence[Reading], units: Units) -> list[Unit]:
    """Return the groups that are there whatever the phase of the other alleles is."""
    first, *rest = ways
    groups = {unit.parts: unit for c in first for unit in units.of(c) if len(unit.parts) > 1}
    return [
        unit
        for parts, unit in groups.items()
        if all(any(parts == other.parts for c in way for other in units.of(c)) for way in rest)
    ]


def _placed(copy: Sequence[Unit], *, plus: bool) -> _Placed:
    """Return the place of each allele of a copy."""
    found: _Placed = {}
    for unit in copy:
        place = Place(unit, _breaker(unit, copy, plus=plus))
        for name in unit.parts:
            found.setdefault(name, place)
    return found


def _places(name: str, placed: Mapping[Copy, _Placed]) -> list[Place]:
    """Return the places of an allele, each once: in all readings, on each copy that has it."""
    return _distinct(placed[copy][name] for copy in placed if name in copy)


def _certain(
    names: Iterable[str], ways: Sequence[Reading], placed: Mapping[Copy, _Placed]
) -> set[str]:
    """Return the alleles that have the same places in every reading of the phase."""
    left = set(names)
    first: dict[str, set[object]] = {}
    for way in ways:
        if not left:
            break
        here: dict[str, set[object]] = {}
        for copy in way:
            for name in left & copy:
                here.setdefault(name, set()).add(placed[copy][name].key)
        first = first or here
        left = {name for name in left if here.get(name) == first.get(name)}
    return left


def _distinct(places: Iterable[Place]) -> list[Place]:
    return list({place.key: place for place in places}.values())


def _breaker(unit: Unit, copy: Sequence[Unit], *, plus: bool) -> Unit | None:
    """Return what breaks the message of a unit: not itself, and nothing behind its own stop."""
    return next(
        (
            other
            for other in copy
            if other is not unit and other.breaks and not behind(unit, other, plus=plus)
        ),
        None,
    )


def _changed(
    entry: JudgedCall,
    places: Sequence[Place],
    wholes: Sequence[Unit],
    book: AlleleBook,
    *,
    certain: bool,
) -> JudgedCall:
    """Return an allele as its places on the copies make it.

    `certain`: every reading of the phase has all these places.
    """
    away = [place for place in places if not place.alone]
    if not away:
        return entry
    settled = [unit for unit in wholes if entry.id in unit.parts]
    one_copy = entry.call.zygosity is not Zygosity.HOM_ALT
    if settled and (one_copy or len(away) == len(places)):
        return _pointing(entry, settled)
    alone = len(away) < len(places)
    changed = on_its_copy(entry, away, may_be_alone=alone, on_both=certain and not one_copy)
    if one_copy or len(away) == len(places):
        return changed
    # a homozygous allele keeps one copy to itself: enough where one allele is enough
    verdicts = {
        name: verdict if book.alleles_needed(entry.call.allele.gene, name) > 1 else own
        for (name, verdict), own in zip(
            changed.verdicts.items(), entry.verdicts.values(), strict=True
        )
    }
    return replace(changed, verdicts=verdicts)


def _pointing(part: JudgedCall, wholes: Sequence[Unit]) -> JudgedCall:
    """Point from a part to its whole; one that is pathogenic alone keeps its place."""
    flags = (*part.flags, *(f"in_cis_with:{whole.judged.id}" for whole in wholes))
    known = part.evidence.known is not None and part.evidence.known.pathogenic
    alone = any(verdict.support is Support.PATHOGENIC for verdict in part.verdicts.values())
    if known or alone:
        beside = on_its_copy(part, [Place(whole) for whole in wholes], may_be_alone=False)
        return replace(beside, flags=flags)
    return replace(part, flags=flags, drop_reason=part.drop_reason or PART_OF_COMBINED)
