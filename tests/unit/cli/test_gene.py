"""`hies-annot gene draft`: refused until it is filled in, and then a gene like any other."""

from __future__ import annotations

import gzip

import pytest
import yaml
from click.testing import CliRunner
from gff_writers import ensembl, gff_text
from made_up_genes import made_up_gene

from hies_annot.cli.check import check
from hies_annot.cli.gene import gene
from hies_annot.cli.run import run as run_command
from hies_annot.errors import FaultsError, GeneFileError, InputError, UsageError
from hies_annot.genes.gene_file import load_gene
from hies_annot.genes.unfilled import MARK, unfilled
from hies_annot.genome import Build, contigs
from hies_annot.io.fasta import Sequence, write_bgzipped
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import EvidenceConfig
from hies_annot.settings.run_config import RunConfig

MADE = next(
    made
    for made in (made_up_gene(seed, "21", 20_000_001) for seed in range(100))
    if made.written.strand == "+" and len(made.exons) > 2 and len(made.protein) > 30
)
SYMBOL = MADE.written.symbol
FILLED = {
    "disease": "made up",
    "short": "made up",
    "mim": None,
    "role": "diagnostic",
    "mechanisms": ["loss_of_function"],
    "citation": "made up",
}
ACMG = {
    "null_alleles": {"effect": "causal", "reason": "made up"},
    "frequency": {
        "prevalence": 1e-6,
        "allelic_contribution": 0.1,
        "rare_below": 1e-4,
        "homozygotes_benign": 2,
        "source": "made up",
    },
    "constraint": {"applies": False, "source": "made up"},
    "phenotype": {"hpo_needed": 1, "source": "made up"},
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    length = contigs(Build.GRCH38)["21"].length
    flanked = "ACGT" * 25 + MADE.plus + "ACGT" * 25
    write_bgzipped(
        folder / "genome.fa.gz", (Sequence("21", length, ((MADE.start - 100, flanked),)),)
    )
    with gzip.open(folder / "made_up.gff3.gz", "wt") as handle:
        handle.write(gff_text(ensembl(MADE.written)))
    return folder


def draft(inputs, output, *more):
    words = ["draft", SYMBOL, "--gff", str(inputs / "made_up.gff3.gz"), "--flank", "100"]
    words += ["--fasta", str(inputs / "genome.fa.gz"), "-o", str(output), *more]
    return CliRunner().invoke(gene, words)


def configured(folder, path):
    config = folder / "config.yaml"
    config.write_text(yaml.safe_dump({"genes": [str(path)]}))
    return str(config)


def test_a_draft_is_refused_with_the_names_of_its_open_fields(inputs, tmp_path):
    made = draft(inputs, tmp_path / "genes" / SYMBOL)
    assert made.exit_code == 0, made.output
    path = tmp_path / "genes" / SYMBOL / f"{SYMBOL}.yaml"
    listed = [line.strip() for line in made.output.splitlines() if line.startswith("  ")]
    assert "conditions.0.inheritance" in listed
    refused = CliRunner().invoke(check, ["--config", configured(tmp_path, path)])
    assert isinstance(refused.exception, FaultsError)
    (sentence,) = (x for x in refused.exception.faults if str(path) in x)
    assert f"fill in {len(listed)} fields ({', '.join(listed)})" in sentence
    assert "Input should" not in sentence
    wanted = ["x.vcf", "--config", configured(tmp_path, path), "-o", str(tmp_path / "results")]
    ran = CliRunner().invoke(run_command, wanted)
    assert isinstance(ran.exception, GeneFileError)
    assert not list((tmp_path / "results").rglob("*.html"))


def filled(path, **changes):
    """Fill a draft in as a person would."""
    data = yaml.safe_load(path.read_text())
    data.update(mim="made up", domains={"source": "none known", "features": []})
    data["conditions"][0].update(FILLED | {"acmg": ACMG} | changes)
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path


def test_a_draft_that_was_filled_in_answers_as_any_gene(inputs, tmp_path):
    made = draft(inputs, tmp_path / SYMBOL, "--inheritance", "AR", "--grch37-start", "1000")
    assert made.exit_code == 0, made.output
    path = filled(tmp_path / SYMBOL / f"{SYMBOL}.yaml")
    assert load_gene(path).file.condition(f"{SYMBOL}-AR").alleles_needed == 2
    settings = RunConfig(
        genes=(str(path),), build="GRCh38", evidence=EvidenceConfig(embedded=False)
    )
    first, last = MADE.coding
    place = MADE.places[first + 5]  # third base of codon 2: deleted, the frame is lost
    ref = MADE.base(place - 1) + MADE.base(place)
    vcf = tmp_path / "a.vcf"
    vcf.write_text(
        "##fileformat=VCFv4.3\n##contig=<ID=21,length=46709983>\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
        f"21\t{place - 1}\t.\t{ref}\t{ref[0]}\t50\tPASS\t.\tGT\t1/1\n"
    )
    row = {"sample": "P", "vcf": str(vcf)}
    (result,) = analyse_rows(Engine(settings), [row], [], batch="b")
    (variant,) = result.variants
    assert "frameshift_variant" in variant.consequence
    assert result.status in ("relevant", "possible")
    assert last > first


def test_one_open_field_is_enough(inputs, tmp_path):
    assert draft(inputs, tmp_path / SYMBOL, "--grch37-start", "1000").exit_code == 0
    path = filled(
        tmp_path / SYMBOL / f"{SYMBOL}.yaml",
        inheritance="AR",
        alleles_needed=2,
        id="X",
        citation=f"{MARK}: paper",
    )
    with pytest.raises(GeneFileError, match=r"fill in 1 field \(conditions.0.citation\)"):
        load_gene(path)


def test_a_folder_that_is_there_is_kept(inputs, tmp_path):
    folder = tmp_path / SYMBOL
    assert draft(inputs, folder).exit_code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = draft(inputs, folder)
    assert isinstance(again.exception, UsageError)
    assert "is there already" in str(again.exception)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert draft(inputs, tmp_path / "other").exit_code == 0
    other = {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    assert other == before


def test_the_mark_is_found_wherever_it_stands():
    data = {"a": {"b": [1, {"c": MARK}]}, MARK: 1, "d": f"see {MARK}", "e": "to fill in"}
    assert list(unfilled(data)) == [("a", "b", 1, "c"), (MARK,), ("d",)]


FILES = {
    "GTF": ('21\tx\tgene\t1\t2\t.\t+\t.\tgene_id "X";\n', "this is GTF"),
    "GTF of Ensembl": ("#!genome-build GRCh38\n", "this is GTF"),
    "a text": ("hello\n", "the first line is not `##gff-version 3`"),
    "too few columns": ("##gff-version 3\n21\tx\tgene\t1\n", "line 2: this is no row of a GFF3"),
    "no number": ("##gff-version 3\n21\tx\tgene\ta\t2\t.\t+\t.\tID=x\n", "line 2: this is no row"),
    "ends before it starts": ("##gff-version 3\n21\tx\tgene\t3\t2\t.\t+\t.\tID=x\n", "line 2"),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_no_gff3(inputs, tmp_path, name):
    text, message = FILES[name]
    path = tmp_path / "a.gff3"
    path.write_text(text)
    made = draft(inputs, tmp_path / SYMBOL, "--gff", str(path))
    assert isinstance(made.exception, InputError)
    assert message in str(made.exception)


def test_a_file_that_is_cut_short_or_missing(inputs, tmp_path):
    path = tmp_path / "a.gff3.gz"
    whole = (inputs / "made_up.gff3.gz").read_bytes()
    path.write_bytes(whole[:-20])
    cut = draft(inputs, tmp_path / SYMBOL, "--gff", str(path))
    assert "the file is cut short here" in str(cut.exception)
    absent = draft(inputs, tmp_path / SYMBOL, "--gff", str(tmp_path / "none.gff3"))
    assert "this GFF3 file does not exist" in str(absent.exception)
    path.write_bytes(b"##gff-version 3\n21\t\xff\n")
    other = draft(inputs, tmp_path / SYMBOL, "--gff", str(path))
    assert "not UTF-8" in str(other.exception)
    path.write_bytes(whole)
    assert draft(inputs, tmp_path / SYMBOL, "--gff", str(path)).exit_code == 0
