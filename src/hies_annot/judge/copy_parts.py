"""What one copy of a gene holds: alleles that act alone, alleles read as one, broken messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.haplotype import cis_groups
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.drop_reasons import NO_EFFECT, WEAK_SPLICE
from hies_annot.judge.effect import NULL_EFFECTS, Effect, effect_of
from hies_annot.judge.named_wholes import joined, named_runs
from hies_annot.model import AlleleKind, Annotation, Call, JudgedCall, Zygosity

_Number = TypeVar("_Number", int, float)

COMBINED = "combined_in_cis"
"""Flag of a combined allele, with the ids of its parts behind it."""
ACTS_ON_COPY = frozenset({None, NO_EFFECT, WEAK_SPLICE, "benign", "common"})
"""A change that means nothing alone may still matter beside another one of its codon or frame."""
_MAY_MATTER = frozenset({None, NO_EFFECT, WEAK_SPLICE})


def codes(annotation: Annotation | None) -> bool:
    """Whether a change of plain bases lies in the coding region."""
    if annotation is None or annotation.allele.kind is not AlleleKind.SEQUENCE:
        return False
    return annotation.residues is not None


def breaks(annotation: Annotation | None, reason: str | None) -> bool:
    """Whether a copy with this allele makes no full protein (and nothing says it is harmless)."""
    return annotation is not None and reason is None and effect_of(annotation) in NULL_EFFECTS


class Member(Struct, frozen=True):
    """A carried call that may act on others of its copy."""

    call: Call
    annotation: Annotation
    reason: str | None

    @property
    def id(self) -> str:
        """Id of the allele."""
        return self.call.allele.id


def acting(members: Sequence[Member], book: AlleleBook) -> tuple[Member, ...]:
    """Return the calls of one gene that would act on another one if both lay on one copy."""
    found = {
        allele.id for run in named_runs([m.call.allele for m in members], book) for allele in run
    }
    for one, other in combinations(members, 2):
        if _act(one, other, book.annotator):
            found |= {one.id, other.id}
    return tuple(member for member in members if member.id in found)


def _act(one: Member, other: Member, annotator: Annotator) -> bool:
    reasons = {one.reason, other.reason}
    if None in reasons and len(reasons) == 1:
        broken = [breaks(member.annotation, member.reason) for member in (one, other)]
        if any(broken):
            return True
    if not reasons & _MAY_MATTER or not (codes(one.annotation) and codes(other.annotation)):
        return False
    return bool(cis_groups((one.call.allele, other.call.allele), annotator))


class Unit(Struct, frozen=True):
    """What acts as one on a copy: an allele alone, or several that make one protein change."""

    parts: frozenset[str]
    judged: JudgedCall
    silent: bool = False  # several parts, none of which means anything alone

    @property
    def breaks(self) -> bool:
        """Whether the copy makes no full protein."""
        return breaks(self.judged.annotation, self.judged.drop_reason)

    @property
    def name(self) -> str:
        """The protein change where there is one, else the c. name or the id."""
        names = self.judged.annotation
        known = names.hgvs_p if names is not None and names.hgvs_p != "p.?" else None
        return known or (names.hgvs_c if names is not None else None) or self.judged.id


def behind(unit: Unit, breaker: Unit, *, plus: bool) -> bool:
    """Whether what breaks a message lies behind a unit that ends it already."""
    ends = unit.judged.annotation is not None and effect_of(unit.judged.annotation)
    place, other = unit.judged.call.allele.pos, breaker.judged.call.allele.pos
    return ends is Effect.TRUNCATING and (other > place if plus else other < place)


class Units:
    """The units of copies of one gene; each group is made once."""

    def __init__(self, judged: Mapping[str, JudgedCall], book: AlleleBook) -> None:
        """Start on the judged calls of a gene, by allele id."""
        self._judged = judged
        self._book = book
        self._made: dict[frozenset[str], JudgedCall | None] = {}
        self._copies: dict[frozenset[str], tuple[Unit, ...]] = {}

    def of(self, copy: frozenset[str]) -> tuple[Unit, ...]:
        """Return the units of a copy, in the order of the ids of their parts."""
        if copy not in self._copies:
            self._copies[copy] = self._units(copy)
        return self._copies[copy]

    def _units(self, copy: frozenset[str]) -> tuple[Unit, ...]:
        names = [name for name in sorted(copy) if name in self._judged]
        named = named_runs([self._judged[name].call.allele for name in names], self._book)
        within = {allele.id for run in named for allele in run}
        coding = tuple(
            self._judged[name].call.allele
            for name in names
            if codes(self._judged[name].annotation) and name not in within
        )
        groups = cis_groups(coding, self._book.annotator) if len(coding) > 1 else ()
        found = []
        for group in (*named, *groups):
            unit = self._group(frozenset(allele.id for allele in group))
            if unit is not None:
                found.append(unit)
        taken = {name for unit in found for name in unit.parts}
        found += [Unit(frozenset({n}), self._judged[n]) for n in names if n not in taken]
        return tuple(sorted(found, key=lambda unit: sorted(unit.parts)))

    def _group(self, parts: frozenset[str]) -> Unit | None:
        if parts not in self._made:
            self._made[parts] = _combined([self._judged[n] for n in sorted(parts)], self._book)
        made = self._made[parts]
        silent = all(self._judged[name].drop_reason is not None for name in parts)
        return None if made is None else Unit(parts, made, silent)


def _combined(parts: Sequence[JudgedCall], book: AlleleBook) -> JudgedCall | None:
    """Return a group as one call; the part itself where the group makes no other protein.

    None where the group cannot be read: parts that overlap, or made-up bases, or all harmless. A
    group that a source names as one allele is one, whatever its parts are.
    """
    alleles = tuple(part.call.allele for part in parts)
    allele = joined(alleles, book)
    named = allele is not None and book.named_as_one(allele)
    if allele is None or not (named or any(part.drop_reason in _MAY_MATTER for part in parts)):
        return None
    facts = book.facts_in_cis(allele, alleles) or (book.facts(allele) if named else None)
    if facts is None or (facts.annotation.hgvs_p in (None, "p.?") and not named):
        return None
    for part in parts if not named else ():
        if part.annotation is not None and part.annotation.hgvs_p == facts.annotation.hgvs_p:
            return part
    ordered = sorted((part.call for part in parts), key=lambda call: call.allele.pos)
    single = [call for call in ordered if call.zygosity is not Zygosity.HOM_ALT]
    ids = "+".join(call.allele.id for call in ordered)
    call = replace(
        (single or ordered)[0],
        allele=allele,
        depth=_least([call.depth for call in ordered]),
        alt_depth=_least([call.alt_depth for call in ordered]),
        allele_fraction=_least([call.allele_fraction for call in ordered]),
        quality=tuple(dict.fromkeys(code for call in ordered for code in call.quality)),
        flags=tuple(dict.fromkeys(flag for call in ordered for flag in call.flags)),
    )
    return JudgedCall(
        call=call,
        annotation=facts.annotation,
        evidence=facts.evidence,
        verdicts=facts.verdicts,
        drop_reason=facts.drop_reason,
        flags=(f"{COMBINED}:{ids}",),
    )


def _least(values: Sequence[_Number | None]) -> _Number | None:
    given = [value for value in values if value is not None]
    return min(given) if len(given) == len(values) else None
