"""One sample from its records to its report, in one screen.

read > annotate > phase > judge > find > assess: `report_of` is the way of a sample through all
stages; each line of it is one stage, values in and values out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from hies_annot.callability.assess import assess_callability
from hies_annot.callability.unread import (
    by_depth,
    region_notes,
    unread_genes,
    unread_sentences,
    with_unread,
)
from hies_annot.errors import InputError, NoRecordError, sentence_of
from hies_annot.findings.affected_kin import genotypes_of_affected_kin
from hies_annot.findings.resolve import resolve
from hies_annot.findings.status import sample_status
from hies_annot.findings.unjudged import unjudged_calls
from hies_annot.findings.unresolved import unresolved_structural
from hies_annot.findings.withheld import due_of_parents, with_withheld
from hies_annot.judge.calls import judge_calls
from hies_annot.judge.combined_links import links_of_combined
from hies_annot.judge.in_cis import combine_in_cis
from hies_annot.judge.phenotype import nih_faults
from hies_annot.judge.uncalled import uncalled_alleles
from hies_annot.model import (
    Callability,
    Finding,
    JudgedCall,
    SampleReport,
    SampleSpec,
    Status,
)
from hies_annot.model.census import Unread
from hies_annot.phase.kinship import swap_hints
from hies_annot.phase.pairs import Links
from hies_annot.phase.relatives import Relative
from hies_annot.read.samples import SampleRecords, Unreadable
from hies_annot.run.desk import Desk
from hies_annot.run.engine import BuildTools, Engine
from hies_annot.run.known_sample import known_sample, read_phase
from hies_annot.run.reads_to_show import reads_to_show


def report_of(spec: SampleSpec, desk: Desk) -> SampleReport:
    """Return the report of a sample; what cannot be read makes it `failed`."""
    records = desk.readings.of(spec)
    if isinstance(records, Unreadable):
        return failed_report(spec, records.reason, without_record=records.cause is NoRecordError)
    try:
        return _report(spec, records, desk)
    except Exception as fault:  # noqa: BLE001 (one sample never takes others with it)
        return failed_report(spec, sentence_of(fault, spec.sample))


def _report(spec: SampleSpec, records: SampleRecords, desk: Desk) -> SampleReport:
    engine, build = desk.engine, records.decision.build
    thresholds, config = engine.config.calls, engine.config
    tools, book = engine.tools(build), desk.book(build)

    sample = known_sample(spec, records, desk)
    own, relatives = sample.own, sample.relatives
    links, read_notes = read_phase(sample, desk)
    judged = judge_calls(sample.known, book, relatives, spec, thresholds, links)
    calls = combine_in_cis(judged, book, relatives, thresholds, links)
    links = links_of_combined(calls, relatives, thresholds, links)
    others = sample.structural.censuses
    unread = unread_genes(tools.reference, records.censuses, others, records.rows, tools.required)
    callability, gap_notes = _callability(spec, records, unread, engine, tools)
    findings = _findings(spec, calls, relatives, callability, links, engine)
    withheld, due = due_of_parents(own, relatives, book, engine.genes)
    findings = with_withheld(findings, withheld, due)
    unjudged = (
        *withheld.values(),
        *unresolved_structural(calls, findings, book),
        *unjudged_calls(own, uncalled_alleles(own, book)),
    )
    status, reason = sample_status(findings, callability, config.callability, unjudged)
    if gap_notes and status is Status.INCONCLUSIVE:
        reason = "; ".join((*gap_notes, reason))
    reads, slice_notes = reads_to_show(spec, calls, tools.reference, config)

    lost = tuple(unread_sentences(one for one in unread if one.lost))
    silent = tuple(unread_sentences(one for one in unread if not one.lost))
    unused = (f"not used as a sign: {fault}" for fault in nih_faults(spec.nih_items))
    notes = (*sample.notes, *read_notes, *gap_notes, *slice_notes, *unused)
    faults = (*tools.evidence.faults, *lost, *notes)
    untold = (one.sentence for one in unjudged if one.told not in reason)
    kin = genotypes_of_affected_kin(spec, own, relatives, book, engine.genes)
    lacking = (one.sentence for one in withheld.values())
    hints = (*lacking, *untold, *kin, *swap_hints(own, relatives))
    return SampleReport(
        spec=spec,
        status=status,
        status_reason=reason,
        build=build,
        findings=findings,
        calls=calls,
        callability=callability,
        qc=_qc(records, calls),
        warnings=tuple(
            dict.fromkeys(
                (
                    *spec.notes,
                    *records.warnings,
                    *sample.structural.warnings,
                    *silent,
                    *faults,
                    *hints,
                    *_demo_warnings(calls),
                )
            )
        ),
        faults=faults,
        unjudged=unjudged,
        reads=reads,
    )


def _callability(
    spec: SampleSpec,
    records: SampleRecords,
    unread: tuple[Unread, ...],
    engine: Engine,
    tools: BuildTools,
) -> tuple[Callability, tuple[str, ...]]:
    """Return callability; a source that cannot be used is a warning, not the sample's fault."""

    def assess(bam: str | None, callable_file: str | None) -> Callability:
        found = assess_callability(
            tools.reference,
            tools.required,
            tools.known_sites,
            engine.config.callability,
            records=records.rows,
            bam=Path(bam) if bam else None,
            callable_file=Path(callable_file) if callable_file else None,
            names=tuple(filter(None, (spec.sample, spec.vcf_sample, records.column))),
        )
        depth_alone = by_depth(found, bam or callable_file)
        told = region_notes(records.censuses, by_depth=depth_alone)
        return with_unread(replace(found, notes=(*found.notes, *told)), unread)

    try:
        return assess(spec.bam, spec.callable), ()
    except InputError as fault:
        return assess(None, None), (f"callability was not read: {fault}",)


