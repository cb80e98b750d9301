"""From files to the calls of each sample: one pass over a VCF however many samples it holds.

Where a file has more than `LIST_ALL_LIMIT` samples, rows in which a sample is plain reference
(`read.undoubted`) are counted, not listed, unless a relative needs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.errors import HiesError, InputError, sentence_of
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.record.column_values import read_column
from hies_annot.model import Call, SampleFields, SampleSpec, SiteRecord
from hies_annot.model.census import FileCensus
from hies_annot.model.reading_faults import told
from hies_annot.read.call_quality import SOMATIC_CALLER
from hies_annot.read.carriers import Carriers
from hies_annot.read.detect_build import BuildDecision
from hies_annot.read.genotype import interpret
from hies_annot.read.joined_changes import part_joined
from hies_annot.read.one_pass import ReadingRules, Wanted, gather
from hies_annot.read.sample_column import wanted_columns
from hies_annot.read.split_records import rejoin_split


class SampleRecords(Struct, frozen=True):
    """What the files say about one sample in the loci.

    `rows` are all rows of the sample as read (for callability), `calls` one entry an allele,
    `counts` the rows by what became of them; their sum is the number of rows of the file.
    `file` and `column` are where they were read, of several files the first; `censuses` say of
    each file what else its reading has shown.
    """

    spec: SampleSpec
    decision: BuildDecision
    calls: tuple[Call, ...]
    rows: tuple[tuple[SiteRecord, SampleFields], ...]
    counts: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    file: str = ""
    column: str = ""
    censuses: tuple[FileCensus, ...] = ()

    @property
    def without_record(self) -> bool:
        """Whether the files have a header and nothing else."""
        return bool(self.censuses) and not any(census.records for census in self.censuses)


class _Calls(Struct):
    """The rows and calls of one sample while they are worked out."""

    calls: list[Call]
    rows: list[tuple[SiteRecord, SampleFields]]
    fault: str | None = None


class Unreadable(Struct, frozen=True):
    """A sample whose input cannot be used, and why; `cause` is the kind of fault."""

    spec: SampleSpec
    reason: str
    cause: type[HiesError] = InputError


class FileRecords:
    """The samples of one file: read in one pass, made into calls part by part."""

    def __init__(
        self,
        path: Path,
        specs: Sequence[SampleSpec],
        rules: ReadingRules,
        *,
        relatives: frozenset[str],
        together: int,
        whole: bool = False,
        carriers: Carriers | None = None,
    ) -> None:
        """Read the file; nothing is raised for bad input.

        Args:
            path: VCF, VCF.gz or BCF.
            specs: samples that are to be read from it.
            rules: references, thresholds, build.
            relatives: samples whose hom-ref rows are needed to place a child's alleles.
            together: samples whose calls are made at the same time.
            whole: look at every record, whatever an index says.
            carriers: what a pass over the file has written for these samples, if there was one.
        """
        self._specs, self._rules, self._together = tuple(specs), rules, together
        self._places = {spec.sample: place for place, spec in enumerate(specs)}
        self._fault: HiesError | None = None
        self._wanted: Sequence[Wanted | str] = ()
        try:
            self._file = open_vcf(path)
            told = None if whole else self._file.unindexed
            self._warnings = (*((told,) if told else ()), *self._file.warnings)
            self._wanted = wanted = wanted_columns(self._file, specs, relatives)
            if all(isinstance(entry, str) for entry in wanted):
                raise InputError(str(wanted[0]))
            self._listed = bytes(isinstance(e, Wanted) and e.list_all for e in wanted)
            samples = [None if isinstance(entry, str) else entry for entry in wanted]
            kept = carriers and carriers.of(self._file, rules, samples, together=together)
            read = partial(gather, self._file, rules, samples, together=together, whole=whole)
            on_disk = len(samples) > together  # such rows cannot come from a child
            self._found = kept or (read() if on_disk else self._file.safely(read))
        except HiesError as fault:
            self._fault = fault
        except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
            self._fault = InputError(sentence_of(fault, path.name))

    def part_with(self, sample: str) -> dict[str, SampleRecords | Unreadable]:
        """Return by sample id the records, or why there are none, of a sample and its part.

        What was kept of the part is given back: ask once.
        """
        number = self._places[sample] // self._together
        places = self._part(number)
        found: dict[str, SampleRecords | Unreadable]
        if self._fault is not None:
            found = {self._specs[n].sample: self._lost(n, self._fault) for n in places}
        else:
            calls = self._calls(number)
            found = {self._specs[place].sample: self._readable(place, calls) for place in places}
            self._found.rows[number] = ()
        for name in found:
            del self._places[name]
        return found

    def _lost(self, place: int, fault: HiesError) -> Unreadable:
        """Return a sample of a file that was not read, by its own fault where it has one."""
        own = self._wanted[place] if self._wanted else None
        reason = own if isinstance(own, str) else str(fault)
        return Unreadable(self._specs[place], reason, type(fault))

    @property
    def exhausted(self) -> bool:
        """Whether every part was asked for."""
        return not self._places

    def _part(self, number: int) -> range:
        start = number * self._together
        return range(start, min(start + self._together, len(self._specs)))

    def _calls(self, number: int) -> dict[int, _Calls]:
        """Work out the rows of a part, by the place of the sample."""
        found = {place: _Calls([], []) for place in self._part(number)}
        reference = self._rules.references[self._found.decision.build]
        for place, record, text in self._found.rows[number]:
            entry = found[place]
            if entry.fault is not None:
                continue
            site, keys, alleles = self._found.heads[record]
            try:
                fields = read_column(text, keys, site)
                calls = interpret(site, fields, alleles, self._rules.thresholds)
                entry.calls.extend(part_joined(calls, reference, self._rules.thresholds))
            except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
                entry.fault = sentence_of(fault, self._specs[place].sample)
                continue
            entry.rows.append((site, fields))
        return found

    def _readable(self, place: int, calls: Mapping[int, _Calls]) -> SampleRecords | Unreadable:
        try:
            return self._records(place, calls)
        except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
            spec = self._specs[place]
            return Unreadable(spec, sentence_of(fault, spec.sample))

    def _records(self, place: int, calls: Mapping[int, _Calls]) -> SampleRecords | Unreadable:
        spec, found = self._specs[place], calls[place]
        wanted = self._wanted[place]
        if isinstance(wanted, str):
            return Unreadable(spec, wanted)
        if found.fault is not None:
            return Unreadable(spec, found.fault)
        counts = {"listed": len(found.rows)} if found.rows else {}
        column = self._file.samples[wanted.column]
        # Rows that were plainly hom-ref are counted, so that nothing is lost without a word.
        skipped, census = self._found.count - len(found.rows), self._found.census
        if skipped and not self._listed[place]:
            counts["hom_ref_not_listed"] = skipped
        return SampleRecords(
            spec=spec,
            decision=self._found.decision,
            calls=tuple(map(self._trusted, rejoin_split(found.calls, self._rules.thresholds))),
            rows=tuple(found.rows),
            counts=counts,
            warnings=(*self._warnings, *census.notes, *self._notes(spec, column, found)),
            file=self._file.name,
            column=column,
            censuses=(census.of_column(wanted.column),),
        )

    def _trusted(self, call: Call) -> Call:
        """Return a call with the code of a file that does not speak of the germline."""
        doubtful = self._file.somatic and call.carried
        return replace(call, quality=(*call.quality, SOMATIC_CALLER)) if doubtful else call

    def _notes(self, spec: SampleSpec, column: str, found: _Calls) -> Iterator[str]:
        """Say what is wrong with the column, and that it has another name than the sample."""
        faults = ((site.where, fault) for site, fields in found.rows for fault in fields.faults)
        yield from told(self._file.name, faults)
        if spec.vcf_sample is None and column != spec.sample:
            yield f"{self._file.name}: its only column is {column!r}, read as {spec.sample!r}"
        elif column != spec.sample and spec.sample in self._file.samples:
            yield (  # which one was read is not said: results name nobody but their sample
                f"{self._file.name}: its column {spec.sample!r} was not read, as the sheet names "
                "another one (vcf_sample): are rows exchanged?"
            )


def read_group(
    path: Path,
    specs: Sequence[SampleSpec],
    rules: ReadingRules,
    *,
    relatives: frozenset[str],
    whole: bool = False,
) -> dict[str, SampleRecords | Unreadable]:
    """Read some samples of one file and return all of them; see `FileRecords`."""
    if not specs:
        return {}
    together = len(specs)
    file = FileRecords(path, specs, rules, relatives=relatives, together=together, whole=whole)
    return file.part_with(specs[0].sample)
