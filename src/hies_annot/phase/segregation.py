"""Whether a genotype goes with the disease in the family. It informs; it never decides."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.model import Affected
from hies_annot.phase.relatives import CARRIES, Carriage, Relative


def segregation(ids: Sequence[str], copies: int, relatives: Sequence[Relative]) -> tuple[str, ...]:
    """Return a sentence for each relative whose disease state does not fit the genotype.

    `ids` are the alleles of the finding, `copies` how many of each make the genotype. Relatives
    of unknown disease state or with unclear calls say nothing.
    """
    lines = []
    for person in sorted(relatives, key=lambda relative: (relative.role, relative.sample)):
        has = _has(ids, copies, person)
        if has and person.affected is Affected.NO:
            lines.append(
                f"conflict: the unaffected {person.role} {person.sample} has the same "
                "genotype (incomplete penetrance, age, mosaicism, or not the cause)"
            )
        if has is False and person.affected is Affected.YES:
            lines.append(
                f"conflict: the affected {person.role} {person.sample} does not have this "
                "genotype (another cause in this relative, or not the cause)"
            )
    return tuple(lines)


def _has(ids: Sequence[str], copies: int, person: Relative) -> bool | None:
    states = [person.state_of(identifier) for identifier in ids]
    wanted = CARRIES if copies == 1 else {Carriage.TWO}
    if all(state in wanted for state in states):
        return True
    lacking = {Carriage.ABSENT} if copies == 1 else {Carriage.ABSENT, Carriage.ONE}
    return False if any(state in lacking for state in states) else None
