"""Builders that several unit tests share: annotations, and results that look like real ones.

Variants are public: STAT3 c.1144C>T p.(Arg382Trp) is ClinVar 18302; ZNF341 c.904C>T
p.(Arg302Ter) is ClinVar 599410, c.1156C>T p.(Arg386Ter) is 599411.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import convert

from hies_annot.annotate.annotator import Annotator
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.names.parse import parse_variant
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.results.callability_contract import (
    CallabilityResult,
    ExonResult,
    GapResult,
    GeneCallabilityResult,
    KnownSiteResult,
)
from hies_annot.results.contract import (
    ConditionResult,
    LocusReference,
    ReferenceInfo,
    ResourceInfo,
    SampleResult,
)
from hies_annot.results.variant_contract import (
    ClinVarResult,
    EffectResult,
    PopulationResult,
    SourceResult,
    VariantResult,
)
from hies_annot.results.verdict_contract import AcmgResultPart, CriterionResult, VerdictResult

GENES = default_genes()


@pytest.fixture(scope="session")
def reference():
    return embedded_reference(Build.GRCH38, GENES)


@pytest.fixture(scope="session")
def annotator(reference):
    return Annotator(reference, GENES)


@pytest.fixture(scope="session")
def stat3(annotator):
    """The model of the MANE transcript of STAT3: real sequence, minus strand."""
    return annotator.models["STAT3"][0]


@pytest.fixture(scope="session")
def znf341(annotator):
    """The model of the MANE transcript of ZNF341: demo sequence, plus strand."""
    return annotator.models["ZNF341"][0]


@pytest.fixture(scope="session")
def read(reference):
    """Read a variant from its name: `c.` alone stands for STAT3's MANE transcript."""

    def read_variant(text):
        name = f"NM_139276.3:{text}" if text.startswith("c.") else text
        return parse_variant(name, reference, GENES)

    return read_variant


@pytest.fixture(scope="session")
def annotated(annotator, read):
    return lambda text: annotator.annotate(read(text))


@pytest.fixture(scope="session")
def structural(annotator, reference):
    """Annotate a symbolic allele or a break of STAT3 from `start` (the base before) to `end`."""

    def annotate(alt, start, end=None, *, copy_number=None):
        base = reference.locus("STAT3").bases(start, start)
        allele = normalise_allele(
            reference, "17", start, base or "N", alt, end=end, copy_number=copy_number
        )
        return annotator.annotate(allele)

    return annotate


# --- results ---

STAT3_EXONS = range(2, 25)
ZNF341_EXONS = range(1, 16)


def make_variant(**changes: Any) -> VariantResult:
    """STAT3 c.1144C>T, heterozygous, reported."""
    fields: dict[str, Any] = {
        "id": "17-42329643-G-A",
        "vrs_id": None,
        "gene": "STAT3",
        "chrom": "17",
        "pos": 42329643,
        "end": 42329643,
        "ref": "G",
        "alt": "A",
        "hgvs_g": "NC_000017.11:g.42329643G>A",
        "hgvs_c": "NM_139276.3:c.1144C>T",
        "hgvs_p": "NP_644805.1:p.(Arg382Trp)",
        "transcript": "NM_139276.3",
        "consequence": ["missense_variant"],
        "impact": "MODERATE",
        "exon": "13/24",
        "domain": "DNA-binding domain",
        "zygosity": "het",
        "genotype": "0/1",
        "depth": 58,
        "alt_depth": 28,
        "allele_fraction": 28 / 58,
        "allele_fraction_interval": [0.35, 0.62],
        "genotype_quality": 99.0,
        "quality": 812.6,
        "filters": ["PASS"],
        "clinvar": make_clinvar(),
        "population": [],
        "mechanism": "dominant_negative",
        "acmg": make_acmg(),
        "verdicts": [make_verdict()],
        "reported": True,
        "source": SourceResult(
            file="batch.vcf.gz", line_or_record="record 41", original="chr17:42329643 G>A"
        ),
    }
    return convert({**fields, **changes}, VariantResult)


def make_clinvar(**changes: Any) -> ClinVarResult:
    fields: dict[str, Any] = {
        "variation_id": "18302",
        "classification": "Pathogenic",
        "stars": 2,
        "review_status": "criteria provided, multiple submitters, no conflicts",
        "conditions": ["Hyper-IgE recurrent infection syndrome 1, autosomal dominant"],
        "conflict": None,
        "source": "ClinVar",
        "date": "2025-11-03",
    }
    return ClinVarResult(**{**fields, **changes})


