"""What may be the second allele of a carrier, though it takes part in no pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hies_annot.findings.candidates import Candidate
from hies_annot.model import AlleleKind, Call, JudgedCall
from hies_annot.phase.deletions import is_deletion
from hies_annot.read.copy_number import Direction, direction_of, names_more
from hies_annot.read.genotype import UNNAMED_OTHER

_UNNAMED = (
    "the other copy has an alternate allele that the record does not name or that cannot be read: "
    "look at the reads there"
)


def unread_second(group: Sequence[Candidate], calls: Iterable[JudgedCall]) -> tuple[str, ...]:
    """Return what may lie on the other copy of some alleles and cannot be read, in words."""
    beside = [candidate for candidate in group if UNNAMED_OTHER in candidate.call.flags]
    own = [candidate.call.site for candidate in beside]
    unnamed = [f"{candidate.name}: {_UNNAMED}" for candidate in beside]
    others = [
        f"{words}, and may be the second one: {call.site.where}"
        for call in (judged.call for judged in calls)
        if (words := _second(call)) and call.site not in own
    ]
    return tuple(dict.fromkeys((*unnamed, *others)))


def _second(call: Call) -> str | None:
    """Return why an allele that takes part in nothing may be there, else None."""
    if call.allele.kind is AlleleKind.UNREADABLE and call.carried:
        return "another allele cannot be read"
    if not call.carried and names_more(call):
        if is_deletion(call):
            return "the genotype names a deletion that its copy number denies"
        if direction_of(call.allele) is Direction.GAIN:
            return "the genotype names a gain that its copy number denies: a loss opposite it"
    return None
