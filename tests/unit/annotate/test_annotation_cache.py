from __future__ import annotations

import sqlite3

import pytest

from hies_annot.annotate.annotation_cache import Shelf, ground_of
from hies_annot.annotate.annotator import Annotator
from hies_annot.errors import UsageError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.names.parse import parse_variant
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
TEXTS = (
    "17-42329643-G-A",
    "17-42325037-TCAC-T",
    "17-42337519-TCGTC-T",
    "17-42329746-C-A",
    "20-33761989-C-T",
    "20-33761915-AG-A",
    "17-42328600-42330100-<DEL>",
)
ALLELES = [parse_variant(text, REFERENCE, GENES) for text in TEXTS]


def annotator(path, ground="ground"):
    return Annotator(REFERENCE, GENES, Shelf(path, ground))


def test_what_is_kept_is_what_was_computed(tmp_path):
    first = annotator(tmp_path / "kept.sqlite")
    computed = [first.annotate(allele) for allele in ALLELES]
    first.shelf.save()
    second = annotator(tmp_path / "kept.sqlite")
    assert [second.shelf.get(allele) for allele in ALLELES] == computed
    assert [second.annotate(allele) for allele in ALLELES] == computed


def test_nothing_is_taken_from_another_ground(tmp_path):
    first = annotator(tmp_path / "kept.sqlite")
    first.annotate(ALLELES[0])
    first.shelf.save()
    assert annotator(tmp_path / "kept.sqlite", "other").shelf.get(ALLELES[0]) is None


def test_the_ground_follows_reference_and_build():
    other = embedded_reference(Build.GRCH37, GENES)
    assert ground_of(REFERENCE, GENES) == ground_of(REFERENCE, GENES)
    assert len({ground_of(REFERENCE, GENES), ground_of(other, GENES)}) == 2
    assert ground_of(REFERENCE, GENES) != ground_of(REFERENCE, GENES[:1])


def test_two_runs_may_save_the_same_allele(tmp_path):
    both = [annotator(tmp_path / "kept.sqlite") for _ in range(2)]
    for one in both:
        one.annotate(ALLELES[0])
    for one in both:
        one.shelf.save()
    assert annotator(tmp_path / "kept.sqlite").shelf.get(ALLELES[0]) is not None


def test_a_damaged_row_is_annotated_anew(tmp_path, caplog):
    first = annotator(tmp_path / "kept.sqlite")
    computed = first.annotate(ALLELES[0])
    first.shelf.save()
    with sqlite3.connect(tmp_path / "kept.sqlite") as connection:
        connection.execute("UPDATE annotation SET value = '{'")
    connection.close()
    assert annotator(tmp_path / "kept.sqlite").annotate(ALLELES[0]) == computed
    assert "damaged" in caplog.text


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("no database, but a text that is long enough to be read")
    with pytest.raises(UsageError, match="annotation_cache"):
        annotator(tmp_path / "notes.txt")
