"""Builders of annotations, evidence and contexts for the evidence tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.context import KinState, Partner, Phenotype, SampleContext
from hies_annot.model import (
    Affected,
    Allele,
    AlleleKind,
    Annotation,
    ClinVarFact,
    Evidence,
    Impact,
    KnownVariant,
    Mechanism,
    NearAllele,
    NmdPrediction,
    PopulationFact,
    ScoreFact,
    SplicePrediction,
    StructuralEffect,
)

STAT3, ZNF341 = default_genes()
GENES = {"STAT3": STAT3, "ZNF341": ZNF341}
CONDITIONS = {
    "ADHIES": (STAT3, "STAT3-AD-HIES"),
    "ADMIO": (STAT3, "STAT3-ADMIO1"),
    "ARHIES": (ZNF341, "ZNF341-AR-HIES"),
}


def make_allele(*, gene="STAT3", pos=42329643, ref="G", alt="A", symbol=None, copy_number=None):
    return Allele(
        build=Build.GRCH38,
        gene=gene,
        chrom=GENES[gene].file.chrom if gene in GENES else "9",
        pos=pos,
        ref=ref,
        alt=symbol or alt,
        kind=AlleleKind.SYMBOLIC if symbol else AlleleKind.SEQUENCE,
        end=pos + (1000 if symbol else len(ref) - 1),
        copy_number=copy_number,
    )


def make_annotation(
    *,
    consequence=("missense_variant",),
    hgvs_p="p.(Arg100Gly)",
    hgvs_c="NM_1.1:c.298A>G",
    residues=None,
    nmd=None,
    splice=None,
    structural=None,
    exon=None,
    intron=None,
    **allele,
):
    return Annotation(
        allele=make_allele(**allele),
        transcript="NM_1.1",
        hgvs_g=None,
        hgvs_c=hgvs_c,
        hgvs_p=hgvs_p,
        consequence=() if allele.get("symbol") else tuple(consequence),
        impact=Impact.MODERATE,
        exon=exon,
        intron=intron,
        domain=None,
        residues=tuple(residues) if residues else None,
        nmd=NmdPrediction(
            **{
                "stop_exon": "5/15",
                "distance_to_last_junction": 900,
                "protein_lost": None,
                "reason": "new stop in exon 5",
                **nmd,
                "domains_lost": tuple(nmd.get("domains_lost", ())),
            }
        )
        if nmd
        else None,
        splice=SplicePrediction(
            **{"site": "donor", "protein_if_skipped": None, "reason": "exon skipped", **splice}
        )
        if splice
        else None,
        structural=StructuralEffect(
            **{"name": "c.(?_1)_(100_?)del", **structural, "exons": tuple(structural["exons"])}
        )
        if structural
        else None,
    )


def make_known(*, mechanisms=("loss_of_function",), **changes):
    given = {
        "identifier": "x",
        "gene": "STAT3",
        "classification": "pathogenic",
        "condition": None,
        "aliases": (),
        "source": "a source",
        **changes,
    }
    return KnownVariant(mechanisms=tuple(Mechanism(m) for m in mechanisms), **given)


def make_score(given):
    return ScoreFact(given["tool"], given["value"], given.get("detail", ""), given["tool"])


def make_clinvar(classification="Pathogenic", stars=1, conflict=None):
    return ClinVarFact("1", classification, stars, "status", (), conflict, "ClinVar", "2026-01-01")


def make_population(**changes):
    given = {
        "source": "gnomAD",
        "version": "4.1",
        "allele_frequency": None,
        "allele_count": None,
        "allele_number": None,
        "homozygotes": None,
        "filtering_frequency": None,
        "filtering_group": None,
        **changes,
    }
    return PopulationFact(**given | {"filters": tuple(given.get("filters", ()))})


def make_evidence(*, known=None, neighbours=(), population=(), scores=(), near=(), **rest):
    return Evidence(
        known=make_known(**known) if known else None,
        neighbours=tuple(make_known(**neighbour) for neighbour in neighbours),
        population=tuple(make_population(**fact) for fact in population),
        scores=tuple(make_score(s) for s in scores),
        near=tuple(
            NearAllele(
                make_known(**entry["known"]),
                make_score(entry["splice"]) if "splice" in entry else None,
            )
            for entry in near
        ),
        **{"tools": tuple(s["tool"] for s in scores)}
        | {key: tuple(v) if isinstance(v, list) else v for key, v in rest.items()},
    )


def make_kin(*, affected="affected", role="sibling", has=True, lacks_allele=False):
    return KinState(role, "K", Affected(affected), has, lacks_allele)


def make_context(*, de_novo=None, partners=(), hpo=(), nih_score=None, nih_items=None, kin=()):
    return SampleContext(
        de_novo=de_novo,
        partners=tuple(Partner(**partner) for partner in partners),
        phenotype=Phenotype(tuple(hpo), nih_score, nih_items or {}),
        kin=tuple(make_kin(**person) for person in kin),
    )


@pytest.fixture(scope="session")
def make():
    """The builders of this module, as one namespace."""
    return SimpleNamespace(
        **{name: value for name, value in globals().items() if not name.startswith("_")}
    )
