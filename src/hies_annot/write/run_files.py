"""Write the files of a run: each appears whole or not at all, and is the same when run again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hies_annot import __version__
from hies_annot.errors import InputError
from hies_annot.io.atomic import replacing, write_files
from hies_annot.io.spool import Spool
from hies_annot.render.json_text import item_text
from hies_annot.render.sample_summary import SampleSummary, summarise
from hies_annot.render.summary import summary_files
from hies_annot.results.contract import SCHEMA_VERSION, SampleResult, VariantResult
from hies_annot.results.file_names import FolderNames
from hies_annot.results.same_person import Profile, profile_of, twin_hints
from hies_annot.write.sample_files import result_json


def write_lines(results: Iterable[SampleResult], path: Path) -> int:
    """Write one JSON line a sample and return how many; the file appears when all are done."""
    count = 0
    with replacing(path) as stream:
        for result in results:
            stream.write(result_json(result) + "\n")
            count += 1
    return count


def read_lines(path: Path) -> Iterator[SampleResult]:
    """Yield the results of a file of JSON lines.

    Raises:
        InputError: the file is missing or a line is no result.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                yield _result(line, path, number)
    except FileNotFoundError:
        raise InputError("this result file does not exist", file=str(path)) from None


def _result(line: str, path: Path, number: int) -> SampleResult:
    try:
        return SampleResult.model_validate_json(line)
    except ValueError as fault:
        first = str(fault).splitlines()[0]
        raise InputError(
            f"is no result of hies-annot ({first})", file=str(path), record=f"line {number}"
        ) from None


def run_entry(result: SampleResult) -> dict[str, object]:
    """Return what `run.json` keeps of a sample: enough to say later what changed and why."""
    return {
        "sample": result.sample,
        "batch": result.batch,
        "status": result.status,
        "status_reason": result.status_reason,
        "build": result.build,
        "conditions": [
            condition.model_dump(mode="json", exclude={"panels"}) for condition in result.conditions
        ],
        "variants": [_kept(variant) for variant in result.variants if _worth_keeping(variant)],
        "warnings": result.warnings,
    }


def _worth_keeping(variant: VariantResult) -> bool:
    return variant.reported or variant.clinvar is not None or variant.known is not None


def _kept(variant: VariantResult) -> dict[str, object]:
    return {
        "id": variant.id,
        "hgvs_c": variant.hgvs_c,
        "hgvs_p": variant.hgvs_p,
        "zygosity": variant.zygosity,
        "reported": variant.reported,
        "drop_reason": variant.drop_reason,
        "clinvar": None
        if variant.clinvar is None
        else {
            "variation_id": variant.clinvar.variation_id,
            "classification": variant.clinvar.classification,
            "stars": variant.clinvar.stars,
            "conflict": variant.clinvar.conflict,
        },
        "acmg": None
        if variant.acmg is None
        else {
            "class": variant.acmg.class_,
            "points": variant.acmg.points,
            "met": [part.code for part in variant.acmg.criteria if part.met == "met"],
        },
        "known": None if variant.known is None else variant.known.get("identifier"),
        "verdicts": {part.condition: part.support for part in variant.verdicts},
    }


@dataclass(frozen=True, slots=True)
class RunPart:
    """What the files of a whole run keep of one sample; small, and fit for another process.

    `entry` is its text in `run.json`.
    """

    summary: SampleSummary
    entry: str
    resources: tuple[Mapping[str, object], ...]
    reference: tuple[Mapping[str, object], ...]
    software: Mapping[str, str]
    profile: Profile
    faults: tuple[str, ...]


def faults_of(result: SampleResult) -> tuple[str, ...]:
    """Return one sentence for each file of a sample that could not be used."""
    faults = [result.status_reason] if result.status == "failed" else result.faults
    return tuple(f"{result.sample}: {fault}" for fault in faults)


def run_part(result: SampleResult, stem: str) -> RunPart:
    """Take from one result what the files of the run need; `stem` names the sample's files."""
    return RunPart(
        summary=summarise(result, stem=stem),
        entry=item_text(run_entry(result)),
        resources=tuple(resource.model_dump(mode="json") for resource in result.resources),
        reference=tuple(
            {"build": result.build, **locus.model_dump(mode="json")}
            for locus in result.reference.loci
        ),
        software=result.software,
        profile=profile_of(result),
        faults=faults_of(result),
    )


class SummaryWriter:
    """Collects what the files of a whole run need, one result at a time.

    What has a row for each sample waits on disk in the results folder; in memory stay the faults.
    """

    def __init__(self, folder: Path) -> None:
        """Start with no sample; nothing is written before `finish`."""
        self._folder = folder
        self._summaries: Spool[SampleSummary] = Spool(folder)
        self._entries: Spool[str] = Spool(folder)
        self._resources: dict[tuple[object, ...], Mapping[str, object]] = {}
        self._reference: dict[tuple[object, ...], Mapping[str, object]] = {}
        self._software: dict[str, str] = {}
        self._names: dict[str | None, FolderNames] = {}
        self._profiles: Spool[Profile] = Spool(folder)
        self._faults: list[str] = []

    def add(self, result: SampleResult) -> SampleSummary:
        """Take one result in; the files of the same batch get the same names as its reports."""
        names = self._names.setdefault(result.batch, FolderNames())
        return self.take(run_part(result, names.stem(result.sample)))

    def take(self, part: RunPart) -> SampleSummary:
        """Take in what was kept of one sample."""
        self._summaries.append(part.summary)
        self._entries.append(part.entry)
        self._profiles.append(part.profile)
        self._faults += part.faults
        self._software |= part.software
        for row in part.resources:
            self._resources[tuple(row.values())] = row
        for row in part.reference:
            self._reference[tuple(row.values())] = row
        return part.summary

    @property
    def faults(self) -> tuple[str, ...]:
        """One sentence for each file of a sample that could not be used."""
        return tuple(self._faults)

    def finish(self) -> Collection[SampleSummary]:
        """Write all files of the run.

        Returns the samples, which are read from disk each time they are gone through.
        """
        hints = twin_hints((summary.sample for summary in self._summaries), self._profiles)
        head = {
            "schema_version": SCHEMA_VERSION,
            "hies_annot": __version__,
            "software": self._software,
            "reference": list(self._reference.values()),
            "resources": list(self._resources.values()),
        }
        files = summary_files(self._summaries, hints, head, self._entries)
        write_files({self._folder / name: parts for name, parts in files.items()})
        return self._summaries
