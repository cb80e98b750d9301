"""Phase of two alleles from the parents: all ways to inherit them, those that fit kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import Call, Phase, PhaseState
from hies_annot.phase.phase_sets import stated_phase
from hies_annot.phase.relatives import CARRIES, COPIES, Carriage, Relative, has_measure

_ANY = frozenset({0, 1, 2})

CLEAR = CARRIES | {Carriage.ABSENT}

Origin = tuple[tuple[int, int], tuple[int, int]]
"""Alleles a and b (0 or 1 each) on the father's and on the mother's chromosome of the child."""

ORIGINS: dict[Origin, PhaseState] = {
    ((1, 0), (0, 1)): PhaseState.TRANS,
    ((0, 1), (1, 0)): PhaseState.TRANS,
    ((1, 1), (0, 0)): PhaseState.CIS,
    ((0, 0), (1, 1)): PhaseState.CIS,
}


class ParentView(Struct, frozen=True):
    """The states of alleles a and b in one parent; None: not looked at.

    `together` is how both lie in a parent that has one copy of each, where its file proves it.
    """

    role: str
    a: Carriage | None
    b: Carriage | None
    as_written: bool = False
    together: PhaseState = PhaseState.UNKNOWN

    @property
    def tested(self) -> bool:
        """Whether both alleles were looked at with a clear result."""
        return all(state in CLEAR for state in (self.a, self.b))

    @property
    def carried(self) -> int:
        """How many of the two alleles the parent is seen to carry."""
        return (self.a in CARRIES) + (self.b in CARRIES)

    @property
    def clear(self) -> bool:
        """Whether at least one of the two gave a clear result."""
        return any(state in CLEAR for state in (self.a, self.b))

    def can_give(self, chromosome: tuple[int, int]) -> bool:
        """Whether the parent can hand down a chromosome with these alleles."""
        if self.together is not PhaseState.UNKNOWN:
            return (chromosome[0] == chromosome[1]) is (self.together is PhaseState.CIS)
        pairs = zip(chromosome, (self.a, self.b), strict=True)
        return all(_can_give(bit, COPIES[state] if state else _ANY) for bit, state in pairs)

    def words(self) -> str:
        """The parent's states in words."""
        note = ", as written: the file gives no depths" if self.as_written else ""
        known = self.together is not PhaseState.UNKNOWN
        lie = f", in {self.together} there by its own file" if known else ""
        return f"{self.role}: first {_word(self.a)}, second {_word(self.b)}{lie}{note}"


def _can_give(bit: int, copies: frozenset[int]) -> bool:
    return any(count > 0 for count in copies) if bit else any(count < 2 for count in copies)


def _word(state: Carriage | None) -> str:
    return "not looked at" if state is None else state.value.replace("_", " ")


def parent_state(relative: Relative | None, call: Call) -> Carriage | None:
    """Return the state of the allele of the child's `call` in a parent (None: not looked at).

    A bare `0/0` is "inferred" beside a child with depths; where the child's own record has no
    depth, count or quality either, the file gives none and the genotype stands as written.
    """
    state = relative.state_of(call.allele.id) if relative else None
    if state is Carriage.INFERRED and not has_measure(call):
        return Carriage.ABSENT
    return state


def view_parent(role: str, relatives: Sequence[Relative], a: Call, b: Call) -> ParentView:
    """Return what the father or the mother says about the two alleles."""
    relative = next((person for person in relatives if person.role == role), None)
    states = (parent_state(relative, a), parent_state(relative, b))
    written = relative is not None and any(
        relative.state_of(call.allele.id) is Carriage.INFERRED and state is Carriage.ABSENT
        for call, state in zip((a, b), states, strict=True)
    )
    return ParentView(role, *states, as_written=written, together=_together(relative, a, b))


def _together(relative: Relative | None, a: Call, b: Call) -> PhaseState:
    """Return how both alleles lie in a parent with one copy of each, by its own file."""
    if relative is None or {relative.state_of(one.allele.id) for one in (a, b)} != {Carriage.ONE}:
        return PhaseState.UNKNOWN
    return stated_phase(relative.calls[a.allele.id], relative.calls[b.allele.id])


def phase_from_parents(a: Call, b: Call, relatives: Sequence[Relative]) -> Phase:
    """Return the phase of two heterozygous alleles of a child as far as the parents tell.

    Trio: the ways to inherit both alleles that fit both parents' genotypes. One parent: a
    tested parent who carries exactly one of the two puts them in trans (SVI PM3). Trans needs a
    parent who is seen to carry one, cis a parent who is seen to carry both: what is concluded
    from absence alone is as well explained by a mix-up. Affection plays no part. The phase of
    both in a parent, where its file proves it, tells which chromosomes it can hand down.
    """
    father = view_parent("father", relatives, a, b)
    mother = view_parent("mother", relatives, a, b)
    views = f"{father.words()}; {mother.words()}"
    found = _states(father, mother)
    if not found:
        return _unknown(f"no way to inherit both fits the parents ({views}): new, or mixed up")
    if len(found) == 1:
        (state,) = found
        least = 2 if state is PhaseState.CIS else 1
        if max(father.carried, mother.carried) < least:
            return _unknown(f"{state} only if parentage is right, no parent proves it ({views})")
        both = father.clear and mother.clear and len(_states(_open(father), _open(mother))) == 1
        return Phase(state, "trio" if both else "one_parent", views)
    for parent, other in ((father, mother), (mother, father)):
        if _places_both(parent, other):
            return Phase(
                PhaseState.TRANS,
                "one_parent",
                f"the {parent.role} carries exactly one of the two ({views})",
            )
    if {father.a, father.b, mother.a, mother.b} == {None}:
        return _unknown("no parent was looked at here")
    return _unknown(f"the parents leave both open ({views})")


def what_can_tell(a: Call, b: Call, relatives: Sequence[Relative]) -> str:
    """Return which test can settle a phase that is open, in words."""
    parents = [view_parent(role, relatives, a, b) for role in ("father", "mother")]
    untested = [parent.role for parent in parents if not parent.tested]
    if len(untested) == 2:
        return "test the parents"
    return f"test the {untested[0]}" if untested else "these parents cannot tell, long reads can"


def _places_both(parent: ParentView, other: ParentView) -> bool:
    """Whether one tested parent carries exactly one allele, and the other is not known to."""
    if not parent.tested or other.tested or parent.carried != 1:
        return False
    shared = other.a if parent.a in CARRIES else other.b
    return shared not in CARRIES


def _states(father: ParentView, mother: ParentView) -> set[PhaseState]:
    return {state for origin, state in ORIGINS.items() if _fits(origin, father, mother)}


def _open(view: ParentView) -> ParentView:
    """Return what the genotypes of a parent alone say: the phase of a file is no firm evidence."""
    return replace(view, together=PhaseState.UNKNOWN)


def _fits(origin: Origin, father: ParentView, mother: ParentView) -> bool:
    return father.can_give(origin[0]) and mother.can_give(origin[1])


def _unknown(detail: str) -> Phase:
    return Phase(PhaseState.UNKNOWN, "none", detail)
