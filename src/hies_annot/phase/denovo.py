"""Where an allele comes from: new, from which parent, or not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from hies_annot.model import Affected, Call
from hies_annot.phase.read_words import read_words
from hies_annot.phase.relatives import CARRIES, Carriage, Relative
from hies_annot.settings.call_thresholds import CallThresholds

DEFAULTS = CallThresholds()
_UNASSIGNED = 0.1
"""Largest share of the reads of a call that may be missing from the counts of its alleles."""


def parents(relatives: Sequence[Relative]) -> dict[str, Relative]:
    """Return father and mother by role, as far as they are there."""
    return {person.role: person for person in relatives if person.role != "sibling"}


def de_novo(
    call: Call, relatives: Sequence[Relative], thresholds: CallThresholds = DEFAULTS
) -> Literal["confirmed", "assumed"] | None:
    """Return whether an allele is new, as ACMG PS2 ("confirmed") or PM6 ("assumed") needs it.

    Both parents must be called reference with enough reads of their own, and show together
    no more alternate reads than noise. "confirmed" needs parentage tested by the lab: two
    loci cannot prove it. None: inherited, or not known.
    """
    both = parents(relatives)
    if not call.carried or len(both) != 2:
        return None
    reads = 0
    for person in both.values():
        seen = _reads_against(person, call, thresholds)
        if seen is None:
            return None
        reads += seen
    if reads > thresholds.de_novo_parent_reads:
        return None
    tested = all(person.parentage == "confirmed" for person in both.values())
    return "confirmed" if tested else "assumed"


def _reads_against(person: Relative, call: Call, thresholds: CallThresholds) -> int | None:
    """Return the alternate reads of a parent called reference; None where they are not known.

    A genotype without counts of its alleles, or whose counts leave out many of its reads, shows
    no reference: the reads that are missing may be those of the allele.
    """
    found = person.calls.get(call.allele.id)
    if found is None or person.state_of(call.allele.id) is not Carriage.ABSENT:
        return None
    if found.depth is None or found.depth < thresholds.min_dp:
        return None
    counted = found.alt_depth if found.alt_index else _block_reads(found)
    total = found.fields.dp
    if counted is None or (total is not None and total - found.depth > _UNASSIGNED * total):
        return None
    return counted


def _block_reads(call: Call) -> int:
    """Reads of other alleles in a row without ALT, as far as it counts them.

    The row itself is the statement that all its reads were weighed.
    """
    return sum(count for count in (call.fields.ad or ())[1:] if count is not None)


def origin_words(call: Call, relatives: Sequence[Relative]) -> str:
    """Return one sentence on where an allele comes from."""
    both = parents(relatives)
    state = {role: both[role].state_of(call.allele.id) for role in both}
    carriers = [role for role in ("father", "mother") if state.get(role) in CARRIES]
    new = de_novo(call, relatives)
    if new:
        return f"new in this sample (de novo, parentage {new}): both parents are reference by reads"
    if len(carriers) == 2:
        return "both parents carry it"
    if carriers:
        other = "mother" if carriers == ["father"] else "father"
        return f"inherited from the {carriers[0]}; {other}: {_state_words(state.get(other))}"
    if not both:
        return "parents were not looked at: de novo or inherited is not known"
    words = "; ".join(
        f"{role}: {_called_reference(both[role], call)}"
        if state.get(role) is Carriage.ABSENT
        else f"{role}: {_state_words(state.get(role))}"
        for role in ("father", "mother")
    )
    return f"de novo or inherited is not known ({words})"


def _called_reference(person: Relative, call: Call) -> str:
    known = _reads_against(person, call, DEFAULTS) is not None
    return "called reference" if known else "called reference, but its reads do not show it"


def _state_words(state: Carriage | None) -> str:
    if state is None:
        return "not looked at"
    if state is Carriage.INFERRED:
        return "0/0 inferred, without depth: not measured"
    return state.value.replace("_", " ")


def de_novo_lines(call: Call, relatives: Sequence[Relative]) -> tuple[str, ...]:
    """Return the `de_novo` panel: the answer and each parent's genotype and reads."""
    lines = [origin_words(call, relatives)]
    for role, person in sorted(parents(relatives).items()):
        parent_call = person.calls.get(call.allele.id)
        if parent_call is None:
            lines.append(f"{role} {person.sample}: not looked at")
        else:
            lines.append(
                f"{role} {person.sample}: genotype {parent_call.fields.gt or 'not given'}, "
                f"depth {_figure(parent_call.depth)}, {read_words(parent_call)}"
            )
    return tuple(lines)


def _figure(value: int | None) -> str:
    return "not given" if value is None else str(value)


def parental_mosaicism(
    call: Call, relatives: Sequence[Relative], thresholds: CallThresholds = DEFAULTS
) -> tuple[str, ...]:
    """Return a line for each parent: alternate reads against noise (recurrence risk).

    Two or more alternate reads in a parent called reference, or a clearly low fraction in a
    carrier, point to a parent who is a mosaic (Gambin 2020).
    """
    lines = []
    for role, person in sorted(parents(relatives).items()):
        found = person.calls.get(call.allele.id)
        if found is None or found.alt_depth is None:
            lines.append(f"{role}: alternate reads not given, mosaicism cannot be assessed")
            continue
        carries = person.state_of(call.allele.id) in CARRIES
        low = "low_fraction" in found.flags
        some = not carries and found.alt_depth > thresholds.de_novo_parent_reads
        hint = "possible mosaic" if low or some else "no sign of mosaicism"
        if some and found.depth and found.alt_depth >= thresholds.het_balance[0] * found.depth:
            hint = "the reads are those of a carrier: the genotype is wrong, test this parent"
        if low and person.affected is Affected.NO:
            hint += " (unaffected, in keeping with it)"
        lines.append(f"{role}: {read_words(found)}: {hint}")
    return tuple(lines)
