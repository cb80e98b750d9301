"""Three-step rule: curated table, own ACMG class, ClinVar; contradictions; drop reasons."""

from __future__ import annotations

import pytest

from hies_annot.evidence.store import load_evidence
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.conditions import judge
from hies_annot.judge.drop_reasons import drop_by_evidence
from hies_annot.model import Mechanism, Support
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.evidence_sources import EvidenceConfig

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
STORE = load_evidence(EvidenceConfig(), default_genes(), Build.GRCH38, REFERENCE)
DN = {"mechanisms": ["dominant_negative"]}
GOF = {"mechanisms": ["gain_of_function"]}
LOF = {"mechanisms": ["loss_of_function"]}
COMMON = [{"allele_frequency": 0.01, "filtering_frequency": 0.01}]
NONSENSE = {"consequence": ["stop_gained"], "nmd": {"triggers": True}, "hgvs_p": "p.(Arg100Ter)"}
HIES, ADMIO, SOMATIC = "STAT3-AD-HIES", "STAT3-ADMIO1", "STAT3-SOMATIC"
AR = "ZNF341-AR-HIES"


def verdicts(make, *, gene="STAT3", annotation=None, clinvar=None, context=None, **evidence):
    if clinvar is not None:
        evidence["clinvar"] = make.make_clinvar(**clinvar)
    return judge(
        make.make_annotation(gene=gene, **(annotation or {})),
        make.make_evidence(**evidence),
        make.GENES[gene],
        make.make_context(**(context or {})),
    )


