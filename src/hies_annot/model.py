"""The values that flow through a run, in the order of a record's way.

read -> normalise -> genotype -> annotate -> judge -> resolve -> assess.
Positions are 1-based inclusive, as in VCF, unless a field says otherwise. None means
"not given": no rule may take it for zero, reference or rare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from hies_annot.genome import Build

# --- samples ---------------------------------------------------------------


class Sex(StrEnum):
    """Sex as the sheet or the PED states it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Affected(StrEnum):
    """Disease state as the sheet or the PED states it."""

    YES = "affected"
    NO = "unaffected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SampleSpec:
    """One person to analyse: where the data is and how the family is built.

    `sample` is an opaque string. `vcf_sample` is the column of the VCF (None: the only one,
    or the one named like `sample`). Parents are names of other samples of the sheet or,
    failing that, columns of the same VCF.
    """

    sample: str
    vcf: str
    vcf_sample: str | None = None
    batch: str | None = None
    sex: Sex = Sex.UNKNOWN
    affected: Affected = Affected.UNKNOWN
    family: str | None = None
    father: str | None = None
    mother: str | None = None
    bam: str | None = None
    callable: str | None = None
    sv_vcf: str | None = None
    hpo: tuple[str, ...] = ()
    nih_items: Mapping[str, str] = field(default_factory=dict)


