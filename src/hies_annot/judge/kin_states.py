"""Which relatives of known disease state share a genotype: facts for PP1 and BS4."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.judge.context import KinState, Partner
from hies_annot.model import Affected, Call, Zygosity
from hies_annot.phase.relatives import CARRIES, COPIES, Carriage, Relative


def in_trans(partners: Sequence[tuple[Partner, Call]]) -> tuple[Call, ...]:
    """Return the calls that are known to stand on the other copy."""
    return tuple(call for partner, call in partners if partner.phase == "trans")


def kin_states(
    call: Call, opposite: Sequence[Call], relatives: Sequence[Relative]
) -> tuple[KinState, ...]:
    """Return the state of each relative whose disease state is known, in the order of the sheet.

    The genotype is the allele in as many copies as the sample has, together with the allele
    opposite, where there is just one.
    """
    copies = 2 if call.zygosity is Zygosity.HOM_ALT else 1
    wanted = [(call, copies), *((other, 1) for other in opposite)]
    return tuple(
        KinState(
            role=person.role,
            sample=person.sample,
            affected=person.affected,
            has=_has(person, wanted) if len(opposite) < 2 else None,
            lacks_allele=person.state_of(call.allele.id) is Carriage.ABSENT,
        )
        for person in relatives
        if person.affected is not Affected.UNKNOWN
    )


def _has(person: Relative, wanted: Sequence[tuple[Call, int]]) -> bool | None:
    states = [(person.state_of(call.allele.id), copies) for call, copies in wanted]
    if any(state is not None and max(COPIES[state]) < copies for state, copies in states):
        return False
    enough = (
        state is Carriage.TWO if copies == 2 else state in CARRIES for state, copies in states
    )
    return True if all(enough) else None
