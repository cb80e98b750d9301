"""A row of the lab's table in any spelling is used, or refused by name; never passed over."""

from __future__ import annotations

import tempfile
from pathlib import Path

import one_person
import pytest

from hies_annot.results.contract import SampleResult
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig, Source, SourceKind
from hies_annot.settings.run_config import RunConfig

OTHER = "17\t42329643\tG\tA\tVUS\n"
RECORD = "chr17\t42322410\t.\tT\tC\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"


def result_with(row: str) -> SampleResult:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lab.tsv")
        path.write_text(f"chrom\tpos\tref\talt\tCLASS\n{OTHER}{row}\n", encoding="utf-8")
        source = Source(name="own", kind=SourceKind.LAB, path=str(path))
        engine = Engine(RunConfig(evidence=EvidenceConfig(embedded=False, sources=(source,))))
        return one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([RECORD])})


@pytest.mark.parametrize(
    "row",
    [
        "17\t42322410\tT\tC\tPathogenic",
        "chr17\t 42322410 \t T \t C \tPathogenic",
        "17\t42322410\tt\tc\tpathogenic",
        "17\t42322410\tT\tC \tP",
    ],
)
def test_blanks_and_case_are_nothing(row):
    (variant,) = result_with(row).variants
    assert variant.lab.lower().startswith("p")


@pytest.mark.parametrize("place", ["42,322,410", "42322410.0", "4.232241E+07", "42 322 410", "x"])
def test_a_position_that_cannot_be_read_is_refused_by_name(place):
    result = result_with(f"17\t{place}\tT\tC\tPathogenic")
    assert result.status == "failed"
    assert place in result.status_reason
    assert "no whole number" in result.status_reason


@pytest.mark.parametrize("alt", ["C,G", "C/G", "C, G", "G;C"])
def test_several_alts_are_refused(alt):
    assert "several ALTs" in result_with(f"17\t42322410\tT\t{alt}\tPathogenic").status_reason


@pytest.mark.parametrize("place", ["", ".", "NA", "-", "-1"])
def test_a_row_without_a_place_is_none(place):
    assert result_with(f"17\t{place}\tT\tC\tPathogenic").status == "possible"


@pytest.mark.parametrize("name", ["17.0", "chr 17", "17q21", "1 7", ""])
def test_a_row_of_a_gene_on_an_unknown_chromosome_is_refused(name):
    result = result_with(f"{name}\t42322410\tT\tC\tPathogenic")
    assert result.status == "failed"
    assert "write it as 17" in result.status_reason


@pytest.mark.parametrize("name", ["18.0", "chr17_GL000258v2_alt", "HSCHR17_1_CTG5", "Un", ""])
def test_a_row_of_another_contig_is_none(name):
    assert result_with(f"{name}\t423224\tT\tC\tPathogenic").status == "possible"


@pytest.mark.parametrize("alleles", ["T\t-", "-\tC", "T\tdel", "T\t", "\tC", "42322410\tT"])
def test_alleles_in_another_form_are_refused(alleles):
    result = result_with(f"17\t42322410\t{alleles}\tPathogenic")
    assert result.status == "failed"
    assert "no alleles as in a VCF" in result.status_reason


@pytest.mark.parametrize("alleles", ["na\tna", ".\t.", "T\t<DEL>", "N\t*", "T\tN"])
def test_alleles_that_are_none_are_left_out(alleles):
    assert result_with(f"17\t42322410\t{alleles}\tPathogenic").status == "possible"


def test_one_wrong_base_among_many_of_a_lab_is_told():
    result = result_with(f"{OTHER * 30}17\t42322410\tA\tG\tPathogenic")
    assert result.status == "failed"
    assert "17:42322410 A>G" in result.status_reason


def test_one_class_in_two_spellings_is_one():
    row = "17\t42322410\tT\tC\t"
    (variant,) = result_with(f"{row}P\n{row}Pathogenic\n{row}class 5").variants
    assert variant.lab == "P"
    both = result_with(f"{row}P\n{row}LP")
    assert "two classes for one allele" in both.status_reason


def test_a_column_that_is_there_twice_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lab.tsv")
        path.write_text(f"chrom\tpos\tref\talt\tCLASS\tCLASS\n{OTHER.strip()}\tP\n")
        source = Source(name="own", kind=SourceKind.LAB, path=str(path))
        engine = Engine(RunConfig(evidence=EvidenceConfig(embedded=False, sources=(source,))))
        result = one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([RECORD])})
    assert "'CLASS' is there twice" in result.status_reason


def test_a_header_in_quotation_marks_is_read():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lab.csv")
        row = '"17","42322410","T","C","Pathogenic"'
        path.write_text(f'"chrom","pos","ref","alt","CLASS"\n{row}\n')
        source = Source(name="own", kind=SourceKind.LAB, path=str(path))
        engine = Engine(RunConfig(evidence=EvidenceConfig(embedded=False, sources=(source,))))
        (variant,) = one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([RECORD])}).variants
    assert variant.lab == "Pathogenic"
