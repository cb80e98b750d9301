"""The files of a whole run: they appear together, and are the same when run again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from hies_annot import __version__
from hies_annot.io.atomic import write_files
from hies_annot.io.file_state import FileState
from hies_annot.io.spool import Spool
from hies_annot.model import Status
from hies_annot.model.closed import as_json
from hies_annot.render.column import cell
from hies_annot.render.run_status import failed_sentence
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.summary import summary_files
from hies_annot.results.carrier_counts import CarriedAlleles
from hies_annot.results.contract import SCHEMA_VERSION, SampleResult
from hies_annot.results.earlier_runs import read_earlier_runs
from hies_annot.results.evidence_age import evidence_ages
from hies_annot.results.file_names import FolderNames
from hies_annot.results.own_folder import prepare_folder
from hies_annot.results.same_person import Profile, twin_hints
from hies_annot.settings.run_config import RunConfig
from hies_annot.shipped import fingerprint
from hies_annot.write.alignment_viewer import remove_viewer, viewer_file
from hies_annot.write.beside_run import BesideRun
from hies_annot.write.closed_folder import close_to_others
from hies_annot.write.completed_pages import complete_pages
from hies_annot.write.counted_alleles import count_alleles
from hies_annot.write.input_entries import input_entries
from hies_annot.write.parquet import demand_parquet, remove_tables, write_tables
from hies_annot.write.run_part import RunPart, run_part
from hies_annot.write.withdrawn import Key, put_aside


class SummaryWriter:
    """Collects what the files of a whole run need, one result at a time.

    What has a row for each sample waits on disk in the results folder; in memory stay the faults.
    """

    def __init__(
        self,
        folder: Path,
        config: RunConfig | None = None,
        *,
        plan: str | None = None,
        ran_by: Mapping[str, str] = MappingProxyType({}),
        inputs: Iterable[FileState] = (),
    ) -> None:
        """Start with no sample; nothing is written before `finish`.

        Args:
            folder: results folder.
            config: which samples have files of their own, and when an allele is carried by many.
            plan: digest of the plan that all results are of.
            ran_by: what has called the program, with its version.
            inputs: the files that the results are made from, as they were planned.

        Raises:
            InputError: the table of earlier runs, the earlier report or a file of decisions that
                the settings name cannot be used.
            UsageError: Parquet is asked for and cannot be written.
        """
        self._folder, self._plan, self._config = folder, plan, config or RunConfig()
        self._ran_by, self._inputs = ran_by, inputs
        self._summaries: Spool[SampleSummary] = Spool(folder)
        self._entries: Spool[str] = Spool(folder)
        self._resources: dict[tuple[object, ...], Mapping[str, object]] = {}
        self._reference: dict[tuple[object, ...], Mapping[str, object]] = {}
        self._software: dict[str, dict[str, None]] = {}
        self._settings: dict[str, None] = {}
        self._foreign: dict[int, str] = {}
        self._names: dict[str | None, FolderNames] = {}
        self._profiles: Spool[Profile] = Spool(folder)
        self._carried: Spool[CarriedAlleles] = Spool(folder)
        if self._config.parquet:
            demand_parquet()
        table = self._config.recurrence.earlier_runs
        self._earlier = None if table is None else read_earlier_runs(Path(table))
        self._beside = BesideRun(folder, self._config)
        self._faults: list[str] = []
        self.withdrawn: tuple[str, ...] = ()

    def add(self, result: SampleResult, *, lost: bool = False) -> SampleSummary:
        """Take one result in; the files of the same batch get the same names as its reports.

        `lost` tells that its batch has no files.
        """
        names = self._names.setdefault(result.batch, FolderNames())
        stem = names.stem(result.sample)
        return self.take(run_part(result, stem, self._config.reports, lost=lost)[1])

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
        self._carried.append(part.carried)
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
        yield from self._beside.remarks()

    def finish(self) -> Collection[SampleSummary]:
        """Write all files of the run; what no sample of it owns is moved aside.

        Returns the samples, which are read from disk each time they are gone through.

        Raises:
            InputError: a folder below the results folder is a link.
            OSError: the results folder cannot be written to.
        """
        self._put_aside()
        counted = count_alleles(self._carried, self._config.recurrence, self._earlier)
        hints = twin_hints((summary.sample for summary in self._summaries), self._profiles)
        for place, hint in (*self._foreign.items(), *counted.hints(self._carried)):
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
            "inputs": input_entries(self._inputs, self._config.whole_digest_mb),
            "evidence_age": self._evidence_age(),
            **counted.entries(self._earlier),
        }
        self._beside.look(self._summaries, self._entries, head)
        samples = self._beside.told(self._summaries)
        complete_pages(self._folder, zip(samples, self._carried, strict=True), counted)
        head |= self._beside.entries()
        files = summary_files(
            samples,
            hints,
            head,
            self._entries,
            counted.found,
            counted.shown(),
            self._ran_by,
        )
        reads = self._config.alignments or any(each.reads for each in samples)
        files |= viewer_file(wanted=reads)
        if not reads:
            remove_viewer(self._folder)
        remove_tables(self._folder)
        if self._config.parquet:
            write_tables(self._folder, samples, hints, counted.found)
        write_files({self._folder / name: parts for name, parts in files.items()})
        if self._config.private:
            close_to_others(self._folder, {each.folder for each in samples})
        return samples

    def _evidence_age(self) -> list[dict[str, object]]:
        """Return the age of the evidence where the lab has set a day and a highest age."""
        day, most = self._config.report_date, self._config.evidence_max_age_days
        if day is None or most is None:
            return []
        ages = evidence_ages(self._resources.values(), date.fromisoformat(day), most)
        return [as_json(age) for age in ages]

    def _put_aside(self) -> None:
        """Move the files of samples that are not in the run away, and keep their names."""
        kept: dict[str, set[str]] = {}
        keys: set[Key] = set()
        for summary in self._summaries:
            stems = kept.setdefault(summary.folder, set())
            stems |= {summary.stem} if summary.files else set()
            keys.add((summary.batch or "", cell(summary.sample)))
        prepare_folder(self._folder, kept)
        self.withdrawn = put_aside(self._folder, kept, keys, self._config.also)