def _findings(
    spec: SampleSpec,
    calls: Sequence[JudgedCall],
    relatives: tuple[Relative, ...],
    callability: Callability,
    links: Links,
    engine: Engine,
) -> tuple[Finding, ...]:
    return tuple(
        finding
        for gene in engine.genes
        for finding in resolve(
            gene,
            tuple(call for call in calls if call.call.allele.gene == gene.name),
            relatives,
            spec,
            engine.config.calls,
            links=links,
            gaps=gap_names(callability, gene.name),
        )
    )


def gap_names(callability: Callability, gene: str) -> tuple[str, ...] | None:
    """Return the bases of a gene that were not callable and what was not read; None: not known."""
    for part in callability.genes:
        if part.gene == gene and part.callable_bases is not None:
            lost = tuple(one.reason for one in callability.unread if one.gene == gene)
            return (*(f"{gap.exon} {gap.hgvs_c}" for gap in part.gaps), *lost)
    return None


def failed_report(spec: SampleSpec, reason: str, *, without_record: bool = False) -> SampleReport:
    """Return the report of a sample whose input cannot be used, or has no record and no build."""
    return SampleReport(
        spec=spec,
        status=Status.INCONCLUSIVE if without_record else Status.FAILED,
        status_reason=reason,
        build=None,
        findings=(),
        calls=(),
        callability=Callability("unknown", assumed_reference=False, genes=(), known_sites=()),
        qc={},
        warnings=spec.notes,
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


def _demo_warnings(calls: Sequence[JudgedCall]) -> tuple[str, ...]:
    """Return a warning for each gene of which an allele rests on made-up bases."""
    found = (x.call.allele.gene for x in calls if x.annotation and x.annotation.made_up)
    return tuple(
        f"DEMO REFERENCE: what is marked so about {gene} rests on made-up bases; "
        "give a genome with reference.fasta for real use"
        for gene in dict.fromkeys(found)
    )
