"""Which calls take part in a condition, each allele once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import (
    AlleleKind,
    Call,
    JudgedCall,
    Support,
    Verdict,
    Zygosity,
)
from hies_annot.phase.one_event import denies, same_event
from hies_annot.phase.pairs import order_key

COUNTING = frozenset(
    {Support.PATHOGENIC, Support.UNCERTAIN, Support.UNRESOLVED, Support.CONTRADICTED}
)
_KINDS = frozenset({AlleleKind.SEQUENCE, AlleleKind.SYMBOLIC, AlleleKind.BREAKEND})
_UNCALLED = frozenset({"ad_contradicts_gt", "reads_without_call"})


class Candidate(Struct, frozen=True):
    """A call with its verdict under one condition."""

    judged: JudgedCall
    verdict: Verdict
    otherwise: tuple[str, ...] = ()  # genotypes that other records give for the allele
    also: tuple[str, ...] = ()  # other records of the same structural event

    @property
    def call(self) -> Call:
        """The call."""
        return self.judged.call

    @property
    def id(self) -> str:
        """Id of the allele."""
        return self.judged.id

    @property
    def pathogenic(self) -> bool:
        """Whether the allele counts as P/LP with the condition's mechanism."""
        return self.verdict.support is Support.PATHOGENIC

    @property
    def name(self) -> str:
        """The c. name where there is one, else the id."""
        annotation = self.judged.annotation
        return (annotation.hgvs_c if annotation else None) or self.id


def candidates(calls: Iterable[JudgedCall], condition: str) -> tuple[Candidate, ...]:
    """Return the calls that count for a condition, each allele once, ordered by place.

    A call that is not carried takes part only where its reads show a pathogenic allele. Of an
    allele that several records name, a carried, passing call with the most copies is taken;
    what the others say is kept, also where they call the reference.
    """
    calls = tuple(calls)
    records: dict[str, list[JudgedCall]] = {}
    for judged in calls:
        verdict = judged.verdicts.get(condition)
        if verdict and verdict.support in COUNTING and _takes_part(judged, verdict):
            records.setdefault(judged.id, []).append(judged)
    without = [judged for judged in calls if judged.call.zygosity is Zygosity.HOM_REF]
    found = [
        _candidate(sorted(same, key=_preference), condition, without) for same in records.values()
    ]
    return tuple(sorted(_events(found), key=lambda candidate: order_key(candidate.call)))


def _events(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield each candidate, several records of one structural event as one."""
    left = sorted(found, key=lambda candidate: _preference(candidate.judged))
    while left:
        best, *rest = left
        same = [other for other in rest if same_event(best.call, other.call)]
        left = [other for other in rest if other not in same]
        genotypes = {
            other.call.fields.gt or "not given"
            for other in same
            if other.call.zygosity is not best.call.zygosity
        }
        yield replace(
            best,
            otherwise=tuple(sorted({*best.otherwise, *genotypes})),
            also=tuple(f"{other.id} of {Path(other.call.site.file).name}" for other in same),
        )


def _candidate(
    records: Sequence[JudgedCall], condition: str, without: Sequence[JudgedCall]
) -> Candidate:
    """Return an allele with what other records say: those that name it, or nearly the same event.

    `without` are all calls of the reference.
    """
    best = records[0]
    against = [
        one
        for one in without
        if best.call.carried
        and one.call.site != best.call.site
        and (one.id == best.id or denies(one.call, best.call))
    ]
    others = {
        _genotype(judged.call)
        for judged in (*records, *against)
        if judged.call.zygosity is not best.call.zygosity
    }
    return Candidate(best, best.verdicts[condition], tuple(sorted(others)))


def _genotype(call: Call) -> str:
    number = call.fields.copy_number
    return call.fields.gt or ("not given" if number is None else f"{number} copies")


def _preference(judged: JudgedCall) -> tuple[bool, int, int, int, int, str]:
    call = judged.call
    return (
        not call.carried,
        len(call.quality),
        -(call.copies or 0),
        len(call.flags),
        -(call.depth or 0),
        repr(call),
    )


def _takes_part(judged: JudgedCall, verdict: Verdict) -> bool:
    call = judged.call
    if judged.drop_reason is not None or call.allele.kind not in _KINDS:
        return False
    return call.carried or (verdict.asks and bool(_UNCALLED & set(call.flags)))
