"""Bad input: each file gives a clear sentence and the other samples are still reported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from hies_annot.cli.main import main

BAD = Path(__file__).parent / "data" / "bad"

REFUSED = {
    "missing.vcf": ("does not exist",),
    "empty.vcf": ("empty",),
    "no_column_line.vcf": ("#CHROM",),
    "not_a_vcf.vcf": ("VCF",),
    "picture.vcf": ("VCF",),
    "sites_only.vcf": ("sample",),
    "ref_mismatch.vcf": ("REF", "GRCh38"),
    "duplicate_sample.vcf": ("BAD", "twice"),
    "spaces.vcf": ("tab",),
    "bad_depth.vcf": ("record 4", "many"),
    "header_grch37.vcf": ("GRCh37", "GRCh38"),
    "other_species.vcf": ("chr17", "94987271", "GRCh37", "GRCh38"),
    "cut_in_data.vcf.gz": ("cut short",),
    "cut_in_header.vcf.gz": ("cut short",),
    "cut_plain_gzip.vcf.gz": ("cut short",),
    "no_magic.vcf.gz": ("cut short or damaged",),
}
UNPLACED = {
    "header_only.vcf": ("header", "not one record"),
    "short_record.vcf": ("record 4", "columns"),
    "bad_position.vcf": ("record 4", "POS is no number", "4232964E3"),
    "column_missing.vcf": ("record 4", "sample"),
}
"""What cannot be read or placed in these is told, and everything else of them is judged."""
UNCALLED = "no_genotypes.vcf"
"""A file without GT: what its reads show is told, and it is no negative."""
KNOWN_FAULTS: dict[str, str] = {}
READ = (
    "fine_unsorted.vcf",
    "fine_no_contig_lines.vcf",
    "fine_bom_crlf.vcf",
    "fine_plain_gzip.vcf.gz",
    "fine_no_last_newline.vcf",
    "fine_blank_last_line.vcf",
)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["run", *words, "--quiet"])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def results(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the results of a run by the `vcf` of the sheet, or by sample where that is none."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*/*.json")]
    return {entry["sample"]: entry for entry in found}


def sheet(path: Path, rows: list[tuple[str, str]]) -> Path:
    lines = ["sample\tvcf", *(f"{sample}\t{vcf}" for sample, vcf in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def one_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, dict[str, Any]]]:
    """Run good and bad files together, each file a sample of its own name."""
    folder = tmp_path_factory.mktemp("bad input")
    names = ["good.vcf", UNCALLED, *REFUSED, *UNPLACED, *READ]
    rows = [(name, str(BAD / name)) for name in names]
    code = run("--samples", str(sheet(folder / "sheet.tsv", rows)), "-o", str(folder / "out"))
    return code, results(folder / "out")


def test_faults_in_the_data_are_exit_code_1(
    one_run: tuple[int, dict[str, dict[str, Any]]],
) -> None:
    assert one_run[0] == 1


def test_the_other_samples_are_reported(one_run: tuple[int, dict[str, dict[str, Any]]]) -> None:
    assert one_run[1]["good.vcf"]["status"] == "relevant"
    assert set(one_run[1]) == {"good.vcf", UNCALLED, *REFUSED, *UNPLACED, *READ}


def marked(name: str) -> Any:
    """Return the file; one with a known fault must fail until the fault is mended."""
    fault = KNOWN_FAULTS.get(name)
    marks = [pytest.mark.xfail(reason=fault, strict=True)] if fault else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [marked(name) for name in sorted(REFUSED)])
def test_a_bad_file_fails_with_a_clear_sentence(
    name: str, one_run: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    result = one_run[1][name]
    reason = result["status_reason"]
    assert result["status"] == "failed", reason
    assert result["conditions"] == []
    assert name in reason
    assert "Error" not in reason
    assert "\n" not in reason
    for word in REFUSED[name]:
        assert word in reason, reason


def test_a_file_without_genotypes_is_read(one_run: tuple[int, dict[str, dict[str, Any]]]) -> None:
    result = one_run[1][UNCALLED]
    assert result["status"] == "possible"
    assert "has reads, but no genotype was called" in result["status_reason"]


@pytest.mark.parametrize("name", sorted(UNPLACED))
def test_what_has_no_place_is_told_and_is_no_negative(
    name: str, one_run: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    result = one_run[1][name]
    reason = result["status_reason"]
    assert result["status"] == "inconclusive", reason
    for word in (name, "STAT3", *UNPLACED[name]):
        assert word in reason, reason
    assert any(all(word in text for word in UNPLACED[name]) for text in result["warnings"])


@pytest.mark.parametrize("name", READ)
def test_an_odd_but_clear_file_is_read(
    name: str, one_run: tuple[int, dict[str, dict[str, Any]]]
) -> None:
    result = one_run[1][name]
    good = one_run[1]["good.vcf"]
    assert result["status"] == "relevant", result["status_reason"]
    ids = [variant["id"] for variant in result["variants"]]
    assert sorted(ids) == sorted(variant["id"] for variant in good["variants"])
    assert result["conditions"] == good["conditions"]


def test_every_bad_file_is_tested() -> None:
    files = {path.name for path in BAD.iterdir()} - {"good.vcf", "grch37.vcf"}
    assert files == (set(REFUSED) - {"missing.vcf"}) | set(UNPLACED) | set(READ) | {UNCALLED}


def test_the_wrong_build_is_refused_with_both_names(tmp_path: Path) -> None:
    code = run(str(BAD / "grch37.vcf"), "--build", "GRCh38", "-o", str(tmp_path))
    reason = results(tmp_path)["BAD"]["status_reason"]
    assert code == 1
    assert "GRCh37" in reason
    assert "GRCh38" in reason
    assert "grch37.vcf" in reason


def test_the_right_build_is_accepted(tmp_path: Path) -> None:
    code = run(str(BAD / "grch37.vcf"), "--build", "GRCh37", "-o", str(tmp_path))
    assert code == 0
    assert results(tmp_path)["BAD"]["status"] == "relevant"


def test_a_sample_that_is_not_in_the_vcf(tmp_path: Path) -> None:
    path = tmp_path / "sheet.tsv"
    good = BAD / "good.vcf"
    path.write_text(f"sample\tvcf\tvcf_sample\nA\t{good}\tNOBODY\nB\t{good}\tGOOD\n")
    assert run("--samples", str(path), "-o", str(tmp_path / "out")) == 1
    found = results(tmp_path / "out")
    assert found["A"]["status"] == "failed"
    assert "'NOBODY'" in found["A"]["status_reason"]
    assert "GOOD" in found["A"]["status_reason"]
    assert found["B"]["status"] == "relevant"


def test_a_sample_twice_in_the_sheet_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = str(BAD / "good.vcf")
    path = sheet(tmp_path / "sheet.tsv", [("A", good), ("A", good)])
    assert run("--samples", str(path), "-o", str(tmp_path / "out")) == 1
    told = capsys.readouterr().err
    assert "'A'" in told
    assert "sheet.tsv" in told
    assert "Traceback" not in told


def test_a_sheet_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--samples", str(tmp_path / "nowhere.tsv"), "-o", str(tmp_path / "out")) == 1
    told = capsys.readouterr().err
    assert "nowhere.tsv" in told
    assert told.count("\n") == 1


def test_no_input_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-o", str(tmp_path / "out")) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_one_record_with_a_wrong_ref_is_shown_and_the_file_goes_on(tmp_path: Path) -> None:
    text = (BAD / "good.vcf").read_text(encoding="utf-8")
    path = tmp_path / "one_wrong.vcf"
    path.write_text(text.replace("42323326\t.\tA\tT", "42323326\t.\tG\tT"), encoding="utf-8")
    assert run(str(path), "-o", str(tmp_path / "out")) == 0
    result = results(tmp_path / "out")["GOOD"]
    wrong = next(variant for variant in result["variants"] if variant["pos"] == 42323326)
    assert result["status"] == "relevant"
    assert not wrong["reported"]
    assert wrong["drop_reason"]


@pytest.mark.parametrize("column", ["callable", "bam", "sv_vcf"])
@pytest.mark.parametrize("name", ["nowhere.x", "empty.x", "words.x"])
def test_a_side_file_that_cannot_be_read_is_a_warning_with_its_name(
    column: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / "empty.x").write_bytes(b"")
    (tmp_path / "words.x").write_text("these are no intervals\n", encoding="utf-8")
    path = tmp_path / "sheet.tsv"
    path.write_text(f"sample\tvcf\t{column}\nA\t{BAD / 'good.vcf'}\t{name}\n", encoding="utf-8")
    code = run("--samples", str(path), "-o", str(tmp_path / "out"))
    result = results(tmp_path / "out")["A"]
    assert code == 1
    assert any(name in fault for fault in result["faults"])
    assert result["status"] == "relevant"
    told = [*result["warnings"], *result["callability"]["notes"]]
    assert any(name in sentence for sentence in told), told
    assert all(gene["callable_bases"] is None for gene in result["callability"]["genes"])


def test_results_do_not_tell_where_the_files_lie(tmp_path: Path) -> None:
    found = []
    for place in ("here", "there/deeper"):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        shutil.copy(BAD / "good.vcf", folder / "good.vcf")
        (folder / "bad.bed").write_text("no intervals\n", encoding="utf-8")
        sheet = folder / "sheet.tsv"
        sheet.write_text(
            "sample\tvcf\tcallable\nA\tgood.vcf\tbad.bed\nB\tnone.vcf\t\n", encoding="utf-8"
        )
        run("--samples", str(sheet), "-o", str(folder / "out"))
        texts = [path.read_text("utf-8") for path in sorted((folder / "out").glob("*/*.json"))]
        found.append("\n".join(texts))
    assert found[0] == found[1]
    assert str(tmp_path) not in found[0]


def test_a_results_folder_that_cannot_be_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run(str(BAD / "good.vcf"), "-o", str(tmp_path / "file")) == 1
    told = capsys.readouterr().err
    assert "Not a directory" in told
    assert "Traceback" not in told
