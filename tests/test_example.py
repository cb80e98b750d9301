"""The example batch: made from its tool, with true REF bases, and with the expected answers."""

from __future__ import annotations

import csv
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pysam
import pytest

from hies_annot.cli.main import main
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, canonical_chrom
from hies_annot.reference.load import embedded_reference
from hies_annot.shipped import resource_path

EXAMPLE = resource_path("example")
TOOL = Path(__file__).parent / "tools" / "make_example.py"
TRUNCATED = "EX17.g.vcf.gz"
VCFS = sorted(
    path for path in (EXAMPLE / "vcf").iterdir() if path.name.endswith((".vcf", ".vcf.gz", ".bcf"))
)


def table(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


SHEET = table("samples.tsv")
EXPECTED = table("expected_summary.tsv")


def test_sheet_and_expected_summary_list_the_same_samples() -> None:
    assert [row["sample"] for row in SHEET] == [row["sample"] for row in EXPECTED]
    assert len(SHEET) >= 14
    assert {"007", "NA", "1e5"} <= {row["sample"] for row in SHEET}


def test_every_status_is_shown() -> None:
    assert {row["status"] for row in EXPECTED} == {
        "relevant", "possible", "carrier", "differential", "none", "inconclusive", "failed",
    }  # fmt: skip


def test_the_files_are_few_and_small() -> None:
    files = [path for path in EXAMPLE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 300_000


def test_readme_names_every_file() -> None:
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for row in SHEET:
        name = row["sample"].split("-", maxsplit=1)[0]
        assert f"`{name}" in readme


@pytest.mark.parametrize("path", [path for path in VCFS if path.name != TRUNCATED], ids=str)
def test_ref_bases_are_the_reference_bases(path: Path) -> None:
    with pysam.VariantFile(str(path)) as handle:
        contigs = {name: contig.length for name, contig in handle.header.contigs.items()}
        build = Build.GRCH38 if 83257441 in contigs.values() else Build.GRCH37
        reference = embedded_reference(build, default_genes())
        records = list(handle)
    assert records
    for record in records:
        chrom = canonical_chrom(record.chrom)
        assert chrom is not None
        end = record.pos + len(record.ref) - 1
        locus = reference.overlapping(chrom, record.pos, end)
        assert locus is not None
        assert locus.bases(record.pos, end).upper() == record.ref
        if record.alts != ("<NON_REF>",):
            assert locus.known(record.pos, end), "a variant on made-up bases"


def readable_lines(path: Path) -> Iterator[str]:
    """Yield the lines before the break."""
    with gzip.open(path, "rt", encoding="ascii") as handle, suppress(EOFError):
        yield from handle


def test_the_truncated_file_is_truncated_in_its_data() -> None:
    path = EXAMPLE / "vcf" / TRUNCATED
    with pytest.raises(EOFError):
        gzip.decompress(path.read_bytes())
    assert any("\t42329643\t" in line for line in readable_lines(path))


def content(path: Path) -> bytes | str:
    """Return what a file says, whatever the compression level of the library at hand."""
    if path.suffix in {".tbi", ".csi"}:
        return ""
    if path.suffix == ".bcf":
        with pysam.VariantFile(str(path)) as handle:
            return "".join(str(record) for record in handle)
    if path.suffix == ".gz" and path.name != TRUNCATED:
        return gzip.decompress(path.read_bytes())
    return b"" if path.name == TRUNCATED else path.read_bytes()


def test_the_tool_makes_the_files(tmp_path: Path) -> None:
    source = Path(__file__).parent.parent / "src"
    subprocess.run(
        [sys.executable, str(TOOL), str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(EXAMPLE)
        for folder in ("vcf", "callable")
        for path in (EXAMPLE / folder).iterdir()
    }
    assert made == kept
    for name in made:
        assert content(tmp_path / name) == content(EXAMPLE / name), name


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """Run the whole batch once."""
    folder = tmp_path_factory.mktemp("example")
    with pytest.raises(SystemExit) as stop:
        main(["run", "--samples", str(EXAMPLE / "samples.tsv"), "-o", str(folder), "--quiet"])
    assert isinstance(stop.value.code, int)
    return stop.value.code, folder


@pytest.fixture(scope="module")
def answers(batch: tuple[int, Path]) -> dict[str, dict[str, Any]]:
    """The results by sample."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in batch[1].glob("*/*.json")]
    return {entry["sample"]: entry for entry in found}


def test_the_failed_sample_gives_exit_code_1(batch: tuple[int, Path]) -> None:
    assert batch[0] == 1


def test_all_samples_are_answered(answers: dict[str, dict[str, Any]]) -> None:
    assert set(answers) == {row["sample"] for row in SHEET}


def top(result: dict[str, Any]) -> dict[str, Any] | None:
    """Return the finding that gives the sample its status."""
    return next((c for c in result["conditions"] if c["status"] == result["status"]), None)


@pytest.mark.parametrize("row", EXPECTED, ids=[row["sample"] for row in EXPECTED])
def test_expected_summary(row: dict[str, str], answers: dict[str, dict[str, Any]]) -> None:
    result = answers[row["sample"]]
    assert result["status"] == row["status"], result["status_reason"]
    finding = top(result)
    if not row["gene"]:
        assert finding is None
        return
    assert finding is not None
    variants = [entry for entry in result["variants"] if entry["id"] in finding["variants"]]
    names = [(entry["hgvs_c"].rpartition(":")[2], entry["zygosity"]) for entry in variants]
    expected = zip(row["hgvs_c"].split(";"), row["zygosity"].split(";"), strict=True)
    assert sorted(names) == sorted(expected)
    assert finding["gene"] == row["gene"]
    assert finding["phase"] == row["phase"]


def test_znf341_is_marked_as_demo(answers: dict[str, dict[str, Any]]) -> None:
    demo = {locus["gene"]: locus["demo"] for locus in answers["EX21"]["reference"]["loci"]}
    assert demo == {"STAT3": False, "ZNF341": True}


def test_the_summary_has_the_same_statuses(batch: tuple[int, Path]) -> None:
    with (batch[1] / "summary.tsv").open(encoding="utf-8", newline="") as handle:
        rows = {row["sample"]: row["status"] for row in csv.DictReader(handle, delimiter="\t")}
    assert rows == {row["sample"]: row["status"] for row in EXPECTED}


def test_a_child_of_both_parents_says_what_each_carries(answers: dict[str, dict[str, Any]]) -> None:
    found = top(answers["EX20-child"])
    assert found is not None
    first, second = found["variants"]
    father, mother = found["relatives"]

    assert found["origins"][first] == "inherited from the father; the mother does not carry it"
    assert found["origins"][second] == "inherited from the mother; the father does not carry it"
    assert father["alleles"] == {first: "one_copy", second: "absent"}
    assert mother["alleles"] == {first: "absent", second: "one_copy"}
    assert found["phase_detail"]
