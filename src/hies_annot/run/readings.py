"""What was read of the people of a batch: each file in one pass, kept while it is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from hies_annot.errors import HiesError, NoRecordError, UnknownBuildError
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.model import SampleSpec
from hies_annot.read.carriers import Carriers
from hies_annot.read.detect_build import header_build
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.one_person import join_parts
from hies_annot.read.samples import FileRecords, SampleRecords, Unreadable
from hies_annot.run.watch import Lost
from hies_annot.sheet.kin import Kin, kin_table
from hies_annot.sheet.row_files import told_apart

READ_TOGETHER = 2000
"""Samples of one file whose calls are held at a time; those of the others wait on disk."""

_Source = tuple[str, Build | None]  # a file, and the build that other files have told for it
_Person = tuple[str, tuple[str, ...]]  # name and files: two families may both name a column `F`


class Readings:
    """The records of the samples of a batch and of their relatives, read when first asked for."""

    def __init__(
        self,
        specs: Sequence[SampleSpec],
        relatives: Sequence[SampleSpec],
        rules: ReadingRules,
        carriers: Carriers | None = None,
        lost: Lost | None = None,
    ) -> None:
        """Plan the reading; no file is opened yet.

        Args:
            specs: the samples that get a report.
            relatives: samples that get none.
            rules: references, thresholds, build.
            carriers: what passes over cohorts have written for these people.
            lost: why some of them are not to be read, by sample.
        """
        self._rules, self._carriers = rules, carriers
        kin = kin_table(specs, (*specs, *relatives))
        self._kin = {sample: members for sample, members in kin.items() if members}
        kindred = [member.spec for members in self._kin.values() for member in members]
        self._people = {_person(spec): spec for spec in (*kindred, *relatives, *specs)}
        self._needed = frozenset(map(_person, kindred))
        columns = Counter((name, file) for name, files in self._people for file in files)
        self._shared = {column for column, people in columns.items() if people > 1}
        self._records: dict[_Person, SampleRecords | Unreadable] = {
            _person(spec): Unreadable(spec, lost[spec.sample])
            for spec in specs
            if lost and spec.sample in lost
        }
        self._held: dict[_Source, dict[str, SampleRecords | Unreadable]] = {}
        self._files: dict[_Source, FileRecords] = {}

    def of(self, spec: SampleSpec) -> SampleRecords | Unreadable:
        """Return the records of a person from all its files, or why there are none."""
        person = _person(spec)
        if person not in self._records:
            names = told_apart(spec.vcfs)
            parts = [_named(self._part((vcf, None), spec.sample), names[vcf]) for vcf in spec.vcfs]
            self._records[person] = join_parts(spec, self._with_build(spec, parts))
        return self._records[person]

    def kin_of(self, sample: str) -> tuple[Kin, ...]:
        """Return the parents and siblings of a person."""
        return self._kin.get(sample, ())

    def readers_of(self, vcf: str) -> tuple[list[SampleSpec], frozenset[str]]:
        """Return the people that are read from a file, and who is a relative at all."""
        people = {spec.sample: spec for spec in self._people.values() if vcf in spec.vcfs}
        return list(people.values()), frozenset(sample for sample, _ in self._needed)

    def done_with(self, spec: SampleSpec) -> None:
        """Give the records of a sample back, unless a relative still needs them."""
        if _person(spec) not in self._needed:
            del self._records[_person(spec)]

    def _with_build(
        self, spec: SampleSpec, parts: Sequence[SampleRecords | Unreadable]
    ) -> list[SampleRecords | Unreadable]:
        """Read a file that does not tell its build by the build of the person's other files."""
        builds = {part.decision.build for part in parts if isinstance(part, SampleRecords)}
        if not builds:
            builds = {build for file in spec.sv_vcfs if (build := _stated_build(file)) is not None}
        if len(builds) != 1:
            return list(parts)
        (build,) = builds
        return [
            self._part((vcf, build), spec.sample)
            if isinstance(part, Unreadable) and part.cause in (UnknownBuildError, NoRecordError)
            else part
            for vcf, part in zip(spec.vcfs, parts, strict=True)
        ]

    def _part(self, source: _Source, sample: str) -> SampleRecords | Unreadable:
        """Return what one file says of a person; each is asked once."""
        held = self._held.setdefault(source, {})
        if sample not in held:
            file = self._files.get(source) or self._read(source)
            held |= file.part_with(sample)
            if file.exhausted:
                del self._files[source]
        return held[sample] if (sample, source[0]) in self._shared else held.pop(sample)

    def _read(self, source: _Source) -> FileRecords:
        vcf, build = source
        people, relatives = self.readers_of(vcf)
        self._files[source] = FileRecords(
            Path(vcf),
            people,
            self._rules if build is None else replace(self._rules, forced=build),
            relatives=relatives,
            together=READ_TOGETHER,
            carriers=self._carriers if build is None else None,
        )
        return self._files[source]


def _person(spec: SampleSpec) -> _Person:
    return spec.sample, spec.vcfs


def _stated_build(path: str) -> Build | None:
    """Return the build that the header of a file states, None where it states none."""
    try:
        file = open_vcf(Path(path))
        return header_build(file.contigs, file=file.name, assembly=file.assembly)
    except HiesError:
        return None


def _named(part: SampleRecords | Unreadable, name: str) -> SampleRecords | Unreadable:
    """Name a file with its folder, where another file of the person has its name, too."""
    if isinstance(part, Unreadable) or "/" not in name:
        return part
    return replace(part, file=name)
