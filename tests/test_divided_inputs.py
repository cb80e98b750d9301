"""One person in several files: a whole batch, divided per chromosome and per region, says the same.

The example batch and a made-up cohort of 200 samples; what differs are the names of the files.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pysam
import pytest
from click.testing import CliRunner

from hies_annot.cli.run import run
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.windows import index_silence, vcf
from hies_annot.reference.load import embedded_reference
from hies_annot.shipped import resource_path

pytestmark = pytest.mark.slow
EXAMPLE = resource_path("example")
SAMPLES = 200
STAT3, ZNF341 = ("17", 42_322_000, 42_387_000), ("20", 33_731_000, 33_792_000)
MIDDLE = {"17": 42_330_000, "20": 33_755_000}
"""Where a chromosome is cut into two chunks."""
COLUMNS = ("status", "status_reason", "build", "condition", "gene", "variants", "zygosity",
           "genotype", "phase", "phase_evidence", "callability_source", "records",
           "reference_blocks", "alleles_carried", "reported", "other_findings",
           "callable_percent_STAT3", "callable_percent_ZNF341")  # fmt: skip


def chunk_of(chrom: str, pos: int, end: int, way: str) -> list[str]:
    """Return the parts that hold a record; one that crosses a border lies in both."""
    name = chrom.removeprefix("chr")
    if way == "chromosome":
        return [name]
    middle = MIDDLE.get(name, 0)
    return [f"{name}-{half}" for half, there in ((1, pos < middle), (2, end >= middle)) if there]


def divide(vcf: Path, folder: Path, way: str) -> list[str]:
    """Write the parts of a file; the header goes to each. A damaged file stays as it is."""
    try:
        with pysam.VariantFile(str(vcf)) as source:
            header = str(source.header)
            parts: dict[str, list[str]] = {}
            for record in source:
                for part in chunk_of(record.chrom, record.pos, record.stop, way):
                    parts.setdefault(part, []).append(str(record))
    except (OSError, ValueError):
        return [str(vcf)]
    paths = []
    for part, lines in parts.items():
        path = folder / f"{vcf.name.split('.')[0]}.{part}.vcf"
        path.write_text(header + "".join(lines))
        paths.append(str(path))
    return paths or [str(vcf)]


def answers(sheet: Path, folder: Path) -> dict[str, Mapping[str, str]]:
    done = CliRunner().invoke(
        run, ["--samples", str(sheet), "-o", str(folder), "--reports", "none", "-q"]
    )
    assert done.exception is None, done.output
    with (folder / "summary.tsv").open(newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["sample"]: {name: row[name] for name in COLUMNS} for row in rows}


def write_sheet(path: Path, rows: list[dict[str, str]]) -> Path:
    columns = list(rows[0])
    lines = ["\t".join(columns), *("\t".join(row[name] or "" for name in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def example_rows() -> list[dict[str, str]]:
    with (EXAMPLE / "samples.tsv").open(newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    for row in rows:
        for column in ("vcf", "callable", "bam", "sv_vcf"):
            row[column] = str(EXAMPLE / row[column]) if row[column] else ""
    return rows


FILE = re.compile(r"\S+\.vcf(?:\.gz)?\b")
"""The name of a file in a sentence, which the parts of it do not share."""


@pytest.mark.parametrize("way", ["chromosome", "chunk"])
def test_the_example_batch_divided(tmp_path: Path, way: str) -> None:
    whole = example_rows()
    parts = {row["vcf"]: divide(Path(row["vcf"]), tmp_path, way) for row in whole}
    assert any(len(files) > 1 for files in parts.values())
    divided = [{**row, "vcf": ";".join(parts[row["vcf"]])} for row in whole]
    one = answers(write_sheet(tmp_path / "whole.tsv", whole), tmp_path / "whole")
    other = answers(write_sheet(tmp_path / "parts.tsv", divided), tmp_path / "parts")
    assert one.keys() == other.keys()
    for sample, row in one.items():
        assert {k: v for k, v in other[sample].items() if k != "status_reason"} == {
            k: v for k, v in row.items() if k != "status_reason"
        }, sample
        if row["status"] != "failed":
            reason = other[sample]["status_reason"]
            assert FILE.sub("file", reason) == FILE.sub("file", row["status_reason"]), sample


def records(seed: int) -> Iterator[tuple[str, int, str, str]]:
    """Yield places of both genes with their reference bases, in file order."""
    reference, dice = embedded_reference(Build.GRCH38, default_genes()), random.Random(seed)
    for chrom, start, end in (STAT3, ZNF341):
        for pos in sorted(dice.sample(range(start, end), 120)):
            locus = reference.overlapping(chrom, pos, pos)
            if locus is not None:
                ref = locus.bases(pos, pos).upper()
                yield chrom, pos, ref, dice.choice([base for base in "ACGT" if base != ref])
    known = (("17", 42329643, "G", "A"), ("20", 33757310, "C", "T"), ("20", 33761989, "C", "T"))
    yield from known


def no_whole_reading(*_: object) -> None:
    raise AssertionError("a file was read whole")


def indexed(file: str) -> str:
    """Pack and index a file; return the path of what was made."""
    return str(pysam.tabix_index(file, preset="vcf", force=True, keep_original=True))


@pytest.mark.parametrize("way", ["chromosome", "chunk", "indexed"])
def test_a_cohort_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    dice, names = random.Random(5), [f"C{number:03d}" for number in range(SAMPLES)]
    lines = []
    for chrom, pos, ref, alt in sorted(set(records(5)), key=lambda one: (one[0], one[1])):
        cells = dice.choices(["0/0", "0/1", "1/1", "./."], [94, 4, 1, 1], k=SAMPLES)
        text = "\t".join(f"{cell}:20,20:40:99" for cell in cells)
        lines.append(f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t900\tPASS\t.\tGT:AD:DP:GQ\t{text}\n")
    header = (
        "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
        "##contig=<ID=20,length=64444167>\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads">\n'
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">\n'
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + "\t".join(names) + "\n"
    )
    whole = tmp_path / "cohort.vcf"
    whole.write_text(header + "".join(lines))
    files = divide(whole, tmp_path, "chromosome" if way == "indexed" else way)
    assert len(files) == (4 if way == "chunk" else 2)
    rows = [{"sample": name, "vcf": str(whole)} for name in names]
    one = answers(write_sheet(tmp_path / "whole.tsv", rows), tmp_path / "whole")
    if way == "indexed":
        files = [indexed(file) for file in files]
        monkeypatch.setattr(index_silence, "SMALL", 0)
        monkeypatch.setattr(vcf, "text_lines", no_whole_reading)
    rows = [{"sample": name, "vcf": ";".join(files)} for name in names]
    assert answers(write_sheet(tmp_path / "parts.tsv", rows), tmp_path / "parts") == one
    assert {row["status"] for row in one.values()} >= {"relevant", "possible"}
    done = CliRunner().invoke(
        run, [*files, "-o", str(tmp_path / "globs"), "--reports", "none", "-q"]
    )
    assert done.exception is None or done.exit_code in (0, 1), done.output
    with (tmp_path / "globs/summary.tsv").open(newline="") as table:
        found = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert {r["sample"]: r["variants"] for r in found} == {
            name: row["variants"] for name, row in one.items()
        }
