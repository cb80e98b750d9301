"""Reading by an index: the same records as htslib finds, or a clear refusal."""

from __future__ import annotations

import random
from pathlib import Path

import pysam
import pytest

from hies_annot.io.bgzf import BgzfLines, packed_size, unpack
from hies_annot.io.tabix import TabixIndex

HEADER = (
    "##fileformat=VCFv4.2\n"
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
)
LENGTH = 90_000_000
Record = tuple[str, int, int, str]
"""Contig, first and last base, and the whole line."""


def records(seed: int, *, contigs: int, each: int, spread: int = LENGTH) -> list[Record]:
    """Small changes, long deletions and blocks, sorted as in a VCF."""
    rng = random.Random(seed)
    found: list[Record] = []
    for contig in range(contigs):
        name = f"chr{contig + 1}"
        for start in sorted(rng.randrange(1, spread) for _ in range(each)):
            kind = rng.random()
            if kind < 0.9:
                end, ref, info = start, "A", "."
            elif kind < 0.97:
                size = rng.choice([2, 30, 20_000])
                end, ref, info = start + size - 1, "C" * size, "."
            else:
                end = start + rng.choice([100, 50_000, 9_000_000])
                ref, info = "G", f"END={end}"
            row = f"{name}\t{start}\t.\t{ref}\tT\t50\tPASS\t{info}\tGT\t0/1"
            found.append((name, start, end, row))
    return found


def packed(path: Path, rows: list[Record], *, csi: bool, shift: int = 14) -> Path:
    source, file = path / "a.vcf", path / "a.vcf.gz"
    source.write_text(HEADER + "".join(f"{row[3]}\n" for row in rows), encoding="utf-8")
    pysam.tabix_compress(str(source), str(file), force=True)
    kind = {"csi": True, "min_shift": shift} if csi else {}
    pysam.tabix_index(str(file), preset="vcf", force=True, **kind)
    return Path(f"{file}.csi" if csi else f"{file}.tbi")


def found_in(
    index: Path, regions: list[tuple[str, int, int]], file: Path | None = None
) -> list[list[str]]:
    """Return the lines of each region that the index leads to."""
    spans = TabixIndex(index).spans(regions)
    with BgzfLines(file or index.with_suffix("")) as text:
        return [[line.decode() for span in some for line in text.between(*span)] for some in spans]


def sharing(rows: list[Record], region: tuple[str, int, int]) -> list[str]:
    name, first, last = region
    return [
        row
        for chrom, start, end, row in rows
        if (chrom, end >= first, start <= last) == (name, True, True)
    ]


def regions_of(seed: int, contigs: int, spread: int = LENGTH) -> list[tuple[str, int, int]]:
    rng = random.Random(seed)
    names = [f"chr{rng.randrange(contigs) + 1}" for _ in range(40)]
    starts = [rng.randrange(1, spread) for _ in names]
    sizes = [rng.choice([1, 3, 16_384, 80_000, 5_000_000]) for _ in names]
    edges = [("chr1", 1, spread), ("chr1", 16_384, 16_384), ("chr1", 16_385, 32_768)]
    return [*edges, *((n, s, s + z) for n, s, z in zip(names, starts, sizes, strict=True))]


@pytest.mark.parametrize(
    ("csi", "shift"), [(False, 14), (True, 14), (True, 12), (True, 17)], ids=str
)
@pytest.mark.parametrize(
    ("each", "spread"), [(3, LENGTH), (700, LENGTH), (4_000, 400_000)], ids=["few", "wide", "dense"]
)
def test_no_record_of_a_region_is_missed(
    tmp_path: Path, csi: bool, shift: int, each: int, spread: int
) -> None:
    rows = records(each + shift, contigs=4, each=each, spread=spread)
    index = packed(tmp_path, rows, csi=csi, shift=shift)
    regions = regions_of(shift, 4, spread)
    for region, lines in zip(regions, found_in(index, regions), strict=True):
        wanted = sharing(rows, region)
        chosen = set(wanted)
        assert [line for line in lines if line in chosen] == wanted, region
        assert all(line.startswith(region[0] + "\t") for line in lines)


def test_the_records_are_those_of_htslib(tmp_path: Path) -> None:
    rows = records(5, contigs=23, each=900)
    index = packed(tmp_path, rows, csi=False)
    regions = regions_of(5, 23)
    with pysam.TabixFile(str(index.with_suffix(""))) as other:
        for (name, start, end), lines in zip(regions, found_in(index, regions), strict=True):
            theirs = list(other.fetch(name, start - 1, end))
            chosen = set(theirs)
            assert theirs == [line for line in lines if line in chosen]
            assert theirs == sharing(rows, (name, start, end))