@pytest.mark.parametrize(
    ("title", "gene", "condition", "facts", "support", "basis"),
    [
        ("curated DN", "STAT3", HIES, {"known": DN}, "pathogenic", "curated"),
        ("curated DN, GOF disease", "STAT3", ADMIO, {"known": DN}, "other_mechanism", "curated"),
        ("curated GOF", "STAT3", HIES, {"known": GOF}, "other_mechanism", "curated"),
        ("curated GOF, GOF disease", "STAT3", ADMIO, {"known": GOF}, "pathogenic", "curated"),
        (
            "GOF of uncertain significance is still not HIES",
            "STAT3",
            HIES,
            {"known": GOF | {"classification": "uncertain"}},
            "other_mechanism",
            "curated",
        ),
        (
            "GOF of uncertain significance stays a differential",
            "STAT3",
            ADMIO,
            {"known": GOF | {"classification": "uncertain"}},
            "uncertain",
            "curated",
        ),
        (
            "GOF with ClinVar P and a HIES label",
            "STAT3",
            HIES,
            {"known": GOF, "clinvar": {"stars": 2}},
            "other_mechanism",
            "curated",
        ),
        (
            "both mechanisms reported",
            "STAT3",
            HIES,
            {"known": {"mechanisms": ["dominant_negative", "gain_of_function"]}},
            "contradicted",
            "none",
        ),
        (
            "curated DN against ClinVar benign",
            "STAT3",
            HIES,
            {"known": DN, "clinvar": {"classification": "Benign", "stars": 2}},
            "contradicted",
            "none",
        ),
        (
            "curated DN against a frequency that the disease model forbids",
            "STAT3",
            HIES,
            {"known": DN, "population": COMMON},
            "contradicted",
            "none",
        ),
        (
            "founder allele with the same frequency",
            "ZNF341",
            AR,
            {"known": LOF | {"allow_frequency": True}, "population": COMMON},
            "pathogenic",
            "curated",
        ),
        (
            "curated benign",
            "STAT3",
            HIES,
            {"known": {"mechanisms": ["benign"], "classification": "likely_benign"}},
            "benign",
            "curated",
        ),
        (
            "curated benign against ClinVar P",
            "STAT3",
            HIES,
            {
                "known": {"mechanisms": ["benign"], "classification": "likely_benign"},
                "clinvar": {"stars": 1},
            },
            "contradicted",
            "none",
        ),
        (
            "ClinVar P does not tell the mechanism",
            "STAT3",
            HIES,
            {"clinvar": {"stars": 1}},
            "mechanism_unresolved",
            "clinvar",
        ),
        (
            "ClinVar P at a residue of AD-HIES",
            "STAT3",
            HIES,
            {"clinvar": {"stars": 1}, "neighbours": [DN | {"hgvs_p": "p.(Arg100Trp)"}]},
            "pathogenic",
            "clinvar",
        ),
        (
            "ClinVar P at a residue of both diseases",
            "STAT3",
            HIES,
            {
                "clinvar": {"stars": 1},
                "neighbours": [
                    DN | {"hgvs_p": "p.(Arg100Trp)"},
                    GOF | {"hgvs_p": "p.(Arg100Gln)", "classification": "uncertain"},
                ],
            },
            "mechanism_unresolved",
            "clinvar",
        ),
        (
            "ClinVar P on a gain-of-function row of uncertain class",
            "STAT3",
            ADMIO,
            {
                "known": GOF | {"classification": "uncertain"},
                "neighbours": [GOF | {"hgvs_p": "p.(Arg100Trp)", "classification": "uncertain"}],
                "clinvar": {"stars": 1},
            },
            "uncertain",
            "curated",
        ),
        ("the lab's P does not tell the mechanism", "STAT3", HIES, {"lab": "P"},
         "mechanism_unresolved", "lab"),
        (
            "ZNF341 missense: ClinVar P reaches higher than our own class without proof",
            "ZNF341",
            AR,
            {
                "clinvar": {"stars": 1},
                "scores": [{"tool": "REVEL", "value": 0.95}],
                "exhaustive": ["gnomAD"],
                "context": {"nih_score": 60},
            },
            "pathogenic",
            "clinvar",
        ),
        ("ClinVar P, no star", "STAT3", HIES, {"clinvar": {"stars": 0}}, "uncertain", "none"),
        ("ClinVar P, unknown", "STAT3", HIES, {"clinvar": {"stars": None}}, "uncertain", "none"),
        (
            "ClinVar P says nothing about the GOF disease",
            "STAT3",
            ADMIO,
            {"clinvar": {"stars": 1}},
            "uncertain",
            "none",
        ),
        (
            "ClinVar conflicting is not pathogenic",
            "STAT3",
            HIES,
            {
                "clinvar": {
                    "classification": "Conflicting classifications of pathogenicity",
                    "conflict": "P(1);VUS(3)",
                }
            },
            "uncertain",
            "none",
        ),
        (
            "ClinVar P at a residue with GOF only",
            "STAT3",
            HIES,
            {"clinvar": {"stars": 2}, "neighbours": [GOF | {"hgvs_p": "p.(Arg100Trp)"}]},
            "mechanism_unresolved",
            "clinvar",
        ),
        (
            "same protein change as a GOF allele",
            "STAT3",
            HIES,
            {"clinvar": {"stars": 2}, "neighbours": [GOF | {"hgvs_p": "p.(Arg100Gly)"}]},
            "other_mechanism",
            "curated",
        ),
        (
            "ClinVar P against the frequency",
            "STAT3",
            HIES,
            {"clinvar": {"stars": 0}, "population": COMMON},
            "contradicted",
            "none",
        ),
        ("frequency alone", "STAT3", HIES, {"population": COMMON}, "benign", "acmg"),
        (
            "one supporting benign criterion drops nothing",
            "ZNF341",
            AR,
            {"scores": [{"tool": "REVEL", "value": 0.25}]},
            "uncertain",
            "none",
        ),
        (
            "lab says LP",
            "ZNF341",
            AR,
            {"lab": "Likely pathogenic"},
            "pathogenic",
            "lab",
        ),
        ("lab says VUS", "ZNF341", AR, {"lab": "VUS"}, "uncertain", "none"),
        (
            "STAT3 truncation",
            "STAT3",
            HIES,
            {"annotation": NONSENSE},
            "mechanism_unresolved",
            "none",
        ),
        (
            "STAT3 truncation that ClinVar calls pathogenic",
            "STAT3",
            HIES,
            {"annotation": NONSENSE, "clinvar": {"stars": 1}},
            "mechanism_unresolved",
            "none",
        ),
        (
            "a published dominant negative truncation",
            "STAT3",
            HIES,
            {"annotation": NONSENSE, "known": DN},
            "pathogenic",
            "curated",
        ),
        (
            "STAT3 truncation, GOF disease",
            "STAT3",
            ADMIO,
            {"annotation": NONSENSE},
            "other_mechanism",
            "none",
        ),
        ("ZNF341 truncation", "ZNF341", AR, {"annotation": NONSENSE}, "pathogenic", "acmg"),
        (
            "ZNF341 truncation against ClinVar benign",
            "ZNF341",
            AR,
            {"annotation": NONSENSE, "clinvar": {"classification": "Benign", "stars": 1}},
            "contradicted",
            "none",
        ),
        ("ZNF341 missense", "ZNF341", AR, {}, "uncertain", "none"),
        (
            "ZNF341 missense, LP by scores and zygosity: function is needed",
            "ZNF341",
            AR,
            {
                "scores": [{"tool": "REVEL", "value": 0.95}],
                "exhaustive": ["gnomAD"],
                "context": {
                    "partners": [
                        {"classification": "uncertain", "phase": "homozygous", "rare": True}
                    ]
                },
            },
            "uncertain",
            "acmg",
        ),
        (
            "the same with a functional study",
            "ZNF341",
            AR,
            {
                "known": {"mechanisms": ["unresolved"], "functional": "abnormal: assay"},
                "neighbours": [LOF | {"hgvs_p": "p.(Arg100Trp)"}],
                "scores": [{"tool": "REVEL", "value": 0.95}],
            },
            "pathogenic",
            "acmg",
        ),
        (
            "scores alone cannot tell the mechanism",
            "STAT3",
            HIES,
            {"scores": [{"tool": "REVEL", "value": 0.95}], "exhaustive": ["gnomAD"]},
            "mechanism_unresolved",
            "acmg",
        ),
        (
            "the same with a patient's phenotype",
            "STAT3",
            HIES,
            {
                "scores": [{"tool": "REVEL", "value": 0.95}],
                "exhaustive": ["gnomAD"],
                "context": {"nih_score": 60, "hpo": ["HP:0003212"]},
            },
            "mechanism_unresolved",
            "acmg",
        ),
        ("somatic", "STAT3", SOMATIC, {"known": {"mechanisms": ["somatic_activating"]}},
         "pathogenic", "curated"),
        ("unknown for the clone", "STAT3", SOMATIC, {}, "uncertain", "none"),
    ],
)  # fmt: skip
def test_support(make, title, gene, condition, facts, support, basis):
    found = verdicts(make, gene=gene, **facts)[condition]
    assert (found.support, found.basis) == (support, basis), (title, found.reasons)
    assert found.reasons


