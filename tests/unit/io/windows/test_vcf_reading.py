from __future__ import annotations

import gzip
from pathlib import Path

import pysam
import pytest

from hies_annot.errors import InputError
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import read_windows

WINDOWS = (("17", 42311325, 42393495), ("20", 33726657, 33797269))
HEADER = (
    "##fileformat=VCFv4.2\n"
    "##contig=<ID={p}17,length=83257441>\n##contig=<ID={p}20,length=64444167>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n"
)
ROWS = (
    "{p}17\t41000000\t.\tA\tG\t50\tPASS\t.\tGT\t0/1\n"
    "{p}17\t42300000\t.\tA\t<NON_REF>\t.\t.\tEND=42312000\tGT\t0/0\n"
    "{p}17\t42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1\n"
    "{p}20\t33757310\t.\tC\tT\t50\tPASS\t.\tGT\t1|1\n"
    "{p}20\t64000000\t.\tC\tT\t50\tPASS\t.\tGT\t1|1\n"
)
WANTED = [42300000, 42329643, 33757310]


def text(prefix: str = "chr") -> str:
    return (HEADER + ROWS).format(p=prefix)


def plain(path: Path, content: str | None = None) -> Path:
    file = path / "a.vcf"
    file.write_text(text() if content is None else content, encoding="utf-8")
    return file


def bgzipped(path: Path, *, index: bool) -> Path:
    source, file = plain(path), path / "b.vcf.gz"
    pysam.tabix_compress(str(source), str(file), force=True)
    if index:
        pysam.tabix_index(str(file), preset="vcf", force=True)
    return file


def as_bcf(path: Path, *, index: bool) -> Path:
    file = path / "c.bcf"
    with (
        pysam.VariantFile(str(plain(path))) as source,
        pysam.VariantFile(str(file), "wb", header=source.header) as target,
    ):
        for record in source:
            target.write(record)
    if index:
        pysam.tabix_index(str(file), preset="bcf", force=True)
    return file


def positions(file: Path) -> list[int]:
    return [line.site.pos for line in read_windows(open_vcf(file), WINDOWS)]


@pytest.mark.parametrize("prefix", ["", "chr"])
def test_plain_text_with_both_spellings(tmp_path: Path, prefix: str) -> None:
    assert positions(plain(tmp_path, text(prefix))) == WANTED


@pytest.mark.parametrize("index", [True, False])
def test_bgzip_gives_the_same_with_and_without_index(tmp_path: Path, index: bool) -> None:
    file = bgzipped(tmp_path, index=index)
    assert open_vcf(file).indexed is index
    assert positions(file) == WANTED


def test_a_csi_index_serves_as_well(tmp_path: Path) -> None:
    file = bgzipped(tmp_path, index=False)
    pysam.tabix_index(str(file), preset="vcf", csi=True, force=True)
    assert open_vcf(file).indexed
    assert positions(file) == WANTED


@pytest.mark.parametrize("index", [True, False])
def test_bcf_gives_the_same_with_and_without_index(tmp_path: Path, index: bool) -> None:
    file = as_bcf(tmp_path, index=index)
    assert (open_vcf(file).kind, open_vcf(file).indexed) == ("bcf", index)
    assert positions(file) == WANTED


def test_plain_gzip_is_read(tmp_path: Path) -> None:
    file = tmp_path / "d.vcf.gz"
    file.write_bytes(gzip.compress(text().encode()))
    assert positions(file) == WANTED


