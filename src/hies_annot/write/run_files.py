"""The files of a whole run: they appear together, and are the same when run again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from hies_annot import __version__
from hies_annot.io.atomic import write_files
from hies_annot.io.spool import Spool
from hies_annot.render.json_text import item_text
from hies_annot.render.sample_summary import SampleSummary, summarise
from hies_annot.render.summary import summary_files
from hies_annot.results.contract import SCHEMA_VERSION, SampleResult
from hies_annot.results.file_names import FolderNames
from hies_annot.results.run_entry import run_entry
from hies_annot.results.same_person import Profile, profile_of, twin_hints


class RunPart(Struct, frozen=True):
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