def test_the_contradiction_is_the_first_reason(make):
    clinvar = {"classification": "Benign", "stars": 2}
    found = verdicts(make, known=DN, clinvar=clinvar)["STAT3-AD-HIES"]
    assert found.reasons[0].startswith("contradiction: curated")
    assert "but ClinVar 1: Benign (2 of 4 stars)" in found.reasons[0]


def test_conflicts_show_their_counts(make):
    clinvar = {"classification": "Conflicting classifications of pathogenicity"}
    found = verdicts(make, clinvar={**clinvar, "conflict": "P(1);VUS(3)"})["STAT3-AD-HIES"]
    assert any("P(1);VUS(3)" in reason for reason in found.reasons)


def test_verdicts_are_pure(make):
    assert verdicts(make, known=DN) == verdicts(make, known=DN)


def test_clinvar_takes_no_part_in_the_points(make):
    without = verdicts(make)["STAT3-AD-HIES"].acmg
    with_it = verdicts(make, clinvar={"stars": 4})["STAT3-AD-HIES"].acmg
    assert without == with_it


NOT_RARE = {"allele_frequency": 0.00001, "allele_number": 100000}
RARE = {"allele_frequency": 0.000001, "allele_number": 2000000}


def deep(hgvs_c):
    return {"hgvs_c": hgvs_c, "consequence": ["intron_variant"]}


def near(hgvs_c):
    return {"hgvs_c": hgvs_c, "consequence": ["splice_region_variant", "intron_variant"]}


