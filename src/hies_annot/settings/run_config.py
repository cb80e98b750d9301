"""The configuration of a run: one closed model, the same for the workflow and `run`.

Relative paths are taken from the working directory; paths in a sheet from the sheet's folder.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from hies_annot.genome import Build, parse_build
from hies_annot.model.closed import Closed
from hies_annot.settings.call_thresholds import CallThresholds, Share
from hies_annot.settings.callability_rules import CallabilityConfig
from hies_annot.settings.evidence_sources import EvidenceConfig
from hies_annot.settings.limits import Limits
from hies_annot.settings.user_yaml import checked, read_yaml

Reports = Literal["all", "findings", "none"]
Also = Literal["phenopacket", "fhir"]
"""Forms in which other systems take a result."""
DAY = r"^\d{4}-\d{2}-\d{2}$"
"""A day as YYYY-MM-DD."""


class ReferenceConfig(Closed, frozen=True, kw_only=True):
    """Where the reference sequence comes from."""

    fasta: str | None = None
    """The lab's genome (FASTA, plain or bgzipped); empty: the embedded loci."""
    cache: str | None = None
    """Folder for the cut reference; empty: HIES_ANNOT_CACHE or the user's cache."""


class RecurrenceConfig(Closed, frozen=True, kw_only=True):
    """When the summary points out that an allele is carried by many; nothing is dropped by it."""

    carriers: Annotated[int, Meta(ge=2)] = 10
    """Unrelated samples of the run and of earlier runs, together, from which a reported allele is
    pointed out."""
    frequency: Share = 0.001
    """Alleles that a source knows as so frequent or more are not pointed out."""
    earlier_runs: str | None = None
    """Table of the lab's earlier runs, of `resources build --from`: their carriers are counted
    beside those of the run; empty: none."""


class RunConfig(Closed, frozen=True, kw_only=True):
    """All settings of a run. Every key has a default; unknown keys are refused."""

    samples: str | None = None
    """Sample sheet (text with tabs); embedded:example: the example batch of the package."""
    vcfs: tuple[str, ...] = ()
    """Instead of a sheet: VCFs or globs; every sample in them is taken."""
    ped: str | None = None
    """PED file with the families; fills what the sheet leaves empty."""
    build: str = "auto"
    """auto reads the build from the data; GRCh37 or GRCh38 makes data of another build an error."""
    output: str = "results"
    """Folder of the results."""
    private: bool = False
    """Results are for their owner alone, whatever the umask: files 0600, folders 0700; the results
    folder itself keeps its mode where it is there already."""
    batch_size: Annotated[int, Meta(ge=1, le=5000)] = 100
    """Samples in a batch where the sheet names none, at most 5000."""
    genes: tuple[str, ...] = ()
    """Gene files; empty: STAT3 and ZNF341 as shipped."""
    reference: ReferenceConfig = ReferenceConfig()
    calls: CallThresholds = CallThresholds()
    callability: CallabilityConfig = CallabilityConfig()
    callability_kit: str | None = None
    """BED of the capture kit: `check` names the exons that it can never see."""
    evidence: EvidenceConfig = EvidenceConfig()
    limits: Limits = Limits()
    recurrence: RecurrenceConfig = RecurrenceConfig()
    annotation_cache: str | None = None
    """SQLite file that keeps annotations for all runs of a lab; empty: none."""
    reports: Reports = "all"
    """Samples that get files of their own: all, findings (every status but none and inconclusive)
    or none. Tables and JSON lines have all samples always."""
    also: tuple[Also, ...] = ()
    """Further files of each sample that gets files, for other systems: phenopacket (GA4GH, needs
    `report_date`), fhir (HL7 Genomics Reporting); empty: none."""
    alignments: bool = False
    """Show the reads of the reported variants on the pages of samples with a BAM or CRAM (`bam` of
    the sheet); pages and JSON become larger by them."""
    parquet: bool = False
    """Also write the tables of samples and findings as Parquet, with types (needs the extra
    `parquet`)."""
    review: str | None = None
    """File of a reviewer's decisions (see docs/review.md) that is read beside review.tsv and
    review.json of the results folder; empty: those only."""
    earlier: str | None = None
    """Results folder of the last report, or its run.json: what has changed since stands on the
    pages; empty: nothing is compared."""
    report_date: Annotated[str, Meta(extra_json_schema={"pattern": DAY})] | None = None
    """Date that the reports bear (YYYY-MM-DD); empty: none, so that the same data gives the same
    bytes."""
    evidence_max_age_days: Annotated[int, Meta(ge=1)] | None = None
    """Days from the date of ClinVar to report_date from which index.html says that it is old;
    empty: it does not say so."""
    whole_digest_mb: Annotated[int, Meta(ge=0)] = 1
    """MB (2^20 bytes) up to which run.json has the SHA-256 of all bytes of an input file; of larger
    ones, of the first and last 65,536 bytes. Indexes are files of their own."""
    evidence_servers: str | None = None
    """File with other addresses of the servers, as `resources fetch --servers`; `refresh` works
    with it."""
    phase_reads: Literal["in_job", "own_rule"] = "in_job"
    """Where the workflow reads phase from alignments: in_job, with the analysis of the batch;
    own_rule, by jobs with resources of their own. The results are the same."""
    strict: bool = False
    """The workflow ends with an exit code other than 0 where a sample has failed, as `run` always
    does."""
    on_completion: str | None = None
    """What is told that a run has ended: a command that gets status.json on its input, or an
    address (http, https) that it is posted to; empty: nothing."""
    threads: Annotated[int, Meta(ge=1, le=256)] = 1
    """Batches that `run` analyses at the same time; in the workflow `--cores` or the cluster says
    so."""

    def __post_init__(self) -> None:
        if self.report_date is not None and not _is_a_day(self.report_date):
            raise ValueError(f"report_date {self.report_date} is no day (YYYY-MM-DD)")
        if self.build != "auto" and parse_build(self.build) is None:
            raise ValueError(f"build {self.build} is neither auto, GRCh37 nor GRCh38")
        if "phenopacket" in self.also and self.report_date is None:
            raise ValueError("also: a Phenopacket bears the day of its creation: set report_date")

    @property
    def forced_build(self) -> Build | None:
        """The build that the user named, None for detection."""
        return None if self.build == "auto" else parse_build(self.build)


def _is_a_day(text: str) -> bool:
    if not re.fullmatch(DAY, text, re.ASCII):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def load_config(path: Path) -> RunConfig:
    """Read a configuration file (YAML).

    Raises:
        InputError: the file is missing or no YAML.
        FaultsError: every key that is unknown or has a wrong value.
    """
    return config_of(read_yaml(path, "configuration file"), source=str(path))


def config_of(data: object, *, source: str) -> RunConfig:
    """Check a configuration that was already read.

    Raises:
        FaultsError: every key that is unknown or has a wrong value, a line each.
    """
    return checked(RunConfig, data, source=source)
