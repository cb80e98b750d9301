"""Phase of combined alleles: that of their parts."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.judge.copy_parts import COMBINED
from hies_annot.model import JudgedCall, Phase, PhaseState
from hies_annot.phase.pairs import Links, phase_of
from hies_annot.phase.relatives import Relative
from hies_annot.settings.call_thresholds import CallThresholds


def links_of_combined(
    judged: Sequence[JudgedCall],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links,
) -> Links:
    """Return what is known of pairs, with those of each combined allele: in cis with its parts.

    To any other allele a combined one stands as its parts do, as far as one of them is placed.
    """
    found = dict(links)
    by_id = {entry.id: entry for entry in judged}
    for entry in judged:
        parts = _parts(entry)
        if not parts:
            continue
        for name in parts:
            words = "a part of the combined allele"
            found[frozenset({entry.id, name})] = Phase(PhaseState.CIS, "reads", words)
        others = [other for name, other in by_id.items() if name not in (*parts, entry.id)]
        for other in others:
            if other.call.allele.gene != entry.call.allele.gene or not other.call.carried:
                continue
            phases = [
                phase_of(by_id[name].call, other.call, relatives, thresholds, links)
                for name in parts
                if name in by_id
            ]
            known = next((p for p in phases if p.state is not PhaseState.UNKNOWN), None)
            if known is not None:
                found.setdefault(frozenset({entry.id, other.id}), known)
    return found


def _parts(entry: JudgedCall) -> tuple[str, ...]:
    marked = (flag.partition(":") for flag in entry.flags)
    return next((tuple(ids.split("+")) for mark, _, ids in marked if mark == COMBINED), ())
