"""`fetched.tsv`: its lines as they were written, and when a slice is kept."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

import pytest
from msgspec.json import encode
from msgspec.structs import replace

from hies_annot.errors import InputError
from hies_annot.evidence.fetch_table import (
    TABLE,
    Line,
    made_with,
    read_fetched,
    unchanged,
    write_fetched,
)
from hies_annot.evidence.fetched import Fetched
from hies_annot.evidence.slices import Slice, slice_text
from hies_annot.io.remote.transport import Remote
from hies_annot.settings.evidence_servers import ServedFile
from hies_annot.settings.evidence_sources import SourceKind
from hies_annot.shipped import fingerprint

FACTS = {("17", 42329643, "G", "A"): "LP", ("17", 42329643, "G", "C"): "VUS"}
MADE = Slice("the lab", SourceKind.LAB, FACTS, version="v1", date="2026-01-05")
DAY = "Mon, 05 Jan 2026 08:00:00 GMT"
FILES = (Remote("http://x/9", 10, '"a"', DAY), Remote("http://x/17", 20, '"b"', None))
DIGEST = hashlib.sha256(slice_text(MADE).encode()).hexdigest()
LINES = (
    Line(
        "lab.tsv", "the lab", "http://x/17", "v1", "2026-01-05", "", '"b"', "20", "2", DIGEST, "m"
    ),
    Line(
        "lab.tsv", "the lab", "http://x/9", "v1", "2026-01-05", DAY, '"a"', "10", "2", DIGEST, "m"
    ),
)


def test_what_is_written_is_read(tmp_path):
    assert read_fetched(tmp_path) == ()
    written = write_fetched(Fetched(MADE, FILES), tmp_path, "lab.tsv", "m", ())
    assert written == LINES == read_fetched(tmp_path)
    assert (tmp_path / "lab.tsv").read_text() == slice_text(MADE)
    assert (tmp_path / TABLE).read_text() == (
        "slice\tsource\turl\tversion\tdate\tlast_modified\tetag\tbytes\trecords\tsha256\tmade_with\n"
        f'lab.tsv\tthe lab\thttp://x/17\tv1\t2026-01-05\t\t"b"\t20\t2\t{DIGEST}\tm\n'
        f'lab.tsv\tthe lab\thttp://x/9\tv1\t2026-01-05\t{DAY}\t"a"\t10\t2\t{DIGEST}\tm\n'
    )


def test_a_line_states_only_what_is_known(tmp_path):
    made = Slice("x", SourceKind.LAB, {})
    (line,) = write_fetched(Fetched(made, (Remote("u", 1),)), tmp_path, "x.tsv", "m", ())
    digest = hashlib.sha256(slice_text(made).encode()).hexdigest()
    assert line == Line("x.tsv", "x", "u", "", "", "", "", "1", "0", digest, "m")


def test_lines_of_other_slices_stay_and_all_are_in_order(tmp_path):
    others = (replace(LINES[0], slice="z.tsv"), replace(LINES[1], slice="a.tsv"))
    old = (replace(LINES[0], url="http://x/old"), others[0], LINES[1], others[1])
    found = write_fetched(Fetched(MADE, FILES), tmp_path, "lab.tsv", "m", old)
    assert found == (others[1], *LINES, others[0]) == read_fetched(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\turl\t", "\taddress\t"),
        lambda text: text.replace("\tm\n", "\tm\tmore\n", 1),
        lambda text: text.replace("\tm\n", "\n", 1),
        lambda text: text.replace("slice\t", "", 1),
    ],
)
def test_an_edited_table_is_named(tmp_path, change):
    write_fetched(Fetched(MADE, FILES), tmp_path, "lab.tsv", "m", ())
    path = tmp_path / TABLE
    path.write_text(change(path.read_text()))
    with pytest.raises(InputError) as fault:
        read_fetched(tmp_path)
    assert str(fault.value) == f"{path}: has other columns: remove it and fetch anew"


def kept(folder, lines=LINES, files=FILES, *, name="lab.tsv", made="m"):
    return unchanged(lines, folder, name, made, files)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "lab.tsv").write_text(slice_text(MADE))
    return tmp_path


def test_a_slice_is_kept_where_all_is_as_it_was(folder):
    assert kept(folder)
    assert kept(folder, LINES[::-1])
    assert kept(folder, files=FILES[::-1])
    assert kept(folder, (*LINES, replace(LINES[0], slice="z.tsv", made_with="n", sha256="?")))


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://x/18"},
        {"size": 21},
        {"etag": '"c"'},
        {"modified": DAY},
        {"etag": None},
    ],
)
def test_a_file_that_changed_on_the_server_is_fetched_again(folder, change):
    assert not kept(folder, files=(FILES[0], replace(FILES[1], **change)))


def test_files_that_came_or_went_are_fetched_again(folder):
    assert not kept(folder, files=FILES[:1])
    assert not kept(folder, LINES[:1])
    assert not kept(folder, ())
    assert not kept(folder, (), ())


def test_a_slice_that_is_gone_or_edited_or_made_otherwise_is_fetched_again(folder):
    assert not kept(folder, made="n")
    assert not kept(folder, (LINES[0], replace(LINES[1], made_with="n")))
    assert not kept(folder, (LINES[0], replace(LINES[1], sha256="?")))
    assert not kept(folder, name="other.tsv")
    (folder / "lab.tsv").write_text(slice_text(MADE) + "\n")
    assert not kept(folder)
    (folder / "lab.tsv").unlink()
    assert not kept(folder)


@pytest.mark.parametrize(("etag", "modified", "told"), [
    ('"a"', None, True), (None, DAY, True), ('"a"', DAY, True), (None, None, False),
])  # fmt: skip
def test_a_file_of_which_the_server_tells_no_state_is_fetched_again(folder, etag, modified, told):
    lines = (LINES[0], replace(LINES[1], etag=etag or "", last_modified=modified or ""))
    files = (replace(FILES[0], etag=etag, modified=modified), FILES[1])
    assert kept(folder, lines, files) is told


def test_what_a_slice_is_made_with_changes_with_program_source_and_loci():
    served = ServedFile(name="x", kind="lab", url="https://x/y.vcf.gz")
    fetcher = SimpleNamespace(files=lambda served: (("https://x/y.vcf.gz", ("loci",)),))
    text = f"{fingerprint()}\0{encode(served).decode()}\0(('https://x/y.vcf.gz', ('loci',)),)"
    assert made_with(fetcher, served) == hashlib.sha256(text.encode()).hexdigest()[:24]
    other = replace(served, version="2")
    moved = SimpleNamespace(files=lambda served: (("https://x/y.vcf.gz", ("others",)),))
    found = {made_with(fetcher, served), made_with(fetcher, other), made_with(moved, served)}
    assert len(found) == 3
