"""What was read of the people of a batch: each file in one pass, kept while it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hies_annot.model import SampleSpec
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.samples import FileRecords, SampleRecords, Unreadable
from hies_annot.sheet.kin import Kin, kin_table

READ_TOGETHER = 2000
"""Samples of one file whose calls are held at a time; those of the others wait on disk."""


class Readings:
    """The records of the samples of a batch and of their relatives, read when first asked for."""

    def __init__(
        self, specs: Sequence[SampleSpec], relatives: Sequence[SampleSpec], rules: ReadingRules
    ) -> None:
        """Plan the reading; no file is opened yet.

        Args:
            specs: the samples that get a report.
            relatives: samples that get none.
            rules: references, thresholds, build.
        """
        self._rules = rules
        kin = kin_table(specs, (*specs, *relatives))
        self._kin = {sample: members for sample, members in kin.items() if members}
        people = {spec.sample: spec for spec in (*specs, *relatives)}
        for members in self._kin.values():
            for member in members:
                people.setdefault(member.spec.sample, member.spec)
        self._people = people
        self._needed = frozenset(
            member.spec.sample for members in self._kin.values() for member in members
        )
        self._records: dict[str, SampleRecords | Unreadable] = {}
        self._files: dict[str, FileRecords] = {}

    def of(self, sample: str) -> SampleRecords | Unreadable:
        """Return the records of a person, or why there are none."""
        if sample not in self._records:
            vcf = self._people[sample].vcf
            file = self._files.get(vcf) or self._read(vcf)
            self._records |= file.part_with(sample)
            if file.exhausted:
                del self._files[vcf]
        return self._records[sample]

    def kin_of(self, sample: str) -> tuple[Kin, ...]:
        """Return the parents and siblings of a person."""
        return self._kin.get(sample, ())

    def done_with(self, sample: str) -> None:
        """Give the records of a sample back, unless a relative still needs them."""
        if sample not in self._needed:
            del self._records[sample]

    def _read(self, vcf: str) -> FileRecords:
        self._files[vcf] = FileRecords(
            Path(vcf),
            [person for person in self._people.values() if person.vcf == vcf],
            self._rules,
            relatives=self._needed,
            together=READ_TOGETHER,
        )
        return self._files[vcf]