def make_acmg(*, points: int = 11, **changes: Any) -> AcmgResultPart:
    fields: dict[str, Any] = {
        "class": "pathogenic",
        "points": points,
        "rule_class": "likely_pathogenic",
        "criteria": [
            make_criterion(code="PS1", strength="strong", points=4),
            make_criterion(code="PM1", strength="moderate", points=2),
            make_criterion(code="PVS1", strength="none", points=0, met="not_met"),
            make_criterion(code="PS2", strength="none", points=0, met="not_assessable"),
        ],
    }
    return convert({**fields, **changes}, AcmgResultPart)


def make_criterion(*, code: str, strength: str, points: int, met: str = "met") -> CriterionResult:
    return CriterionResult(
        code=code,
        strength=strength,
        points=points,
        met=met,
        reason=f"reason of {code}",
        citation="Richards 2015",
    )


def make_verdict(**changes: Any) -> VerdictResult:
    fields: dict[str, Any] = {
        "condition": "STAT3-AD-HIES",
        "support": "pathogenic",
        "basis": "curated",
        "reasons": ["listed as dominant negative in the table of known variants"],
    }
    return VerdictResult(**{**fields, **changes})


def make_znf341(**changes: Any) -> VariantResult:
    """ZNF341 c.904C>T, homozygous, reported, as if its codon were made up."""
    fields: dict[str, Any] = {
        "made_up": True,
        "id": "20-33757310-C-T",
        "gene": "ZNF341",
        "chrom": "20",
        "pos": 33757310,
        "end": 33757310,
        "ref": "C",
        "alt": "T",
        "hgvs_g": "NC_000020.11:g.33757310C>T",
        "hgvs_c": "NM_001282933.2:c.904C>T",
        "hgvs_p": "NP_001269862.1:p.(Arg302Ter)",
        "transcript": "NM_001282933.2",
        "consequence": ["stop_gained"],
        "impact": "HIGH",
        "exon": "6/15",
        "domain": None,
        "zygosity": "hom_alt",
        "genotype": "1/1",
        "depth": 41,
        "alt_depth": 41,
        "allele_fraction": 1.0,
        "allele_fraction_interval": [0.91, 1.0],
        "clinvar": make_clinvar(variation_id="599410", stars=1),
        "mechanism": "loss_of_function",
        "verdicts": [make_verdict(condition="ZNF341-AR-HIES")],
        "nmd": {"triggers": True, "stop_exon": "6/15", "reason": "stop 1200 nt upstream"},
        "source": SourceResult(
            file="batch.vcf.gz", line_or_record="record 77", original="chr20:33757310 C>T"
        ),
    }
    return make_variant(**{**fields, **changes})


def make_dropped(*, pos: int, reason: str = "no_coding_or_splice_effect", **changes: Any) -> Any:
    """An intronic STAT3 variant that is not reported."""
    fields: dict[str, Any] = {
        "id": f"17-{pos}-T-C",
        "pos": pos,
        "end": pos,
        "ref": "T",
        "alt": "C",
        "hgvs_g": f"NC_000017.11:g.{pos}T>C",
        "hgvs_c": f"NM_139276.3:c.1282-{pos % 1000}A>G",
        "hgvs_p": None,
        "consequence": ["intron_variant"],
        "impact": "MODIFIER",
        "exon": None,
        "intron": "14/23",
        "domain": None,
        "clinvar": None,
        "acmg": None,
        "verdicts": [],
        "mechanism": None,
        "reported": False,
        "drop_reason": reason,
    }
    return make_variant(**{**fields, **changes})


def make_condition(**changes: Any) -> ConditionResult:
    fields: dict[str, Any] = {
        "id": "STAT3-AD-HIES",
        "gene": "STAT3",
        "disease": "Hyper-IgE recurrent infection syndrome 1, autosomal dominant",
        "mim": "147060",
        "inheritance": "AD",
        "status": "relevant",
        "genotype": "heterozygous",
        "phase": "not_needed",
        "phase_evidence": "none",
        "variants": ["17-42329643-G-A"],
        "reasons": ["c.1144C>T is a known dominant-negative allele; one allele is enough"],
        "panels": {},
    }
    return ConditionResult(**{**fields, **changes})


