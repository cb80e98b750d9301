"""What a report proposes: tests of the gene file, and the causes that were not read."""

from __future__ import annotations

import pytest

from hies_annot.genes.gene_file import default_genes
from hies_annot.genes.other_causes import other_causes
from hies_annot.render.advice import recommendations
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEAD = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
)
RECORDS = {
    "relevant": "chr17\t42329643\t.\tG\tA\t50\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n",
    "possible": "chr17\t42329642\t.\tC\tG\t50\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n",
    "carrier": "chr20\t33757310\t.\tC\tT\t50\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n",
    "inconclusive": "chr17\t42388000\t.\tC\tA\t50\tPASS\t.\tGT:AD:DP:GQ\t0/0:40,0:40:99\n",
}


@pytest.fixture(scope="module")
def steps(tmp_path_factory):
    engine, found = Engine(RunConfig()), {}
    for status, record in RECORDS.items():
        path = tmp_path_factory.mktemp("steps") / "x.vcf"
        path.write_text(HEAD + record)
        (result,) = analyse_rows(engine, [{"sample": "P", "vcf": str(path)}], [], batch="b")
        assert result.status == status
        found[status] = " ".join(recommendations(result))
    return found


@pytest.mark.parametrize("status", ["carrier", "inconclusive"])
def test_what_leaves_high_ige_unexplained_names_every_other_cause(steps, status):
    for cause in other_causes():
        assert f"{cause.gene} ({cause.inheritance})" in steps[status]


def test_an_explanation_names_no_other_gene(steps):
    assert "DOCK8" not in steps["relevant"]


def test_an_unsettled_finding_names_the_tests_of_its_gene(steps):
    stat3, _ = default_genes()
    assert stat3.file.tests
    for test in stat3.file.tests:
        assert (test.name in steps["possible"]) is (test.splicing_of is None)
        assert test.name not in steps["relevant"]


def test_each_cause_names_its_source_and_is_none_of_the_genes_that_are_read():
    read = {gene.name for gene in default_genes()}
    assert all(cause.source for cause in other_causes())
    assert read.isdisjoint(cause.gene for cause in other_causes())
    wanted = "DOCK8 PGM3 IL6ST IL6R ERBIN TGFBR1 TGFBR2 CARD11 SPINK5 WAS STAT5B JAK1 STAT6 TYK2"
    assert {*wanted.split(), "ARPC1B", "FOXP3"} <= {cause.gene for cause in other_causes()}
