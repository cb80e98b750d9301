"""From sheet rows to results: the step that `run` and the workflow's `annotate` share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from hies_annot.engine import Engine
from hies_annot.errors import FaultsError
from hies_annot.family import check_families
from hies_annot.model import SampleReport, SampleSpec
from hies_annot.ped import apply, read_ped
from hies_annot.pipeline import Batch, failed_report
from hies_annot.result import SampleResult
from hies_annot.samplesheet import Row
from hies_annot.serialise import to_result
from hies_annot.specs import expand_rows, file_label, specs_of


def analyse_rows(
    engine: Engine, rows: Sequence[Row], relatives: Sequence[Row], *, batch: str | None
) -> Iterator[SampleResult]:
    """Yield the result of each sample of one batch, in the order of its rows.

    Args:
        engine: the loaded configuration.
        rows: sheet rows; one without `sample` stands for every sample of its file.
        relatives: rows of parents that belong to another batch and get no result here.
        batch: name of the batch.

    Raises:
        FaultsError: the rows or the PED contradict themselves (before any file is analysed).
    """
    expanded, unreadable = expand_rows(rows)
    specs, related = specs_of(expanded), specs_of(relatives)
    if engine.config.ped:
        ped = read_ped(Path(engine.config.ped))
        specs, related = apply(specs, ped), apply(related, ped)
    faults = check_families((*specs, *related))
    if faults:
        raise FaultsError(faults)
    for file, reason in unreadable:
        spec = SampleSpec(sample=file_label(file), vcf=file)
        yield _result(engine, failed_report(spec, reason), batch)
    for report in Batch(engine, specs, related).reports():
        yield _result(engine, report, batch)


def _result(engine: Engine, report: SampleReport, batch: str | None) -> SampleResult:
    tools = None if report.build is None else engine.tools(report.build)
    return to_result(
        report,
        batch=batch,
        reference=None if tools is None else tools.reference,
        resources=() if tools is None else tools.evidence.resources,
    )