def make_znf341_condition(**changes: Any) -> ConditionResult:
    fields: dict[str, Any] = {
        "id": "ZNF341-AR-HIES",
        "gene": "ZNF341",
        "disease": "Hyper-IgE recurrent infection syndrome 3, autosomal recessive",
        "mim": "618282",
        "inheritance": "AR",
        "genotype": "homozygous",
        "variants": ["20-33757310-C-T"],
        "reasons": ["two loss-of-function alleles"],
    }
    return make_condition(**{**fields, **changes})


def make_gene(
    *, gene: str, missing: dict[int, int] | None = None, known: bool = True
) -> GeneCallabilityResult:
    """Callability of a gene; `missing` maps an exon to its bases that are not callable."""
    lost = missing or {}
    numbers = STAT3_EXONS if gene == "STAT3" else ZNF341_EXONS
    exons = [
        ExonResult(
            exon=number,
            start=1000 * number,
            end=1000 * number + 139,
            required=140,
            callable=140 - lost.get(number, 0) if known else None,
            indel_callable=130 - min(130, lost.get(number, 0)) if known else None,
            mean_depth=31.4 if known else None,
        )
        for number in numbers
    ]
    gaps = [
        GapResult(
            chrom="17" if gene == "STAT3" else "20",
            start=1000 * exon,
            end=1000 * exon + bases - 1,
            hgvs_c="c.1110_1139",
            exon=f"exon {exon}",
            reason="low_depth",
        )
        for exon, bases in lost.items()
    ]
    required = 140 * len(exons)
    return GeneCallabilityResult(
        gene=gene,
        required_bases=required,
        callable_bases=required - sum(lost.values()) if known else None,
        gaps=gaps if known else [],
        exons=exons,
    )


def make_site(*, state: str = "reference_seen", hgvs_c: str = "c.1282-89C>T") -> KnownSiteResult:
    return KnownSiteResult(
        gene="STAT3",
        variant="17-42326288-G-A",
        hgvs_c=hgvs_c,
        hgvs_p=None,
        state=state,
        depth=33.0 if state == "reference_seen" else None,
    )


def make_callability(**changes: Any) -> CallabilityResult:
    fields: dict[str, Any] = {
        "source": "gVCF blocks",
        "genes": [make_gene(gene="STAT3"), make_gene(gene="ZNF341")],
        "known_sites": [make_site()],
    }
    return CallabilityResult(**{**fields, **changes})


def make_reference(*, demo: bool = True) -> ReferenceInfo:
    return ReferenceInfo(
        loci=[
            LocusReference(gene="STAT3", demo=False, source="NG_007370.1", digest="SQ.aaa"),
            LocusReference(gene="ZNF341", demo=demo, source="demo sequence", digest="SQ.bbb"),
        ]
    )


def make_result(**changes: Any) -> SampleResult:
    """A `relevant` sample: STAT3 c.1144C>T, heterozygous."""
    fields: dict[str, Any] = {
        "sample": "P01",
        "batch": "B1",
        "status": "relevant",
        "status_reason": "STAT3 c.1144C>T fits autosomal dominant hyper-IgE syndrome.",
        "build": "GRCh38",
        "specification": {"sex": "female", "affected": "affected", "hpo": ["HP:0003212"]},
        "reference": make_reference(),
        "software": {"hies-annot": "0.1.0", "pysam": "0.24.0"},
        "resources": [
            ResourceInfo(name="ClinVar", version="2025-11-03", date="2025-11-03", records=133)
        ],
        "conditions": [make_condition()],
        "variants": [make_variant()],
        "callability": make_callability(),
        "qc": {"build_score": 1.0, "records": {"read": 44, "carried": 1}},
        "warnings": [],
    }
    return convert({**fields, **changes}, SampleResult)


def make_negative(**changes: Any) -> SampleResult:
    """A `none` sample with two intronic variants and a reference block."""
    block = make_dropped(
        pos=42320000,
        reason="reference_block",
        kind="reference_block",
        alt=".",
        zygosity="hom_ref",
        genotype="0/0",
        hgvs_c=None,
        hgvs_g=None,
        consequence=[],
        id="17-42320000-42321000-.",
        end=42321000,
    )
    fields: dict[str, Any] = {
        "sample": "P02",
        "status": "none",
        "status_reason": "Nothing qualifies and the required bases were callable.",
        "conditions": [],
        "variants": [
            make_dropped(pos=42326500),
            make_dropped(pos=42326600, reason="common"),
            block,
        ],
    }
    return make_result(**{**fields, **changes})


