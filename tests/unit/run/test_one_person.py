"""A person's data in several files give what one file gives, however they are divided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pysam
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from known_records import COLUMNS, RECORDS

from hies_annot.cli.run import run
from hies_annot.model import SampleReport, SampleSpec
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.batch import batch_reports
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

ENGINE = Engine(RunConfig())
CONTIGS = "##contig=<ID=17,length=83257441>\n##contig=<ID=20,length=64444167>\n"
GENOTYPES = ("0/0", "0/1", "1/1", "./.")
PAIR = tuple((record, "0/1") for record in RECORDS[3:])

Placed = tuple[tuple[str, int, str, str], str]


def write(
    path: Path, placed: Sequence[Placed], *, sample: str = "P", contigs: str = CONTIGS, dp: int = 40
) -> str:
    """Write records with their genotypes."""
    lines = [
        f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t900\tPASS\t.\tGT:DP:GQ:PS\t"
        f"{genotype}:{dp}:99:{1 if '|' in genotype else '.'}\n"
        for (chrom, pos, ref, alt), genotype in placed
    ]
    path.write_text(f"##fileformat=VCFv4.2\n{contigs}{COLUMNS}{sample}\n{''.join(lines)}")
    return str(path)


def as_bcf(file: str) -> str:
    """Return the file as an indexed BCF."""
    target = file.replace(".vcf", ".bcf")
    with pysam.VariantFile(file) as source:
        for name in ("GT", "DP", "GQ", "PS"):
            kind = "String" if name == "GT" else "Integer"
            source.header.formats.add(name, 1, kind, name)
        with pysam.VariantFile(target, "wb", header=source.header) as handle:
            for record in source:
                handle.write(record)
    pysam.tabix_index(target, preset="bcf")
    return target


def report(files: Sequence[str], **cells: str) -> SampleReport:
    spec = SampleSpec(sample="P", vcf=files[0], more_vcfs=tuple(files[1:]), **cells)
    (found,) = batch_reports(ENGINE, [spec])
    return found


def answer(found: SampleReport) -> object:
    """Everything that is said but for the files."""
    calls = [(call.id, call.call.zygosity, call.drop_reason) for call in found.calls]
    return found.status, found.status_reason, found.findings, calls, found.qc, found.callability


@given(
    genotypes=st.tuples(*[st.sampled_from(GENOTYPES)] * len(RECORDS)),
    homes=st.lists(st.integers(0, 3), min_size=len(RECORDS), max_size=len(RECORDS)),
    turned=st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_any_division_gives_the_answer_of_one_file(
    tmp_path_factory: pytest.TempPathFactory,
    genotypes: tuple[str, ...],
    homes: list[int],
    turned: bool,
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    placed = list(zip(RECORDS, genotypes, strict=True))
    whole = write(folder / "whole.vcf", placed)
    files = [
        write(
            folder / f"{home}.vcf",
            [one for one, at in zip(placed, homes, strict=True) if at == home],
        )
        for home in sorted(set(homes))
    ]
    assert answer(report(files[::-1] if turned else files)) == answer(report([whole]))


def test_a_record_that_two_files_have_alike_counts_once(tmp_path: Path) -> None:
    files = [write(tmp_path / "a.vcf", PAIR), write(tmp_path / "b.vcf", PAIR[1:])]
    found = report(files)
    assert found.status == "possible"
    assert len(found.calls) == 2
    assert found.qc["records"] == {"listed": 2, "in_two_files": 1}


def test_other_figures_of_one_genotype_change_no_answer(tmp_path: Path) -> None:
    files = [write(tmp_path / "a.vcf", PAIR), write(tmp_path / "b.vcf", PAIR[1:], dp=30)]
    found = report(files)
    assert found.status == report(files[:1]).status == "possible"
    assert not any("give different genotypes" in text for text in found.warnings)


@pytest.mark.parametrize("other", ["0/0", "1/1"])
def test_one_place_with_two_genotypes_names_both_files(tmp_path: Path, other: str) -> None:
    changed = tuple((record, other) for record, _ in PAIR[1:])
    files = [write(tmp_path / "a.vcf", PAIR), write(tmp_path / "b.vcf", changed)]
    (told,) = [text for text in report(files).warnings if "give different genotypes" in text]
    assert "a.vcf: it and b.vcf" in told
    assert "20:33761989" in told


@pytest.mark.parametrize(
    "text", [None, "", "no VCF\n", "##fileformat=VCFv4.2\n", f"{COLUMNS}Q\tR\n"]
)
@given(genotypes=st.tuples(*[st.sampled_from(GENOTYPES)] * len(RECORDS)), first=st.booleans())
@settings(max_examples=12, deadline=None)
def test_a_part_that_cannot_be_read_hides_no_finding_and_leaves_no_negative(
    tmp_path_factory: pytest.TempPathFactory,
    text: str | None,
    genotypes: tuple[str, ...],
    first: bool,
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    good = write(folder / "a.vcf", list(zip(RECORDS, genotypes, strict=True)))
    gone = folder / "gone.vcf"
    if text is not None:
        gone.write_text(text)
    files = [str(gone), good] if first else [good, str(gone)]
    alone, one = report([good]), report(files)
    assert one.findings == alone.findings or one.status == alone.status == "carrier"
    assert one.status == (alone.status if alone.findings else "inconclusive")
    assert any("a file of this person was not read" in fault for fault in one.faults)
    if one.status in ("carrier", "inconclusive"):
        assert "was not read" in one.status_reason
    assert report([str(gone)]).status == "failed"


def test_a_part_without_records_is_a_warning(tmp_path: Path) -> None:
    found = report([write(tmp_path / "a.vcf", PAIR), write(tmp_path / "b.vcf", [])])
    assert found.status == "possible"
    assert any("b.vcf: has a header but not one record" in text for text in found.warnings)
    assert report([write(tmp_path / f"{name}.vcf", []) for name in "cd"]).status == "inconclusive"


def test_a_part_that_tells_no_build_is_read_by_the_build_of_the_others(tmp_path: Path) -> None:
    far = [(("1", 1000, "A", "C"), "0/1")]
    files = [write(tmp_path / "a.vcf", PAIR), write(tmp_path / "b.vcf", far, contigs="")]
    assert report(files).status == report(files[::-1]).status == "possible"
    assert report(files[1:]).status == "failed"


def test_parts_of_two_builds_are_not_one_person(tmp_path: Path) -> None:
    other = "##contig=<ID=20,length=63025520>\n"
    far = [(("1", 1000, "A", "C"), "0/1")]
    files = [write(tmp_path / "a.vcf", PAIR), write(tmp_path / "b.vcf", far, contigs=other)]
    found = report(files)
    assert found.status == "failed"
    assert "one person needs one build" in found.status_reason


def test_columns_of_two_names_may_be_two_people(tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"{name}.vcf", [one], sample=name)
        for name, one in zip("AB", PAIR, strict=True)
    ]
    found = report(files)
    assert found.status == "failed"
    assert "'A'" in found.status_reason
    assert "'B'" in found.status_reason


def test_a_column_of_another_name_is_told(tmp_path: Path) -> None:
    told = f"{tmp_path}/a.vcf: its only column is 'A', read as 'P'"
    file = write(tmp_path / "a.vcf", PAIR, sample="A")
    assert told in report([file]).warnings
    assert told not in report([file], vcf_sample="A").warnings


def test_phase_sets_of_two_files_are_never_one(tmp_path: Path) -> None:
    placed = [(record, "0|1") for record, _ in PAIR]
    parts = [write(tmp_path / f"{pos}.vcf", [one]) for pos, one in enumerate(placed)]
    assert [f.phase for f in report([write(tmp_path / "whole.vcf", placed)]).findings] == ["cis"]
    assert [f.phase for f in report(parts).findings] == ["unknown"]


@pytest.mark.parametrize("packed", ["vcf", "vcf.gz", "bcf"])
def test_chunks_on_the_command_line_are_one_person(tmp_path: Path, packed: str) -> None:
    rows = []
    for number, one in enumerate(PAIR):
        file = write(tmp_path / f"chunk{number}.vcf", [one])
        if packed == "vcf.gz":
            pysam.tabix_compress(file, f"{file}.gz")
            file = pysam.tabix_index(f"{file}.gz", preset="vcf")
        elif packed == "bcf":
            file = as_bcf(file)
        rows.append({"vcf": file})
    (found,) = analyse_rows(ENGINE, rows, (), batch="b")
    assert (found.sample, found.status) == ("P", "possible")
    assert "in different regions: one person" in found.warnings[0]
    assert "/" not in found.warnings[0]


def test_batches_never_part_a_person(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{number}.vcf", [one]) for number, one in enumerate(PAIR)]
    between = write(tmp_path / "between.vcf", PAIR[:1], sample="Q")
    (tmp_path / "config.yaml").write_text("batch_size: 1\n")
    arguments = ["--config", str(tmp_path / "config.yaml"), "-o", str(tmp_path / "out"), "-q"]
    result = CliRunner().invoke(run, [files[0], between, files[1], *arguments])
    assert result.exit_code == 0, result.output
    rows = (tmp_path / "out/summary.tsv").read_text().splitlines()[1:]
    assert [row.split("\t")[0] for row in rows] == ["P", "Q"]
    assert "possible" in rows[0]


def test_a_parent_is_a_column_of_every_part(tmp_path: Path) -> None:
    files = []
    for number, ((chrom, pos, ref, alt), _) in enumerate(PAIR):
        cells = ["0/1", "0/1", "0/0"] if number else ["0/1", "0/0", "0/1"]
        columns = "".join(f"\t{cell}:40:99" for cell in cells)
        path = tmp_path / f"{number}.vcf"
        path.write_text(
            f"##fileformat=VCFv4.2\n{CONTIGS}{COLUMNS}P\tF\tM\n"
            f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t900\tPASS\t.\tGT:DP:GQ{columns}\n"
        )
        files.append(str(path))
    found = report(files, father="F", mother="M")
    assert found.status == "relevant"
    assert [finding.phase for finding in found.findings] == ["trans"]
