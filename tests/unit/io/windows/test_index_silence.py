"""An index that is silent about a gene is believed where that changes no answer, and only there."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pysam
import pysam.bcftools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from range_server import serving

from hies_annot.errors import InputError
from hies_annot.io.header.vcf_open import VcfFile, open_vcf
from hies_annot.io.index.bin_index import BinIndex
from hies_annot.io.index.csi import Bin
from hies_annot.io.remote import remote_copy
from hies_annot.io.remote.stand_ins import drop, stand_in
from hies_annot.io.windows import index_silence, vcf
from hies_annot.io.windows.index_silence import _spans, whole_index
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import COHORT, read_windows

WINDOWS = (("17", 42_300_000, 42_400_000), ("20", 33_700_000, 33_800_000))
CONTIGS = ("chr1", "chr17", "chr20", "HLA-A", "chr22")
LENGTH = 60_000_000
KINDS = ("tbi", "csi", "bcf")


def header(samples: int) -> str:
    contigs = "".join(f"##contig=<ID={name},length=83000000>\n" for name in CONTIGS)
    names = "\t".join(f"S{number}" for number in range(samples))
    return (
        "##fileformat=VCFv4.2\n" + contigs + '##FILTER=<ID=LOW,Description="Low">\n'
        '##INFO=<ID=END,Number=1,Type=Integer,Description="Last base">\n'
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
        f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}\n"
    )


def row(contig: str, start: int, name: str, reach: int = 0) -> str:
    info = f"END={start + reach}" if reach else "."
    return f"{contig}\t{start}\t{name}\tG\tA\t50\tPASS\t{info}\tGT"


def rows_of(
    seed: int, contigs: Sequence[str], starts: Sequence[int] = (), each: int = 1_000
) -> list[str]:
    """Records whose names hardly pack, some of which reach far."""
    rng = random.Random(seed)
    return [
        row(contig, start, rng.randbytes(64).hex(), rng.choice([0, 0, 0, 40, 30_000, 2_000_000]))
        for contig in contigs
        for start in starts or sorted(rng.randrange(1, LENGTH) for _ in range(each))
    ]


def text_of(rows: Sequence[str], samples: int = 1) -> str:
    cells = "\t0/1" * samples
    return header(samples) + "".join(r + ("" if r.startswith("#") else cells) + "\n" for r in rows)


def write(path: Path, text: str, how: str = "wb") -> None:
    with pysam.BGZFile(str(path), how, None) as file:
        file.write(text.encode())


def packed(folder: Path, rows: Sequence[str], kind: str, samples: int = 1) -> Path:
    """Write an indexed file: VCF.gz with `tbi` or `csi`, or `bcf`."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "a.vcf.gz"
    write(file, text_of(rows, samples))
    if kind != "bcf":
        pysam.tabix_index(str(file), preset="vcf", force=True, csi=kind == "csi")
        return file
    found = folder / "a.bcf"
    pysam.bcftools.view("-Ob", "-o", str(found), str(file), catch_stdout=False)
    pysam.bcftools.index("-f", str(found), catch_stdout=False)
    return found


def beside(file: Path) -> Path:
    return next(path for end in (".tbi", ".csi") if (path := Path(f"{file}{end}")).exists())


def answer(file: Path, *, whole: bool = False) -> object:
    """Return the records of the windows, and what is said of the file beside them."""
    opened = open_vcf(file)
    assert opened.indexed
    census = Census(opened, {"17", "20"})
    found = [
        (line.site.chrom, line.site.pos, line.site.identifier, line.columns[0])
        for line in read_windows(opened, WINDOWS, census, whole=whole)
    ]
    seen = census.finished()
    ends = {chrom: end for chrom, _, end in WINDOWS}
    reach = {chrom: min(base, ends[chrom]) for chrom, base in seen.reach.items()}
    lost = sorted((lost.cause, str(lost.chrom), lost.records) for lost in seen.lost)
    return sorted(found), reach, lost, seen.records


@pytest.fixture(autouse=True)
def _believed_from_here_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_silence, "SMALL", 1 << 15)


