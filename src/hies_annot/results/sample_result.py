"""From the values of a run to the result contract; the only place where it is filled."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from hies_annot import __version__
from hies_annot.genes.gene_file import Gene, RecommendedTest
from hies_annot.io.htslib_version import htslib_version
from hies_annot.model import (
    Callability,
    Finding,
    SampleReport,
    SampleSpec,
    SourceState,
    Status,
)
from hies_annot.reference.sequence import Reference
from hies_annot.results.alignment_contract import alignment_slice
from hies_annot.results.callability_result import callability_result
from hies_annot.results.contract import (
    ConditionResult,
    LocusReference,
    ReferenceInfo,
    RelativeResult,
    ResourceInfo,
    SampleResult,
    SettingsInfo,
)
from hies_annot.results.proposed_tests import proposed
from hies_annot.results.record_source import file_name
from hies_annot.results.variant_result import variant_result
from hies_annot.settings.in_force import InForce
from hies_annot.shipped import fingerprint

_LIBRARIES = ("pysam", "hgvs-weaver", "biopython", "msgspec")


@cache
def software_versions() -> Mapping[str, str]:
    """Return the versions of the package, Python and the libraries that shape a result."""
    found = {"hies-annot": __version__, "python": platform.python_version()}
    found |= {name: _version(name) for name in _LIBRARIES}
    return {**found, "htslib": htslib_version()}


def _version(name: str) -> str:
    """Return the version of an installed library, from the name of the folder that says so.

    `importlib.metadata` is asked where there is not one such folder: it loads the modules of mail,
    which take as long as ten samples.
    """
    form = f"{name.replace('-', '_')}-*.dist-info"
    folders = [folder.name for place in sys.path for folder in Path(place).glob(form)]
    if len(folders) == 1:
        return folders[0].removesuffix(".dist-info").rpartition("-")[2]
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def to_result(
    report: SampleReport,
    *,
    batch: str | None,
    reference: Reference | None,
    resources: tuple[SourceState, ...],
    genes: Iterable[Gene] = (),
    plan: str | None = None,
    settings: InForce | None = None,
) -> SampleResult:
    """Return the contract of one sample.

    Args:
        report: everything about the sample.
        batch: name of the batch that it belongs to.
        reference: what the sample was read against; None where it could not be read.
        resources: the evidence sources with their versions.
        genes: the gene files of the run, for the tests that they propose.
        plan: digest of what the result is made from.
        settings: the settings that it is made with.
    """
    tests = {gene.name: gene.file.tests for gene in genes}
    return SampleResult(
        sample=report.spec.sample,
        batch=batch,
        plan=plan,
        program=fingerprint(),
        settings=None if settings is None else _settings(settings),
        report_date=None if settings is None else settings.report_date,
        status=report.status,
        status_reason=report.status_reason,
        build=report.build,
        specification=specification(report.spec),
        reference=ReferenceInfo(loci=_loci(reference)),
        software=dict(software_versions()),
        resources=[_resource(source) for source in resources],
        conditions=[
            _condition(found, proposed(tests.get(found.gene, ()), found, report.calls))
            for found in report.findings
        ],
        variants=[variant_result(entry) for entry in report.calls],
        callability=callability_result(report.callability, report.unjudged),
        qc=dict(report.qc),
        warnings=list(report.warnings),
        faults=list(report.faults),
        alignments=list(map(alignment_slice, report.reads)),
    )


def as_failed(result: SampleResult, reason: str) -> SampleResult:
    """Return a result of which only this is known: that it cannot be used, and why."""
    unknown = Callability("unknown", assumed_reference=False, genes=(), known_sites=())
    return replace(
        result,
        status=Status.FAILED.value,
        status_reason=reason,
        conditions=[],
        variants=[],
        callability=callability_result(unknown),
        qc={},
        alignments=[],
    )


def _settings(settings: InForce) -> SettingsInfo:
    return SettingsInfo(
        digest=settings.digest,
        thresholds=dict(settings.thresholds),
        looser=list(settings.looser),
    )


def specification(spec: SampleSpec) -> dict[str, object]:
    """Return what the sheet said about a sample, for the report (file names without folders)."""
    return {
        "vcf": file_name(spec.vcf),
        **({"more_vcfs": list(map(file_name, spec.more_vcfs))} if spec.more_vcfs else {}),
        "vcf_sample": spec.vcf_sample,
        "sex": spec.sex.value,
        "affected": spec.affected.value,
        "family": spec.family,
        "father": spec.father,
        "mother": spec.mother,
        "parentage": spec.parentage,
        "bam": file_name(spec.bam),
        "callable": file_name(spec.callable),
        "sv_vcf": file_name(spec.sv_vcf),
        **({"more_sv_vcfs": list(map(file_name, spec.more_sv_vcfs))} if spec.more_sv_vcfs else {}),
        "hpo": list(spec.hpo),
        "nih_items": dict(spec.nih_items),
    }


def _resource(source: SourceState) -> ResourceInfo:
    return ResourceInfo(
        name=source.name,
        version=source.version,
        date=source.date,
        records=source.records,
        kind=source.kind,
    )


def _loci(reference: Reference | None) -> list[LocusReference]:
    if reference is None:
        return []
    return [
        LocusReference(gene=locus.gene, demo=locus.demo, source=locus.source, digest=locus.digest)
        for locus in reference.loci
    ]


def _condition(finding: Finding, tests: tuple[RecommendedTest, ...]) -> ConditionResult:
    return ConditionResult(
        id=finding.condition,
        gene=finding.gene,
        disease=finding.disease,
        mim=finding.mim,
        inheritance=finding.inheritance,
        status=finding.status,
        genotype=finding.genotype,
        phase=finding.phase,
        phase_evidence=finding.phase_evidence,
        variants=list(finding.variants),
        reasons=list(finding.reasons),
        panels={name: list(lines) for name, lines in finding.panels.items()},
        tests=[f"{test.name}: {test.asks} ({test.source})" for test in tests],
        open_between=list(finding.open_between),
        phase_detail=finding.phase_detail,
        origins=dict(finding.origins),
        relatives=[
            RelativeResult(
                role=person.role,
                sample=person.sample,
                affected=person.affected,
                alleles=dict(person.alleles),
            )
            for person in finding.relatives
        ],
    )