def test_few_records_beside_the_region_are_handed_out(tmp_path: Path) -> None:
    rows = [row for row in records(8, contigs=2, each=20_000) if row[2] - row[1] < 1_000]
    index = packed(tmp_path, rows, csi=False)
    lines = found_in(index, [("chr2", 42_000_000, 42_080_000)])[0]
    assert len(lines) < len(rows) / 50


def test_order_of_regions_and_contigs_does_not_matter(tmp_path: Path) -> None:
    rows = records(9, contigs=3, each=50)
    index = packed(tmp_path, rows, csi=False)
    regions = [("chr3", 1, LENGTH), ("chr1", 1, LENGTH), ("chr3", 1, LENGTH // 2)]
    assert [set(lines) for lines in found_in(index, regions)[:2]] == [
        set(sharing(rows, region)) for region in regions[:2]
    ]
    assert found_in(index, []) == []


def test_names_are_those_of_the_contigs_with_records(tmp_path: Path) -> None:
    for csi in (False, True):
        index = packed(tmp_path, records(1, contigs=3, each=2), csi=csi)
        assert TabixIndex(index).names == ("chr1", "chr2", "chr3")


@pytest.mark.parametrize("csi", [False, True])
def test_a_damaged_index_never_hides_a_record(tmp_path: Path, csi: bool) -> None:
    rows = records(3, contigs=3, each=200)
    index = packed(tmp_path, rows, csi=csi)
    whole, regions = index.read_bytes(), [("chr2", 1, LENGTH)]
    good = found_in(index, regions)
    rng = random.Random(4)
    refused = 0
    for _ in range(150):
        bad = bytearray(whole)
        bad[rng.randrange(len(bad) - 28)] ^= 1 << rng.randrange(8)
        index.write_bytes(bad)
        try:
            assert found_in(index, regions) == good
        except ValueError:
            refused += 1
    assert refused > 50
    for length in (0, 10, 40, len(whole) // 2):
        index.write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"index|block"):
            found_in(index, regions)


def test_a_block_that_is_damaged_is_refused(tmp_path: Path) -> None:
    index = packed(tmp_path, records(3, contigs=1, each=3_000), csi=False)
    file = index.with_suffix("")
    data = bytearray(file.read_bytes())
    size = packed_size(data, 0)
    assert unpack(memoryview(data)[:size]).startswith(b"##fileformat")
    data[size // 2] ^= 4
    with pytest.raises(ValueError, match="damaged"):
        unpack(memoryview(data)[:size])
    file.write_bytes(data)
    with pytest.raises(ValueError, match="damaged"):
        found_in(index, [("chr1", 1, LENGTH)])


def test_lines_over_the_edges_of_blocks_are_whole(tmp_path: Path) -> None:
    rows = [
        ("chr1", n, n, f"chr1\t{n}\t.\tA\tT\t.\t.\t{'X' * (n * 7 % 90_000)}") for n in range(1, 300)
    ]
    index = packed(tmp_path, rows, csi=False)
    assert found_in(index, [("chr1", 1, 299)])[0] == [row[3] for row in rows]


def test_files_put_together_have_empty_blocks_in_the_middle(tmp_path: Path) -> None:
    rows = records(2, contigs=2, each=50)
    for part, text in enumerate(
        [
            HEADER,
            *(
                "".join(f"{row[3]}\n" for row in rows if row[0] == name)
                for name in ("chr1", "chr2")
            ),
        ]
    ):
        (tmp_path / f"{part}.txt").write_text(text, encoding="utf-8")
        pysam.tabix_compress(str(tmp_path / f"{part}.txt"), str(tmp_path / f"{part}.gz"))
    file = tmp_path / "all.vcf.gz"
    file.write_bytes(b"".join((tmp_path / f"{part}.gz").read_bytes() for part in range(3)))
    pysam.tabix_index(str(file), preset="vcf")
    regions = [("chr1", 1, LENGTH * 2), ("chr2", 1, LENGTH * 2)]
    assert found_in(Path(f"{file}.tbi"), regions) == [sharing(rows, region) for region in regions]


def test_a_last_line_without_line_feed_is_read(tmp_path: Path) -> None:
    rows = records(2, contigs=1, each=5)
    index = packed(tmp_path, rows, csi=False)
    file = index.with_suffix("")
    source = tmp_path / "a.vcf"
    source.write_text(source.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    pysam.tabix_compress(str(source), str(file), force=True)
    pysam.tabix_index(str(file), preset="vcf", force=True)
    assert found_in(index, [("chr1", 1, LENGTH * 2)])[0] == [row[3] for row in rows]


@pytest.mark.parametrize(
    "content", [b"", b"hello, this is no index at all", b"TBI\x01" + bytes(40)]
)
def test_what_is_no_index_is_refused(tmp_path: Path, content: bytes) -> None:
    index = tmp_path / "a.vcf.gz.tbi"
    index.write_bytes(content)
    with pytest.raises(ValueError, match=r"index|block"):
        TabixIndex(index)
