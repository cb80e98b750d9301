"""An index without the contigs that are not read: the others keep every bin, window and name."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

import pysam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import HiesError
from hies_annot.io import bgzf
from hies_annot.io.header.vcf_open import VcfFile, open_vcf
from hies_annot.io.index.plain_index import plain_index
from hies_annot.io.index.tabix_index import excerpt
from hies_annot.io.windows.by_index import TextByIndex

Contig = tuple[dict[int, list[tuple[int, int]]], list[int]]
"""Chunks by the number of their bin, and windows."""

offsets = st.integers(0, 2**64 - 1) | st.sampled_from([1, 1 << 32, 0x0000000100000001])
chunks = st.lists(st.tuples(offsets, offsets), max_size=3) | st.tuples(offsets, offsets).map(
    lambda one: [one]
)
contigs = st.tuples(
    st.dictionaries(st.integers(0, 37450), chunks, max_size=12),
    st.lists(offsets, max_size=5),
)


def contig_bytes(contig: Contig) -> bytes:
    bins, windows = contig
    parts = [struct.pack("<i", len(bins))]
    for number, found in bins.items():
        parts.append(struct.pack("<Ii", number, len(found)))
        parts += [struct.pack("<QQ", *chunk) for chunk in found]
    parts += [struct.pack("<i", len(windows)), struct.pack(f"<{len(windows)}Q", *windows)]
    return b"".join(parts)


def head_bytes(names: list[str]) -> bytes:
    text = b"".join(name.encode() + b"\0" for name in names)
    return b"TBI\1" + struct.pack("<8i", len(names), 2, 1, 2, 0, 35, 0, len(text)) + text


@st.composite
def indexes(draw: st.DrawFn) -> tuple[dict[str, Contig], bytes]:
    """Contigs by name, and what may stand behind the last: the count of records without place."""
    names = draw(st.lists(st.sampled_from(["chr1", "17", "chr17", "20", "x"]), unique=True))
    return {name: draw(contigs) for name in names}, draw(st.sampled_from([b"", bytes(8)]))


def bytes_of(index: tuple[dict[str, Contig], bytes]) -> bytes:
    found, tail = index
    return head_bytes(list(found)) + b"".join(map(contig_bytes, found.values())) + tail


def excerpt_of(data: bytes, wanted: frozenset[str]) -> bytes:
    return bytes(excerpt(memoryview(data), wanted.__contains__))


wishes = st.frozensets(st.sampled_from(["chr1", "17", "chr17", "20", "x", "none"]))


@given(index=indexes(), wanted=wishes)
def test_as_if_the_other_contigs_had_no_records(
    index: tuple[dict[str, Contig], bytes], wanted: frozenset[str]
) -> None:
    found, tail = index
    due = {name: contig if name in wanted else ({}, []) for name, contig in found.items()}
    assert excerpt_of(bytes_of(index), wanted) == bytes_of((due, tail))


@given(index=indexes(), wanted=wishes, data=st.data())
def test_an_index_that_is_cut_short_stays_as_it_is(
    index: tuple[dict[str, Contig], bytes], wanted: frozenset[str], data: st.DataObject
) -> None:
    """htslib tells what is wrong with it; the count at the end may be lacking."""
    whole = bytes_of((index[0], b""))
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    assert excerpt_of(cut, wanted) == cut


@given(index=indexes(), wanted=wishes, data=st.data())
def test_bytes_that_are_others_do_no_harm(
    index: tuple[dict[str, Contig], bytes], wanted: frozenset[str], data: st.DataObject
) -> None:
    """A count of thousands of millions, or less than none, is neither followed nor waited for."""
    spoilt = bytearray(bytes_of(index))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[place] = data.draw(st.integers(0, 255))
    assert len(excerpt_of(bytes(spoilt), wanted)) <= len(spoilt)


@pytest.mark.parametrize("other", [b"", b"CSI\1" + bytes(100), b"BAI\1", bytes(99)])
def test_another_index_stays_as_it_is(other: bytes) -> None:
    assert excerpt_of(other, frozenset()) == other


def test_an_index_of_thousands_of_contigs(tmp_path: Path) -> None:
    """Decoys and HLA alleles of a whole genome: more parts than a system writes at once."""
    found: dict[str, Contig] = {f"HLA{n}": ({4681: [(n, n + 1)]}, [n]) for n in range(3000)}
    path = tmp_path / "a.tbi"
    with pysam.BGZFile(str(path), "wb", index=None) as handle:
        handle.write(bytes_of((found, b"")))
    told = plain_index(str(path), frozenset(["HLA7"]).__contains__)
    due = {name: contig if name == "HLA7" else ({}, []) for name, contig in found.items()}
    if told != str(path):  # without libdeflate or files in memory htslib reads it itself
        assert Path(told).read_bytes() == bytes_of((due, b""))
    assert (told != str(path)) is (bgzf.LIBDEFLATE and hasattr(os, "memfd_create"))


NAMES = [f"chr{number}" for number in range(1, 6)]
LENGTH = 200_000_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> VcfFile:
    """An indexed file with records on each contig, some of them of millions of bases."""
    rng, folder = random.Random(5), tmp_path_factory.mktemp("excerpt")
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID={name},length={LENGTH}>" for name in NAMES]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS")
    for name in NAMES:
        for start in sorted(rng.randrange(1, LENGTH) for _ in range(3000)):
            far = rng.random() < 0.01
            end = f"END={start + rng.randrange(9_000_000)}" if far else "."
            lines.append(
                f"{name}\t{start}\t.\tA\t{'<DEL>' if far else 'C'}\t.\tPASS\t{end}\tGT\t0/1"
            )
    (folder / "a.vcf").write_text("\n".join(lines) + "\n")
    pysam.tabix_compress(str(folder / "a.vcf"), str(folder / "a.vcf.gz"))
    pysam.tabix_index(str(folder / "a.vcf.gz"), preset="vcf")
    return open_vcf(Path(folder / "a.vcf.gz"))


spans = st.tuples(
    st.integers(0, LENGTH) | st.integers(0, 40_000), st.sampled_from([1, 99, 80_000, 9_000_000])
)


@given(wanted=st.frozensets(st.sampled_from(NAMES), min_size=1), span=spans, data=st.data())
def test_htslib_finds_the_same_lines(
    file: VcfFile, wanted: frozenset[str], span: tuple[int, int], data: st.DataObject
) -> None:
    name, (start, size) = data.draw(st.sampled_from(sorted(wanted))), span
    with pysam.TabixFile(file.name) as whole:
        due = list(whole.fetch(name, start, start + size))
        names = tuple(whole.contigs)
    source = TextByIndex(file, wanted.__contains__)
    try:
        assert source.names == names
        assert list(source.on(name, start, start + size)) == due
    finally:
        source.close()


def test_what_was_not_asked_for_is_not_told_to_be_empty(file: VcfFile) -> None:
    """It is a fault of the program to ask for it, and no fault of the file."""
    source = TextByIndex(file, frozenset(["chr2"]).__contains__)
    assert list(source.on("chr2", 0, None))
    for ask in (
        lambda: list(source.lines("chr1", 1, 5)),
        lambda: list(source.on("chr1", 0, None)),
        lambda: source.after("chr1", 5),
    ):
        with pytest.raises(AssertionError, match="without chr1") as raised:
            ask()
        assert not isinstance(raised.value, HiesError)
    source.close()
