"""The files of a whole run: they appear together, and are the same when run again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from hies_annot import __version__
from hies_annot.io.atomic import write_files
from hies_annot.io.spool import Spool
from hies_annot.model import Status
from hies_annot.render.column import cell
from hies_annot.render.json_text import item_text
from hies_annot.render.run_status import failed_sentence
from hies_annot.render.sample_summary import SampleSummary, summarise
from hies_annot.render.summary import summary_files
from hies_annot.results.contract import SCHEMA_VERSION, SampleResult
from hies_annot.results.file_names import FolderNames
from hies_annot.results.report_choice import gets_report
from hies_annot.results.run_entry import run_entry
from hies_annot.results.same_person import Profile, profile_of, twin_hints
from hies_annot.settings.run_config import Reports
from hies_annot.shipped import fingerprint
from hies_annot.write.withdrawn import Key, put_aside


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
    faults: tuple[str, ...]
    program: str | None


def faults_of(result: SampleResult) -> tuple[str, ...]:
    """Return one sentence for each file of a sample that could not be used."""
    faults = [result.status_reason] if result.status == "failed" else result.faults
    return tuple(f"{result.sample}: {fault}" for fault in faults)


def run_part(result: SampleResult, stem: str, *, files: bool = True) -> RunPart:
    """Take from one result what the files of the run need.

    `stem` names the sample's files, `files` tells whether it has any.
    """
    return RunPart(
        summary=summarise(result, stem=stem, files=files),
        entry=item_text(run_entry(result)),
        resources=tuple(resource.model_dump(mode="json") for resource in result.resources),
        reference=tuple(
            {"build": result.build, **locus.model_dump(mode="json")}
            for locus in result.reference.loci
        ),
        software=result.software,
        settings="" if result.settings is None else result.settings.model_dump_json(),
        profile=profile_of(result),
        faults=faults_of(result),
        program=result.program,
    )


class SummaryWriter:
    """Collects what the files of a whole run need, one result at a time.

    What has a row for each sample waits on disk in the results folder; in memory stay the faults.
    """

    def __init__(self, folder: Path, *, plan: str | None = None, reports: Reports = "all") -> None:
        """Start with no sample; nothing is written before `finish`.

        Args:
            folder: results folder.
            plan: digest of the plan that all results are of.
            reports: which samples have files of their own.
        """
        self._folder, self._plan, self._reports = folder, plan, reports
        self._summaries: Spool[SampleSummary] = Spool(folder)
        self._entries: Spool[str] = Spool(folder)
        self._resources: dict[tuple[object, ...], Mapping[str, object]] = {}
        self._reference: dict[tuple[object, ...], Mapping[str, object]] = {}
        self._software: dict[str, dict[str, None]] = {}
        self._settings: dict[str, None] = {}
        self._foreign: dict[int, str] = {}
        self._names: dict[str | None, FolderNames] = {}
        self._profiles: Spool[Profile] = Spool(folder)
        self._faults: list[str] = []
        self.withdrawn: tuple[str, ...] = ()

    def add(self, result: SampleResult, *, lost: bool = False) -> SampleSummary:
        """Take one result in; the files of the same batch get the same names as its reports.

        `lost` tells that its batch has no files.
        """
        names = self._names.setdefault(result.batch, FolderNames())
        stem = names.stem(result.sample)
        files = not lost and gets_report(self._reports, result.status)
        return self.take(run_part(result, stem, files=files))

    def take(self, part: RunPart) -> SampleSummary:
        """Take in what was kept of one sample."""
        if part.program != fingerprint():
            said = part.program or "of an earlier version"
            self._foreign[len(self._summaries)] = (
                f"this result was made by hies-annot {said}, the summary by {fingerprint()}"
            )
        self._summaries.append(part.summary)
        self._entries.append(part.entry)
        self._profiles.append(part.profile)
        self._faults += part.faults
        if part.settings:
            self._settings[part.settings] = None
        for name, version in part.software.items():
            self._software.setdefault(name, {})[version] = None
        for row in part.resources:
            self._resources[tuple(row.values())] = row
        for row in part.reference:
            self._reference[tuple(row.values())] = row
        return part.summary

    @property
    def faults(self) -> tuple[str, ...]:
        """One sentence for each file of a sample that could not be used."""
        return tuple(self._faults)

    def remarks(self) -> Iterator[str]:
        """Yield what a user must not overlook at the end: failures, mixed versions, moved files."""
        failed = [each.sample for each in self._summaries if each.status == Status.FAILED]
        if failed:
            yield failed_sentence(failed, len(self._summaries))
        if self._foreign:
            yield (
                f"{len(self._foreign)} results were made by another version of the program: see "
                "their warnings"
            )
        if self.withdrawn:
            yield (
                f"{len(self.withdrawn)} files of samples that are not in this run were moved to "
                "the folder withdrawn, see its list.tsv"
            )

    def finish(self) -> Collection[SampleSummary]:
        """Write all files of the run; what no sample of it owns is moved aside.

        Returns the samples, which are read from disk each time they are gone through.
        """
        self._put_aside()
        hints = twin_hints((summary.sample for summary in self._summaries), self._profiles)
        for place, hint in self._foreign.items():
            hints[place] = f"{hints[place]}; {hint}" if place in hints else hint
        head = {
            "schema_version": SCHEMA_VERSION,
            "plan": self._plan,
            "hies_annot": __version__,
            "program": fingerprint(),
            "software": {name: ", ".join(them) for name, them in self._software.items()},
            "settings": [json.loads(text) for text in self._settings],
            "reference": list(self._reference.values()),
            "resources": list(self._resources.values()),
        }
        files = summary_files(self._summaries, hints, head, self._entries)
        write_files({self._folder / name: parts for name, parts in files.items()})
        return self._summaries

    def _put_aside(self) -> None:
        """Move the files of samples that are not in the run away, and keep their names."""
        kept: dict[str, set[str]] = {}
        keys: set[Key] = set()
        for summary in self._summaries:
            stems = kept.setdefault(summary.folder, set())
            stems |= {summary.stem} if summary.files else set()
            keys.add((summary.batch or "", cell(summary.sample)))
        self.withdrawn = put_aside(self._folder, kept, keys)
