"""A VCF on a server: what its copy gives by its index is what the file itself gives."""

from __future__ import annotations

import random
import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pysam
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from range_server import Server, serving

from hies_annot.errors import InputError
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.remote import remote_copy, row_transport, sparse_file
from hies_annot.io.remote.stand_ins import address_of, drop, in_shown_words, stand_in
from hies_annot.io.remote.transport import Patience
from hies_annot.io.text_lines import text_lines
from hies_annot.io.windows import vcf_index
from hies_annot.io.windows.by_index import EndedError, TextByIndex
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import read_windows
from hies_annot.io.windows.vcf_extent import extent_of

LENGTH = 60_000_000
CONTIGS = ("chr2", "chr17", "chr20")
TINY = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"


def header() -> str:
    contigs = "".join(f"##contig=<ID={name},length={LENGTH}>\n" for name in CONTIGS)
    long = "".join(f"##comment={number:06}{'x' * 90}\n" for number in range(1_500))
    return TINY.replace("#CHROM", f"{contigs}{long}#CHROM")


def records(seed: int, each: int) -> Iterator[str]:
    """Records that hardly pack: short ones, and some that reach over many bins."""
    rng = random.Random(seed)
    for contig in CONTIGS:
        for start in sorted(rng.randrange(1, LENGTH) for _ in range(each)):
            reach = rng.choice([0, 0, 0, 0, 40_000, 3_000_000])
            alt, info = ("<NON_REF>", f"END={start + reach}") if reach else ("A", ".")
            noise = rng.randbytes(rng.choice([200, 400, 2500])).hex()
            yield f"{contig}\t{start}\t{noise}\tG\t{alt}\t50\tPASS\t{info}\tGT\t0/1\n"


def written(path: Path, text: str, *, csi: bool, shift: int = 14) -> Path:
    with pysam.BGZFile(str(path), "wb", None) as file:
        file.write(text.encode())
    more = {"csi": True, "min_shift": shift} if csi else {}
    pysam.tabix_index(str(path), preset="vcf", force=True, **more)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module", params=["tbi", "csi", "csi of small bins"])
