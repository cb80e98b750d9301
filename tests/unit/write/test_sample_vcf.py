"""The VCF of a sample, read back with pysam."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pysam
import pytest

from hies_annot.render.vcf_values import escape, genotype
from hies_annot.render.vep_csq import FIELDS, csq, vep_allele
from hies_annot.results.contract import SampleResult
from hies_annot.write.sample_vcf import write_sample_vcf

Build = Callable[[str], Callable[..., Any]]


def records(result: SampleResult, folder: Path) -> list[pysam.VariantRecord]:
    path = write_sample_vcf(result, folder / "x.vcf.gz")
    with pysam.VariantFile(str(path)) as file:
        return list(file)


@pytest.mark.parametrize(
    ("zygosity", "haplotype", "text"),
    [
        ("het", None, "0/1"),
        ("het", 0, "1|0"),
        ("het", 1, "0|1"),
        ("hom_alt", None, "1/1"),
        ("het_alt", None, "./1"),
        ("het_alt", 0, "1|."),
        ("over_deletion", 1, ".|1"),
        ("haploid", None, "1"),
        ("half_call", None, "./1"),
        ("hom_ref", None, "0/0"),
        ("no_call", None, "./."),
        ("not_given", None, "."),
    ],
)
def test_genotype(built: Build, zygosity: str, haplotype: int | None, text: str) -> None:
    assert genotype(built("variant")(zygosity=zygosity, haplotype=haplotype)) == text


@pytest.mark.parametrize(("written", "text"), [("0/0/1", "0/0/1"), ("0/1/2", "./1"), (None, "./1")])
def test_genotype_of_a_polyploid_call(built: Build, written: str | None, text: str) -> None:
    assert genotype(built("variant")(zygosity="polyploid", genotype=written)) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("p.(Ser81=)", "p.(Ser81%3D)"),
        ("a b;c,d%e\tf", "a%20b%3Bc%2Cd%25e%09f"),
        ("NM_139276.3:c.1144C>T", "NM_139276.3:c.1144C>T"),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_the_row_of_a_reported_variant(built: Build, tmp_path: Path) -> None:
    (row,) = records(built("result")(), tmp_path)

    assert (row.chrom, row.pos, row.ref, row.alts) == ("17", 42329643, "G", ("A",))
    assert row.filter.keys() == ["PASS"]
    assert row.info["HIES_HGVSC"] == "NM_139276.3:c.1144C>T"
    assert row.info["HIES_REPORTED"] is True
    assert row.info["HIES_FINDING"] == ("STAT3-AD-HIES:relevant",)
    assert row.info["HIES_CRITERIA"] == ("PS1_strong", "PM1_moderate")
    assert "HIES_DEMO" not in row.info
    call = row.samples["P01"]
    assert call["GT"] == (0, 1)
    assert (call["AD"], call["DP"], call["GQ"]) == ((None, 28), 58, 99)


def test_dropped_variants_are_there_and_reference_blocks_are_not(
    built: Build, tmp_path: Path
) -> None:
    rows = records(built("negative")(), tmp_path)

    assert [row.info["HIES_DROP"] for row in rows] == ["no_coding_or_splice_effect", "common"]
    assert all("HIES_REPORTED" not in row.info for row in rows)


def test_rows_are_sorted_and_the_demo_gene_is_marked(built: Build, tmp_path: Path) -> None:
    variants = [built("znf341")(), built("variant")(), built("dropped")(pos=42320001)]
    rows = records(built("result")(variants=variants), tmp_path)

    assert [(row.chrom, row.pos) for row in rows] == [
        ("17", 42320001),
        ("17", 42329643),
        ("20", 33757310),
    ]
    assert ["HIES_DEMO" in row.info for row in rows] == [False, False, True]


def test_the_index_finds_a_record(built: Build, tmp_path: Path) -> None:
    path = write_sample_vcf(built("compound")(), tmp_path / "x.vcf.gz")
    with pysam.VariantFile(str(path)) as file:
        found = [row.pos for row in file.fetch("20", 33761988, 33761989)]

    assert found == [33761989]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["x.vcf.gz", "x.vcf.gz.tbi"]


@pytest.mark.parametrize("sample", ["two words", "007", "a:b", "\u00e9", ""])
def test_odd_sample_ids(built: Build, tmp_path: Path, sample: str) -> None:
    (row,) = records(built("result")(sample=sample), tmp_path)

    assert list(row.samples) == [sample or "sample"]


def test_a_failed_sample_gives_a_valid_file_without_records(built: Build, tmp_path: Path) -> None:
    assert records(built("failed")(), tmp_path) == []


def make_odd(built: Build) -> SampleResult:
    """Symbolic, breakend, unreadable and starred alleles, odd filters, missing figures."""
    odd = [
        built("znf341")(pos=33760000, end=33765000, ref="N", alt="<DEL>", kind="symbolic"),
        built("znf341")(pos=33760001, end=33765000, ref="N", alt="<DUP:TANDEM>", kind="symbolic"),
        built("znf341")(pos=33760002, ref="A", alt="A[17:42329643[", kind="breakend"),
        built("znf341")(pos=33760003, ref="R", alt="<bad allele>", kind="unreadable"),
        built("znf341")(pos=33760004, alt="*", kind="spanning_deletion", zygosity="het_alt"),
        built("znf341")(pos=33760005, filters=["q10", "0", "a b"], quality=None),
        built("znf341")(
            pos=33760006,
            filters=[],
            hgvs_p="p.(Ser81=)",
            genotype=None,
            zygosity="not_given",
            depth=None,
            alt_depth=None,
            allele_fraction=None,
            genotype_quality=None,
        ),
    ]
    return built("result")(variants=odd)


def test_odd_alleles(built: Build, tmp_path: Path) -> None:
    rows = records(make_odd(built), tmp_path)

    assert [row.alts for row in rows[:5]] == [
        ("<DEL>",),
        ("<DUP:TANDEM>",),
        ("A[17:42329643[",),
        ("<UNREADABLE>",),
        ("*",),
    ]
    assert rows[0].stop == 33765000
    assert rows[3].ref == "N"
    assert rows[5].filter.keys() == ["q10", "%30", "a%20b"]
    assert rows[6].info["HIES_HGVSP"] == "p.(Ser81%3D)"


def test_the_same_result_gives_the_same_bytes(built: Build, tmp_path: Path) -> None:
    first = write_sample_vcf(built("compound")(), tmp_path / "a.vcf.gz")
    second = write_sample_vcf(built("compound")(), tmp_path / "b.vcf.gz")

    assert first.read_bytes() == second.read_bytes()
    assert Path(f"{first}.tbi").read_bytes() == Path(f"{second}.tbi").read_bytes()


@pytest.mark.parametrize("step", ["BGZFile", "tabix_index"])
def test_nothing_is_left_where_writing_fails(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(pysam, step, full)
    with pytest.raises(OSError, match="full"):
        write_sample_vcf(built("compound")(), tmp_path / "x.vcf.gz")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("bcftools") is None, reason="bcftools is not installed")
def test_bcftools_reads_it_without_a_warning(built: Build, tmp_path: Path) -> None:
    path = write_sample_vcf(make_odd(built), tmp_path / "x.vcf.gz")
    done = subprocess.run(
        ["bcftools", "view", "-r", "20:33760000-33770000", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert len([line for line in done.stdout.splitlines() if line[0] != "#"]) == 7


@pytest.mark.parametrize(
    ("ref", "alt", "text"),
    [
        ("G", "A", "A"),
        ("GA", "TC", "TC"),
        ("GA", "G", "-"),
        ("G", "GTT", "TT"),
        ("GA", "TCC", "TCC"),
        ("G", "<DEL>", "deletion"),
        ("G", "<DUP:TANDEM>", "duplication"),
    ],
)
def test_alleles_in_the_spelling_of_vep(ref: str, alt: str, text: str) -> None:
    assert vep_allele(ref, alt) == text


def test_every_entry_of_csq_has_every_field(results: list[SampleResult]) -> None:
    entries = [entry for r in results for v in r.variants for entry in csq(v)]

    assert entries
    assert {entry.count("|") for entry in entries} == {len(FIELDS) - 1}


def test_no_value_breaks_the_fields_of_csq(built: Build) -> None:
    odd = built("variant")(hgvs_c="a|b, c", gene="x|y", consequence=["p|q", "r s"])
    (entry,) = csq(odd)

    assert entry.count("|") == len(FIELDS) - 1
    assert not set(entry) & set(", \t")


@pytest.mark.skipif(shutil.which("bcftools") is None, reason="bcftools is not installed")
def test_bcftools_splits_csq_of_both_genes(built: Build, tmp_path: Path) -> None:
    both = built("result")(variants=[built("variant")(), built("znf341")()])
    path = write_sample_vcf(both, tmp_path / "x.vcf.gz")
    columns = "%CHROM %Allele %Consequence %IMPACT %SYMBOL %Feature %HGVSc %HGVSp %MANE_SELECT\\n"
    words = ["bcftools", "+split-vep", "-f", columns, "-s", "worst", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if "Could not load" in done.stderr:
        pytest.skip("the plugin split-vep is not installed")

    assert [line.split() for line in done.stdout.splitlines()] == [
        ["17", "A", "missense_variant", "MODERATE", "STAT3", "NM_139276.3",
         "NM_139276.3:c.1144C>T", "NP_644805.1:p.(Arg382Trp)", "NM_139276.3"],
        ["20", "T", "stop_gained", "HIGH", "ZNF341", "NM_001282933.2",
         "NM_001282933.2:c.904C>T", "NP_001269862.1:p.(Arg302Ter)", "NM_001282933.2"],
    ]  # fmt: skip