@pytest.mark.parametrize("kind", ["plain", "bgzip", "gzip"])
@pytest.mark.parametrize("contigs", [1, 3_000], ids=["short", "longer than a block"])
def test_the_whole_header_is_read(tmp_path: Path, kind: str, contigs: int) -> None:
    decoys = "".join(f"##contig=<ID=decoy{n},length={n + 1}>\n" for n in range(contigs))
    first, rest = text().split("\n", 1)
    file = plain(tmp_path, f"{first}\n{decoys}{rest}")
    if kind == "bgzip":
        pysam.tabix_compress(str(file), f"{file}.gz")
    elif kind == "gzip":
        Path(f"{file}.gz").write_bytes(gzip.compress(file.read_bytes()))
    opened = open_vcf(file if kind == "plain" else Path(f"{file}.gz"))
    assert opened.samples == ("S1",)
    assert len(opened.contigs) == contigs + 2
    assert [line.site.pos for line in read_windows(opened, WINDOWS)] == WANTED


def test_a_header_without_line_feed_at_its_end_is_whole(tmp_path: Path) -> None:
    file = plain(tmp_path, HEADER.format(p="").rstrip("\n"))
    assert open_vcf(file).samples == ("S1",)


def test_no_index_is_said(tmp_path: Path) -> None:
    assert "no index" in (open_vcf(plain(tmp_path)).unindexed or "")
    indexed = open_vcf(bgzipped(tmp_path, index=True))
    assert (indexed.unindexed, indexed.warnings) == (None, ())


def test_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    file = tmp_path / "windows.vcf"
    file.write_bytes(b"\xef\xbb\xbf" + text().replace("\n", "\r\n").encode())
    assert positions(file) == WANTED
    last = list(read_windows(open_vcf(file), WINDOWS))[-1]
    assert last.fields(0).gt == "1|1"


def test_a_record_over_two_windows_comes_once(tmp_path: Path) -> None:
    row = "chr17\t40000000\t.\tA\t<NON_REF>\t.\t.\tEND=43000000\tGT\t0/0\n"
    source = plain(tmp_path, HEADER.format(p="chr") + row)
    file = tmp_path / "wide.vcf.gz"
    pysam.tabix_compress(str(source), str(file))
    pysam.tabix_index(str(file), preset="vcf")
    windows = (*WINDOWS, ("17", 40463343, 40545513))
    assert len(list(read_windows(open_vcf(file), windows))) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("hello\n", "is no VCF"),
        ("##fileformat=VCFv4.2\n##contig=<ID=17>\n", "no #CHROM line"),
        ("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n", "list of sites"),
        (HEADER.format(p="").replace("\tS1", "\tS1\tS1"), "S1 stands twice"),
        (HEADER.format(p="").replace("\t", " "), "separated by tabs"),
    ],
)
def test_files_that_are_refused_at_the_header(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        open_vcf(plain(tmp_path, content))


def test_a_file_without_a_record_says_so(tmp_path: Path) -> None:
    file = open_vcf(plain(tmp_path, HEADER.format(p="")))
    census = Census(file, ["17"])
    assert list(read_windows(file, WINDOWS, census)) == []
    assert not census.finished().records


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_vcf(tmp_path / "none.vcf")
    with pytest.raises(InputError, match="folder"):
        open_vcf(tmp_path)


@pytest.mark.parametrize("index", [True, False])
def test_cut_bgzip_is_refused(tmp_path: Path, index: bool) -> None:
    file = bgzipped(tmp_path, index=index)
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(InputError, match="cut short"):
        positions(file)


def test_cut_gzip_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "d.vcf.gz"
    file.write_bytes(gzip.compress(text().encode())[:-12])
    with pytest.raises(InputError, match="cut short"):
        positions(file)


def test_other_packers_are_named(tmp_path: Path) -> None:
    file = tmp_path / "e.vcf.bz2"
    file.write_bytes(b"BZh91AY")
    with pytest.raises(InputError, match="bzip2"):
        open_vcf(file)


def test_column_of_a_sample(tmp_path: Path) -> None:
    two = open_vcf(plain(tmp_path, text().replace("\tS1\n", "\tS1\t007\n")))
    assert two.column("007") == 1
    with pytest.raises(InputError, match="no sample 'S9'"):
        two.column("S9")
    with pytest.raises(InputError, match="say which one"):
        two.column(None)
