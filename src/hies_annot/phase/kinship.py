"""Do the genotypes at the loci fit the stated relations? Hints only: two loci are few sites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.phase.deletions import deletes, is_deletion
from hies_annot.phase.relatives import CARRIES, COPIES, Carriage, Relative, collect_calls, parents

MIN_OPPOSITE = 2
"""Fewest opposite homozygotes that speak against parentage (one may be a deletion)."""

_COPIES = {Zygosity.HOM_REF: 0, Zygosity.HET: 1, Zygosity.HET_ALT: 1, Zygosity.HOM_ALT: 2}


class MendelCheck(Struct, frozen=True):
    """Alleles compared in a trio and those that no inheritance explains (ids)."""

    compared: int
    impossible: tuple[str, ...]


def mendel_check(calls: Iterable[Call], relatives: Sequence[Relative]) -> MendelCheck:
    """Compare a child's clean calls with both parents' clear ones, at all alleles of the loci."""
    both = list(parents(relatives).values())
    compared = 0
    impossible = []
    for call in calls:
        copies = _COPIES.get(call.zygosity)
        states = [person.recorded(call.allele.id) for person in both]
        given = [_handed_down(state) for state in states if state is not None]
        if copies is None or call.quality or len(given) < 2:
            continue
        compared += 1
        if copies not in {first + second for first in given[0] for second in given[1]}:
            impossible.append(call.allele.id)
    return MendelCheck(compared, tuple(sorted(impossible)))


def _handed_down(state: Carriage) -> frozenset[int]:
    """Copies (0 or 1) that a parent in this state may hand down."""
    options = set()
    for copies in COPIES[state]:
        options |= {0} if copies < 2 else set()
        options |= {1} if copies > 0 else set()
    return frozenset(options)


def opposite_homozygotes(calls: Iterable[Call], relative: Relative) -> tuple[int, int]:
    """Return (homozygous sites compared, opposite ones) of a child and one parent."""
    compared = opposite = 0
    for call in calls:
        copies = _COPIES.get(call.zygosity)
        state = relative.recorded(call.allele.id)
        if copies not in (0, 2) or call.quality or state not in (Carriage.ABSENT, Carriage.TWO):
            continue
        compared += 1
        opposite += (copies == 2) != (state is Carriage.TWO)
    return compared, opposite


def without_strangers(calls: Sequence[Call], relatives: Sequence[Relative]) -> tuple[Relative, ...]:
    """Return the relatives, each parent whom the data speak against marked as excluded.

    Opposite homozygotes within a deletion that child or parent is known to carry do not count:
    one chromosome alone is read there.
    """
    return tuple(
        person if person.role == "sibling" else replace(person, excluded=_stranger(calls, person))
        for person in relatives
    )


def _stranger(calls: Sequence[Call], parent: Relative) -> str | None:
    compared, opposite = opposite_homozygotes(_outside(calls, [parent]), parent)
    if opposite < MIN_OPPOSITE:
        return None
    return (
        f"the data speak against the stated {parent.role} {parent.sample}: the opposite homozygous "
        f"genotype at {opposite} of {compared} sites (sample mix-up, another parent, isodisomy or "
        "a deletion); origin and phase are not taken from this person"
    )


def _outside(calls: Sequence[Call], people: Sequence[Relative]) -> list[Call]:
    """Return the calls of a child in no deletion that the child or one of its people carries."""
    theirs = (call for person in people for call in person.calls.values())
    deletions = [call for call in (*calls, *theirs) if call.carried and is_deletion(call)]
    return [call for call in calls if not any(deletes(one, call) for one in deletions)]


def parentage_lines(relatives: Sequence[Relative]) -> tuple[str, ...]:
    """Return a sentence for each stated parent whom the data speak against."""
    people = sorted(relatives, key=lambda person: (person.role, person.sample))
    return tuple(person.excluded for person in people if person.excluded)


class Withheld(Struct, frozen=True):
    """An allele of which a parent has two copies, and the child fewer than it must have got.

    A parent who has it beside a deletion hands down the one or the other. `child` is None where
    the files of the child say nothing of the place. `beyond`: the parent's file of structural
    variants has it, and the child has no such file, so that one copy of the parent is enough.
    """

    allele: Allele
    child: Call | None
    parents: tuple[Relative, ...]
    beyond: bool = False


def withheld_alleles(calls: Sequence[Call], relatives: Sequence[Relative]) -> tuple[Withheld, ...]:
    """Return the alleles that the child must or may have by its parents, and has not."""
    lost = [call for call in calls if call.carried and (is_deletion(call) or _is_star(call))]
    twice: dict[str, list[Relative]] = {}
    once: dict[str, list[Relative]] = {}
    alleles: dict[str, Allele] = {}
    for _, person in sorted(parents(relatives).items()):
        for identifier, call in person.calls.items():
            if call.allele.kind not in (AlleleKind.SEQUENCE, AlleleKind.SYMBOLIC):
                continue
            state = person.recorded(identifier)
            if state is Carriage.TWO or _one_or_the_other(person, call, lost):
                twice.setdefault(identifier, []).append(person)
            elif identifier in person.beyond and state in CARRIES:
                once.setdefault(identifier, []).append(person)
            else:
                continue
            alleles[identifier] = call.allele
    own = collect_calls(alleles.values(), calls)
    found = []
    for identifier, allele in alleles.items():
        child, due = own.get(identifier), twice.get(identifier, [])
        copies = _COPIES.get(child.zygosity, 2) if child is not None else 0
        if copies < len(due):
            found.append(Withheld(allele, child, tuple(due)))
        elif child is None:
            found.append(Withheld(allele, None, tuple(once[identifier]), beyond=True))
    return tuple(found)


def _one_or_the_other(person: Relative, call: Call, lost: Sequence[Call]) -> bool:
    """Whether a parent has an allele beside a deletion, and the child no deletion there."""
    beside = any(deletes(one, call) for one in person.calls.values() if one.carried)
    gone = any(deletes(one, call) or one.site.pos == call.site.pos for one in lost)
    return call.zygosity is Zygosity.OVER_DELETION and beside and not gone


def _is_star(call: Call) -> bool:
    return call.allele.kind is AlleleKind.SPANNING_DELETION


def withheld_words(found: Withheld, name: str) -> str:
    """Return what is amiss with such an allele in one sentence; `name` is how it is called."""
    people = " and ".join(f"{person.role} {person.sample}" for person in found.parents)
    verb = "has" if len(found.parents) == 1 else "have"
    if found.beyond:
        return (
            f"{people} {verb} {name} in a file of structural variants, and "
            "this sample has no such file: it was not looked for here; name the file (sv_vcf)"
        )
    beside = all(
        person.calls[found.allele.id].zygosity is Zygosity.OVER_DELETION for person in found.parents
    )
    what = "it beside a deletion, which is not here" if beside else "two copies"
    stated = "is in no record"
    if found.child is not None:
        stated = f"is called {found.child.fields.gt or 'reference'}"
    return (
        f"{name} {stated} here, but "
        f"{people} {verb} {what}, and each parent hands down one: a sample mix-up, a failed "
        "call, or a deletion; check the genotype of child and parent"
    )


def swap_hints(calls: Iterable[Call], relatives: Sequence[Relative]) -> tuple[str, ...]:
    """Return sentences on parents whose genotypes do not fit the child's."""
    known = tuple(calls)
    hints = []
    for role, person in sorted(parents(relatives).items()):
        compared, opposite = opposite_homozygotes(_outside(known, [person]), person)
        if opposite >= MIN_OPPOSITE:
            hints.append(
                f"{role} {person.sample} has the opposite homozygous genotype at {opposite} of "
                f"{compared} sites: sample mix-up, another parent, or a deletion"
            )
    check = mendel_check(_outside(known, list(parents(relatives).values())), relatives)
    if len(check.impossible) >= MIN_OPPOSITE:
        hints.append(
            f"{len(check.impossible)} of {check.compared} alleles do not fit the parents "
            f"({', '.join(check.impossible[:5])}): check sample identity"
        )
    return tuple(hints)
