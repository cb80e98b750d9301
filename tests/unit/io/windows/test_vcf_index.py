"""Reading by an index: every record that a plain scan finds, or a clear refusal."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pysam
import pysam.bcftools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.io import bgzf
from hies_annot.io.header import vcf_open
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows import index_silence, vcf, vcf_index
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import COHORT, read_windows

LENGTH = 90_000_000
REGIONS_A_FILE = 676
"""For each of twelve files: 8,112 regions in all."""

Record = tuple[str, int, int, str]
"""Contig, first and last base, and the line up to FORMAT; the ID tells records apart."""

Region = tuple[str, int, int]


def header(samples: int = 1) -> str:
    names = "\t".join(f"S{number}" for number in range(samples))
    contigs = "".join(f"##contig=<ID=chr{n + 1},length=200000000>\n" for n in range(22))
    return (
        "##fileformat=VCFv4.2\n"
        f"{contigs}"
        '##INFO=<ID=END,Number=1,Type=Integer,Description="End">\n'
        '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length">\n'
        '##ALT=<ID=DEL,Description="Deletion">\n'
        '##ALT=<ID=NON_REF,Description="Any other">\n'
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
        f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}\n"
    )


def record(chrom: str, start: int, end: int, kind: str, number: int) -> Record:
    """Return a record that takes up some bases in one of the ways in which a VCF says so."""
    size = end - start + 1
    ref, alt, info = {
        "bases": ("C" * size, "C", "."),
        "block": ("G", "<NON_REF>", f"END={end}"),
        "symbol": ("G", "<DEL>", f"END={end}"),
        "length": ("G", "<DEL>", f"SVLEN=-{size - 1}"),
    }[kind]
    return chrom, start, end, f"{chrom}\t{start}\tr{number}\t{ref}\t{alt}\t50\tPASS\t{info}\tGT"


def breakend(start: int, mate: int, name: str) -> Record:
    """Return one end of a deletion, of which no index knows how far it reaches."""
    line = f"chr2\t{start}\t{name}\tG\tG[chr2:{mate}[\t50\tPASS\t.\tGT"
    return "chr2", start, mate, line


def records(seed: int, *, contigs: int, each: int, spread: int = LENGTH) -> list[Record]:
    """Small changes, long deletions and blocks, sorted as in a VCF."""
    rng = random.Random(seed)
    found: list[Record] = []
    for contig in range(contigs):
        for start in sorted(rng.randrange(1, spread) for _ in range(each)):
            if rng.random() < 0.95:
                kind, size = "bases", rng.choices([1, 2, 30, 20_000], [90, 4, 4, 2])[0]
            else:
                kind = rng.choice(["block", "symbol", "length"])
                size = rng.choice([100, 50_000, 9_000_000])
            found.append(record(f"chr{contig + 1}", start, start + size - 1, kind, len(found)))
    return found


def regions_of(seed: int, contigs: int, count: int, spread: int = LENGTH) -> list[Region]:
    rng = random.Random(seed)
    edges = [("1", 0, spread), ("1", 16_384, 16_384), ("1", 16_385, 32_768)]
    names = [str(rng.randrange(contigs) + 1) for _ in range(count - len(edges))]
    starts = [rng.randrange(1, spread) for _ in names]
    sizes = [rng.choice([1, 3, 16_384, 80_000, 5_000_000]) for _ in names]
    return [*edges, *((n, s, s + z) for n, s, z in zip(names, starts, sizes, strict=True))]


def packed(
    folder: Path, rows: list[Record], kind: str = "tbi", *, shift: int = 14, samples: int = 1
) -> Path:
    """Write an indexed file: VCF.gz with `tbi` or `csi`, or `bcf`."""
    source, cells = folder / "a.vcf", "\t0/1" * samples
    source.write_text(header(samples) + "".join(f"{row[3]}{cells}\n" for row in rows), "utf-8")
    if kind == "bcf":
        file = folder / "a.bcf"
        pysam.bcftools.view("-Ob", "-o", str(file), str(source), catch_stdout=False)
        pysam.bcftools.index("-f", "-m", str(shift), str(file), catch_stdout=False)
        return file
    file = folder / "a.vcf.gz"
    pysam.tabix_compress(str(source), str(file), force=True)
    more = {"csi": True, "min_shift": shift} if kind == "csi" else {}
    pysam.tabix_index(str(file), preset="vcf", force=True, **more)
    return file


def index_of(file: Path) -> Path:
    return next(path for end in (".tbi", ".csi") if (path := Path(f"{file}{end}")).exists())


def found_in(file: Path, *regions: Region) -> list[str | None]:
    """Return the names of the records that reading by the index finds."""
    opened = open_vcf(file)
    assert opened.indexed
    return [line.site.identifier for line in read_windows(opened, regions)]


def sharing(rows: list[Record], *regions: Region) -> list[str]:
    """Return the names of the records that a plain scan finds."""
    return [
        row.split("\t")[2]
        for name, first, last, row in rows
        if any((name, last >= a, first <= b) == (f"chr{c}", True, True) for c, a, b in regions)
    ]


def broken(whole: bytes, rng: random.Random, path: Path) -> Iterator[None]:
    """Turn one bit of a file over, 150 times; the end marker stays."""
    for _ in range(150):
        bad = bytearray(whole)
        bad[rng.randrange(len(bad) - 28)] ^= 1 << rng.randrange(8)
        path.write_bytes(bad)
        yield
    path.write_bytes(whole)


def refused(read: Callable[[], object], due: object) -> bool:
    """Tell whether a file is refused; what is read must be all that is due."""
    try:
        found = read()
    except InputError:
        return True
    assert found == due
    return False


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "shift"), [("tbi", 14), ("csi", 14), ("csi", 12), ("csi", 17)])
@pytest.mark.parametrize(
    ("each", "spread"), [(3, LENGTH), (250, LENGTH), (250, 60_000)], ids=["few", "wide", "dense"]
)
def test_no_record_of_a_region_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, shift: int, each: int, spread: int
) -> None:
    """Half of them with an index that htslib unpacks, where else it was unpacked beforehand."""
    rows = records(each + shift, contigs=4, each=each, spread=spread)
    file = packed(tmp_path, rows, kind, shift=shift)
    for number, region in enumerate(regions_of(shift, 4, REGIONS_A_FILE, spread)):
        if number == REGIONS_A_FILE // 2:
            monkeypatch.setattr(bgzf, "LIBDEFLATE", False)
        assert found_in(file, region) == sharing(rows, region), region


@pytest.mark.parametrize("shift", [12, 14])
@pytest.mark.parametrize(("each", "spread"), [(3, LENGTH), (500, LENGTH), (900, 400_000)])
def test_no_record_of_a_bcf_is_missed(tmp_path: Path, shift: int, each: int, spread: int) -> None:
    rows = records(each, contigs=3, each=each, spread=spread)
    file = packed(tmp_path, rows, "bcf", shift=shift)
    for region in regions_of(shift, 3, 60, spread):
        assert found_in(file, region) == sharing(rows, region), region


places = st.tuples(
    st.sampled_from(["chr1", "chr2"]),
    st.one_of(st.integers(1, 60_000), st.integers(1, 3_000_000)),
    st.one_of(st.integers(2, 60), st.integers(2, 200_000)),
    st.sampled_from(["bases", "block", "symbol", "length"]),
)
spans = st.tuples(
    st.sampled_from(["1", "2"]),
    st.one_of(st.integers(1, 60_000), st.integers(1, 3_000_000)),
    st.integers(0, 300_000),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(places, min_size=1, max_size=25),
    st.lists(spans, min_size=1, max_size=5),
    st.sampled_from(["tbi", "csi", "bcf"]),
)
def test_several_regions_give_each_record_once(
    tmp_path_factory: pytest.TempPathFactory,
    wanted: list[tuple[str, int, int, str]],
    asked: list[tuple[str, int, int]],
    kind: str,
) -> None:
    rows = [
        record(chrom, start, start + size - 1, how, number)
        for number, (chrom, start, size, how) in enumerate(sorted(wanted))
    ]
    file = packed(tmp_path_factory.mktemp("regions"), rows, kind)
    regions = [(chrom, start, start + size) for chrom, start, size in asked]
    found = found_in(file, *regions)
    assert sorted(map(str, found)) == sorted(sharing(rows, *regions))


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut to the region"])
def test_no_record_of_a_cohort_is_missed(tmp_path: Path, kind: str, cut: bool) -> None:
    regions = [("2", 30_000_000, 50_000_000), ("3", 1, 4_000_000), ("2", 51_000_000, 52_000_000)]
    rows = records(6, contigs=4, each=40)
    if cut:
        names = set(sharing(rows, *regions))
        rows = [row for row in rows if row[3].split("\t")[2] in names]
    file = packed(tmp_path, rows, kind, samples=COHORT + 1)
    assert found_in(file, *regions) == sharing(rows, *regions)


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("samples", [1, COHORT + 1])
def test_the_whole_file_is_read_only_where_no_record_lies_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, samples: int
) -> None:
    rows = records(8, contigs=2, each=60)
    file = packed(tmp_path, rows, kind, samples=samples)
    whole: list[object] = []
    for name in ("text_lines", "_streamed_bcf", "bcf_lines_from"):
        read = getattr(vcf, name)
        monkeypatch.setattr(vcf, name, lambda *a, read=read: whole.append(a) or read(*a))
    # A small file with structural records is looked through for breakends, which proves nothing.
    monkeypatch.setattr(vcf, "note_mates", lambda *_: None)
    for region, reads in ((("2", 42_000_000, 52_000_000), 0), (("2", 42_000_000, LENGTH), 1)):
        whole.clear()
        assert found_in(file, region) == sharing(rows, region)
        assert len(whole) == reads


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
def test_few_records_beside_the_region_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(vcf_open, "announces_structural", lambda _: False)
    monkeypatch.setattr(index_silence, "SMALL", 0)
    rows = [row for row in records(8, contigs=2, each=4_000) if row[2] - row[1] < 1_000]
    file = packed(tmp_path, rows, kind)
    lines: list[str] = []
    parse = vcf.parse_line
    monkeypatch.setattr(vcf, "parse_line", lambda line, **k: lines.append(line) or parse(line, **k))
    assert found_in(file, ("2", 42_000_000, 42_080_000))
    assert len(lines) < 12


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("small", [True, False])
def test_structural_records_are_looked_for_upstream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, small: bool
) -> None:
    """In a large file as far as is cheap, and it is said how far."""
    monkeypatch.setattr(vcf_index, "_SMALL", 10**9 if small else 0)
    monkeypatch.setattr(index_silence, "SMALL", 0)
    rows = records(8, contigs=2, each=4_000)
    start, end = 42_000_000, 42_080_000
    near = start - vcf_index.UPSTREAM
    sent = [breakend(5_000_000, start + 1, "r1"), breakend(near + 10, start + 1, "r2")]
    file = packed(tmp_path, sorted([*rows, *sent], key=lambda row: (row[0], row[1])), kind)
    census = Census(open_vcf(file), ["2"])
    found = [
        (line.site.pos, line.site.identifier)
        for line in read_windows(open_vcf(file), (("2", start, end),), census)
    ]
    assert len(found) == len(set(found))
    assert (near + 10, "r2") in found
    assert ((5_000_000, "r1") in found) is small
    assert any("1,000,000 bases before" in note for note in census.finished().notes) is not small


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("behind", [True, False], ids=["in the middle", "at the end"])
def test_a_damaged_index_never_hides_a_record(tmp_path: Path, kind: str, behind: bool) -> None:
    rows = records(3, contigs=3, each=200)
    file = packed(tmp_path, rows, kind)
    region = ("2", 1, LENGTH // 2 if behind else LENGTH * 2)
    due, index = sharing(rows, region), index_of(file)
    whole = index.read_bytes()
    flips = broken(whole, random.Random(4), index)
    assert sum(refused(lambda: found_in(file, region), due) for _ in flips) > 50
    for length in (0, 10, 40, len(whole) // 2):
        index.write_bytes(whole[:length])
        assert refused(lambda: found_in(file, region), due)


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("behind", [True, False], ids=["in the middle", "at the end"])
@pytest.mark.parametrize("samples", [1, COHORT + 1])
def test_a_damaged_file_never_hides_a_record(
    tmp_path: Path, kind: str, behind: bool, samples: int
) -> None:
    rows = records(3, contigs=3, each=600 if samples == 1 else 60)
    file = packed(tmp_path, rows, kind, samples=samples)
    region = ("2", 1, LENGTH // 2 if behind else LENGTH * 2)
    due, index = sharing(rows, region), index_of(file)
    flips = broken(file.read_bytes(), random.Random(5), file)

    def read() -> list[str | None]:
        os.utime(index)
        return found_in(file, region)

    if samples > 1 and kind == "bcf":  # each takes a process of its own
        flips = (flip for number, flip in enumerate(flips) if number % 10 == 0)
    assert sum(refused(read, due) for _ in flips)


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("samples", [1, COHORT + 1])
def test_an_index_of_another_file_never_hides_a_record(
    tmp_path: Path, kind: str, samples: int
) -> None:
    refusals = 0
    for seed in range(5 if samples > 1 else 25):
        rng = random.Random(seed)
        folders = [tmp_path / f"{seed}{name}" for name in "ab"]
        contigs = [rng.choice([1, 3, 3, 3]), 3]
        each = [rng.choice([2, 40, 600]), rng.choice([2, 40, 600])]
        files = []
        for folder, seed_of, count, number in zip(folders, (1, 2), contigs, each, strict=True):
            folder.mkdir()
            rows = records(seed * 10 + seed_of, contigs=count, each=min(number, 10_000 // samples))
            files.append(packed(folder, rows, kind, samples=samples))
        shutil.copy(index_of(files[0]), index_of(files[1]))
        for region in regions_of(seed, 3, 6):
            read = partial(found_in, files[1], region)
            refusals += refused(read, sharing(rows, region))
    assert refusals > 10


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
def test_an_index_without_a_contig_of_the_file_is_refused(tmp_path: Path, kind: str) -> None:
    rows = records(7, contigs=3, each=900)
    (tmp_path / "first").mkdir()
    part = packed(tmp_path / "first", [row for row in rows if row[0] == "chr1"], kind)
    file = packed(tmp_path, rows, kind)
    shutil.copy(index_of(part), index_of(file))
    with pytest.raises(InputError, match="belongs to another file"):
        found_in(file, ("2", 1, 40_000_000))


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
def test_an_index_that_is_older_than_the_file_is_not_used(tmp_path: Path, kind: str) -> None:
    rows = records(7, contigs=2, each=30)
    file = packed(tmp_path, rows, kind)
    state = file.stat().st_mtime
    os.utime(index_of(file), (state - 60, state - 60))
    opened = open_vcf(file)
    assert opened.warnings == ()
    assert "older than the file" in (opened.unindexed or "")
    assert not opened.indexed
    found = [line.site.identifier for line in read_windows(opened, (("2", 1, 40_000_000),))]
    assert found == sharing(rows, ("2", 1, 40_000_000))


def test_regions_and_contigs_in_any_order(tmp_path: Path) -> None:
    rows = records(9, contigs=3, each=50)
    file = packed(tmp_path, rows)
    regions = [("3", 1, LENGTH), ("1", 1, LENGTH), ("3", 1, LENGTH // 2)]
    assert found_in(file, *regions) == sharing(rows, *regions)


def test_lines_over_the_edges_of_blocks_are_whole(tmp_path: Path) -> None:
    texts = {n: "X" * (n * 7 % 90_000) for n in range(1, 300)}
    rows = [
        ("chr1", n, n, f"chr1\t{n}\tr{n}{text}\tA\tT\t.\t.\t.\tGT") for n, text in texts.items()
    ]
    file = packed(tmp_path, rows)
    assert found_in(file, ("1", 1, 250)) == [f"r{n}{texts[n]}" for n in range(1, 251)]


def test_files_put_together_have_empty_blocks_in_the_middle(tmp_path: Path) -> None:
    rows = records(2, contigs=2, each=50)
    texts = {
        name: "".join(f"{r[3]}\t0/1\n" for r in rows if r[0] == name) for name in ("chr1", "chr2")
    }
    file = tmp_path / "all.vcf.gz"
    with file.open("wb") as stream:
        for part in (header(), *texts.values()):
            (tmp_path / "part").write_text(part, encoding="utf-8")
            pysam.tabix_compress(str(tmp_path / "part"), str(tmp_path / "part.gz"), force=True)
            stream.write((tmp_path / "part.gz").read_bytes())
    pysam.tabix_index(str(file), preset="vcf")
    for region in (("1", 1, LENGTH // 2), ("2", 1, LENGTH * 2)):
        assert found_in(file, region) == sharing(rows, region)


@pytest.mark.parametrize("end", ["", "\r\n"])
def test_line_ends_of_any_kind(tmp_path: Path, end: str) -> None:
    rows = records(2, contigs=1, each=5)
    text = header() + "".join(f"{row[3]}\t0/1\n" for row in rows)
    source, file = tmp_path / "a.vcf", tmp_path / "a.vcf.gz"
    source.write_bytes((text.replace("\n", end) if end else text.rstrip("\n")).encode())
    pysam.tabix_compress(str(source), str(file))
    pysam.tabix_index(str(file), preset="vcf")
    for region in (("1", 1, LENGTH * 2), ("1", 1, rows[-1][1] - 1)):
        lines = list(read_windows(open_vcf(file), (region,)))
        assert [line.site.identifier for line in lines] == sharing(rows, region)
        assert {line.fields(0).gt for line in lines} <= {"0/1"}


def test_bytes_that_are_no_utf8_are_read(tmp_path: Path) -> None:
    rows = records(2, contigs=1, each=5)
    source, file = tmp_path / "a.vcf", tmp_path / "a.vcf.gz"
    text = header() + "".join(f"{row[3]}\t0/1\n" for row in rows)
    source.write_bytes(
        text.encode().replace(b"\tr1\t", b"\tr\xe9\t").replace(b"\tr2\t", "\tré\t".encode())
    )
    pysam.tabix_compress(str(source), str(file))
    pysam.tabix_index(str(file), preset="vcf")
    assert found_in(file, ("1", 1, rows[3][1])) == ["r0", "r\ufffd", "ré", "r3"]


@pytest.mark.parametrize("kind", ["tbi", "bcf"])
@pytest.mark.parametrize(
    "content", [b"", b"hello, this is no index at all", b"TBI\x01" + bytes(40)]
)
def test_what_is_no_index_is_refused(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str, content: bytes
) -> None:
    file = packed(tmp_path, records(2, contigs=2, each=5), kind)
    index_of(file).write_bytes(content)
    with pytest.raises(InputError, match=r"by its index: .*index.*anew"):
        found_in(file, ("1", 1, LENGTH))
    assert capfd.readouterr().err == ""


BARE = "".join(
    line for line in header().splitlines(keepends=True) if "SVLEN" not in line and "DEL" not in line
)
"""A header that announces no structural record."""
FAR = (
    "chr2\t5000000\tfar\tN\t<DEL>\t50\tPASS\tEND=42000010\tGT",
    "chr2\t5000000\tfar\tN\t<DEL>\t50\tPASS\tSVLEN=-37000010\tGT",
    "chr2\t5000000\tfar\tN\t<del:me>\t50\tPASS\tEND=42000010\tGT",
    "chr2\t5000000\tfar\tN\tN[chr2:42000010[\t50\tPASS\t.\tGT",
    "chr5\t5000000\tfar\tN\tN[chr2:42000010[\t50\tPASS\t.\tGT",
)


@pytest.mark.parametrize("made", ["tbi", "csi", "generic", "generic csi"])
@pytest.mark.parametrize("far", FAR)
def test_what_reaches_far_is_found_by_index_as_in_the_plain_text(
    tmp_path: Path, far: str, made: str
) -> None:
    """The header announces nothing structural, and the index may know no END."""
    near = [record("chr2", place, place, "bases", n)[3] for n, place in enumerate((10, 43_000_000))]
    lines = sorted((*near, far), key=lambda line: (line.split("\t")[0], int(line.split("\t")[1])))
    plain, file = tmp_path / "plain.vcf", tmp_path / "in.vcf.gz"
    plain.write_text(BARE + "".join(f"{line}\t0/1\n" for line in lines))
    pysam.tabix_compress(str(plain), str(file))
    columns = {"seq_col": 0, "start_col": 1, "end_col": 1}
    how = columns if made.startswith("generic") else {"preset": "vcf"}
    pysam.tabix_index(str(file), csi=made.endswith("csi"), **how)
    window = ("2", 42_000_000, 42_000_100)

    def seen(path: Path) -> tuple[list[str | None], list[object]]:
        census = Census(open_vcf(path), ["2"])
        ids = [line.site.identifier for line in read_windows(open_vcf(path), (window,), census)]
        return ids, [(lost.cause, lost.chrom) for lost in census.finished().lost]

    assert open_vcf(file).indexed is not made.startswith("generic")
    assert seen(file) == seen(plain)
    assert seen(file) != ([], [])


@pytest.mark.parametrize("kind", ["tbi", "csi", "bcf"])
@pytest.mark.parametrize("samples", [1, COHORT + 1])
def test_a_chromosome_with_two_names_is_read_under_both(
    tmp_path: Path, kind: str, samples: int
) -> None:
    rows = [
        record(name, start, start, "bases", number)
        for number, (name, start) in enumerate(
            [("2", 42_000_000), ("chr2", 41_000_000), ("chr2", 43_000_000), ("chr3", 1_000)]
        )
    ]
    top = header(samples).replace("##contig", "##contig=<ID=2,length=200000000>\n##contig", 1)
    text = tmp_path / "in.vcf"
    columns = "\t".join(["0/1"] * samples)
    text.write_text(top + "".join(f"{row[3]}\t{columns}\n" for row in rows))
    file = tmp_path / ("in.bcf" if kind == "bcf" else "in.vcf.gz")
    if kind == "bcf":
        pysam.bcftools.view("-Ob", "-o", str(file), str(text), catch_stdout=False)
        pysam.bcftools.index(str(file), catch_stdout=False)
    else:
        pysam.tabix_compress(str(text), str(file))
        pysam.tabix_index(str(file), preset="vcf", csi=kind == "csi")
    found = read_windows(open_vcf(file), (("2", 40_000_000, 42_500_000),))
    assert {line.site.pos for line in found} == {41_000_000, 42_000_000}
