"""From sheet rows to results: the step that `run` and the workflow's `annotate` share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from hies_annot.errors import FaultsError, sentence_of
from hies_annot.io.remote.stand_ins import drop, in_shown_words
from hies_annot.model import SampleReport, SampleSpec
from hies_annot.phase.read_backed import ReadPhase
from hies_annot.read.carriers import Carriers
from hies_annot.results.contract import SampleResult
from hies_annot.results.invariants import check_result
from hies_annot.results.sample_result import to_result
from hies_annot.run.batch import batch_reports
from hies_annot.run.engine import Engine
from hies_annot.run.sample import failed_report
from hies_annot.run.watch import NOBODY, Watch
from hies_annot.sheet.crossed_rows import crossed_rows
from hies_annot.sheet.family_faults import check_families
from hies_annot.sheet.kin import with_open_kinship
from hies_annot.sheet.ped import apply, read_ped
from hies_annot.sheet.row_files import files_of
from hies_annot.sheet.sample_specs import expand_rows, specs_of
from hies_annot.sheet.standing_in import standing_in
from hies_annot.sheet.table import SheetRow


def analyse_rows(
    engine: Engine,
    rows: Sequence[SheetRow],
    relatives: Sequence[SheetRow],
    *,
    batch: str | None,
    plan: str | None = None,
    carriers: Carriers | None = None,
    phases: Mapping[str, ReadPhase] = MappingProxyType({}),
    watch: Watch = NOBODY,
) -> Iterator[SampleResult]:
    """Yield the result of each sample of one batch, in the order of its rows.

    Args:
        engine: the loaded configuration.
        rows: sheet rows; one without `sample` stands for every sample of its file. What is needed
            of a file at an address is fetched, and removed at the end.
        relatives: rows of parents that belong to another batch and get no result here.
        batch: name of the batch.
        plan: digest of what the results are made from.
        carriers: what passes over cohorts have written for the batch.
        phases: what was read of phase before, by sample.
        watch: samples that are lost, and who is told of each that is begun.

    Raises:
        FaultsError: the rows or the PED contradict themselves (before any file is analysed).
    """
    rows, relatives = standing_in(rows), standing_in(relatives)
    folders = _folders((*rows, *relatives))
    specs, related, unreadable = people_of(rows, relatives, engine.config.ped)
    for file, reason, label in unreadable:
        spec = SampleSpec(sample=label, vcf=file)
        yield _result(engine, _by_name(failed_report(spec, reason), folders), batch, plan)
    for report in batch_reports(engine, specs, related, carriers, phases, watch):
        yield _result(engine, _by_name(report, folders), batch, plan)
    engine.save()
    drop(file for row in (*rows, *relatives) for file in files_of(row))


def people_of(
    rows: Sequence[SheetRow], relatives: Sequence[SheetRow], ped_file: str | None
) -> tuple[tuple[SampleSpec, ...], tuple[SampleSpec, ...], tuple[tuple[str, str, str], ...]]:
    """Return the samples, their relatives elsewhere, and (file, reason, label) of unreadable files.

    Raises:
        FaultsError: the rows or the PED contradict themselves.
    """
    expanded, unreadable = expand_rows(rows)
    specs, related = specs_of(expanded), specs_of(relatives)
    if ped_file:
        ped = read_ped(Path(ped_file))
        specs, related = apply(specs, ped), apply(related, ped)
    faults = [*crossed_rows((*rows, *relatives)), *check_families((*specs, *related))]
    if faults:
        raise FaultsError([*map(in_shown_words, faults)])
    return with_open_kinship(specs, (*specs, *related)), related, unreadable


def _folders(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """Return the folders of all files of the rows, with a slash at the end, the longest first."""
    folders = {f"{Path(file).parent}/" for row in rows for file in files_of(row)}
    return tuple(sorted((folder for folder in folders if folder != "//"), key=len, reverse=True))


def _by_name(report: SampleReport, folders: Sequence[str]) -> SampleReport:
    """Name files without their folder: a result is the same wherever the files lie."""

    def named(text: str) -> str:
        if "/" in text:
            for folder in folders:
                text = text.replace(folder, "")
        return text

    return replace(
        report,
        status_reason=named(report.status_reason),
        warnings=tuple(map(named, report.warnings)),
        faults=tuple(map(named, report.faults)),
        callability=replace(report.callability, notes=tuple(map(named, report.callability.notes))),
    )


def _result(
    engine: Engine, report: SampleReport, batch: str | None, plan: str | None
) -> SampleResult:
    """Return the contract of a sample; one that breaks what holds of all makes it `failed`."""
    try:
        result = _contract(engine, report, batch, plan)
        check_result(report, result)
    except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
        failed = failed_report(report.spec, sentence_of(fault, report.spec.sample))
        return _contract(engine, failed, batch, plan)
    return result


def _contract(
    engine: Engine, report: SampleReport, batch: str | None, plan: str | None
) -> SampleResult:
    tools = None if report.build is None else engine.tools(report.build)
    return to_result(
        report,
        batch=batch,
        reference=None if tools is None else tools.reference,
        resources=() if tools is None else tools.evidence.resources,
        genes=engine.genes,
        plan=plan,
        settings=engine.settings,
    )
