"""The index of a sample's VCF finds what htslib's own index finds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pysam
import pysam.bcftools
from Bio.bgzf import BgzfWriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hies_annot.io.tabix_write import Placed, tabix_index

HEADER = (
    "##fileformat=VCFv4.3\n"
    "##contig=<ID=17>\n##contig=<ID=20>\n"
    '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base">\n'
    '##INFO=<ID=PAD,Number=1,Type=String,Description="Fill a block">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
)
LAST = 1 << 29
LOCI = {"17": (42_311_325, 42_393_495), "20": (33_731_674, 33_793_010)}

starts = st.one_of(
    st.integers(1, 50_000), st.sampled_from(LOCI["17"]), st.integers(*LOCI["17"]), st.just(LAST)
)
rows = st.tuples(
    st.sampled_from(("17", "20")),
    starts,
    st.one_of(st.integers(1, 60), st.integers(1, 200_000)),
    st.sampled_from((0, 0, 40_000)),
)
regions = st.tuples(st.sampled_from(("17", "20")), starts, st.integers(1, 300_000))


def write(path: Path, wanted: list[tuple[str, int, int, int]]) -> None:
    """Write rows (contig, first base, number of bases, padding) and their index."""
    placed = []
    with BgzfWriter(fileobj=path.open("wb")) as stream:
        stream.write(HEADER.encode())
        for number, (chrom, start, length, padding) in enumerate(sorted(wanted)):
            end = min(start + length - 1, LAST)
            text = f"{chrom}\t{start}\tr{number}\tN\t<DEL>\t.\t.\tEND={end};PAD={'x' * padding}.\n"
            begins = stream.tell()
            stream.write(text.encode())
            placed.append(Placed(chrom, start, end, begins, stream.tell()))
    with BgzfWriter(fileobj=Path(f"{path}.tbi").open("wb")) as stream:
        stream.write(tabix_index(placed))


def found(path: Path, asked: list[tuple[str, int, int]]) -> list[list[str]]:
    with pysam.TabixFile(str(path)) as file:
        return [
            list(file.fetch(chrom, start - 1, start - 1 + length)) if chrom in file.contigs else []
            for chrom, start, length in asked
        ]


@settings(deadline=None)
@given(st.lists(rows, min_size=1, max_size=25), st.lists(regions, min_size=1, max_size=10))
@example([("17", 42_311_325, 1, 0), ("17", 42_311_325, 200_000, 0)], [("17", 42_400_000, 1)])
def test_regions_give_the_rows_that_the_index_of_htslib_gives(
    tmp_path_factory,  # type: ignore[no-untyped-def]
    wanted: list[tuple[str, int, int, int]],
    asked: list[tuple[str, int, int]],
) -> None:
    ours = tmp_path_factory.mktemp("tabix") / "x.vcf.gz"
    write(ours, wanted)
    theirs = ours.with_name("y.vcf.gz")
    shutil.copy(ours, theirs)
    pysam.tabix_index(str(theirs), preset="vcf", force=True)

    assert found(ours, asked) == found(theirs, asked)


def test_no_row_gives_an_index_that_htslib_reads(tmp_path: Path) -> None:
    write(tmp_path / "x.vcf.gz", [])

    with pysam.TabixFile(str(tmp_path / "x.vcf.gz")) as file:
        assert file.contigs == []


def test_bcftools_reads_the_number_of_rows_from_the_index(tmp_path: Path) -> None:
    write(tmp_path / "x.vcf.gz", [("17", 100, 1, 0), ("17", 90, 1, 0), ("20", 7, 40_000, 0)])

    counts = pysam.bcftools.index("--stats", str(tmp_path / "x.vcf.gz"))

    assert [line.split("\t")[::2] for line in counts.splitlines()] == [["17", "2"], ["20", "1"]]
