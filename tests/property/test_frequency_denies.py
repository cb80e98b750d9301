"""A frequency that the disease does not allow is never hidden behind what says P/LP."""

from __future__ import annotations

import tempfile
from pathlib import Path

import one_person
import pytest

from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.model import Mechanism
from hies_annot.results.contract import SampleResult
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig, Source, SourceKind
from hies_annot.settings.run_config import RunConfig

FIELDS = "".join(
    f'##INFO=<ID={name},Number={number},Type={kind},Description="x">\n'
    for name, number, kind in (
        ("AC", "A", "Integer"),
        ("AN", "1", "Integer"),
        ("nhomalt", "A", "Integer"),
    )
)
OTHERS = ("17\t42329643\t.\tG\tT", "20\t33753265\t.\tC\tG")
"""Alleles that make the population file one of both genes."""
DISEASE = {Mechanism.DOMINANT_NEGATIVE, Mechanism.LOSS_OF_FUNCTION}
ROWS = [row for row in shipped_known() if row.pathogenic and DISEASE & set(row.mechanisms)]


def result_of(row, info: str) -> SampleResult:
    place = f"{row.chrom}\t{row.pos}\t.\t{row.ref}\t{row.alt}"
    with tempfile.TemporaryDirectory() as folder:
        population = Path(folder) / "gnomad.vcf"
        rows = [f"{place}\t.\tPASS\t{info}", *(f"{o}\t.\tPASS\tAC=1;AN=100000" for o in OTHERS)]
        head = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
        population.write_text(
            f"{one_person.CONTIGS}{FIELDS}{head}\n" + "".join(f"{r}\n" for r in rows)
        )
        call = f"chr{place}\t60\tPASS\t.\tGT:AD:DP:GQ\t1/1:0,40:40:99"
        source = Source(name="G", kind=SourceKind.POPULATION, path=str(population))
        engine = Engine(RunConfig(evidence=EvidenceConfig(sources=(source,))))
        return one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([call])})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.identifier)
def test_a_pathogenic_allele_that_many_have_is_contradicted(row):
    result = result_of(row, "AC=2000;AN=100000;nhomalt=20")
    if row.allow_frequency:
        assert result.status == "relevant"
        return
    assert result.status == "possible"
    assert "too frequent for the disease" in result.status_reason
    rare = result_of(row, "AC=0;AN=100000;nhomalt=0")
    assert rare.status == "relevant"
    assert not any("frequency speaks against" in r for r in rare.conditions[0].reasons)


def test_one_strong_criterion_is_told_and_changes_nothing():
    row = next(row for row in ROWS if row.identifier == "17-42329643-G-A")
    result = result_of(row, "AC=30;AN=100000")
    assert result.status == "relevant"
    assert any("its frequency speaks against it (BS1" in r for r in result.conditions[0].reasons)


HEADS = {
    "chrom\tpos\tref\talt\tFILTER": "{}",
    "chrom\tpos\tref\talt\tfilters": '["{}"]',
    "chrom\tpos\tref\talt\tFilters - exomes\tFilters - genomes": "{}\tNA",
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(("word", "status"), [("PASS", "inconclusive"), ("AS_VQSR", "possible")])
def test_a_frequency_that_failed_its_filter_hides_nothing_in_a_table_either(
    tmp_path, head, word, status
):
    table = tmp_path / "gnomad.tsv"
    cells = HEADS[head].format(word)
    rows = (f"20\t33753266\tA\tG\t{cells}\t0.2", f"17\t42329643\tG\tT\t{cells}\t0.2")
    table.write_text(f"{head}\tAF\n" + "".join(f"{row}\n" for row in rows))
    source = Source(name="G", kind=SourceKind.POPULATION, path=str(table))
    engine = Engine(RunConfig(evidence=EvidenceConfig(sources=(source,))))
    call = "chr20\t33753266\t.\tA\tG\t60\tPASS\t.\tGT:AD:DP:GQ\t1/1:0,40:40:99"
    result = one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([call])})
    assert result.status == status


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_homozygotes_that_passed_count_beside_more_that_failed(tmp_path, order):
    sources = []
    for number, (word, count) in enumerate((("PASS", 20), ("AC0", 300))):
        table = tmp_path / f"{number}.tsv"
        rows = (f"20\t33753266\tA\tG\t{word}", f"17\t42329643\tG\tT\t{word}")
        lines = "".join(f"{row}\t0.01\t{count}\n" for row in rows)
        table.write_text(f"chrom\tpos\tref\talt\tFILTER\tAF\tnhomalt\n{lines}")
        sources.append(Source(name=word, kind=SourceKind.POPULATION, path=str(table)))
    both = tuple(sources[place] for place in order)
    engine = Engine(RunConfig(evidence=EvidenceConfig(sources=both)))
    call = "chr20\t33753266\t.\tA\tG\t60\tPASS\t.\tGT:AD:DP:GQ\t1/1:0,40:40:99"
    result = one_person.result_of(engine, vcf={"P.vcf": one_person.vcf([call])})
    assert "BS2" in (result.variants[0].drop_detail or "")
