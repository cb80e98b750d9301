"""One short, fixed-size record a sample: what the tables and pages of a batch are made of.

A `SampleSummary` holds text and small tuples only, so that a batch of 10,000 samples needs
one full result in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from hies_annot.render.gene_summary import GeneSummary, gene_summaries
from hies_annot.render.standing import (
    by_id,
    demo_genes,
    hgvs,
    on_made_up,
    other_names,
    top_conditions,
    verdict_for,
)
from hies_annot.render.words import percent
from hies_annot.results import file_names as names
from hies_annot.results.batch_outliers import BatchRow, batch_row
from hies_annot.results.contract import ConditionResult, SampleResult
from hies_annot.results.decided import Decided
from hies_annot.results.evidence_digest import SampleEvidence, sample_evidence
from hies_annot.results.run_difference import Change
from hies_annot.results.run_families import family_of, kin_of
from hies_annot.results.variant_contract import VariantResult


class FindingSummary(Struct, frozen=True):
    """One condition of one sample; the tuples have one entry a variant.

    `names` are other names of its variants, to be found by, `about` is the digest of its evidence.
    """

    condition: str
    gene: str
    disease: str
    mim: str | None
    inheritance: str
    status: str
    genotype: str
    phase: str
    phase_evidence: str
    variant_ids: tuple[str, ...]
    hgvs: tuple[str, ...]
    zygosity: tuple[str, ...]
    counts_as: tuple[str, ...]
    basis: tuple[str, ...]
    classification: tuple[str, ...]
    reasons: tuple[str, ...]
    demo: bool
    names: tuple[str, ...] = ()
    about: str = ""


class SampleSummary(Struct, frozen=True):
    """One sample of a batch.

    `folder` and `stem` give the place of the sample's files below the results folder, `files`
    tells whether it has any, and `reads` whether its page shows reads. `family` is its name,
    `kin` are the names that tie it to relatives. `known_sites_missed` counts the known pathogenic
    sites that were not covered, `known_sites_unknown` those of which nothing is known; both are
    None where no site was looked at. `row` is what the view of the whole batch needs, `evidence`
    what a reviewer decides on. `decided` and `changes` are known only when the whole run has been
    seen.
    """

    sample: str
    batch: str | None
    status: str
    status_reason: str
    build: str | None
    findings: tuple[FindingSummary, ...]
    top: tuple[FindingSummary, ...]
    genes: tuple[GeneSummary, ...]
    callability_source: str
    assumed_reference: bool
    looser: tuple[str, ...]
    demo_genes: tuple[str, ...]
    records: int
    reference_blocks: int
    reported: int
    known_sites_missed: int | None
    known_sites_unknown: int | None
    warnings: tuple[str, ...]
    row: BatchRow
    folder: str
    stem: str
    files: bool = True
    family: str = ""
    kin: tuple[str, ...] = ()
    reads: bool = False
    evidence: SampleEvidence = SampleEvidence("", (), ())
    decided: tuple[Decided, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Batch ("" for none) and id."""
        return self.batch or "", self.sample

    @property
    def carried(self) -> int:
        """Number of alleles that the sample has in the loci."""
        return self.row.variants

    def file(self, suffix: str) -> str:
        """Return the path of a file of this sample, relative to the results folder.

        It is empty where the sample has no files of its own.
        """
        return f"{self.place}{suffix}" if self.files else ""

    @property
    def place(self) -> str:
        """Return folder and stem of the sample's files, relative to the results folder."""
        return f"{self.folder}/{self.stem}" if self.folder else self.stem

    def shares(self) -> dict[str, str]:
        """Return the callable share of each gene in percent, `n/a` where it is not known."""
        return {g.gene: percent(g.callable_bases, g.required_bases) for g in self.genes}


def summarise(
    result: SampleResult,
    *,
    folder: str | None = None,
    stem: str | None = None,
    files: bool = True,
) -> SampleSummary:
    """Return the summary of one result.

    `folder` is where the sample's files lie, relative to the results folder (default: the
    escaped name of its batch); `stem` is their name (default: `names.file_stem`); `files` tells
    whether it has any.
    """
    variants = by_id(result)
    demo = demo_genes(result)
    evidence = sample_evidence(result)
    pairs = zip(result.conditions, evidence.findings, strict=True)
    findings = {
        id(c): _finding(c, variants, on_made_up(c, result), found.about) for c, found in pairs
    }
    batch_folder = names.file_stem(result.batch) if result.batch else ""
    return SampleSummary(
        sample=result.sample,
        batch=result.batch,
        status=result.status,
        status_reason=result.status_reason,
        build=result.build,
        findings=tuple(findings.values()),
        top=tuple(findings[id(condition)] for condition in top_conditions(result)),
        genes=gene_summaries(result),
        callability_source=result.callability.source,
        assumed_reference=result.callability.assumed_reference,
        looser=tuple(result.settings.looser) if result.settings else (),
        demo_genes=tuple(sorted(demo)),
        records=len(result.variants),
        reference_blocks=sum(v.kind == "reference_block" for v in result.variants),
        reported=sum(v.reported for v in result.variants),
        known_sites_missed=_sites(result, "not_covered"),
        known_sites_unknown=_sites(result, "unknown"),
        warnings=tuple(result.warnings),
        row=batch_row(result),
        folder=batch_folder if folder is None else folder,
        stem=stem or names.file_stem(result.sample),
        files=files,
        family=family_of(result),
        kin=kin_of(result),
        reads=bool(result.alignments),
        evidence=evidence,
    )


def summaries(results: Iterable[SampleResult]) -> Iterator[SampleSummary]:
    """Summarise results one by one; file names are unique in each batch folder.

    Give the samples in the order in which their files were written.
    """
    folders: dict[str | None, names.FolderNames] = {}
    for result in results:
        folder = folders.setdefault(result.batch, names.FolderNames())
        yield summarise(result, stem=folder.stem(result.sample))


def _sites(result: SampleResult, state: str) -> int | None:
    sites = result.callability.known_sites
    return sum(site.state == state for site in sites) if sites else None


def _finding(
    condition: ConditionResult, index: dict[str, VariantResult], demo: bool, about: str
) -> FindingSummary:
    variants = [index.get(identifier) for identifier in condition.variants]
    verdicts = [variant and verdict_for(variant, condition.id) for variant in variants]
    return FindingSummary(
        condition=condition.id,
        gene=condition.gene,
        disease=condition.disease,
        mim=condition.mim,
        inheritance=condition.inheritance,
        status=condition.status,
        genotype=condition.genotype,
        phase=condition.phase,
        phase_evidence=condition.phase_evidence,
        variant_ids=tuple(condition.variants),
        hgvs=tuple(
            hgvs(variant) if variant else identifier
            for identifier, variant in zip(condition.variants, variants, strict=True)
        ),
        zygosity=tuple(variant.zygosity if variant else "" for variant in variants),
        counts_as=tuple(verdict.support if verdict else "" for verdict in verdicts),
        basis=tuple(verdict.basis if verdict else "" for verdict in verdicts),
        classification=tuple(v.acmg.class_ if v and v.acmg else "" for v in variants),
        reasons=tuple(condition.reasons),
        demo=demo,
        names=tuple(name for v in variants if v for name in other_names(v)),
        about=about,
    )
