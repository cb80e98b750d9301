"""What `check` says of a capture kit before a run."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from hies_annot.callability.required import required_regions
from hies_annot.cli.check import check
from hies_annot.errors import FaultsError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference

VCF = Path(__file__).parents[2] / "cases" / "stat3_het_dn" / "input.vcf"


def write(folder, *, lost):
    genes = default_genes()
    reference = embedded_reference(Build.GRCH38, genes)
    rows = []
    for gene in genes:
        required = required_regions(gene, reference)
        gone = [exon for exon in required.exons if gene.name == "STAT3" and exon.number in lost]
        rows += [
            f"chr{required.chrom}\t{start - 1}\t{end}"
            for start, end in required.spans
            if not any(exon.start <= start and end <= exon.end for exon in gone)
        ]
    (folder / "kit.bed").write_text("\n".join(rows) + "\n")
    config = folder / "config.yaml"
    config.write_text(f"vcfs: ['{VCF}']\ncallability_kit: '{folder / 'kit.bed'}'\n")
    return CliRunner().invoke(check, ["--config", str(config)])


def test_an_exon_that_the_kit_never_sees_is_a_note(tmp_path):
    result = write(tmp_path, lost=(7,))
    assert result.exit_code == 0
    assert "note: kit.bed: STAT3" in result.output
    assert "without any target: exon 7" in result.output


def test_a_kit_that_sees_everything_says_nothing_of_exons(tmp_path):
    assert "without any target" not in write(tmp_path, lost=()).output


def test_a_kit_that_is_not_there_is_a_fault(tmp_path):
    write(tmp_path, lost=())
    (tmp_path / "kit.bed").unlink()
    found = CliRunner().invoke(check, ["--config", str(tmp_path / "config.yaml")]).exception
    assert isinstance(found, FaultsError)
    assert "kit.bed" in str(found)


@pytest.mark.parametrize("lost", [(), (7,)])
def test_the_kit_is_no_fault(tmp_path, lost):
    assert "no fault found" in write(tmp_path, lost=lost).output
