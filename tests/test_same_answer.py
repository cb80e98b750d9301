"""The golden cases again, written otherwise: the answer must not depend on how a file is made.

Each case is rewritten (contig spelling, build, line ends, order of columns and header, index,
BCF) and must give the same statuses, findings and names as the file in its folder.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pysam
import pytest
import yaml

from hies_annot.genome import Build, contigs
from hies_annot.results.contract import SampleResult
from hies_annot.results.variant_contract import VariantResult

CASES = Path(__file__).parent / "cases"
OFFSETS = {"chr17": 1_847_982, "chr20": 1_412_194}
"""What must be taken from a GRCh38 position to get the GRCh37 one."""
DOCUMENTS = {
    path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(CASES.glob("*/case.yaml"))
}
ABOUT_SPELLING = ("build_", "contigs_", "negative_callable_bed", "negative_other_chromosome")
NAMES = [name for name in DOCUMENTS if not name.startswith(ABOUT_SPELLING)]
NOT_IN_BCF = {"stat3_refcall", "stat3_leading_phase"}
"""BCF needs every FILTER in the header; htslib does not keep a phase before the first allele."""


def answer(results: list[SampleResult]) -> list[dict[str, Any]]:
    """Return what must not depend on the file: no position, no file name, no record number."""
    return [
        {
            "sample": result.sample,
            "status": result.status,
            "conditions": [
                (c.id, c.status, c.genotype, c.phase, c.phase_evidence, len(c.variants))
                for c in result.conditions
            ],
            "variants": sorted(repr(essence(variant)) for variant in result.variants),
            "callable": [(g.gene, g.callable_bases) for g in result.callability.genes],
        }
        for result in results
    ]


def essence(variant: VariantResult) -> tuple[object, ...]:
    return (
        *(variant.hgvs_c, variant.hgvs_p, variant.consequence, variant.mechanism),
        *(variant.zygosity, variant.genotype, variant.depth, variant.alt_depth),
        *(variant.reported, variant.drop_reason, variant.acmg and variant.acmg.class_),
    )


@pytest.fixture(scope="module")
def original(golden: Any) -> Callable[[str], str]:
    """Return the answer of a case as it stands in its folder."""

    @cache
    def run(name: str) -> str:
        return json.dumps(answer(golden.run(name)))

    return run


def rewrite(name: str, folder: Path, change: Callable[[list[str]], list[str]]) -> None:
    """Copy a case with every VCF of the samples changed."""
    for path in (CASES / name).iterdir():
        if path.suffix == ".vcf" and path.name not in {"population.vcf", "spliceai.vcf"}:
            lines = change(path.read_text(encoding="utf-8").splitlines())
            (folder / path.name).write_bytes("\n".join(lines).encode() + b"\n")
        else:
            shutil.copy(path, folder / path.name)


def plain(lines: list[str]) -> list[str]:
    return [line.replace("chr", "", 1) if "chr" in line[:20] else line for line in lines]


def accessions(lines: list[str]) -> list[str]:
    names = {f"chr{chrom}": contigs(Build.GRCH38)[chrom].refseq for chrom in ("17", "20")}
    for old, new in names.items():
        lines = [line.replace(old, new, 1) if old in line[:20] else line for line in lines]
    return lines


def carriage_returns(lines: list[str]) -> list[str]:
    return [f"{line}\r" for line in lines]


def header_reversed(lines: list[str]) -> list[str]:
    """Turn the order of the header lines between the first and the column line."""
    count = next(number for number, line in enumerate(lines) if line.startswith("#CHROM"))
    return [lines[0], *reversed(lines[1:count]), *lines[count:]]


def columns_reversed(lines: list[str]) -> list[str]:
    """Turn the order of the samples."""
    return [
        line
        if line.startswith("##")
        else "\t".join([*line.split("\t")[:9], *reversed(line.split("\t")[9:])])
        for line in lines
    ]


def extra_sample(lines: list[str]) -> list[str]:
    """Put a sample without any call before all others."""
    found = []
    for line in lines:
        cells = line.split("\t")
        if not line.startswith("##"):
            cells.insert(9, "OTHER" if line.startswith("#") else "./.")
        found.append("\t".join(cells))
    return found


def grch37(lines: list[str]) -> list[str]:
    """Move records and header to GRCh37."""
    found = []
    for line in lines:
        for chrom in ("17", "20"):
            old, new = (str(contigs(build)[chrom].length) for build in (Build.GRCH38, Build.GRCH37))
            line = line.replace(f"length={old}", f"length={new}")
        found.append(line if line.startswith("#") else moved(line))
    return found


def moved(line: str) -> str:
    cells = line.split("\t")
    shift = OFFSETS[cells[0]]
    cells[1] = str(int(cells[1]) - shift)
    cells[4] = re.sub(r"(?<=:)[0-9]+(?=[\[\]])", lambda at: str(int(at[0]) - shift), cells[4])
    info = [part.partition("=") for part in cells[7].split(";")]
    cells[7] = ";".join(
        f"END={int(value) - shift}" if key == "END" else f"{key}{sign}{value}"
        for key, sign, value in info
    )
    return "\t".join(cells)


SPELLINGS = [plain, accessions, carriage_returns, header_reversed, extra_sample, grch37]


@pytest.mark.parametrize("change", SPELLINGS, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_written_otherwise(
    name: str,
    change: Callable[[list[str]], list[str]],
    golden: Any,
    original: Callable[[str], str],
    tmp_path: Path,
) -> None:
    rewrite(name, tmp_path, change)
    if change is grch37:
        move_beds(tmp_path)
    assert json.dumps(answer(golden.run(name, tmp_path))) == original(name)


def move_beds(folder: Path) -> None:
    for path in folder.glob("*.bed"):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text(
            "".join(
                f"{chrom}\t{int(start) - OFFSETS[chrom]}\t{int(end) - OFFSETS[chrom]}\n"
                for chrom, start, end in rows
            ),
            encoding="utf-8",
        )


MULTIPLE = [name for name in NAMES if "father" in DOCUMENTS[name]["samples"][0]]


@pytest.mark.parametrize("name", MULTIPLE)
def test_order_of_the_columns(
    name: str, golden: Any, original: Callable[[str], str], tmp_path: Path
) -> None:
    rewrite(name, tmp_path, columns_reversed)
    assert json.dumps(answer(golden.run(name, tmp_path))) == original(name)


CONTAINERS = ["bgzip", "bgzip and tbi", "bgzip and csi", "bcf", "bcf and csi"]


@pytest.mark.parametrize("kind", CONTAINERS)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_IN_BCF])
def test_packed_otherwise(
    name: str, kind: str, golden: Any, original: Callable[[str], str], tmp_path: Path
) -> None:
    rewrite(name, tmp_path, in_order)
    packed = pack(tmp_path / "input.vcf", kind)
    structural = tmp_path / "sv.vcf"
    if structural.exists():  # what a file is, its first bytes tell
        shutil.move(pack(structural, kind.split(" and ", maxsplit=1)[0]), structural)
    assert json.dumps(answer(golden.run(name, tmp_path, packed.name))) == original(name)


def pack(source: Path, kind: str) -> Path:
    """Write a VCF in another container beside it."""
    packed = source.with_suffix(".bcf" if kind.startswith("bcf") else ".vcf.gz")
    if kind.startswith("bcf"):
        write_bcf(source, packed)
    else:
        pysam.tabix_compress(str(source), str(packed))
    if " and " in kind:
        preset = "bcf" if kind.startswith("bcf") else "vcf"
        pysam.tabix_index(str(packed), preset=preset, csi=kind.endswith("csi"))
    return packed


@pytest.mark.parametrize("name", NAMES)
def test_records_in_another_order(
    name: str, golden: Any, original: Callable[[str], str], tmp_path: Path
) -> None:
    rewrite(name, tmp_path, chromosomes_turned)
    assert json.dumps(answer(golden.run(name, tmp_path))) == original(name)


def chromosomes_turned(lines: list[str]) -> list[str]:
    """Put the records of the last chromosome first, the last record of each at its head."""
    count = next(number for number, line in enumerate(lines) if line.startswith("#CHROM")) + 1
    return lines[:count] + lines[count:][::-1]


def in_order(lines: list[str]) -> list[str]:
    """Sort the records, as an index needs it."""
    count = next(number for number, line in enumerate(lines) if line.startswith("#CHROM")) + 1
    return lines[:count] + sorted(lines[count:], key=place)


def place(line: str) -> tuple[str, int]:
    cells = line.split("\t")
    return cells[0], int(cells[1])


def write_bcf(source: Path, target: Path) -> None:
    with (
        pysam.VariantFile(str(source)) as handle,
        pysam.VariantFile(str(target), "wb", header=handle.header) as out,
    ):
        for record in handle:
            out.write(record)
