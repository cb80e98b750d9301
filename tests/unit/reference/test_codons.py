"""The standard genetic code is NCBI's table 1."""

from __future__ import annotations

from Bio.Data.CodonTable import unambiguous_dna_by_id

from hies_annot.reference.codons import CODON_TABLE


def test_the_table_is_that_of_biopython() -> None:
    standard = unambiguous_dna_by_id[1]
    assert standard.forward_table | dict.fromkeys(standard.stop_codons, "*") == CODON_TABLE
