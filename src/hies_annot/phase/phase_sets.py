"""Phase of two alleles as the fields of a file state it: PS, HP, PID/PGT, or a bare `|`."""

from __future__ import annotations

from collections.abc import Mapping

from hies_annot.model import Call, Phase, PhaseState, Zygosity
from hies_annot.model.closed_words import PhaseEvidence
from hies_annot.phase.deletions import deletes
from hies_annot.read.phase_marks import MarkSource, PhaseMark, phase_marks
from hies_annot.settings.call_thresholds import CallThresholds

_MARKED_BY: Mapping[MarkSource, PhaseEvidence] = {
    MarkSource.PHASE_SET: "phase_set",
    MarkSource.HP: "hp",
    MarkSource.PID_PGT: "pid_pgt",
}
"""What a field of the file proves; a bare `|` proves nothing."""


def marked_phases(a: Call, b: Call, thresholds: CallThresholds | None) -> list[Phase]:
    """Return the answers of PS, HP, PID/PGT and bare `|` in one sample, in this order."""
    marks = [
        {mark.source: mark for mark in phase_marks(call.site, call.fields, call.alt_index)}
        for call in (a, b)
    ]
    shared = [source for source in MarkSource if source in marks[0] and source in marks[1]]
    if not shared:
        return [Phase(PhaseState.UNKNOWN, "none", "the file does not phase the two together")]
    return [_compare(marks[0][source], marks[1][source], thresholds) for source in shared]


def _compare(a: PhaseMark, b: PhaseMark, thresholds: CallThresholds | None) -> Phase:
    if a.set_id != b.set_id:
        alike = f", each in its own file or chromosome: both {_label(a)}"
        parted = f" ({_label(a)} and {_label(b)})" if _label(a) != _label(b) else alike
        words = f"different {a.source.value} blocks{parted}"
        return Phase(PhaseState.UNKNOWN, "none", words)
    state = PhaseState.CIS if a.slot == b.slot else PhaseState.TRANS
    evidence = _MARKED_BY.get(a.source)
    if evidence is not None:
        same = "same" if state is PhaseState.CIS else "opposite"
        return Phase(state, evidence, f"{same} haplotypes of block {_label(a)}")
    words = f"written in {state} by | without PS, which may be statistical phase"
    if thresholds is not None and thresholds.trust_phase_without_ps:
        return Phase(state, "phase_set", f"{words}; trusted by the configuration")
    return Phase(PhaseState.UNKNOWN, "none", f"{words} and is no proof")


def _label(mark: PhaseMark) -> str:
    return mark.set_id.rsplit(":", maxsplit=1)[-1]


def stated_phase(a: Call, b: Call) -> PhaseState:
    """Return how two heterozygous alleles of one person lie by proof of the file alone.

    One record that names both, a deletion that covers what is read of the other copy alone, or
    phase sets of which none says otherwise.
    """
    for deletion, other in ((a, b), (b, a)):
        if deletes(deletion, other) and other.zygosity is Zygosity.OVER_DELETION:
            return PhaseState.TRANS
    if a.site == b.site and {a.zygosity, b.zygosity} == {Zygosity.HET_ALT}:
        return PhaseState.TRANS
    found = {phase.state for phase in marked_phases(a, b, None)} - {PhaseState.UNKNOWN}
    return found.pop() if len(found) == 1 else PhaseState.UNKNOWN