# --- read ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """The part of a VCF record that all samples share.

    `chrom` is canonical (`17`); `chrom_written` is as in the file. `pos` is 1-based, `end` is
    the last base (INFO/END of blocks and symbolic alleles, else the end of REF).
    `number` counts the records of the file from 1 where the file was streamed, else None.
    `info` has only the keys that later steps read (END, SVTYPE, SVLEN, CN, MATEID, ...), as text.
    """

    file: str
    number: int | None
    chrom: str
    chrom_written: str
    pos: int
    end: int
    identifier: str | None
    ref: str
    alts: tuple[str, ...]
    qual: float | None
    filters: tuple[str, ...]
    info: Mapping[str, str]

    @property
    def where(self) -> str:
        """The record in words, for messages: `record 12 (chr17:42329643 G>A)`."""
        change = f"{self.ref[:20]}>{','.join(self.alts)[:40] or '.'}"
        label = f"record {self.number} " if self.number is not None else "record "
        return f"{label}({self.chrom_written}:{self.pos} {change})"


@dataclass(frozen=True, slots=True)
class SampleFields:
    """What one record says about one sample, read from the text, nothing guessed.

    `gt` is the genotype as written (`0|1`, `./.`, `1`, `/0/1`), None where FORMAT has no GT.
    `ad` is one count for each allele, REF first; a count that is not given is None.
    """

    gt: str | None
    ad: tuple[int | None, ...] | None = None
    dp: int | None = None
    gq: float | None = None
    ps: str | None = None
    pid: str | None = None
    pgt: str | None = None
    min_dp: int | None = None
    copy_number: int | None = None
    ft: tuple[str, ...] = ()


# --- normalise -------------------------------------------------------------


class AlleleKind(StrEnum):
    """What an ALT is."""

    SEQUENCE = "sequence"
    SYMBOLIC = "symbolic"  # <DEL>, <DUP>, <INS>, <INV>, <CNV>
    BREAKEND = "breakend"
    SPANNING_DELETION = "spanning_deletion"  # the allele `*`
    REFERENCE_BLOCK = "reference_block"  # gVCF block or hom-ref row: no alternate allele
    UNREADABLE = "unreadable"  # IUPAC codes, bases that are none, REF that disagrees


@dataclass(frozen=True, slots=True)
class Allele:
    """One change of one locus: trimmed, left-aligned, on the canonical contig.

    The key of everything that is known about a variant. For symbolic alleles `alt` is the
    symbol (`<DEL>`) and `end` the last affected base.
    """

    build: Build
    gene: str
    chrom: str
    pos: int
    ref: str
    alt: str
    kind: AlleleKind
    end: int
    copy_number: int | None = None
    unverifiable: bool = False  # some of it lies on made-up bases of a demo reference
    precise: bool = False  # a symbolic allele whose breakpoints are exact
    problem: str | None = None  # why an UNREADABLE allele cannot be read, as a code

    @property
    def id(self) -> str:
        """`17-42329643-G-A`; symbolic alleles carry their end: `17-42340106-42342368-<DEL>`."""
        if self.kind in (AlleleKind.SYMBOLIC, AlleleKind.REFERENCE_BLOCK) and self.end != self.pos:
            return f"{self.chrom}-{self.pos}-{self.end}-{self.alt}"
        return f"{self.chrom}-{self.pos}-{self.ref}-{self.alt}"


# --- genotype --------------------------------------------------------------


class Zygosity(StrEnum):
    """State of one allele in one sample, from the genotype itself."""

    HET = "het"
    HOM_ALT = "hom_alt"
    HET_ALT = "het_alt"  # 1/2: two different alternate alleles, in trans by themselves
    OVER_DELETION = "over_deletion"  # 1/*: the other copy is deleted; never homozygous
    HAPLOID = "haploid"  # one allele given on an autosome
    HALF_CALL = "half_call"  # ./1: the other copy is unknown
    POLYPLOID = "polyploid"
    HOM_REF = "hom_ref"
    NO_CALL = "no_call"
    NOT_GIVEN = "not_given"  # the record has no GT


CARRIED = frozenset(
    {
        Zygosity.HET,
        Zygosity.HOM_ALT,
        Zygosity.HET_ALT,
        Zygosity.OVER_DELETION,
        Zygosity.HAPLOID,
        Zygosity.HALF_CALL,
        Zygosity.POLYPLOID,
    }
)


@dataclass(frozen=True, slots=True)
class Call:
    """One allele of one record in one sample.

    `haplotype` is the slot (0 or 1) of the allele in a phased genotype and comparable with
    other calls of the same `phase_set` only; both are None where the file states no phase.
    `depth` counts ref + this alt + other alts from AD where given, else DP.
    `quality` lists the reason codes of the thresholds that the call fails (empty: passes);
    `flags` lists remarks that do not fail it.
    """

    allele: Allele
    site: SiteRecord
    fields: SampleFields
    alt_index: int  # 1-based index of the ALT in the record; 0 for a row without ALT
    zygosity: Zygosity
    copies: int | None
    haplotype: int | None
    phase_set: str | None
    depth: int | None
    alt_depth: int | None
    allele_fraction: float | None
    quality: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def carried(self) -> bool:
        """Whether the sample has at least one copy of the allele."""
        return self.zygosity in CARRIED

    @property
    def phase_set_shown(self) -> str | None:
        """The phase set with its file by name only: a result does not depend on folders."""
        file = self.site.file
        return self.phase_set and self.phase_set.replace(file, Path(file).name, 1)


# --- annotate --------------------------------------------------------------


class Impact(StrEnum):
    """Impact class of a consequence (Ensembl's four)."""

    HIGH = "HIGH"
    MODERATE = "MODERATE"
    LOW = "LOW"
    MODIFIER = "MODIFIER"


@dataclass(frozen=True, slots=True)
class TranscriptEffect:
    """Names and consequence of an allele on one transcript."""

    transcript: str
    hgvs_c: str | None
    hgvs_p: str | None
    consequence: tuple[str, ...]  # SO terms, most severe first
    impact: Impact


@dataclass(frozen=True, slots=True)
class NmdPrediction:
    """Fate of the message, from the place of the new stop (not of the variant)."""

    triggers: bool | None
    stop_exon: str | None  # "13/24"
    distance_to_last_junction: int | None  # nt; positive: upstream of the junction
    protein_lost: float | None  # share of the residues, 0..1
    domains_lost: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SplicePrediction:
    """What losing a splice site would do, from the exon's length and place."""

    site: str  # donor | acceptor
    exon: int
    skipped_nt: int
    in_frame: bool
    protein_if_skipped: str | None  # p.(Asp371_Gly380del)
    reason: str


@dataclass(frozen=True, slots=True)
class StructuralEffect:
    """Which exons and what share of the coding sequence a structural allele covers."""

    exons: tuple[int, ...]
    cds_share: float
    whole_gene: bool
    in_frame: bool | None
    name: str  # c.(?_a)_(b_?)del


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything that follows from the allele alone."""

    allele: Allele
    transcript: str
    hgvs_g: str | None
    hgvs_c: str | None
    hgvs_p: str | None
    consequence: tuple[str, ...]
    impact: Impact
    exon: str | None  # "13/24"
    intron: str | None  # "12/23"
    domain: str | None
    residues: tuple[int, int] | None  # first and last affected residue on the MANE protein
    vrs_id: str | None = None
    spdi: str | None = None
    worst: TranscriptEffect | None = None  # only where it differs from MANE
    effects: tuple[TranscriptEffect, ...] = ()  # the other transcripts
    aliases: tuple[str, ...] = ()
    nmd: NmdPrediction | None = None
    splice: SplicePrediction | None = None
    structural: StructuralEffect | None = None
    notes: tuple[str, ...] = ()


# --- judge -----------------------------------------------------------------


class Mechanism(StrEnum):
    """How an allele acts, from curated tables only."""

    DOMINANT_NEGATIVE = "dominant_negative"
    LOSS_OF_FUNCTION = "loss_of_function"
    GAIN_OF_FUNCTION = "gain_of_function"
    SOMATIC_ACTIVATING = "somatic_activating"
    BENIGN = "benign"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class KnownVariant:
    """A row of the curated table."""

    identifier: str
    gene: str
    mechanisms: tuple[Mechanism, ...]
    classification: str  # pathogenic | likely_pathogenic | uncertain | likely_benign | benign
    condition: str | None  # condition id of the gene file
    aliases: tuple[str, ...]
    source: str
    allow_frequency: bool = False  # founder allele: no frequency filter applies
    chrom: str = ""  # canonical; position and alleles are GRCh38, 1-based, as in VCF
    pos: int = 0
    ref: str = ""
    alt: str = ""
    hgvs_c: str | None = None  # on the MANE transcript
    hgvs_p: str | None = None
    functional: str | None = None  # "abnormal: <what was shown>, <source>" or "normal: ..."

    @property
    def pathogenic(self) -> bool:
        """P or LP in the curated table."""
        return self.classification in ("pathogenic", "likely_pathogenic")


@dataclass(frozen=True, slots=True)
class ClinVarFact:
    """What ClinVar says about an allele; shown beside ACMG, never a criterion of it."""

    variation_id: str
    classification: str  # ClinVar's own word, spaces for underscores
    stars: int | None  # None: the source does not give the review status
    review_status: str
    conditions: tuple[str, ...]
    conflict: str | None  # "P(1);VUS(3)"
    source: str
    date: str | None

    @property
    def pathogenic(self) -> bool:
        """P or LP without conflict, matched as whole words."""
        words = self._words()
        return bool(words) and words <= {"pathogenic", "likely pathogenic"}

    @property
    def benign(self) -> bool:
        """B or LB without conflict, matched as whole words."""
        words = self._words()
        return bool(words) and words <= {"benign", "likely benign"}

    def _words(self) -> set[str]:
        """Terms of the classification without those that classify nothing (`risk factor`)."""
        terms = {word.strip().lower() for word in re.split("[/;|]", self.classification)}
        return terms - {"risk factor", "association", "drug response", "affects", "other", ""}


@dataclass(frozen=True, slots=True)
class PopulationFact:
    """Frequency of an allele in one data set. `covered` is False where nothing was callable."""

    source: str
    version: str | None
    allele_frequency: float | None
    allele_count: int | None
    allele_number: int | None
    homozygotes: int | None
    filtering_frequency: float | None  # FAF95 grpmax
    filtering_group: str | None
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreFact:
    """One in-silico score (REVEL, AlphaMissense, CADD, SpliceAI)."""

    tool: str
    value: float
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All outside facts about one allele; a None or empty part means "not in the source".

    `population` is empty where no source was given or no source lists the allele; `asked`
    names the sources that were looked into, so "absent" and "not asked" stay apart.
    """

    known: KnownVariant | None = None
    clinvar: ClinVarFact | None = None
    population: tuple[PopulationFact, ...] = ()
    scores: tuple[ScoreFact, ...] = ()
    lab: str | None = None  # the lab's own classification
    asked: tuple[str, ...] = ()
    exhaustive: tuple[str, ...] = ()  # population sources in which "not listed" means not seen
    neighbours: tuple[KnownVariant, ...] = ()  # curated variants of the same residues, others only


class Met(StrEnum):
    """Outcome of one criterion."""

    YES = "met"
    NO = "not_met"
    UNKNOWN = "not_assessable"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One ACMG/AMP criterion with its figure, rule and citation."""

    code: str  # PVS1
    strength: str  # supporting | moderate | strong | very_strong | stand_alone | none
    points: int
    met: Met
    reason: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class AcmgResult:
    """Class by points and by the 2015 rules."""

    classification: str  # pathogenic | likely_pathogenic | uncertain | likely_benign | benign
    points: int
    rule_classification: str
    criteria: tuple[Criterion, ...]
    note: str | None = None


class Support(StrEnum):
    """What an allele counts for in one condition."""

    PATHOGENIC = "pathogenic"  # P/LP with a mechanism that is the condition's
    UNCERTAIN = "uncertain"
    UNRESOLVED = "mechanism_unresolved"
    CONTRADICTED = "contradicted"
    OTHER_MECHANISM = "other_mechanism"
    BENIGN = "benign"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An allele under one condition: what it counts for, on which ground, and why."""

    condition: str
    support: Support
    basis: str  # curated | acmg | clinvar | none
    reasons: tuple[str, ...]
    acmg: AcmgResult | None = None


@dataclass(frozen=True, slots=True)
class JudgedCall:
    """A call with its annotation, its outside facts and its verdicts (by condition id).

    `drop_reason` is a code where the call takes no part in any finding.
    """

    call: Call
    annotation: Annotation | None
    evidence: Evidence
    verdicts: Mapping[str, Verdict]
    drop_reason: str | None = None
    flags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the allele."""
        return self.call.allele.id


# --- resolve ---------------------------------------------------------------


class Status(StrEnum):
    """Status of a sample or of a condition, highest first."""

    RELEVANT = "relevant"
    POSSIBLE = "possible"
    CARRIER = "carrier"
    DIFFERENTIAL = "differential"
    NONE = "none"
    INCONCLUSIVE = "inconclusive"
    FAILED = "failed"


class PhaseState(StrEnum):
    """Phase of two alleles."""

    TRANS = "trans"
    CIS = "cis"
    UNKNOWN = "unknown"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Phase:
    """Phase of a pair with the evidence that decided, and what speaks against it."""

    state: PhaseState
    evidence: str  # same_record | trio | one_parent | phase_set | pid_pgt | reads | deletion | none
    detail: str
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition in one sample. `status` is never `none` or `failed` here.

    `genotype` is in words ("heterozygous", "homozygous", "compound heterozygous (in trans)").
    """

    condition: str
    gene: str
    disease: str
    mim: str | None
    inheritance: str
    status: Status
    genotype: str
    phase: PhaseState
    phase_evidence: str
    variants: tuple[str, ...]
    reasons: tuple[str, ...]
    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Worksheets by name: `second_hit`, `false_homozygote`, `parental_mosaicism`, `de_novo`."""


# --- assess ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """Bases that were required and are not callable (1-based inclusive)."""

    chrom: str
    start: int
    end: int
    hgvs_c: str
    exon: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExonCallability:
    """Callability of one exon with its padding; counts in bases."""

    exon: int
    start: int
    end: int
    required: int
    callable: int | None
    indel_callable: int | None
    mean_depth: float | None


@dataclass(frozen=True, slots=True)
class KnownSiteCall:
    """A known pathogenic position: what was seen there."""

    gene: str
    variant: str
    hgvs_c: str
    hgvs_p: str | None
    state: str  # reference_seen | variant_seen | not_covered | unknown
    depth: float | None


@dataclass(frozen=True, slots=True)
class GeneCallability:
    """Callability of one gene; None counts where nothing is known."""

    gene: str
    required_bases: int
    callable_bases: int | None
    gaps: tuple[Gap, ...]
    exons: tuple[ExonCallability, ...]

    @property
    def share(self) -> float | None:
        """Callable share of the required bases, 0..1."""
        if self.callable_bases is None or not self.required_bases:
            return None
        return self.callable_bases / self.required_bases


@dataclass(frozen=True, slots=True)
class Callability:
    """What could be assessed in one sample and from which source."""

    source: str  # "unknown" or the sources, best first
    assumed_reference: bool
    genes: tuple[GeneCallability, ...]
    known_sites: tuple[KnownSiteCall, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleReport:
    """Everything about one sample, ready to be written out."""

    spec: SampleSpec
    status: Status
    status_reason: str
    build: Build | None
    findings: tuple[Finding, ...]
    calls: tuple[JudgedCall, ...]
    callability: Callability
    qc: Mapping[str, object]
    warnings: tuple[str, ...]
    faults: tuple[str, ...] = ()  # those warnings that name a file which could not be used
