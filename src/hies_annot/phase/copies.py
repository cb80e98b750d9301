"""Which alleles lie on one copy of the gene: every reading that the known phase leaves open.

A reading puts each allele on a copy; a homozygous one lies on every copy. Alleles whose phase is
known move together, all others are tried both ways, so nothing is concluded from silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from hies_annot.model import Call, PhaseState, Zygosity
from hies_annot.phase.deletions import deletes, in_one_copy
from hies_annot.phase.pairs import Links, phase_of, settled
from hies_annot.phase.relatives import Relative
from hies_annot.read.split_records import exclude_each_other
from hies_annot.settings.call_thresholds import CallThresholds

Copy = frozenset[str]
"""Ids of the alleles on one chromosome."""
Reading = tuple[Copy, ...]
MOST_BLOCKS = 8
"""So many independently phased blocks are tried in all ways; of more, two at a time."""

_Block = tuple[Copy, Copy]


def relation(
    a: Call,
    b: Call,
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links | None = None,
) -> PhaseState:
    """Return whether two alleles, neither homozygous, share a chromosome, if that is settled."""
    if deletes(a, b) or deletes(b, a) or exclude_each_other(a.allele, b.allele):
        return PhaseState.TRANS
    phase = phase_of(a, b, relatives, thresholds, links)
    return phase.state if settled(phase) else PhaseState.UNKNOWN


def readings(
    calls: Sequence[Call],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links | None = None,
) -> tuple[Reading, ...]:
    """Return every way to put carried alleles of one gene on its copies.

    Where there are more than `MOST_BLOCKS` blocks of known phase, each reading joins at most two
    of them, and has more than two copies. An allele that is called homozygous within a deletion on
    one copy lies on the other copy alone.
    """
    both = frozenset(call.allele.id for call in calls if _on_both(call, calls))
    blocks: list[_Block] = []
    for call in calls:
        if call.allele.id not in both:
            blocks = _with(blocks, call, calls, relatives, thresholds, links)
    found = _all_ways(blocks) if len(blocks) <= MOST_BLOCKS else _two_at_a_time(blocks)
    joined = {copy: copy | both for reading in found for copy in reading}
    return tuple(tuple(joined[copy] for copy in reading) for reading in found)


def _on_both(call: Call, calls: Sequence[Call]) -> bool:
    return call.zygosity is Zygosity.HOM_ALT and not in_one_copy(call, calls)


def _with(
    blocks: list[_Block],
    call: Call,
    calls: Sequence[Call],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links | None,
) -> list[_Block]:
    """Return the blocks with one more allele: those that its phase ties to it become one."""
    own: _Block = (frozenset({call.allele.id}), frozenset())
    by_id = {other.allele.id: other for other in calls}
    rest = []
    for block in blocks:
        side = _side(call, block, by_id, relatives, thresholds, links)
        if side is None:
            rest.append(block)
        else:
            own = (own[0] | block[side], own[1] | block[1 - side])
    return [*rest, own]


def _side(
    call: Call,
    block: _Block,
    by_id: dict[str, Call],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links | None,
) -> int | None:
    """Return the side of a block that an allele lies on; None where unknown or contradictory."""
    sides = set()
    for side in (0, 1):
        for name in block[side]:
            state = relation(call, by_id[name], relatives, thresholds, links)
            if state is not PhaseState.UNKNOWN:
                sides.add(side if state is PhaseState.CIS else 1 - side)
    return sides.pop() if len(sides) == 1 else None


def _all_ways(blocks: Sequence[_Block]) -> list[Reading]:
    if not blocks:
        return [(frozenset(),)]
    first, *rest = blocks
    found = []
    for turned in product((0, 1), repeat=len(rest)):
        copies = list(first)
        for block, turn in zip(rest, turned, strict=True):
            copies = [copies[0] | block[turn], copies[1] | block[1 - turn]]
        found.append(tuple(copies))
    return found


def _two_at_a_time(blocks: Sequence[_Block]) -> list[Reading]:
    apart = [copy for block in blocks for copy in block]
    found = [tuple(apart)]
    for one, other in combinations(blocks, 2):
        alone = [copy for block in blocks if block not in (one, other) for copy in block]
        found += [(*joined, *alone) for joined in _all_ways((one, other))]
    return found
