"""Indexes that are damaged: refused with one kind of fault, whatever is wrong with the bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pysam
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.io.index.bin_index import BinIndex, read_index

TEXT = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + "".join(
    f"{chrom}\t{pos}\t.\tG\tA\t.\t.\t.\n" for chrom in ("chr17", "chr20") for pos in (5, 70_000)
)


@pytest.fixture(scope="module", params=["tbi", "csi"])
def packed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("index") / "a.vcf.gz"
    with pysam.BGZFile(str(path), "wb", None) as file:
        file.write(TEXT.encode())
    pysam.tabix_index(str(path), preset="vcf", csi=request.param == "csi")
    return Path(f"{path}.{request.param}").read_bytes()


def test_whole(packed: bytes) -> None:
    index = read_index(packed)
    assert list(index.contigs)[:2] == ["chr17", "chr20"]
    first, last = index.records
    assert (first >> 16, first & 0xFFFF) == (0, TEXT.index("chr17"))
    assert last >> 16 > 0 or last & 0xFFFF == len(TEXT)
    assert index.chunks("chr17", 5_000_000, None) == ()
    assert index.chunks("chr3", 0, None) == ()
    assert index.chunks("chr17", 0, 10)[0][0] == first


@settings(max_examples=60)
@given(cut=st.integers(0, 400), at=st.integers(0, 400), bit=st.integers(0, 7))
def test_damaged(packed: bytes, cut: int, at: int, bit: int) -> None:
    plain = gzip.decompress(packed)
    bad = bytearray(plain)
    bad[at % len(bad)] ^= 1 << bit
    for data in (packed[:cut], gzip.compress(plain[:cut]), gzip.compress(bytes(bad)), bad):
        try:
            assert isinstance(read_index(bytes(data)), BinIndex)
        except ValueError:
            continue
