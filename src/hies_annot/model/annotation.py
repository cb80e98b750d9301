"""What follows from an allele alone: names, consequences, predictions."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from hies_annot.model.allele import Allele


class Impact(StrEnum):
    """Impact class of a consequence (Ensembl's four)."""

    HIGH = "HIGH"
    MODERATE = "MODERATE"
    LOW = "LOW"
    MODIFIER = "MODIFIER"


class TranscriptEffect(Struct, frozen=True):
    """Names and consequence of an allele on one transcript."""

    transcript: str
    hgvs_c: str | None
    hgvs_p: str | None
    consequence: tuple[str, ...]  # SO terms, most severe first
    impact: Impact


class NmdPrediction(Struct, frozen=True):
    """Fate of the message, from the place of the new stop (not of the variant)."""

    triggers: bool | None
    stop_exon: str | None  # "13/24"
    distance_to_last_junction: int | None  # nt; positive: upstream of the junction
    protein_lost: float | None  # share of the residues, 0..1
    domains_lost: tuple[str, ...]
    reason: str


class SplicePrediction(Struct, frozen=True):
    """What losing a splice site would do, from the exon's length and place."""

    site: str  # donor | acceptor
    exon: int
    skipped_nt: int
    in_frame: bool
    protein_if_skipped: str | None  # p.(Asp371_Gly380del)
    reason: str


class StructuralEffect(Struct, frozen=True):
    """Which exons and what share of the coding sequence a structural allele covers."""

    exons: tuple[int, ...]
    cds_share: float
    whole_gene: bool
    in_frame: bool | None
    name: str  # c.(?_a)_(b_?)del
    start_lost: bool = False  # lost or turned away: promoter side and start, not the whole gene
    end_lost: bool = False  # the same for the 3' end


class Annotation(Struct, frozen=True):
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
    made_up: bool = False  # some of this rests on made-up bases of a demo reference
    acts_beside: bool = False  # structural, touches no exon, but what lies beside one
    notes: tuple[str, ...] = ()
