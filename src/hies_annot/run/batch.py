"""A batch: the samples that are analysed together, with their relatives; files are read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from hies_annot.model import SampleReport, SampleSpec
from hies_annot.phase.read_backed import ReadPhase
from hies_annot.read.carriers import Carriers
from hies_annot.run.desk import Desk
from hies_annot.run.engine import Engine
from hies_annot.run.readings import Readings
from hies_annot.run.sample import report_of
from hies_annot.run.watch import NOBODY, Watch


def batch_reports(
    engine: Engine,
    specs: Sequence[SampleSpec],
    relatives: Sequence[SampleSpec] = (),
    carriers: Carriers | None = None,
    phases: Mapping[str, ReadPhase] = MappingProxyType({}),
    watch: Watch = NOBODY,
) -> Iterator[SampleReport]:
    """Yield the report of each sample, in the order given.

    `relatives` are samples that get no report of their own, `carriers` is what passes over
    cohorts have written for the batch, `phases` what was read of phase before, by sample. A sample
    that is lost is read for nobody.
    """
    readings = Readings(specs, relatives, engine.reading_rules, carriers, watch.lost)
    desk = Desk(engine, readings, {}, phases)
    for spec in specs:
        watch.begin(spec.sample)
        yield report_of(spec, desk)
        readings.done_with(spec)
