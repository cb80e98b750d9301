"""The first record of each contig by a CSI index, held against reading the whole file."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pysam
import pysam.bcftools
import pytest

from hies_annot.io.index.csi import first_offset

NAMES = ("chr1", "chr2", "chr3", "chr4")


@pytest.mark.parametrize("seed", range(6))
def test_the_first_record_of_each_contig(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    lines = ["##fileformat=VCFv4.3", *(f"##contig=<ID={name},length=90000000>" for name in NAMES)]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO")
    firsts: dict[str, int] = {}
    for name in NAMES:
        count = rng.choice([0, 1, 3_000])
        places = sorted([*(rng.randrange(1, 90_000_000) for _ in range(count)), *[0] * (count % 2)])
        lines += [f"{name}\t{place}\t.\tA\tC\t.\t.\t." for place in places]
        firsts |= {name: places[0]} if places else {}
    text, bcf = tmp_path / "a.vcf", tmp_path / "a.bcf"
    text.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pysam.bcftools.view("-Ob", "-o", str(bcf), str(text), catch_stdout=False)
    pysam.tabix_index(str(bcf), preset="bcf")
    with pysam.VariantFile(str(bcf)) as handle:
        for number, name in enumerate(NAMES):
            offset = first_offset(Path(f"{bcf}.csi"), number)
            assert (offset is not None) is (name in firsts)
            if offset is not None:
                handle.seek(offset)
                record = next(handle)
                assert (record.chrom, record.pos) == (name, firsts[name])


@pytest.mark.parametrize("data", [b"", b"TBI\1", b"CSI\1", gzip.compress(b"CSI\1\0\0", mtime=0)])
def test_what_is_no_index_is_a_fault(tmp_path: Path, data: bytes) -> None:
    index = tmp_path / "a.csi"
    index.write_bytes(data)
    with pytest.raises(ValueError, match="could not load the index"):
        first_offset(index, 0)
