"""What the files of a whole run keep of one sample."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.json import encode

from hies_annot.errors import sentence_of
from hies_annot.model.closed import as_json
from hies_annot.render.json_text import item_text
from hies_annot.render.sample_summary import SampleSummary, summarise
from hies_annot.results.carrier_counts import CarriedAlleles, carried_alleles
from hies_annot.results.contract import SampleResult
from hies_annot.results.report_choice import gets_report
from hies_annot.results.run_entry import run_entry
from hies_annot.results.same_person import Profile, profile_of
from hies_annot.results.sample_result import as_failed
from hies_annot.settings.run_config import Reports


class RunPart(Struct, frozen=True):
    """What the files of a whole run keep of one sample; small, and fit for another process.

    `entry` is its text in `run.json`.
    """

    summary: SampleSummary
    entry: str
    resources: tuple[Mapping[str, object], ...]
    reference: tuple[Mapping[str, object], ...]
    software: Mapping[str, str]
    settings: str
    profile: Profile
    carried: CarriedAlleles
    faults: tuple[str, ...]
    program: str | None


def faults_of(result: SampleResult) -> tuple[str, ...]:
    """Return one sentence for each file of a sample that could not be used."""
    faults = [result.status_reason] if result.status == "failed" else result.faults
    return tuple(f"{result.sample}: {fault}" for fault in faults)


def run_part(
    result: SampleResult, stem: str, reports: Reports, *, lost: bool = False
) -> tuple[SampleResult, RunPart]:
    """Take from one result what the files of the run need.

    A result of which that cannot be made, for a fault of the program, comes back as `failed`, with
    what is to be kept of that. `stem` names the sample's files, `reports` says which samples have
    any, `lost` that this one has none in any case.
    """
    try:
        return result, _part(result, stem, reports, lost=lost)
    except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
        failed = as_failed(result, sentence_of(fault, result.sample))
        return failed, _part(failed, stem, reports, lost=lost)


def _part(result: SampleResult, stem: str, reports: Reports, *, lost: bool) -> RunPart:
    files = not lost and gets_report(reports, result.status)
    return RunPart(
        summary=summarise(result, stem=stem, files=files),
        entry=item_text(run_entry(result)),
        resources=tuple(map(as_json, result.resources)),
        reference=tuple(
            {"build": result.build, **as_json(locus)} for locus in result.reference.loci
        ),
        software=result.software,
        settings="" if result.settings is None else encode(result.settings).decode(),
        profile=profile_of(result),
        carried=carried_alleles(result),
        faults=faults_of(result),
        program=result.program,
    )