@pytest.fixture(name="read_whole")
def _read_whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the functions that read a whole file, as they are called."""
    called: list[str] = []
    for name in ("text_lines", "_streamed_bcf", "bcf_lines_from"):
        monkeypatch.setattr(vcf, name, partial(_told, called, getattr(vcf, name)))
    return called


def _told(called: list[str], read: Callable[..., Any], *given: Any) -> Any:
    called.append(read.__name__)
    return read(*given)


SHAPES = {
    "another chromosome": rows_of(1, ["chr1"]),
    "one gene": rows_of(2, ["chr17"]),
    "the other gene": rows_of(3, ["chr20"]),
    "one gene among others": rows_of(4, ["chr1", "chr17", "chr22"], each=400),
    "a chunk before the gene": rows_of(5, ["chr17"], range(30_000_000, 30_900_000, 900)),
    "a chunk that ends in the gene": rows_of(6, ["chr20"], range(33_300_000, 33_760_000, 460)),
    "a chunk that begins in the gene": rows_of(7, ["chr17"], range(42_350_000, 43_250_000, 900)),
    "cut to the genes": rows_of(8, ["chr17"], range(42_300_000, 42_400_000, 100))
    + rows_of(9, ["chr20"], range(33_700_000, 33_800_000, 200)),
    "a contig of unknown name": rows_of(10, ["chr17"]) + rows_of(11, ["HLA-A"], range(1, 99)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_without_a_gene_is_not_read(
    tmp_path: Path, read_whole: list[str], kind: str, shape: str
) -> None:
    file = packed(tmp_path, SHAPES[shape], kind)
    found = answer(file)
    assert not read_whole
    assert found == answer(file, whole=True)
    assert read_whole


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", ["another chromosome", "one gene", "cut to the genes"])
def test_a_cohort_without_a_gene_is_not_read(
    tmp_path: Path, read_whole: list[str], kind: str, shape: str
) -> None:
    file = packed(tmp_path, SHAPES[shape], kind, samples=COHORT + 1)
    found = answer(file)
    assert not read_whole
    assert found == answer(file, whole=True)


def test_an_index_that_was_written_with_the_file(tmp_path: Path, read_whole: list[str]) -> None:
    text = packed(tmp_path, SHAPES["one gene"], "tbi")
    for kind, ending in (("-Oz", "vcf.gz"), ("-Ob", "bcf")):
        file = tmp_path / f"w.{ending}"
        pysam.bcftools.view(kind, "-W", "-o", str(file), str(text), catch_stdout=False)
        found = answer(file)
        assert not read_whole
        assert found == answer(file, whole=True)
        read_whole.clear()


starts = st.one_of(
    st.integers(1, 60_000), st.integers(33_650_000, 33_850_000), st.integers(42_250_000, 42_450_000)
)
texts = st.lists(
    st.tuples(
        st.sampled_from(CONTIGS),
        starts,
        st.sampled_from([0, 0, 90, 70_000]),
        st.sampled_from(["", "", "", "", "", "blank", "comment", "block"]),
    ),
    max_size=30,
)


def in_blocks(rows: Sequence[tuple[str, int, int, str]]) -> list[list[str]]:
    """Return lines of records, some of them commented out, by the parts that are packed alone."""
    parts: list[list[str]] = [[]]
    for number, (contig, start, reach, how) in enumerate(rows):
        line = row(contig, start, f"r{number}", reach)
        parts[-1].append({"comment": f"#{line}\t0/1", "blank": ""}.get(how, line + "\t0/1"))
        if how == "block":
            parts.append([])
    return parts


@settings(max_examples=80)
@given(texts, st.sampled_from(KINDS))
def test_whatever_the_file_the_answer_is_that_of_reading_it_whole(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[str, int, int, str]],
    kind: str,
) -> None:
    """Blank lines, comments, and files put together of several are among them."""
    parts = in_blocks(sorted(drawn, key=lambda one: (CONTIGS.index(one[0]), one[1])))
    folder = tmp_path_factory.mktemp("drawn")
    file = folder / "a.vcf.gz"
    with file.open("wb") as joined:
        for number, lines in enumerate(parts):
            write(
                folder / "part",
                (header(1) if not number else "") + "".join(f"{x}\n" for x in lines),
            )
            joined.write((folder / "part").read_bytes())
    if kind == "bcf":
        file = packed(
            folder, [x.removesuffix("\t0/1") for x in chain(*parts) if x[:1] == "c"], "bcf"
        )
    else:
        try:
            pysam.tabix_index(str(file), preset="vcf", force=True, csi=kind == "csi")
        except (OSError, ValueError):
            return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_silence, "SMALL", 0)
        try:
            found = answer(file)
        except InputError:
            assert len(parts) > 1
            return
    due = answer(file, whole=True)
    if any(line.startswith("#") for part in parts for line in part):
        assert found[0] == due[0]  # type: ignore[index]
        return
    assert found == due


def changed(rows: list[str], how: str, rng: random.Random) -> list[str]:
    """Return the records of another state of a file, which has some on the other chromosome."""
    middle, other = (
        len(rows) // 2,
        rows_of(rng.randrange(9), ["chr20"], range(33_700_000, 33_700_900, 9)),
    )
    return {
        "more behind": [*rows, *other],
        "more before": [*other, *rows],
        "more within": [*rows[:middle], *other, *rows[middle:]],
        "some in their stead": [*rows[: middle - 100], *other, *rows[middle:]],
        "the last renamed": [*rows[:-100], *(x.replace("chr17", "chr20") for x in rows[-100:])],
        "the first renamed": [*(x.replace("chr17", "chr20") for x in rows[:100]), *rows[100:]],
        "some renamed": [
            *rows[:middle],
            *(x.replace("chr17", "chr20") for x in rows[middle : middle + 100]),
            *rows[middle + 100 :],
        ],
        "all others": rows_of(rng.randrange(10, 99), ["chr17"], each=900) + other,
    }[how]


CHANGES = ("more behind", "more before", "more within", "some in their stead", "the last renamed",
           "the first renamed", "some renamed", "all others")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", CHANGES)
def test_an_index_of_another_state_is_not_believed(tmp_path: Path, kind: str, how: str) -> None:
    for seed in range(2):
        rows = rows_of(seed, ["chr17"])
        old = packed(tmp_path / "old", rows, kind)
        assert whole_index(open_vcf(old)) is not None
        new = tmp_path / old.name
        write(tmp_path / "a.vcf.gz", text_of(changed(rows, how, random.Random(seed))))
        if kind == "bcf":
            pysam.bcftools.view(
                "-Ob", "-o", str(new), str(tmp_path / "a.vcf.gz"), catch_stdout=False
            )
        stale = Path(f"{new}{beside(old).suffix}")
        shutil.copy(beside(old), stale)
        os.utime(stale)
        opened = open_vcf(new)
        assert opened.indexed
        assert whole_index(opened) is None
        try:
            found = answer(new)
        except InputError:
            continue
        assert found[0] == answer(new, whole=True)[0]  # type: ignore[index]


@pytest.mark.parametrize("renamed", [slice(None), slice(1), slice(-1, None)])
def test_another_contig_at_the_same_places_is_seen(tmp_path: Path, renamed: slice) -> None:
    """Packed without pressing, the file has the same places in both states."""
    rows, file = rows_of(3, ["chr17"]), tmp_path / "a.vcf.gz"
    write(file, text_of(rows), "w0")
    pysam.tabix_index(str(file), preset="vcf")
    assert whole_index(open_vcf(file)) is not None
    size, index = file.stat().st_size, beside(file)
    rows[renamed] = [line.replace("chr17", "chr20") for line in rows[renamed]]
    write(file, text_of(rows), "w0")
    assert file.stat().st_size == size
    os.utime(index)
    assert whole_index(open_vcf(file)) is None


def test_a_record_that_is_commented_out_before_all_others(tmp_path: Path) -> None:
    first = "#" + row("chr17", 42_310_000, "r", 0) + "\t0/1"
    file = packed(tmp_path, [first, *SHAPES["one gene"]], "tbi")
    assert whole_index(open_vcf(file)) is None


def test_an_index_with_a_gap_is_not_believed() -> None:
    known = BinIndex(14, 5, {"chr17": {4681: Bin(0, ((10, 20), (30, 40))), 0: Bin(0, ((20, 30),))}})
    assert [(span.begin, span.tail, span.end) for span in _spans(known)] == [(10, 30, 40)]
    lacking = BinIndex(14, 5, {"chr17": {4681: Bin(0, ((10, 20), (30, 40)))}})
    with pytest.raises(ValueError, match="does not know all records"):
        _spans(lacking)


def test_files_put_together_are_read_to_their_end(tmp_path: Path) -> None:
    """An empty block between them looks like an end to htslib."""
    file = packed(tmp_path, SHAPES["one gene"], "tbi")
    write(tmp_path / "more", "".join(f"{x}\t0/1\n" for x in SHAPES["the other gene"]))
    index = beside(file)
    file.write_bytes(file.read_bytes() + (tmp_path / "more").read_bytes())
    os.utime(index)
    assert whole_index(open_vcf(file)) is None


def test_what_is_never_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = packed(tmp_path, SHAPES["one gene"], "tbi")
    opened = open_vcf(file)
    known = whole_index(opened)
    assert known is not None
    assert known.last == {"chr17": max(int(x.split("\t")[1]) for x in SHAPES["one gene"])}
    assert whole_index(VcfFile(**{**_fields(opened), "structural": True})) is None
    monkeypatch.setattr(index_silence, "_MOST", 0)
    assert whole_index(opened) is None
    monkeypatch.setattr(index_silence, "_MOST", 100)
    monkeypatch.setattr(index_silence, "SMALL", file.stat().st_size)
    assert whole_index(opened) is None


def _fields(file: VcfFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in file.__struct_fields__}


def test_a_file_on_a_server_is_not_fetched_for_the_other_gene(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_copy, "SMALL", 1 << 15)
    file = packed(tmp_path, rows_of(3, ["chr17"], each=30_000), "tbi")
    with serving(tmp_path) as server:
        path, before = Path(stand_in(server.address + file.name)), server.sent
        try:
            assert answer(path) == answer(file)
        finally:
            drop([str(path)])
        assert server.sent - before < file.stat().st_size / 3