def make_failed(**changes: Any) -> SampleResult:
    fields: dict[str, Any] = {
        "sample": "P03",
        "status": "failed",
        "status_reason": "p03.vcf.gz: the file ends in the middle of a block; copy it again.",
        "build": None,
        "reference": ReferenceInfo(loci=[]),
        "conditions": [],
        "variants": [],
        "callability": CallabilityResult(source="unknown", genes=[], known_sites=[]),
        "qc": {},
    }
    return make_result(**{**fields, **changes})


def make_compound(**changes: Any) -> SampleResult:
    """ZNF341 c.904C>T and c.1156C>T, phase not known, with every optional part filled."""
    second = make_znf341(
        id="20-33761989-C-T",
        pos=33761989,
        hgvs_c="NM_001282933.2:c.1156C>T",
        hgvs_p="NP_001269862.1:p.(Arg386Ter)",
        hgvs_g="NC_000020.11:g.33761989C>T",
        zygosity="het",
        genotype="0/1",
        aliases=["p.Arg379* (847-residue numbering)"],
        clinvar=make_clinvar(variation_id="599411", stars=1, conflict="P(1);VUS(3)"),
        population=[
            PopulationResult(
                source="gnomAD genomes",
                version="v4.1",
                allele_frequency=3.2e-5,
                allele_count=5,
                allele_number=152184,
                homozygotes=0,
                filtering_frequency=None,
                filtering_group=None,
            )
        ],
        worst=EffectResult(
            transcript="ENST00000342427",
            hgvs_c="c.1135C>T",
            hgvs_p="p.(Arg379Ter)",
            consequence=["stop_gained"],
            impact="HIGH",
        ),
        flags=["possible_mosaic"],
        scores=[{"tool": "CADD", "value": 38.0, "detail": "PHRED", "source": "CADD 1.7"}],
        splice={"site": "donor", "exon": 7, "in_frame": False, "reason": "x"},
        structural={"exons": [7, 8], "cds_share": 0.2, "name": "c.(?_1)_(2_?)del"},
        known={"identifier": "ZNF341:R379X", "source": "Beziat 2018"},
        notes=["a note"],
    )
    fields: dict[str, Any] = {
        "sample": "P04",
        "status": "possible",
        "status_reason": "Two pathogenic ZNF341 alleles, phase unknown.",
        "conditions": [
            make_znf341_condition(
                status="possible",
                genotype="two heterozygous alleles, phase unknown",
                phase="unknown",
                variants=["20-33757310-C-T", "20-33761989-C-T"],
                panels={"second_hit": ["Test both parents.", "Look for a deletion."]},
            )
        ],
        "variants": [make_znf341(zygosity="het", genotype="0/1"), second],
        "callability": make_callability(
            source="unknown",
            genes=[make_gene(gene="STAT3", known=False), make_gene(gene="ZNF341", missing={4: 30})],
            known_sites=[make_site(), make_site(state="not_covered", hgvs_c="c.1110-3C>G")],
            notes=["no depth in the file"],
        ),
        "warnings": ["The parents were not given."],
    }
    return make_result(**{**fields, **changes})


def make_exclusion(**changes: Any) -> SampleResult:
    """An `inconclusive` sample with a gap over exon 12 of STAT3."""
    fields: dict[str, Any] = {
        "sample": "P05",
        "status": "inconclusive",
        "status_reason": "Exon 12 of STAT3 (c.1110_1139) was not callable.",
        "callability": make_callability(
            genes=[make_gene(gene="STAT3", missing={12: 30}), make_gene(gene="ZNF341")],
            known_sites=[make_site(state="not_covered", hgvs_c="c.1110-3C>G"), make_site()],
        ),
    }
    return make_negative(**{**fields, **changes})


@pytest.fixture
def built() -> Callable[[str], Callable[..., Any]]:
    """Give the builder of this name: `built("result")(sample="x")`."""
    return lambda name: globals()[f"make_{name}"]


@pytest.fixture
def results() -> list[SampleResult]:
    """Five samples of one batch."""
    return [make_result(), make_negative(), make_failed(), make_compound(), make_exclusion()]
