"""Outside facts about an allele, ACMG criteria and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from hies_annot.model.annotation import Annotation
from hies_annot.model.call import Call
from hies_annot.model.clinvar_fact import ClinVarFact
from hies_annot.model.closed_words import DAMAGING, Basis, Classification, DropReason
from hies_annot.model.splice_sites import SpliceMapFact


class Mechanism(StrEnum):
    """How an allele acts, from curated tables only."""

    DOMINANT_NEGATIVE = "dominant_negative"
    LOSS_OF_FUNCTION = "loss_of_function"
    GAIN_OF_FUNCTION = "gain_of_function"
    SOMATIC_ACTIVATING = "somatic_activating"
    BENIGN = "benign"
    UNRESOLVED = "unresolved"


class KnownVariant(Struct, frozen=True):
    """A row of the curated table."""

    identifier: str
    gene: str
    mechanisms: tuple[Mechanism, ...]
    classification: Classification
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
    odds_path: float | None = None  # odds of pathogenicity of that result
    assay_controls: int | None = None  # variants of known class that the assay was tried on
    probands: int | None = None  # unrelated, with the condition
    cases: tuple[int, int] | None = None  # carriers of all
    controls: tuple[int, int] | None = None
    counts_source: str | None = None  # of probands, cases and controls
    replaces: KnownVariant | None = None  # the row that ships, where the lab's says otherwise
    opposed: bool = False  # both rows cannot be true, and one of them is P/LP

    @property
    def pathogenic(self) -> bool:
        """P or LP in the curated table."""
        return self.classification in DAMAGING


class PopulationFact(Struct, frozen=True):
    """Frequency of an allele in one data set. `covered` is False where nothing was callable."""

    source: str
    version: str | None
    allele_frequency: float | None
    allele_count: int | None
    allele_number: int | None
    homozygotes: int | None
    filtering_frequency: float | None  # FAF95 grpmax
    filtering_group: str | None
    filters: tuple[str, ...] = ()  # why the figures may not be used
    part: str | None = None  # of a joint record: what the figures are of, and what did not pass
    group_frequency: float | None = None  # AF of the group with the highest one, no FAF95 known


class ScoreFact(Struct, frozen=True):
    """One in-silico score (REVEL, AlphaMissense, ESM1b, CADD, SpliceAI)."""

    tool: str
    value: float
    detail: str
    source: str


class NearAllele(Struct, frozen=True):
    """A curated intronic variant near an allele, with its splice score as far as it is known."""

    known: KnownVariant
    splice: ScoreFact | None


class Evidence(Struct, frozen=True):
    """All outside facts about one allele; a None or empty part means "not in the source".

    `population` is empty where no source was given or no source lists the allele; `asked`
    names the sources that were looked into, so "absent" and "not asked" stay apart.
    """

    known: KnownVariant | None = None
    clinvar: ClinVarFact | None = None
    population: tuple[PopulationFact, ...] = ()
    scores: tuple[ScoreFact, ...] = ()
    splice_map: SpliceMapFact | None = None
    lab: str | None = None  # the lab's own classification
    asked: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()  # scores of which the run has a source, listed here or not
    exhaustive: tuple[str, ...] = ()  # population sources in which "not listed" means not seen
    neighbours: tuple[KnownVariant, ...] = ()  # curated variants of the same residues, others only
    near: tuple[NearAllele, ...] = ()  # curated intronic variants within a splice site's reach


class SourceState(Struct, frozen=True):
    """A source of a run with its version, date and number of records, as far as they are stated."""

    name: str
    version: str | None = None
    date: str | None = None
    records: int | None = None
    kind: str | None = None  # as a configuration names it; None: the curated table


class Met(StrEnum):
    """Outcome of one criterion."""

    YES = "met"
    NO = "not_met"
    UNKNOWN = "not_assessable"


class Criterion(Struct, frozen=True):
    """One ACMG/AMP criterion with its figure, rule and citation."""

    code: str  # PVS1
    strength: str  # supporting | moderate | strong | very_strong | stand_alone | none
    points: int
    met: Met
    reason: str
    citation: str = ""


class AcmgResult(Struct, frozen=True):
    """Class by points and by the 2015 rules."""

    classification: Classification
    points: int
    rule_classification: Classification
    criteria: tuple[Criterion, ...]
    note: str | None = None
    rule: str | None = None  # which rule of combination the second class follows


class Support(StrEnum):
    """What an allele counts for in one condition."""

    PATHOGENIC = "pathogenic"  # P/LP with a mechanism that is the condition's
    UNCERTAIN = "uncertain"
    UNRESOLVED = "mechanism_unresolved"
    CONTRADICTED = "contradicted"
    OTHER_MECHANISM = "other_mechanism"
    BENIGN = "benign"


class Claim(StrEnum):
    """How strongly anybody says P/LP, whatever the answer is."""

    NONE = "none"
    WEAK = "weak"  # said, but by nobody whose word decides for this condition
    STRONG = "strong"


class Verdict(Struct, frozen=True):
    """An allele under one condition: what it counts for, on which ground, and why.

    `open_between` names the conditions of which the allele may cause any, because nothing tells
    by which mechanism it acts.
    """

    condition: str
    support: Support
    basis: Basis
    reasons: tuple[str, ...]
    acmg: AcmgResult | None = None
    claim: Claim = Claim.NONE
    open_between: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether somebody whose word decides calls the allele P/LP, contradicted or not.

        Such an allele counts on one copy of a recessive gene, and in a call whose reads show it.
        """
        if self.support is Support.CONTRADICTED:
            return self.claim is not Claim.WEAK
        unresolved = self.support is Support.UNRESOLVED and self.claim is Claim.STRONG
        return self.support is Support.PATHOGENIC or unresolved


class JudgedCall(Struct, frozen=True):
    """A call with its annotation, its outside facts and its verdicts (by condition id).

    `drop_reason` is a code where the call takes no part in any finding.
    """

    call: Call
    annotation: Annotation | None
    evidence: Evidence
    verdicts: Mapping[str, Verdict]
    drop_reason: DropReason | None = None
    flags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the allele."""
        return self.call.allele.id
