"""The values that flow through a run, in the order of a record's way.

read -> normalise -> genotype -> annotate -> judge -> resolve -> assess.
Positions are 1-based inclusive, as in VCF, unless a field says otherwise. None means
"not given": no rule may take it for zero, reference or rare.
"""

from hies_annot.model.allele import Allele, AlleleKind
from hies_annot.model.annotation import (
    Annotation,
    Impact,
    NmdPrediction,
    SplicePrediction,
    StructuralEffect,
    TranscriptEffect,
)
from hies_annot.model.call import CARRIED, Call, Zygosity
from hies_annot.model.clinvar_fact import ClinVarFact
from hies_annot.model.evidence import (
    AcmgResult,
    Claim,
    Criterion,
    Evidence,
    JudgedCall,
    KnownVariant,
    Mechanism,
    Met,
    NearAllele,
    PopulationFact,
    ScoreFact,
    SourceState,
    Support,
    Verdict,
)
from hies_annot.model.finding import Finding, Phase, PhaseState, Status, Unjudged
from hies_annot.model.person import Affected, SampleSpec, Sex
from hies_annot.model.record import SampleFields, SiteRecord
from hies_annot.model.report import (
    Callability,
    ExonCallability,
    Gap,
    GeneCallability,
    KnownSiteCall,
    SampleReport,
)
from hies_annot.model.splice_sites import PredictedSite, SpliceMapFact

__all__ = [
    "CARRIED",
    "AcmgResult",
    "Affected",
    "Allele",
    "AlleleKind",
    "Annotation",
    "Call",
    "Callability",
    "Claim",
    "ClinVarFact",
    "Criterion",
    "Evidence",
    "ExonCallability",
    "Finding",
    "Gap",
    "GeneCallability",
    "Impact",
    "JudgedCall",
    "KnownSiteCall",
    "KnownVariant",
    "Mechanism",
    "Met",
    "NearAllele",
    "NmdPrediction",
    "Phase",
    "PhaseState",
    "PopulationFact",
    "PredictedSite",
    "SampleFields",
    "SampleReport",
    "SampleSpec",
    "ScoreFact",
    "Sex",
    "SiteRecord",
    "SourceState",
    "SpliceMapFact",
    "SplicePrediction",
    "Status",
    "StructuralEffect",
    "Support",
    "TranscriptEffect",
    "Unjudged",
    "Verdict",
    "Zygosity",
]
