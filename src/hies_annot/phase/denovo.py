"""Where an allele comes from: new, from which parent, or not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from hies_annot.model import Call, Zygosity
from hies_annot.phase.mosaicism import suspected_parents
from hies_annot.phase.read_words import read_words
from hies_annot.phase.relatives import CARRIES, Carriage, Relative, parents
from hies_annot.read.call_quality import quality_words
from hies_annot.settings.call_thresholds import CallThresholds

_UNASSIGNED = 0.1
"""Largest share of the reads of a call that may be missing from the counts of its alleles."""


def de_novo(
    call: Call, relatives: Sequence[Relative], thresholds: CallThresholds
) -> Literal["confirmed", "assumed"] | None:
    """Return whether an allele is new, as ACMG PS2 ("confirmed") or PM6 ("assumed") needs it.

    Both parents must be called reference with enough reads of their own, and show together
    no more alternate reads than noise. "confirmed" needs parentage tested by the lab: two
    loci cannot prove it. None: inherited, or not known.
    """
    if not call.carried or not_new(call, relatives, thresholds) is not None:
        return None
    tested = all(person.parentage == "confirmed" for person in parents(relatives).values())
    return "confirmed" if tested else "assumed"


HOMOZYGOUS = (
    "homozygous although both parents are reference by reads: one new change is on one copy only, "
    "so a mix-up of samples, loss of the other copy (deletion, dropout) or uniparental disomy "
    "comes first"
)


_SECOND_COPY = (
    "the second copy is not explained: a deletion of the other copy, dropout, uniparental disomy "
    "or a mix-up"
)
_INHERITED_MOSAIC = (
    "an inherited allele is in every cell: its low fraction speaks for a faulty call, a mixture of "
    "samples or a mix-up"
)


def not_new(call: Call, relatives: Sequence[Relative], thresholds: CallThresholds) -> str | None:
    """Return what is missing before a carried allele may be called new, None where nothing is."""
    both = parents(relatives)
    if not both:
        return "both parents are needed and were not given"
    faults = [
        f"the {role} {'was not given' if role not in both else fault}"
        for role in ("father", "mother")
        if role not in both or (fault := _fault(call, both[role], thresholds))
    ]
    if faults:
        return "; ".join(faults)
    reads = sum(_alternate_reads(person.calls[call.allele.id]) or 0 for person in both.values())
    if reads > thresholds.de_novo_parent_reads:
        return (
            f"the parents together show {reads} reads with the allele "
            f"(at most {thresholds.de_novo_parent_reads} count as noise)"
        )
    return HOMOZYGOUS if call.zygosity is Zygosity.HOM_ALT else None


def _fault(call: Call, person: Relative, thresholds: CallThresholds) -> str | None:
    """Return why a parent cannot be taken for reference, None where it can.

    A genotype without counts of its alleles, or whose counts leave out many of its reads, shows
    no reference: the reads that are missing may be those of the allele.
    """
    found = person.calls.get(call.allele.id)
    state = person.state_of(call.allele.id)
    if found is None or state is None:
        return "was not looked at here"
    if state is Carriage.EXCLUDED:
        return "is not borne out as a parent by the data"
    if state in CARRIES:
        return "carries the allele"
    if state is Carriage.INFERRED:
        return "is 0/0 without depth, which was not measured"
    if state is Carriage.UNCLEAR:
        gt = found.fields.gt or "not given"
        return f"is unclear here (genotype {gt}, {read_words(found)})"
    if found.depth is None:
        return "has no depth given here"
    if found.depth < thresholds.min_dp:
        return f"has {found.depth} reads here, {thresholds.min_dp} are needed"
    total = found.fields.dp
    if _alternate_reads(found) is None:
        return "is called reference, but its reads are not counted by allele"
    if total is not None and total - found.depth > _UNASSIGNED * total:
        return f"is called reference, but only {found.depth} of {total} reads are counted by allele"
    return None


def _alternate_reads(call: Call) -> int | None:
    """Reads of other alleles; of a row without ALT as far as it counts them.

    Such a row is itself the statement that all its reads were weighed.
    """
    if call.alt_index:
        return call.alt_depth
    return sum(count for count in (call.fields.ad or ())[1:] if count is not None)


def origin_words(call: Call, relatives: Sequence[Relative], thresholds: CallThresholds) -> str:
    """Return where an allele comes from, what that leaves open, and which parent may be mosaic."""
    mosaic = [f"the {line}" for line in suspected_parents(call, relatives, thresholds)]
    origin = _origin(call, relatives, thresholds)
    return "; ".join([origin, *_unexplained(call, relatives), *mosaic])


def _unexplained(call: Call, relatives: Sequence[Relative]) -> tuple[str, ...]:
    """Return what of a call is not explained by the parents who carry its allele."""
    states = [person.state_of(call.allele.id) for person in parents(relatives).values()]
    carriers = sum(state in CARRIES for state in states)
    if carriers and "low_fraction" in call.flags:
        return (_INHERITED_MOSAIC,)
    one = carriers == 1 and Carriage.ABSENT in states
    return (_SECOND_COPY,) if one and call.zygosity is Zygosity.HOM_ALT else ()


def _origin(call: Call, relatives: Sequence[Relative], thresholds: CallThresholds) -> str:
    both = parents(relatives)
    state = {role: both[role].state_of(call.allele.id) for role in both}
    carriers = [role for role in ("father", "mother") if state.get(role) in CARRIES]
    new = de_novo(call, relatives, thresholds)
    if new:
        return f"new in this sample (de novo, parentage {new}): both parents are reference by reads"
    if len(carriers) == 2:
        return "both parents carry it"
    if carriers:
        other = "mother" if carriers == ["father"] else "father"
        if state.get(other) is Carriage.ABSENT:
            return f"inherited from the {carriers[0]}; the {other} does not carry it"
        shown = _state_words(state.get(other), call, both.get(other))
        return f"inherited from the {carriers[0]}; {other}: {shown}"
    if not both:
        return "parents were not looked at: de novo or inherited is not known"
    if call.carried and not_new(call, relatives, thresholds) == HOMOZYGOUS:
        return HOMOZYGOUS
    words = "; ".join(
        f"{role}: {_called_reference(both[role], call, thresholds)}"
        if state.get(role) is Carriage.ABSENT
        else f"{role}: {_state_words(state.get(role), call, both.get(role))}"
        for role in ("father", "mother")
    )
    return f"de novo or inherited is not known ({words})"


def _called_reference(person: Relative, call: Call, thresholds: CallThresholds) -> str:
    known = _fault(call, person, thresholds) is None
    return "called reference" if known else "called reference, but its reads do not show it"


def _state_words(state: Carriage | None, call: Call, person: Relative | None) -> str:
    """Return the state of a parent who is not seen to carry an allele."""
    if state is None or person is None:
        return "not looked at"
    found = person.calls[call.allele.id]
    if state is Carriage.UNCLEAR and found.carried:
        failed = "".join(f", {quality_words(code)}" for code in found.quality)
        return f"unclear, although called {found.fields.gt or 'a carrier'}{failed}"
    if state is Carriage.EXCLUDED:
        return "not borne out as a parent by the data"
    if state is Carriage.INFERRED:
        return "0/0 inferred, without depth: not measured"
    return state.value


def de_novo_lines(
    call: Call, relatives: Sequence[Relative], thresholds: CallThresholds
) -> tuple[str, ...]:
    """Return the `de_novo` panel: the answer and each parent's genotype and reads."""
    lines = [origin_words(call, relatives, thresholds)]
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