@pytest.mark.parametrize(
    ("title", "facts", "code"),
    [
        ("missense VUS stays", {}, None),
        ("synonymous", {"annotation": {"consequence": ["synonymous_variant"]}},
         "no_coding_or_splice_effect"),
        ("synonymous with a splice score",
         {"annotation": {"consequence": ["synonymous_variant"]},
          "scores": [{"tool": "SpliceAI", "value": 0.5}]}, None),
        ("synonymous that ClinVar calls pathogenic without a star",
         {"annotation": {"consequence": ["synonymous_variant"]}, "clinvar": {"stars": 0}}, None),
        ("synonymous, conflicting in ClinVar",
         {"annotation": {"consequence": ["synonymous_variant"]},
          "clinvar": {"classification": "Conflicting classifications of pathogenicity"}},
         "no_coding_or_splice_effect"),
        ("deep intronic", {"annotation": {"consequence": ["intron_variant"]}},
         "no_coding_or_splice_effect"),
        ("deep intronic, curated",
         {"annotation": {"consequence": ["intron_variant"]}, "known": DN}, None),
        ("donor 5th base stays",
         {"annotation": {"consequence": ["splice_donor_5th_base_variant"]}}, None),
        ("polypyrimidine tract stays",
         {"annotation": {"consequence": ["splice_polypyrimidine_tract_variant"]}}, None),
        ("pyrimidine for pyrimidine at -8", {"annotation": near("c.1110-8T>C")},
         "splice_region_without_evidence"),
        ("the same with a splice score",
         {"annotation": near("c.1110-8T>C"), "scores": [{"tool": "SpliceAI", "value": 0.5}]},
         None),
        ("the same, pathogenic in ClinVar",
         {"annotation": near("c.1110-8T>C"), "clinvar": {"stars": 0}}, None),
        ("one base twice at -8", {"annotation": near("c.1601-8dup")},
         "splice_region_without_evidence"),
        ("a purine at -8 stays", {"annotation": near("c.1110-8T>G")}, None),
        ("several bases of the tract stay", {"annotation": near("c.1110-9_1110-5del")}, None),
        ("pyrimidine for pyrimidine at -3", {"annotation": near("c.1110-3C>T")},
         "splice_region_without_evidence"),
        ("purine at -3 stays", {"annotation": near("c.1110-3C>G")}, None),
        ("the same with a splice score at -3",
         {"annotation": near("c.1110-3C>T"), "scores": [{"tool": "SpliceAI", "value": 0.5}]}, None),
        ("consensus base at +5", {"annotation": near("c.1139+5A>G")},
         "splice_region_without_evidence"),
        ("away from the consensus at +5 stays", {"annotation": near("c.1139+5G>A")}, None),
        ("A for G at +3 stays", {"annotation": near("c.1139+3A>G")}, None),
        ("missense above the frequency of PM2, only PP2",
         {"population": [NOT_RARE]}, "not_rare_without_evidence"),
        ("the same with a score",
         {"population": [NOT_RARE],
          "scores": [{"tool": "REVEL", "value": 0.7}]}, None),
        ("the same, conflicting in ClinVar",
         {"population": [NOT_RARE], "clinvar": {"classification":
          "Conflicting classifications of pathogenicity", "conflict": "P(1);VUS(3)"}}, None),
        ("the same, pathogenic in ClinVar",
         {"population": [NOT_RARE], "clinvar": {"stars": 0}}, None),
        ("missense as rare as PM2 allows", {"population": [RARE]}, None),
        ("+7", {"annotation": near("c.1139+7T>C")}, "splice_region_without_evidence"),
        ("+6 stays", {"annotation": near("c.1139+6T>C")}, None),
        ("another base at a known deep intronic site stays",
         {"annotation": deep("c.1282-89C>A")}, None),
        ("the base beside it", {"annotation": deep("c.1282-88T>C")}, "no_coding_or_splice_effect"),
        ("a longer number", {"annotation": deep("c.1282-890T>C")}, "no_coding_or_splice_effect"),
        ("common", {"population": COMMON}, "common"),
        ("common by a bare frequency", {"population": [{"allele_frequency": 0.24}]}, "common"),
        ("a bare frequency below 1 % stays", {"population": [{"allele_frequency": 0.009}]}, None),
        ("benign by the curated table",
         {"known": {"mechanisms": ["benign"], "classification": "benign"}}, "benign"),
        ("benign by ClinVar", {"clinvar": {"classification": "Likely benign"}}, "benign"),
        ("contradicted stays", {"population": COMMON, "clinvar": {"stars": 1}}, None),
        ("other mechanism stays", {"known": GOF}, None),
        ("truncation stays", {"annotation": NONSENSE}, None),
        ("nothing named stays", {"annotation": {"consequence": []}}, None),
    ],
)  # fmt: skip
def test_drop_by_evidence(make, title, facts, code):
    annotation = make.make_annotation(**facts.get("annotation", {}))
    given = {key: value for key, value in facts.items() if key != "annotation"}
    if "clinvar" in given:
        given["clinvar"] = make.make_clinvar(**given["clinvar"])
    evidence = make.make_evidence(**given)
    found = judge(annotation, evidence, make.STAT3)
    assert drop_by_evidence(annotation, evidence, found, make.STAT3.file) == code, title


@pytest.mark.parametrize(
    "known",
    [*STORE.known_variants("STAT3"), *STORE.known_variants("ZNF341")],
    ids=lambda known: known.identifier,
)
def test_every_curated_variant_counts_for_its_mechanism_and_for_no_other(make, known):
    """Also with the embedded ClinVar facts beside it, whatever condition ClinVar names."""
    allele = normalise_allele(REFERENCE, known.chrom, known.pos, known.ref, known.alt)
    evidence = STORE.lookup(allele)
    assert evidence.known == known
    annotation = make.make_annotation(
        gene=known.gene,
        pos=known.pos,
        ref=known.ref,
        alt=known.alt,
        hgvs_p=known.hgvs_p,
        hgvs_c=known.hgvs_c,
        consequence=["frameshift_variant"]
        if "fs" in (known.hgvs_p or "")
        else ["missense_variant"],
    )
    found = judge(annotation, evidence, make.GENES[known.gene])
    mechanisms = set(known.mechanisms)
    for condition in make.GENES[known.gene].file.conditions:
        support = found[condition.id].support
        if mechanisms & set(condition.mechanisms):
            wanted = Support.PATHOGENIC if known.pathogenic else Support.UNCERTAIN
            assert support is wanted
        elif mechanisms == {Mechanism.BENIGN}:
            assert support is Support.BENIGN
        elif mechanisms != {Mechanism.UNRESOLVED}:
            assert support is Support.OTHER_MECHANISM
    gene = make.GENES[known.gene].file
    assert (drop_by_evidence(annotation, evidence, found, gene) is None) == (
        mechanisms != {Mechanism.BENIGN}
    )
