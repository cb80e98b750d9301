"""A file of which a part is on the other build is refused, wherever that part tells it."""

from __future__ import annotations

from pathlib import Path

import pysam
import pytest

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import SampleSpec
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.samples import SampleRecords, Unreadable, read_group
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.call_thresholds import CallThresholds

REFERENCES = {build: embedded_reference(build, default_genes()) for build in Build}
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
LENGTHS = {
    Build.GRCH38: "##contig=<ID=chr17,length=83257441>\n##contig=<ID=chr20,length=64444167>\n",
    Build.GRCH37: "##contig=<ID=chr17,length=81195210>\n##contig=<ID=chr20,length=63025520>\n",
}
NAMES = {Build.GRCH38: "##reference=/ref/hg38.fa\n", Build.GRCH37: "##reference=hg19.fa\n"}
W382 = {Build.GRCH38: 42329643, Build.GRCH37: 40481661}


def row(build: Build, name: str = "chr17") -> str:
    return f"{name}\t{W382[build]}\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\n"


def read(
    folder: Path, text: str, forced: Build | None = None, *, indexed: bool = False
) -> SampleRecords | Unreadable:
    file = folder / "in.vcf"
    file.write_text("##fileformat=VCFv4.2\n" + text)
    if indexed:
        packed = folder / "in.vcf.gz"
        pysam.tabix_compress(str(file), str(packed), force=True)
        pysam.tabix_index(str(packed), preset="vcf", force=True)
        file = packed
    rules = ReadingRules(REFERENCES, CallThresholds(), forced)
    return read_group(file, [SampleSpec("S", str(file))], rules, relatives=frozenset())["S"]


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize("second", [LENGTHS, NAMES, {b: NAMES[b] + LENGTHS[b] for b in Build}])
@pytest.mark.parametrize("build", list(Build))
def test_a_second_header_of_another_build(
    tmp_path: Path, build: Build, second: dict[Build, str], indexed: bool
) -> None:
    other = next(one for one in Build if one is not build)
    rows = (row(build), "chr20\t60000\t.\tA\tG\t50\tPASS\t.\tGT\t0/1\n")
    head = LENGTHS[build] + COLUMNS + rows[0]
    same = read(tmp_path, head + second[build] + COLUMNS + rows[1], indexed=indexed)
    assert isinstance(same, SampleRecords)
    assert [call.allele.pos for call in same.calls] == [W382[build]]
    mixed = read(tmp_path, head + second[other] + COLUMNS + rows[1], indexed=indexed)
    assert isinstance(mixed, Unreadable)
    assert "mixed" in mixed.reason


@pytest.mark.parametrize("second", [LENGTHS, NAMES])
def test_a_second_header_tells_the_build_where_the_first_tells_none(
    tmp_path: Path, second: dict[Build, str]
) -> None:
    for told in Build:
        found = read(
            tmp_path,
            COLUMNS + row(Build.GRCH38) + second[told] + COLUMNS + row(Build.GRCH38),
            Build.GRCH38,
        )
        assert isinstance(found, SampleRecords) is (told is Build.GRCH38)


@pytest.mark.parametrize("header", [LENGTHS[Build.GRCH38], ""])
@pytest.mark.parametrize(
    ("name", "build"), [("NC_000017.10", Build.GRCH37), ("NC_000017.11", Build.GRCH38)]
)
def test_an_accession_of_the_other_build_that_no_header_declares(
    tmp_path: Path, header: str, name: str, build: Build
) -> None:
    text = header + COLUMNS + row(Build.GRCH38) + row(build, name)
    for forced in (None, Build.GRCH38) if header else (Build.GRCH38,):
        found = read(tmp_path, text, forced)
        assert isinstance(found, SampleRecords) is (build is Build.GRCH38)
        if isinstance(found, Unreadable):
            assert "mix GRCh37 and GRCh38" in found.reason
