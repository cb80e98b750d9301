"""What an allele counts for on its copy: alone, as part of a whole, and behind a broken message.

The copy is what is judged. A part that is pathogenic by itself is never set aside, but it counts
as contradicted where a reading of the copy supports less; one that is harmless or uncertain by
itself counts as contradicted where a reading of the copy supports more.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.judge.copy_parts import Unit
from hies_annot.model import Claim, JudgedCall, Met, Support, Verdict


class Place(Struct, frozen=True):
    """Where an allele stands on a copy: in a unit, and the first other one that breaks it."""

    unit: Unit
    breaker: Unit | None = None

    @property
    def alone(self) -> bool:
        """Whether the allele acts as by itself."""
        return len(self.unit.parts) == 1 and self.breaker is None

    @property
    def key(self) -> tuple[frozenset[str], frozenset[str]]:
        """What tells one place from another."""
        return self.unit.parts, self.breaker.parts if self.breaker else frozenset()

    def support(self, condition: str) -> Support | None:
        """Return what the copy supports here: no more than its broken message does.

        Where lost function is the mechanism, a broken message takes nothing from a pathogenic
        allele: the copy has no function, whether it is broken or not.
        """
        own = _support(self.unit, condition)
        broken = _support(self.breaker, condition) if self.breaker else None
        if broken is None or broken is Support.PATHOGENIC or own is not Support.PATHOGENIC:
            return own
        return own if self.breaker and _by_loss(self.breaker, condition) else broken

    def words(self, allele: str, condition: str, *, where: str) -> str:
        """Return this reading in words, with what the copy counts as; `where` comes first."""
        parts = sorted(self.unit.parts - {allele})
        counts = (self.support(condition) or Support.UNCERTAIN).value.replace("_", " ")
        said = []
        if parts:
            said.append(f"together with {' and '.join(parts)} it makes {self.unit.name}")
        if self.breaker is not None:
            said.append(
                f"{self.breaker.name} ({'+'.join(sorted(self.breaker.parts))}) on the same "
                "chromosome breaks the message, so this copy makes no full protein"
            )
        return f"{where}{'; '.join(said)}, which counts as {counts}"


def _support(unit: Unit, condition: str) -> Support | None:
    verdict = unit.judged.verdicts.get(condition)
    if verdict is None:
        return None
    return Support.BENIGN if unit.judged.drop_reason is not None else verdict.support


def _by_loss(breaker: Unit, condition: str) -> bool:
    """Whether a null allele may count as one under a condition (PVS1 met, or not assessable)."""
    verdict = breaker.judged.verdicts.get(condition)
    criteria = verdict.acmg.criteria if verdict is not None and verdict.acmg is not None else ()
    return any(each.code == "PVS1" and each.met is not Met.NO for each in criteria)


def on_its_copy(
    entry: JudgedCall, places: Sequence[Place], *, may_be_alone: bool, on_both: bool = False
) -> JudgedCall:
    """Return an allele with verdicts that hold for every place it may have on its copies.

    `places` are those in which it does not act as by itself; `may_be_alone` tells whether it may,
    `on_both` whether it does all of that, on the two copies of a homozygous allele.
    """
    ids = sorted({name for place in places for name in _others(entry, place)})
    settled = on_both or (not may_be_alone and len(places) == 1)
    flag = "in_cis_with" if settled else "may_be_in_cis_with"
    where = "if they lie on one chromosome (phase not known), "
    if settled:
        where = "on one of its two copies " if may_be_alone else ""
    marked = replace(entry, flags=(*entry.flags, f"{flag}:{'+'.join(ids)}"))
    if entry.drop_reason is not None and not _matters(places):
        return marked
    verdicts = {
        name: _verdict(entry, verdict, places, may_be_alone=may_be_alone, where=where)
        for name, verdict in entry.verdicts.items()
    }
    return replace(marked, verdicts=verdicts, drop_reason=None)


def _others(entry: JudgedCall, place: Place) -> frozenset[str]:
    breaker = place.breaker.parts if place.breaker else frozenset()
    return (place.unit.parts | breaker) - {entry.id}


def _matters(places: Sequence[Place]) -> bool:
    """Whether parts that are nothing alone may make a whole that is something."""
    return any(place.unit.silent and place.unit.judged.drop_reason is None for place in places)


def _verdict(
    entry: JudgedCall,
    verdict: Verdict,
    places: Sequence[Place],
    *,
    may_be_alone: bool,
    where: str,
) -> Verdict:
    readings = tuple(place.words(entry.id, verdict.condition, where=where) for place in places)
    supports = {place.support(verdict.condition) for place in places}
    alone = Support.BENIGN if entry.drop_reason is not None else verdict.support
    if may_be_alone:
        supports.add(alone)
    own = alone.value.replace("_", " ")
    if alone is Support.PATHOGENIC:
        if supports == {Support.PATHOGENIC}:
            return replace(verdict, reasons=(*verdict.reasons, *readings))
        first = f"contradiction: {own} by itself; {'; '.join(readings)}"
        return _contradicted(verdict, first)
    if Support.PATHOGENIC in supports:
        return _contradicted(verdict, f"{own} by itself; {'; '.join(readings)}")
    if entry.drop_reason is not None:
        return _as_whole(verdict, places, readings)
    return replace(verdict, reasons=(*verdict.reasons, *readings))


def _as_whole(verdict: Verdict, places: Sequence[Place], readings: tuple[str, ...]) -> Verdict:
    """Return the verdict of an allele that is nothing alone: that of a whole it may make."""
    for place in places:
        whole = place.unit.judged.verdicts.get(verdict.condition)
        if whole is not None and len(place.unit.parts) > 1:
            return replace(whole, reasons=(*readings, *whole.reasons))
    return verdict


def _contradicted(verdict: Verdict, first: str) -> Verdict:
    return replace(
        verdict,
        support=Support.CONTRADICTED,
        basis="none",
        reasons=(first, *verdict.reasons),
        claim=Claim.STRONG,
    )
