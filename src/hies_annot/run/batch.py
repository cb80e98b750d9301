"""A batch from its samples to their reports: the one record's way, in order.

read -> normalise -> genotype (reading.py) -> annotate -> judge -> resolve -> assess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hies_annot.callability.assess import assess_callability
from hies_annot.errors import HiesError, InputError
from hies_annot.findings.resolve import resolve
from hies_annot.findings.status import sample_status
from hies_annot.genome import Build
from hies_annot.judge.alleles import FactBook
from hies_annot.judge.calls import judge_calls
from hies_annot.judge.in_cis import combine_in_cis
from hies_annot.model import (
    Allele,
    Call,
    Callability,
    Finding,
    JudgedCall,
    SampleReport,
    SampleSpec,
    Status,
)
from hies_annot.phase.deleted_twice import flag_contradicted
from hies_annot.phase.kinship import swap_hints
from hies_annot.phase.pairs import Links
from hies_annot.phase.read_backed import links_of, measured
from hies_annot.phase.relatives import Relative, collect_calls
from hies_annot.read.samples import FileRecords, SampleRecords, Unreadable, read_structural
from hies_annot.run.engine import BuildTools, Engine
from hies_annot.sheet.kin import Kin, kin_table

READ_TOGETHER = 2000
"""Samples of one file whose calls are held at a time; those of the others wait on disk."""


class Batch:
    """Samples that are analysed together, with their relatives; files are read once.

    `relatives` are samples that get no report of their own.
    """

    def __init__(
        self, engine: Engine, specs: Sequence[SampleSpec], relatives: Sequence[SampleSpec] = ()
    ) -> None:
        """Plan the reading; no file is opened yet."""
        self._engine = engine
        self._specs = tuple(specs)
        kin = kin_table(specs, (*specs, *relatives))
        self._kin = {sample: members for sample, members in kin.items() if members}
        people = {spec.sample: spec for spec in (*specs, *relatives)}
        for members in self._kin.values():
            for member in members:
                people.setdefault(member.spec.sample, member.spec)
        self._people = people
        self._needed = frozenset(
            kin.spec.sample for members in self._kin.values() for kin in members
        )
        self._records: dict[str, SampleRecords | Unreadable] = {}
        self._files: dict[str, FileRecords] = {}
        self._books: dict[Build, FactBook] = {}

    def reports(self) -> Iterator[SampleReport]:
        """Yield the report of each sample, in the order given."""
        for spec in self._specs:
            yield self._report(spec)
            if spec.sample not in self._needed:
                del self._records[spec.sample]

    def _records_of(self, sample: str) -> SampleRecords | Unreadable:
        if sample not in self._records:
            vcf = self._people[sample].vcf
            file = self._files.get(vcf) or self._read(vcf)
            self._records |= file.part_with(sample)
            if file.exhausted:
                del self._files[vcf]
        return self._records[sample]

    def _read(self, vcf: str) -> FileRecords:
        self._files[vcf] = FileRecords(
            Path(vcf),
            [person for person in self._people.values() if person.vcf == vcf],
            self._engine.reading_rules,
            relatives=self._needed,
            together=READ_TOGETHER,
        )
        return self._files[vcf]

    def _report(self, spec: SampleSpec) -> SampleReport:
        records = self._records_of(spec.sample)
        if isinstance(records, Unreadable):
            return failed_report(spec, records.reason)
        try:
            return self._readable(spec, records)
        except HiesError as fault:
            return failed_report(spec, str(fault))

    def _readable(self, spec: SampleSpec, records: SampleRecords) -> SampleReport:
        engine, build = self._engine, records.decision.build
        thresholds = engine.config.calls
        tools = engine.tools(build)
        structural, sv_warnings = read_structural(spec, engine.reading_rules, build)
        own = flag_contradicted((*records.calls, *structural))
        relatives, kin_warnings = self._relatives(spec, build, own)
        book = self._book(build)
        judged = judge_calls(own, book, relatives, spec, thresholds)
        calls = combine_in_cis(judged, book, relatives, thresholds)
        callability, gap_warnings = self._callability(spec, records, tools)
        findings = self._findings(spec, calls, relatives, callability, {})
        fasta = engine.config.reference.fasta
        links, read_warnings = links_of(spec.bam, build, findings, calls, fasta)
        if links:
            findings = self._findings(spec, calls, relatives, callability, links)
        status, reason = sample_status(findings, callability, engine.config.callability, own)
        faults = (*sv_warnings, *kin_warnings, *read_warnings, *gap_warnings)
        return SampleReport(
            spec=spec,
            status=status,
            status_reason=reason,
            build=build,
            findings=findings,
            calls=calls,
            callability=callability,
            qc=_qc(records, calls),
            warnings=(
                *records.warnings,
                *faults,
                *swap_hints(own, relatives),
                *_demo_warnings(tools),
            ),
            faults=faults,
        )

    def _callability(
        self, spec: SampleSpec, records: SampleRecords, tools: BuildTools
    ) -> tuple[Callability, tuple[str, ...]]:
        """Return callability; a source that cannot be used is a warning, not the sample's fault."""

        def assess(bam: str | None, callable_file: str | None) -> Callability:
            return assess_callability(
                tools.reference,
                self._engine.genes,
                tools.known_sites,
                self._engine.config.callability,
                records=records.rows,
                bam=Path(bam) if bam else None,
                callable_file=Path(callable_file) if callable_file else None,
            )

        try:
            return assess(spec.bam, spec.callable), ()
        except InputError as fault:
            return assess(None, None), (f"callability was not read: {fault}",)

    def _findings(
        self,
        spec: SampleSpec,
        calls: Sequence[JudgedCall],
        relatives: tuple[Relative, ...],
        callability: Callability,
        links: Links,
    ) -> tuple[Finding, ...]:
        return tuple(
            finding
            for gene in self._engine.genes
            for finding in resolve(
                gene,
                tuple(call for call in calls if call.call.allele.gene == gene.name),
                relatives,
                spec,
                self._engine.config.calls,
                links=links,
                gaps=gap_names(callability, gene.name),
            )
        )

    def _book(self, build: Build) -> FactBook:
        if build not in self._books:
            tools = self._engine.tools(build)
            self._books[build] = FactBook(tools.annotator, tools.evidence, self._engine.genes)
        return self._books[build]

    def _relatives(
        self, spec: SampleSpec, build: Build, own: Sequence[Call]
    ) -> tuple[tuple[Relative, ...], tuple[str, ...]]:
        """Return the relatives with their calls of this sample's alleles, and what is amiss."""
        wanted = {call.allele for call in own if call.carried}
        found: list[Relative] = []
        warnings: list[str] = []
        for member in self._kin.get(spec.sample, ()):
            records = self._records_of(member.spec.sample)
            label = f"{member.role} {member.spec.sample}"
            if isinstance(records, Unreadable):
                warnings.append(f"{label} was not looked at: {records.reason}")
            elif records.decision.build is not build:
                warnings.append(f"{label} was not looked at: another build ({build} is due)")
            else:
                person, notes = self._relative(member, records, build, wanted)
                found.append(person)
                warnings += [f"{label}: {note}" for note in notes]
        return tuple(found), tuple(warnings)

    def _relative(
        self, member: Kin, records: SampleRecords, build: Build, wanted: Iterable[Allele]
    ) -> tuple[Relative, tuple[str, ...]]:
        """Return one relative, with SV file and alignments where the sheet names them."""
        config, spec = self._engine.config, member.spec
        structural, notes = read_structural(spec, self._engine.reading_rules, build)
        calls = collect_calls(wanted, (*records.calls, *structural))
        person = Relative(member.role, spec.sample, spec.affected, calls)
        person, more = measured(person, spec.bam, build, config.calls, config.reference.fasta)
        return person, (*notes, *more)


