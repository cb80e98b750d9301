"""`hies-annot resources`: what a run uses, and cutting sources into slices."""

from __future__ import annotations

import yaml
from click.testing import CliRunner

from hies_annot.cli.resources import resources
from hies_annot.errors import InputError, UsageError

CLINVAR = (
    "##fileformat=VCFv4.1\n##fileDate=2026-01-05\n##source=ClinVar\n"
    "##contig=<ID=17,length=83257441>\n##contig=<ID=20,length=64444167>\n"
    '##INFO=<ID=CLNSIG,Number=.,Type=String,Description="x">\n'
    '##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="x">\n'
    '##INFO=<ID=CLNSIGCONF,Number=.,Type=String,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    "17\t42329643\t18304\tG\tA\t.\t.\tCLNSIG=Conflicting_classifications_of_pathogenicity;"
    "CLNREVSTAT=criteria_provided,_conflicting_classifications;"
    "CLNSIGCONF=Pathogenic(1)|Uncertain_significance(3)\n"
)
ZNF341 = (
    "20\t33757310\t599410\tC\tT\t.\t.\tCLNSIG=Pathogenic;"
    "CLNREVSTAT=criteria_provided,_single_submitter\n"
)


def config(folder, text=CLINVAR + ZNF341, **source):
    vcf = folder / "clinvar.vcf"
    vcf.write_text(text)
    given = {"name": "ClinVar", "kind": "clinvar", "path": str(vcf), **source}
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump({"evidence": {"sources": [given]}}))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(resources, arguments)


def test_show_lists_the_embedded_sources():
    result = run("show")
    lines = [line.split("\t") for line in result.output.splitlines()]
    assert [line[0] for line in lines[1:6]] == [
        "ClinVar (embedded slice)",
        "gnomAD genomes (embedded slice)",
        "common SNPs of ngs-bits (embedded slice)",
        "CI-SpliceAI map of STAT3",
        "known variants",
    ]
    assert lines[1][3] == "2025-11-03"
    assert lines[2][5] == "no"


def test_slices_take_the_place_of_the_source(tmp_path):
    cut = run("build", "--config", config(tmp_path), "-o", str(tmp_path / "slices"))
    assert cut.exit_code == 0
    block = yaml.safe_load(cut.output)
    (source,) = block["evidence"]["sources"]
    text = (tmp_path / "slices" / "ClinVar.tsv").read_text()
    for part in ("# date: 2026-01-05", "# records: 2", "P(1);VUS(3)", "# source: clinvar.vcf, 2"):
        assert part in text
    (tmp_path / "sliced.yaml").write_text(cut.output)
    shown = run("show", "--config", str(tmp_path / "sliced.yaml")).output
    original = run("show", "--config", config(tmp_path)).output
    assert source["kind"] == "clinvar"
    assert shown == original


def test_a_source_without_a_record_in_a_gene_is_not_cut(tmp_path):
    out = tmp_path / "out"
    result = run("build", "--config", config(tmp_path, text=CLINVAR), "-o", str(out))
    assert isinstance(result.exception, InputError)
    assert "no record in the locus of ZNF341 (chromosome 20)" in str(result.exception)
    assert not list(out.iterdir())
    shown = run("show", "--config", config(tmp_path, text=CLINVAR))
    assert "no record in the locus of ZNF341" in shown.output


def test_nothing_configured_is_nothing_to_cut(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("{}\n")
    result = run("build", "--config", str(path), "-o", str(tmp_path / "out"))
    assert isinstance(result.exception, UsageError)


def test_a_source_that_cannot_be_used_is_named(tmp_path):
    result = run("show", "--config", config(tmp_path, fields={"classification": "CLASS"}))
    assert isinstance(result.exception, InputError)
    assert "evidence source ClinVar: 'CLASS' is not a field" in str(result.exception)


def test_an_unknown_build_is_wrong_usage():
    assert isinstance(run("show", "--build", "hg17").exception, UsageError)
