"""A class that a record gives once for several ALTs is no class of each of them."""

from __future__ import annotations

import pytest

from hies_annot.errors import InputError
from hies_annot.evidence.loci import Place
from hies_annot.evidence.sources import load_source
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.evidence_sources import Source, SourceKind

PLACE = Place(default_genes(), embedded_reference(Build.GRCH38, default_genes()))
KEYS = [("17", 42329643, "G", alt) for alt in "AC"]


def load(folder, number, alts, value):
    path = folder / "lab.vcf"
    path.write_text(
        "##fileformat=VCFv4.2\n##reference=GRCh38\n##contig=<ID=17,length=83257441>\n"
        f'##INFO=<ID=CLASS,Number={number},Type=String,Description="x">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        f"17\t42329643\t.\tG\t{alts}\t.\t.\tCLASS={value}\n"
    )
    return load_source(Source(name="lab", kind=SourceKind.LAB, path=str(path)), PLACE).facts


@pytest.mark.parametrize("number", ["1", "."])
def test_one_class_for_several_alleles_is_refused(tmp_path, number):
    with pytest.raises(InputError, match="CLASS is given once for several ALTs") as caught:
        load(tmp_path, number, "A,C", "5")
    assert caught.value.record == "17:42329643 G>A"


def test_a_class_for_each_allele_is_read(tmp_path):
    assert load(tmp_path, "A", "A,C", "5,1") == dict(zip(KEYS, ("5", "1"), strict=True))
    assert load(tmp_path, "1", "A", "5") == {KEYS[0]: "5"}


@pytest.mark.parametrize("number", ["1", "."])
def test_a_point_is_no_class(tmp_path, number):
    with pytest.raises(InputError, match="no usable record"):
        load(tmp_path, number, "A", ".")
