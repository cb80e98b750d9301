from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import SampleSpec, Zygosity
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.sample_column import LIST_ALL_LIMIT
from hies_annot.read.samples import SampleRecords, Unreadable, read_group
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.call_thresholds import CallThresholds

REFERENCES = {build: embedded_reference(build, default_genes()) for build in Build}
RULES = ReadingRules(REFERENCES, CallThresholds(), None)
HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{samples}\n"
)


def write(folder: Path, *rows: str, samples: tuple[str, ...] = ("S",)) -> Path:
    file = folder / "in.vcf"
    lines = [f"chr17\t{row}" if not row.startswith("chr") else row for row in rows]
    file.write_text(HEADER.format(samples="\t".join(samples)) + "\n".join(lines) + "\n")
    return file


def read(
    file: Path, *samples: str, rules: ReadingRules = RULES, relatives: frozenset[str] = frozenset()
) -> dict[str, SampleRecords | Unreadable]:
    specs = [SampleSpec(sample=name, vcf=str(file)) for name in samples or ("S",)]
    return read_group(file, specs, rules, relatives=relatives)


def records(found: SampleRecords | Unreadable) -> SampleRecords:
    assert isinstance(found, SampleRecords), found
    return found


def reason(found: SampleRecords | Unreadable) -> str:
    assert isinstance(found, Unreadable)
    return found.reason


def test_multi_allelic_record_gives_one_call_an_allele(tmp_path: Path) -> None:
    row = "42329643\t.\tG\tA,T\t50\tPASS\t.\tGT:AD:DP\t1/2:1,20,19:40"
    calls = records(read(write(tmp_path, row))["S"]).calls
    assert [(call.allele.id, call.zygosity, call.alt_depth) for call in calls] == [
        ("17-42329643-G-A", Zygosity.HET_ALT, 20),
        ("17-42329643-G-T", Zygosity.HET_ALT, 19),
    ]


def test_non_ref_beside_another_allele_makes_no_entry(tmp_path: Path) -> None:
    row = "42329643\t.\tG\tA,<NON_REF>\t50\t.\t.\tGT:AD:DP\t0/1:20,19,0:39"
    found = records(read(write(tmp_path, row))["S"])
    assert [call.allele.alt for call in found.calls] == ["A"]
    assert found.counts == {"listed": 1}


def test_one_bad_column_does_not_sink_the_other_samples(tmp_path: Path) -> None:
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tGT:DP\t0/1:40\t0/1:many"
    found = read(write(tmp_path, row, samples=("S", "T")), "S", "T")
    assert records(found["S"]).calls[0].zygosity is Zygosity.HET
    assert "many" in reason(found["T"])
    assert "record 1 (chr17:42329643 G>A)" in reason(found["T"])


def test_a_missing_sample_does_not_sink_the_others(tmp_path: Path) -> None:
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\t0/1"
    found = read(write(tmp_path, row, samples=("S", "T")), "S", "X")
    assert records(found["S"])
    assert "has no sample 'X'" in reason(found["X"]) or "say which one" in reason(found["X"])


@pytest.mark.parametrize("lacking", [{"X"}, {"X", "Y"}])
def test_each_sample_is_told_its_own_fault(tmp_path: Path, lacking: set[str]) -> None:
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\t0/0"
    file = write(tmp_path, row, samples=("A", "B"))
    specs = [SampleSpec(sample=name, vcf=str(file), vcf_sample=name) for name in sorted(lacking)]
    found = read_group(file, specs, RULES, relatives=frozenset())
    for name in lacking:
        assert f"has no sample {name!r}" in reason(found[name])


@pytest.mark.parametrize(
    ("held", "named"),
    [("007", "7"), ("Jose\u0301", "Jos\u00e9"), ("P1", "p1"), ("S 1", "S1"), ("7", "7.0")],
)
def test_an_id_that_a_spreadsheet_has_changed_is_told(
    tmp_path: Path, held: str, named: str
) -> None:
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\t0/0"
    file = write(tmp_path, row, samples=(held, "Other"))
    specs = [SampleSpec(sample="A", vcf=str(file), vcf_sample=named)]
    found = read_group(file, specs, RULES, relatives=frozenset())
    assert "the same but for capitals, blanks, zeros or accents" in reason(found["A"])
    assert held not in reason(found["A"]) or held in named


def test_a_column_of_the_own_name_that_is_not_read_is_told(tmp_path: Path) -> None:
    """Rows that are exchanged read the column of each other, and each file has both."""
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\t0/0"
    file = write(tmp_path, row, samples=("A", "B"))
    specs = [SampleSpec(sample="A", vcf=str(file), vcf_sample="B")]
    (found,) = read_group(file, specs, RULES, relatives=frozenset()).values()
    assert any("its column 'A' was not read" in text for text in records(found).warnings)
    (found,) = read(file, "A").values()
    assert not any("was not read" in text for text in records(found).warnings)


def test_records_without_genotypes_are_read(tmp_path: Path) -> None:
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tDP\t40"
    (call,) = records(read(write(tmp_path, row))["S"]).calls
    assert call.zygosity is Zygosity.NOT_GIVEN


def test_wrong_build_names_both(tmp_path: Path) -> None:
    row = "42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1"
    forced = ReadingRules(REFERENCES, CallThresholds(), Build.GRCH37)
    told = reason(read(write(tmp_path, row), rules=forced)["S"])
    assert "GRCh38" in told
    assert "GRCh37" in told


@pytest.mark.parametrize("relative", [True, False])
def test_large_cohorts_list_carriers_only_but_count_every_row(
    tmp_path: Path, relative: bool
) -> None:
    names = tuple(f"S{n}" for n in range(LIST_ALL_LIMIT + 1))
    columns = "\t".join(["0/1:40"] + ["0/0:30"] * LIST_ALL_LIMIT)
    file = write(tmp_path, f"42329643\t.\tG\tA\t50\tPASS\t.\tGT:DP\t{columns}", samples=names)
    found = read(file, *names, relatives=frozenset({"S1"} if relative else ()))
    assert len(records(found["S0"]).calls) == 1
    assert len(records(found["S1"]).calls) == int(relative)
    assert records(found["S2"]).counts == {"hom_ref_not_listed": 1}


def test_a_no_call_is_never_taken_for_hom_ref(tmp_path: Path) -> None:
    names = tuple(f"S{n}" for n in range(LIST_ALL_LIMIT + 1))
    columns = "\t".join(["./."] + ["0/0"] * LIST_ALL_LIMIT)
    file = write(tmp_path, f"42329643\t.\tG\tA\t50\tPASS\t.\tGT\t{columns}", samples=names)
    assert records(read(file, *names)["S0"]).calls[0].zygosity is Zygosity.NO_CALL


@pytest.mark.parametrize(("info", "precise"), [("PRECISE;", True), ("IMPRECISE;", False)])
def test_exact_ends_of_a_structural_record_are_kept(
    tmp_path: Path, info: str, precise: bool
) -> None:
    row = f"42328600\t.\tN\t<DEL>\t50\tPASS\t{info}SVTYPE=DEL;END=42330100\tGT\t0/1"
    assert records(read(write(tmp_path, row))["S"]).calls[0].allele.precise is precise
