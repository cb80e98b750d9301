"""What a result says of one allele of one record: names, call, facts, verdicts."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import field

from hies_annot.annotate.terms import TERMS
from hies_annot.model import AlleleKind, Impact, Mechanism, Zygosity
from hies_annot.model.closed_words import DropReason
from hies_annot.results.contract_part import Part
from hies_annot.results.verdict_contract import AcmgResultPart, VerdictResult
from hies_annot.results.vocabulary import one_of, several

_Term = Annotated[str, one_of(TERMS)]
_Impact = Annotated[str, one_of(Impact)]


class ClinVarResult(Part, frozen=True):
    """ClinVar's view of an allele, with review stars (0-4; None: not in the source)."""

    variation_id: str
    """Variation id of ClinVar."""
    classification: str
    """Classification as ClinVar states it."""
    stars: int | None
    """Review stars, 0 to 4; null: not in the source."""
    review_status: str
    """Review status in words."""
    conditions: list[str]
    """Conditions that it is classified for."""
    conflict: str | None
    """Conflicting classifications with their numbers; null: none."""
    source: str
    """File that says so."""
    date: str | None
    """Date of the release (YYYY-MM-DD); null: not given."""
    somatic: str | None = None
    """What ClinVar says of tumours (oncogenicity, clinical impact); it decides nothing."""


class PopulationResult(Part, frozen=True):
    """Frequency in one data set; None: the source does not give the figure."""

    source: str
    """Name of the data set."""
    version: str | None
    """Its version; null: not given."""
    allele_frequency: float | None
    """Share of alleles, 0 to 1."""
    allele_count: int | None
    """Alleles counted."""
    allele_number: int | None
    """Alleles looked at."""
    homozygotes: int | None
    """Persons with two copies."""
    filtering_frequency: float | None
    """Highest filtering frequency of a group (95 %), 0 to 1."""
    filtering_group: str | None
    """Group with that frequency."""
    filters: list[str] = field(default_factory=list)
    """Why the figures are not used."""
    part: str | None = None
    """Of a joint record of which one data type did not pass: the one that the figures are of."""
    group_frequency: float | None = None
    """Highest frequency of a group, where no filtering frequency is known; null: not given."""


class EffectResult(Part, frozen=True):
    """Names and consequence on one transcript."""

    transcript: str
    """Transcript with its version."""
    hgvs_c: str | None
    """Coding name; null: none."""
    hgvs_p: str | None
    """Protein name; null: none."""
    consequence: list[_Term]
    """Sequence Ontology terms, worst first."""
    impact: _Impact
    """Impact of the worst of them."""


class SourceResult(Part, frozen=True):
    """Where a variant stands in the input, and how it was written there."""

    file: str
    """File without its folder."""
    line_or_record: str
    """Record in the file."""
    original: str
    """Place and alleles as written there; of many or very long ones the first, and how many."""


class VariantResult(Part, frozen=True, kw_only=True):
    """One allele of one input record, reported or with the reason why not.

    Reference blocks carry only place, genotype, depth and quality.
    """

    id: str
    """chrom-pos-ref-alt in the build of the data, normalised."""
    vrs_id: str | None = None
    """GA4GH VRS identifier; null: not computed."""
    spdi: str | None = None
    """SPDI; null: none."""
    gene: str
    """HGNC symbol."""
    chrom: str
    """Chromosome without chr."""
    pos: int
    """First base, 1-based."""
    end: int | None = None
    """Last base, 1-based inclusive; null: not known."""
    ref: str
    """Reference allele, as in a VCF."""
    alt: str
    """Alternate allele, as in a VCF; may be symbolic."""
    kind: Annotated[str, one_of(AlleleKind)] = "sequence"
    """Kind of the alternate allele, or of the record where it has none."""
    hgvs_g: str | None = None
    """Genomic name; null: none."""
    hgvs_c: str | None = None
    """Coding name on the MANE Select transcript; null: none."""
    hgvs_p: str | None = None
    """Protein name; null: none."""
    transcript: str | None = None
    """Transcript that the names are on; null: none."""
    consequence: list[_Term] = field(default_factory=list)
    """Sequence Ontology terms, worst first."""
    impact: _Impact | None = None
    """Impact of the worst of them; null: not known."""
    exon: str | None = None
    """Exon and number of exons (13/24); null: not in one."""
    intron: str | None = None
    """Intron and number of introns; null: not in one."""
    domain: str | None = None
    """Protein domain; null: none."""
    worst: EffectResult | None = None
    """Effect on another transcript where it is worse."""
    effects: list[EffectResult] = field(default_factory=list)
    """Effects on the other transcripts."""
    aliases: list[str] = field(default_factory=list)
    """Other names of the allele."""
    nmd: dict[str, Any] | None = None
    """Fate of the message of a premature stop."""
    splice: dict[str, Any] | None = None
    """What the loss of the splice site does."""
    structural: dict[str, Any] | None = None
    """Extent of a structural allele."""
    made_up: bool = False
    """Some of what is said here rests on made-up bases of a demo reference."""
    zygosity: Annotated[str, one_of(Zygosity)]
    """State of the allele in the sample, from the genotype itself."""
    genotype: str | None
    """GT as in the file; null: not given."""
    haplotype: int | None = None
    """Copy (0 or 1) within the phase set; null: not phased."""
    phase_set: str | None = None
    """Phase set; null: not phased."""
    depth: int | None = None
    """Reads at the site; null: not given."""
    alt_depth: int | None = None
    """Reads with the allele; null: not given."""
    allele_fraction: float | None = None
    """Share of reads with the allele, 0 to 1; null: not given."""
    allele_fraction_interval: list[float] | None = None
    """Its 95 % interval; null: not given."""
    genotype_quality: float | None = None
    """GQ, else what PL, GL or GP make of the genotype; null: not given."""
    quality: float | None = None
    """QUAL; null: not given."""
    filters: list[str] = field(default_factory=list)
    """FILTER of the record."""
    flags: list[str] = field(default_factory=list)
    """Remarks on the call, by code."""
    clinvar: ClinVarResult | None = None
    """ClinVar on the allele; null: no entry in the sources."""
    population: list[PopulationResult] | None = None
    """Frequencies; null: no entry in the sources."""
    scores: list[dict[str, Any]] = field(default_factory=list)
    """Scores of predictors."""
    splice_map: dict[str, Any] | None = None
    """Predicted splice sites of an SNV: tool, source, and sites with kind, score and place."""
    sources_asked: list[str] = field(default_factory=list)
    """Evidence sources that were asked for the allele."""
    lab: str | None = None
    """The laboratory's own classification; null: none."""
    mechanism: Annotated[str, several(Mechanism, " and ")] | None = None
    """What the curated table says that the allele does; null: not known."""
    known: dict[str, Any] | None = None
    """Row of the curated table; null: none."""
    acmg: AcmgResultPart | None = None
    """Own ACMG/AMP class; null: not classified."""
    verdicts: list[VerdictResult] = field(default_factory=list)
    """What the allele counts for, by condition."""
    notes: list[str] = field(default_factory=list)
    """Remarks on the names and effects."""
    reported: bool
    """Whether the allele is reported."""
    drop_reason: Annotated[str, one_of(DropReason)] | None = None
    """Why it is not reported; null: it is."""
    drop_detail: str | None = None
    """The rule and the figure behind `drop_reason`, where a rule with a figure broke."""
    source: SourceResult
    """Where it stands in the input."""
