"""Several records for one allele: no order tells, and nothing of P/LP or B/LB is lost."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from hies_annot.evidence.several_records import one_clinvar, one_splice_map
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.conditions import judge
from hies_annot.model import (
    Allele,
    AlleleKind,
    Annotation,
    ClinVarFact,
    Evidence,
    Impact,
    PredictedSite,
    SpliceMapFact,
    Support,
)

CLASSES = (
    *("Pathogenic", "Likely pathogenic", "Pathogenic/Likely pathogenic", "Uncertain significance"),
    *("Benign", "Likely benign", "not provided", "Conflicting classifications of pathogenicity"),
)


def record(word: str, stars: int | None, source: str = "a") -> ClinVarFact:
    return ClinVarFact("9", word, stars, "status", (), None, source, None)


RECORDS = st.builds(
    record,
    st.sampled_from(CLASSES),
    st.sampled_from([None, 0, 1, 2, 4]),
    st.sampled_from(["a", "b"]),
)


@given(st.lists(RECORDS, min_size=1, max_size=4))
def test_every_order_gives_the_same_fact_and_no_side_is_lost(records):
    found = one_clinvar(records)
    assert all(one_clinvar(order) == found for order in permutations(records))
    damage = any(fact.pathogenic for fact in records)
    assert (found.pathogenic or found.contradictory) is damage
    assert found.contradictory is (damage and any(fact.denies for fact in records))
    assert found.benign <= all(
        fact.benign or fact.classification == "not provided" for fact in records
    )
    if len({fact.classification for fact in records}) > 1:
        assert all(fact.classification in found.conflict for fact in records)


GENE = next(gene for gene in default_genes() if gene.name == "ZNF341")
ALLELE = Allele(Build.GRCH38, "ZNF341", "20", 33781316, "T", "C", AlleleKind.SEQUENCE, 33781316)
ANNOTATION = Annotation(
    allele=ALLELE,
    transcript="NM_1.1",
    hgvs_g=None,
    hgvs_c="c.1648T>C",
    hgvs_p="p.(Ser550Pro)",
    consequence=("missense_variant",),
    impact=Impact.MODERATE,
    exon=None,
    intron=None,
    domain=None,
    residues=(550, 550),
)


def support(**facts) -> Support:
    (verdict,) = judge(ANNOTATION, Evidence(**facts), GENE).values()
    return verdict.support


def test_records_that_contradict_each_other_are_contradicted_and_told():
    both = one_clinvar([record("Benign", 2, "old"), record("Pathogenic", 2, "new")])
    (verdict,) = judge(ANNOTATION, Evidence(clinvar=both), GENE).values()
    assert (verdict.support, verdict.asks) == (Support.CONTRADICTED, True)
    assert verdict.reasons[0] == (
        "contradiction: ClinVar 9: Pathogenic/Benign (2 of 4 stars, new 9: Pathogenic (2 of 4 "
        "stars); old 9: Benign (2 of 4 stars)), but another record of ClinVar is B/LB"
    )


def test_labs_that_contradict_each_other_are_contradicted():
    assert support(lab="5") is Support.PATHOGENIC
    assert support(lab="1") is Support.BENIGN
    assert support(lab="5 / 1") is Support.CONTRADICTED
    assert support(lab="3 / 1") is Support.UNCERTAIN
    assert support(lab="4 / 3") is Support.PATHOGENIC


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_of_splice_maps_the_largest_change_is_told_in_any_order(values):
    facts = [SpliceMapFact("x", (PredictedSite("donor loss", v, 1),), "s") for v in values]
    found = {repr(one_splice_map(order)) for order in permutations(facts)}
    assert len(found) == 1
    assert one_splice_map(facts).sites[0].score == max(values)
