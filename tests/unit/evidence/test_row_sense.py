"""A row of the lab's table never hides an allele: it is refused, or the other table is told."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.errors import InputError
from hies_annot.evidence.curated import COLUMNS, read_known
from hies_annot.evidence.known_alleles import KNOWN, known_alleles
from hies_annot.evidence.loci import Place
from hies_annot.evidence.row_sense import contradiction_in, opposed
from hies_annot.evidence.store import load_evidence
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.conditions import judge
from hies_annot.model import Allele, AlleleKind, Annotation, Impact, Mechanism, Support
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.evidence_sources import EvidenceConfig
from hies_annot.shipped import resource_path

GENES = {gene.name: gene for gene in default_genes()}
REFERENCE = embedded_reference(Build.GRCH38, default_genes())
PLACE = Place(default_genes(), REFERENCE)
STORE = load_evidence(EvidenceConfig(), default_genes(), Build.GRCH38, REFERENCE)
SHIPPED = read_known(resource_path(KNOWN))
R382W = ("17", 42329643, "G", "A")
CLASSES = ("pathogenic", "likely_pathogenic", "uncertain", "likely_benign", "benign")
MECHANISMS = [
    (one,) if one is two else (one, two)
    for one, two in itertools.combinations_with_replacement(Mechanism, 2)
]
CONDITIONS = ("", *(entry.id for entry in GENES["STAT3"].file.conditions))


def lab(folder: Path, mechanisms, classification, condition) -> EvidenceConfig:
    cells = ("STAT3", *(str(part) for part in R382W), "c.1144C>T", "p.(Arg382Trp)")
    row = (*cells, ";".join(mechanisms), classification, condition, "", "", "", "our lab")
    path = folder / "known.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n")
    return EvidenceConfig(known_variants=str(path))


ALLELE = Allele(Build.GRCH38, "STAT3", *R382W, AlleleKind.SEQUENCE, R382W[1])


def supports(store) -> dict[str, Support]:
    annotation = Annotation(
        allele=ALLELE,
        transcript="NM_139276.3",
        hgvs_g=None,
        hgvs_c="c.1144C>T",
        hgvs_p="p.(Arg382Trp)",
        consequence=("missense_variant",),
        impact=Impact.MODERATE,
        exon=None,
        intron=None,
        domain=None,
        residues=(382, 382),
    )
    verdicts = judge(annotation, store.lookup(ALLELE), GENES["STAT3"])
    return {name: verdict.support for name, verdict in verdicts.items()}


COUNTS = {Support.PATHOGENIC, Support.UNRESOLVED, Support.CONTRADICTED}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@given(
    st.sampled_from(MECHANISMS), st.sampled_from(CLASSES), st.sampled_from((*CONDITIONS, "HIES"))
)
def test_no_row_of_a_lab_hides_a_pathogenic_allele(folder, mechanisms, classification, condition):
    config = lab(folder, mechanisms, classification, condition)
    (row,) = read_known(Path(config.known_variants))
    if contradiction_in(row, GENES["STAT3"]):
        with pytest.raises(InputError, match="line 2: 17-42329643-G-A: "):
            known_alleles(config, PLACE)
        assert classification not in ("benign", "likely_benign")
        return
    store = replace(STORE, known=known_alleles(config, PLACE))
    found = supports(store)
    assert found["STAT3-AD-HIES"] in COUNTS
    row, row_of_table = store.known[R382W], STORE.known[R382W]
    if opposed(row, row_of_table):
        assert set(found.values()) == {Support.CONTRADICTED}
    assert (row.replaces is None) is (
        (row.classification, set(row.mechanisms))
        == (row_of_table.classification, set(row_of_table.mechanisms))
    )


def test_a_row_of_another_mechanism_than_its_condition_is_refused_with_what_to_write(folder):
    config = lab(folder, ["loss_of_function"], "pathogenic", "STAT3-AD-HIES")
    with pytest.raises(InputError) as caught:
        known_alleles(config, PLACE)
    assert str(caught.value) == (
        f"{config.known_variants}, line 2: 17-42329643-G-A: mechanism loss_of_function is none of "
        "STAT3-AD-HIES (dominant_negative): write one of these, or unresolved where it is not known"
    )


def test_no_row_that_ships_contradicts_itself():
    assert [told for row in SHIPPED if (told := contradiction_in(row, GENES[row.gene]))] == []


def test_the_other_table_is_named_where_the_lab_says_otherwise(folder):
    config = lab(folder, ["gain_of_function"], "likely_pathogenic", "STAT3-ADMIO1")
    store = replace(STORE, known=known_alleles(config, PLACE))
    assert store.lookup(ALLELE).known.replaces == STORE.known[R382W]
