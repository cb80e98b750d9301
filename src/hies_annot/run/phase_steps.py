"""Read-backed phase as steps of their own: who needs it, and the reads of just these samples.

The analysis takes what these steps have told in place of reading it. A sample of which they say
nothing is read by the analysis itself, so the answer is the same whatever is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from hies_annot.errors import UsageError
from hies_annot.model import Phase, SampleSpec
from hies_annot.phase.read_backed import ReadPhase
from hies_annot.read.carriers import Carriers
from hies_annot.read.samples import Unreadable
from hies_annot.run.analyse import people_of
from hies_annot.run.desk import Desk
from hies_annot.run.engine import Engine
from hies_annot.run.known_sample import KnownSample, known_sample, open_pairs, read_phase
from hies_annot.run.phase_files import read_step, write_step
from hies_annot.run.readings import Readings
from hies_annot.sheet.batches import Batch


def find_open_pairs(
    engine: Engine, batch: Batch, carriers: Carriers, plan: str, output: Path
) -> int:
    """Write the names of the samples whose alignments could place a pair; return how many.

    Args:
        engine: the loaded configuration.
        batch: the batch, its files where they can be read.
        carriers: what passes over cohorts have written for it.
        plan: digest of its plan.
        output: the file to write.

    Raises:
        FaultsError: the rows of the batch contradict themselves.
        OSError: the file cannot be written.
    """
    found = [
        sample.spec.sample
        for sample, desk in _known_samples(engine, batch, carriers, None)
        if open_pairs(sample, desk)
    ]
    write_step(output, plan, found)
    return len(found)


def read_phases(
    engine: Engine, batch: Batch, carriers: Carriers, plan: str, found: Path, output: Path
) -> int:
    """Write what the alignments of the samples in `found` say; return how many were read.

    Raises:
        UsageError: `found` is of another plan.
        FaultsError: the rows of the batch contradict themselves.
        OSError: `found` is missing, or the file cannot be written.
    """
    names = read_step(found, plan)
    if names is None:
        raise UsageError(f"{found}: is of another plan: start the run again")
    known = _known_samples(engine, batch, carriers, names) if names else ()
    told = {sample.spec.sample: _packed(read_phase(sample, desk)) for sample, desk in known}
    write_step(output, plan, told)
    return len(told)


def phases_in(path: Path | None, plan: str) -> dict[str, ReadPhase]:
    """Return by sample what `read_phases` has written for a plan; nothing where it is of another.

    Raises:
        OSError: there is no such file.
    """
    told = None if path is None else read_step(path, plan)
    return {sample: _unpacked(*packed) for sample, packed in (told or {}).items()}


def _packed(phase: ReadPhase) -> object:
    links = [[*sorted(pair), msgspec.to_builtins(found)] for pair, found in phase.links.items()]
    return [links, phase.notes]


def _unpacked(links: list[tuple[str, str, object]], notes: list[str]) -> ReadPhase:
    told = {frozenset((a, b)): msgspec.convert(found, Phase) for a, b, found in links}
    return ReadPhase(told, tuple(notes))


def _known_samples(
    engine: Engine, batch: Batch, carriers: Carriers, names: Iterable[str] | None
) -> Iterator[tuple[KnownSample, Desk]]:
    """Yield the samples with alignments, of `names` if given.

    One that fails is left out: the analysis tells why.
    """
    specs, related, _ = people_of(batch.samples, batch.relatives, engine.config.ped)
    desk = Desk(engine, Readings(specs, related, engine.reading_rules, carriers), {})
    wanted = None if names is None else frozenset(names)
    for spec in specs:
        if spec.bam is not None and (wanted is None or spec.sample in wanted):
            sample = _known(spec, desk)
            if sample is not None:
                yield sample, desk
            desk.readings.done_with(spec)


def _known(spec: SampleSpec, desk: Desk) -> KnownSample | None:
    records = desk.readings.of(spec)
    if isinstance(records, Unreadable):
        return None
    try:
        return known_sample(spec, records, desk)
    except Exception:  # noqa: BLE001 (one sample never takes others with it)
        return None