def gap_names(callability: Callability, gene: str) -> tuple[str, ...] | None:
    """Return the names of the bases of a gene that were not callable; None: not known."""
    for part in callability.genes:
        if part.gene == gene and part.callable_bases is not None:
            return tuple(f"{gap.exon} {gap.hgvs_c}" for gap in part.gaps)
    return None


def failed_report(spec: SampleSpec, reason: str) -> SampleReport:
    """Return the report of a sample whose input cannot be used."""
    return SampleReport(
        spec=spec,
        status=Status.FAILED,
        status_reason=reason,
        build=None,
        findings=(),
        calls=(),
        callability=Callability("unknown", assumed_reference=False, genes=(), known_sites=()),
        qc={},
        warnings=(),
    )


def _qc(records: SampleRecords, calls: Sequence[JudgedCall]) -> Mapping[str, object]:
    dropped = Counter(call.drop_reason for call in calls if call.drop_reason is not None)
    return {
        "build_evidence": records.decision.sentence,
        "build_scores": {
            build.value: {"compared": score.compared, "agreed": score.agreed}
            for build, score in records.decision.scores.items()
        },
        "records": dict(records.counts),
        "reported": sum(call.drop_reason is None for call in calls),
        "dropped": dict(sorted(dropped.items())),
    }


def _demo_warnings(tools: BuildTools) -> tuple[str, ...]:
    return tuple(
        f"DEMO REFERENCE: what is said about {locus.gene} rests on partly made-up bases; "
        "give a genome with reference.fasta for real use"
        for locus in tools.reference.loci
        if locus.demo
    )
