"""A gene is one YAML file with its reference rows: DOCK8 and CARD11 run without a line of code."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.errors import GeneFileError
from hies_annot.evidence.curated import COLUMNS
from hies_annot.genes.gene_file import load_gene
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig
from hies_annot.settings.run_config import RunConfig

FOLDER = Path(__file__).parent / "data" / "genes"
HEADER = (
    "##fileformat=VCFv4.3\n"
    "##contig=<ID=chr7,length=159345973>\n##contig=<ID=chr9,length=138394717>\n"
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="x">\n'
    '##INFO=<ID=END,Number=1,Type=Integer,Description="x">\n'
    '##ALT=<ID=DEL,Description="x">\n##FILTER=<ID=PASS,Description="x">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
)
DEPTHS = {"0/1": "20,20", "0|1": "20,20", "1|0": "20,20", "1/1": "0,40"}
KNOWN = (
    ("7-2901313-C-A", "c.88G>T", "p.(Val30Leu)", "dominant_negative", "CARD11-AD-DN"),
    ("7-2901342-G-A", "c.59C>T", "p.(Ser20Leu)", "gain_of_function", "CARD11-BENTA"),
)
NONSENSE, SECOND = "9-300558-C-T", "9-300619-T-A"  # c.118C>T, c.179T>A of the made-up DOCK8


def known_table(path: Path) -> str:
    lines = ["\t".join(COLUMNS)]
    for allele, hgvs_c, hgvs_p, mechanism, condition in KNOWN:
        chrom, pos, ref, alt = allele.split("-")
        cells = ["CARD11", chrom, pos, ref, alt, hgvs_c, hgvs_p, mechanism, "pathogenic"]
        lines.append("\t".join([*cells, condition, "", "", "", "made up"]))
    path.write_text("\n".join(lines) + "\n")
    return str(path)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    table = known_table(tmp_path_factory.mktemp("known") / "known.tsv")
    genes = tuple(str(FOLDER / f"{name}.yaml") for name in ("DOCK8", "CARD11"))
    evidence = EvidenceConfig(embedded=False, known_variants=table)
    return Engine(RunConfig(genes=genes, build="GRCh38", evidence=evidence))


def record(allele: str, genotype: str) -> str:
    chrom, pos, ref, alt = allele.split("-")
    info = "."
    if ref.isdigit():
        info, ref, alt = f"SVTYPE=DEL;END={ref}", "N", "<DEL>"
    reads = f"{DEPTHS[genotype]}:40:99:{1 if '|' in genotype else '.'}"
    cells = [f"chr{chrom}", pos, ".", ref, alt, "50", "PASS", info, "GT:AD:DP:GQ:PS"]
    return "\t".join([*cells, f"{genotype}:{reads}"])


@pytest.mark.parametrize(
    ("title", "records", "status"),
    [
        ("recessive, homozygous nonsense", [(NONSENSE, "1/1")], "relevant"),
        ("recessive, one nonsense", [(NONSENSE, "0/1")], "carrier"),
        ("recessive, in trans", [(NONSENSE, "0|1"), (SECOND, "1|0")], "relevant"),
        ("recessive, in cis", [(NONSENSE, "0|1"), (SECOND, "0|1")], "carrier"),
        ("recessive, phase unknown", [(NONSENSE, "0/1"), (SECOND, "0/1")], "possible"),
        ("exon 2 deleted on both, frame lost", [("9-300500-300700-DEL", "1/1")], "relevant"),
        ("exon 2 deleted on one", [("9-300500-300700-DEL", "0/1")], "carrier"),
        ("exon 4 deleted on both, in frame", [("9-301100-301300-DEL", "1/1")], "possible"),
        ("a deletion in an intron", [("9-300700-300750-DEL", "1/1")], "inconclusive"),
        ("dominant negative, curated", [("7-2901313-C-A", "0/1")], "relevant"),
        ("same protein change as it", [("7-2901313-C-G", "0/1")], "possible"),
        ("gain of function, curated", [("7-2901342-G-A", "0/1")], "differential"),
        ("truncation in a dominant negative gene", [("7-2901342-G-C", "0/1")], "possible"),
        ("synonymous", [("7-2901341-T-A", "0/1")], "inconclusive"),
    ],
)
def test_status(engine, tmp_path, title, records, status):
    path = tmp_path / "a.vcf"
    path.write_text(HEADER + "\n".join(record(*entry) for entry in records) + "\n")
    row = {"sample": "P", "vcf": str(path)}
    (result,) = analyse_rows(engine, [row], [], batch="b")
    assert result.status == status, (title, result.status_reason)
    assert len(result.variants) == len(records)


BROKEN = {
    "strnad": ('strand: "+"', 'strnad: "+"', "strnad: no such key; strand: is missing"),
    "locus": ("{start: 300001, end: 301900}", "{start: 300001, end: 3}", "end 3 lies before"),
    "mechanism": ("[loss_of_function]", "[lof]", "conditions.0.mechanisms.0"),
    "effect": ("effect: causal", "effect: bad", "conditions.0.acmg.null_alleles.effect"),
    "prevalence": ("prevalence: 1.0e-6", "prevalence: 2", "acmg.frequency.prevalence"),
    "inheritance": ("inheritance: AR", "inheritance: XR", "conditions.0.inheritance"),
    "version": ("schema_version: 1", "schema_version: 2", "schema_version"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_mistake_in_a_gene_file_is_explained(tmp_path, name):
    old, new, message = BROKEN[name]
    text = (FOLDER / "DOCK8.yaml").read_text()
    assert old in text
    path = tmp_path / "DOCK8.yaml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(GeneFileError) as fault:
        load_gene(path)
    assert message in str(fault.value)
    assert load_gene(FOLDER / "DOCK8.yaml").name == "DOCK8"