def large(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A file of some 10 MB, indexed in one of the ways."""
    name = f"{request.param.replace(' ', '_')}.vcf.gz"
    shift = 12 if request.param.endswith("bins") else 14
    text = header() + "".join(records(3, 5_000))
    return written(folder / name, text, csi=request.param != "tbi", shift=shift)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No waiting, and a working folder that must stay empty."""
    monkeypatch.setattr(row_transport, "PATIENCE", Patience(timeout=5, tries=3, pause=0))
    monkeypatch.chdir(tmp_path)


def far(server: Server, path: Path) -> Path:
    """Return a path that stands for a served file; nothing of it is there yet."""
    stands = stand_in(server.address + path.name)
    drop([stands])
    return Path(stands)


def lines_of(source: TextByIndex, name: str, start: int, end: int) -> tuple[list[str], bool]:
    found: list[str] = []
    try:
        found.extend(source.lines(name, start, end))
    except EndedError:
        return found, True
    return found, False


spans = st.tuples(
    st.sampled_from(CONTIGS),
    st.one_of(st.integers(1, 40_000), st.integers(1, LENGTH), st.integers(LENGTH - 9_000, LENGTH)),
    st.sampled_from([1, 500, 16_384, 80_000, 4_000_000]),
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(span=spans)
def test_every_question_has_the_answer_of_the_file(
    span: tuple[str, int, int], server: Server, large: Path
) -> None:
    """Each is put to a copy that has nothing else: a hole would end it."""
    name, start, size = span
    own = TextByIndex(open_vcf(large), bool)
    due = lines_of(own, name, start, start + size)
    assert (
        lines_of(TextByIndex(open_vcf(far(server, large)), bool), name, start, start + size) == due
    )
    there = TextByIndex(open_vcf(far(server, large)), bool)
    assert list(there.on(name, start, start + size)) == list(own.on(name, start, start + size))
    there = TextByIndex(open_vcf(far(server, large)), bool)
    near = max(start, LENGTH - 500_000)
    assert list(there.on(name, near, None)) == list(own.on(name, near, None))
    there = TextByIndex(open_vcf(far(server, large)), bool)
    assert there.after(name, start) == own.after(name, start)


@pytest.fixture(scope="module")
def medium(folder: Path) -> Path:
    """An indexed file of some MB."""
    return written(folder / "medium.vcf.gz", header() + "".join(records(5, 3_000)), csi=False)


def copied(file: Path, to: Path) -> None:
    for end in ("", ".tbi"):
        shutil.copy(f"{file}{end}", f"{to}{end}")


@pytest.fixture
def one(
    server: Server, folder: Path, medium: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The name of an indexed file of some MB, for a test of its own; troubles end with it."""
    name = re.sub(r"\W", "_", request.node.name) + ".vcf.gz"
    copied(medium, folder / name)
    yield name
    server.trouble.clear()
    server.state, server.query, server.login = "1", None, None


def wanted(server: Server, name: str) -> list[str]:
    """Read a locus from the server and return its records."""
    path = far(server, Path(name))
    windows = (("17", 42_000_000, 43_000_000),)
    return [line.site.identifier or "" for line in read_windows(open_vcf(path), windows)]


def due_of(folder: Path, name: str) -> list[str]:
    windows = (("17", 42_000_000, 43_000_000),)
    return [x.site.identifier or "" for x in read_windows(open_vcf(folder / name), windows)]


REFUSED = {
    404: "cannot be fetched: the server answers 404",
    403: "presigned addresses last for a time",
    503: "cannot be fetched: the server answers 503",
    "wrong range": "sends other bytes",
    "no range named": "sends other bytes",
    "other size": "was changed on the server",
    "other etag": "was changed on the server",
    "drop": "the connection ended",
}


@pytest.mark.parametrize("what", REFUSED)
def test_trouble_is_one_sentence_with_the_address(
    what: str | int, one: str, server: Server
) -> None:
    server.trouble[f"{one}?"] = (what, None)
    path = Path(stand_in(f"{server.address}{one}?token=hush"))
    with pytest.raises(InputError, match=REFUSED[what]) as fault:
        list(read_windows(open_vcf(path), (("17", 42_000_000, 43_000_000),)))
    assert str(fault.value).startswith(f"{server.address}{one}: ")
    assert "hush" not in str(fault.value)


@pytest.mark.parametrize("what", [503, "drop"])
def test_trouble_that_passes_is_waited_for(
    what: str | int, one: str, server: Server, folder: Path
) -> None:
    server.trouble[one] = (what, 2)
    assert wanted(server, one) == due_of(folder, one)


def test_a_server_without_ranges_sends_the_whole(one: str, server: Server, folder: Path) -> None:
    server.trouble[one] = ("whole", None)
    assert wanted(server, one) == due_of(folder, one)


def test_an_address_that_nobody_serves(server: Server) -> None:
    path = Path(stand_in("http://user:hush@127.0.0.1:9/a.vcf.gz?token=hush"))
    for _ in range(2):
        with pytest.raises(InputError, match="cannot be reached") as fault:
            open_vcf(path)
        assert str(fault.value).startswith("http://127.0.0.1:9/a.vcf.gz: ")
        assert "hush" not in str(fault.value)


def test_without_an_index_all_is_read_or_it_is_refused(
    one: str, server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = due_of(folder, one)
    Path(f"{folder / one}.tbi").unlink()
    file = open_vcf(far(server, Path(one)))
    assert not file.indexed
    assert "no index, the whole file was read" in (file.unindexed or "")
    assert wanted(server, one) == due
    monkeypatch.setattr(sparse_file, "LARGEST_WHOLE", 5_000_000)
    before = server.sent
    with pytest.raises(InputError, match=r"would have to be fetched whole.*tabix -p vcf"):
        open_vcf(far(server, Path(one)))
    assert server.sent == before


def test_an_index_of_another_state_is_not_followed(one: str, server: Server, folder: Path) -> None:
    """Records were added behind all others: every place that the index knows is still right."""
    more = f"chr20\t{LENGTH}\tmore\tG\tA\t50\tPASS\t.\tGT\t0/1\n"
    index = Path(f"{folder / one}.tbi").read_bytes()
    written(folder / one, header() + "".join(records(5, 3_000)) + more, csi=False)
    Path(f"{folder / one}.tbi").write_bytes(index)
    with pytest.raises(InputError, match="belongs to another file or state of it"):
        open_vcf(far(server, Path(one)))


def test_a_damaged_index_is_told(one: str, server: Server, folder: Path) -> None:
    Path(f"{folder / one}.tbi").write_bytes(b"no index")
    path = far(server, Path(one))
    with pytest.raises(InputError, match="cut short, damaged or of another kind") as fault:
        list(read_windows(open_vcf(path), (("17", 42_000_000, 43_000_000),)))
    assert in_shown_words(str(fault.value)).startswith(server.address + one)


def test_an_index_of_any_name(one: str, server: Server, folder: Path) -> None:
    due = due_of(folder, one)
    Path(f"{folder / one}.tbi").rename(folder / "elsewhere.tbi")
    address = f"{server.address}{one}##idx##{server.address}elsewhere.tbi"
    file = open_vcf(Path(stand_in(address)))
    assert file.indexed
    windows = (("17", 42_000_000, 43_000_000),)
    assert [x.site.identifier for x in read_windows(file, windows)] == due


def test_what_lets_in_is_sent_and_never_told(one: str, server: Server, folder: Path) -> None:
    server.query, server.login = "sig=a%2Fb", f"Basic {b64encode(b'me:se@cret').decode()}"
    address = server.address.replace("//", "//me:se%40cret@")
    path = Path(stand_in(f"{address}{one}?sig=a%2Fb"))
    windows = (("17", 42_000_000, 43_000_000),)
    found = [x.site.identifier for x in read_windows(open_vcf(path), windows)]
    assert found == due_of(folder, one)
    assert "cret" not in str(path)
    assert "sig" not in str(path)


def test_a_file_that_changes_while_it_is_read(one: str, server: Server) -> None:
    file = open_vcf(far(server, Path(one)))
    server.state = "2"
    with pytest.raises(InputError, match="was changed on the server"):
        list(read_windows(file, (("17", 42_000_000, 43_000_000),)))


@pytest.mark.parametrize("address", ["s3://me:hush@bucket/a.vcf.gz?k=hush", "gs://b/a.bcf"])
def test_other_schemes(address: str) -> None:
    with pytest.raises(InputError, match=r"from http:// and https://.*presigned") as fault:
        open_vcf(Path(stand_in(address)))
    assert "hush" not in str(fault.value)


def test_extent_and_text_are_those_of_the_file(one: str, server: Server, folder: Path) -> None:
    path = far(server, Path(one))
    open_vcf(path)
    assert extent_of(str(path)) == extent_of(str(folder / one))
    served, here = (text_lines(one, "vcf.gz", 1 << 20) for one in (path, folder / one))
    assert list(served) == list(here)


def test_nothing_stays_in_the_working_folder(one: str, server: Server, tmp_path: Path) -> None:
    path = far(server, Path(one))
    open_vcf(path)
    assert address_of(str(path)) == server.address + one
    assert path.exists()
    drop([str(path)])
    assert not path.parent.exists()
    assert not list(tmp_path.iterdir())


def test_all_files_that_the_reader_looks_through_are_there() -> None:
    assert remote_copy.SMALL >= vcf_index._SMALL


def test_a_locus_moves_little(server: Server, large: Path) -> None:
    windows = (("17", 42_300_000, 42_400_000), ("20", 33_700_000, 33_800_000))
    due = list(read_windows(open_vcf(large), windows))
    assert due
    path, before = far(server, large), server.sent
    found = list(read_windows(open_vcf(path), windows))
    moved = server.sent - before
    assert [(x.site._replace(file=""), x.columns) for x in found] == [
        (x.site._replace(file=""), x.columns) for x in due
    ]
    assert large.stat().st_size > 2 * remote_copy.SMALL
    assert moved < large.stat().st_size / 3


def test_what_is_counted_beside_the_windows_is_the_same(server: Server, large: Path) -> None:
    windows = (("17", 42_300_000, 42_400_000), ("20", 33_700_000, 33_800_000))

    def census(path: Path) -> object:
        file = open_vcf(path)
        seen = Census(file, {"17", "20"})
        list(read_windows(file, windows, seen))
        found = seen.finished()
        notes = [note.replace(str(path), "") for note in found.notes]
        return found.reach, found.records, found.lost, notes

    assert census(far(server, large)) == census(large)
