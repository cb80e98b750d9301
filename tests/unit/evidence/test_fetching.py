"""What is asked of a server for a served file, and the small files that are made of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pysam
import pytest
from msgspec.structs import replace

from hies_annot.errors import FetchError, InputError
from hies_annot.evidence import fetched as room
from hies_annot.evidence.fetched import Fetched, Fetcher, Travel, _columns, _dated, _write_table
from hies_annot.evidence.loci import Place
from hies_annot.evidence.slices import Slice
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.remote.remote_table import StreamedTable
from hies_annot.io.remote.transport import Remote
from hies_annot.io.source_tables import SourceRegion
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.evidence_servers import ServedFile, Servers
from hies_annot.settings.evidence_sources import Source, SourceKind

GENES = default_genes()
PLACE = Place(GENES, embedded_reference(Build.GRCH38, GENES))
STAT3 = {
    Build.GRCH38: SourceRegion("17", 42311325, 42393495),
    Build.GRCH37: SourceRegion("17", 40463343, 40545513),
}
ZNF341 = {
    Build.GRCH38: SourceRegion("20", 33726657, 33797269),
    Build.GRCH37: SourceRegion("20", 32314463, 32385075),
}
DAYS = (
    "Mon, 05 Jan 2026 08:00:00 GMT",
    "Tue, 06 Jan 2026 08:00:00 GMT",
    "Sun, 04 Jan 2026 08:00:00 GMT",
)


def served(**given):
    return ServedFile(**{"name": "x", "kind": "lab", "url": "https://x/a.tsv.gz", **given})


class Network:
    """A transport that knows the size of every address by its length."""

    def look(self, url):
        return Remote(url, len(url), None, DAYS[0])


def fetcher(build=Build.GRCH38, **servers):
    pieces = SimpleNamespace(transport=Network())
    return Fetcher(Servers(**servers), pieces, PLACE, build)


@pytest.mark.parametrize("build", Build)
def test_the_addresses_of_a_file_with_their_loci(build):
    both, mirror = (STAT3[build], ZNF341[build]), {"https://x/": "http://mirror/"}
    assert fetcher(build).files(served()) == (("https://x/a.tsv.gz", both),)
    assert fetcher(build, mirrors=mirror).files(served()) == (("http://mirror/a.tsv.gz", both),)
    parted = served(url="https://x/{chrom}/{chrom}.vcf.gz")
    assert fetcher(build, mirrors=mirror).files(parted) == (
        ("http://mirror/17/17.vcf.gz", (STAT3[build],)),
        ("http://mirror/20/20.vcf.gz", (ZNF341[build],)),
    )


def test_what_would_travel_of_a_file_that_is_read_through_is_the_file():
    parted = served(url="https://x/{chrom}.gz", read="gzip")
    remotes = tuple(Remote(f"https://x/{c}.gz", 15, None, DAYS[0]) for c in ("17", "20"))
    assert fetcher().looked_at(parted) == remotes
    assert fetcher().travel(parted) == tuple(Travel(remote, 15) for remote in remotes)
    zipped = served(read="zip")
    (remote,) = fetcher().looked_at(zipped)
    assert fetcher().travel(zipped) == (Travel(remote, 18),)


class Indexed:
    """A remote file of which the stretches are its regions."""

    index_file = SimpleNamespace(size=1000)
    index = SimpleNamespace(columns=(0, 1))

    def __init__(self, url, index_url, pieces):
        self.remote = Remote(url, 5, None, DAYS[0])
        self.asked = (url, index_url)

    def stretches(self, regions):
        return regions

    def places(self, stretches):
        return [(100, 100), (200, 209)][: len(stretches)]


def test_what_would_travel_of_an_indexed_file_is_the_index_and_its_blocks(monkeypatch):
    opened = []

    def open_bgzf(*asked):
        opened.append(asked[:2])
        return Indexed(*asked)

    monkeypatch.setattr(room, "open_bgzf", open_bgzf)
    url = "https://x/a.tsv.gz"
    assert fetcher().travel(served(index=".csi")) == (Travel(Remote(url, 5, None, DAYS[0]), 1011),)
    parted = served(url="https://x/{chrom}.vcf.gz")
    assert [travel.moved for travel in fetcher().travel(parted)] == [1001, 1001]
    assert opened == [
        (url, f"{url}.csi"),
        ("https://x/17.vcf.gz", "https://x/17.vcf.gz.tbi"),
        ("https://x/20.vcf.gz", "https://x/20.vcf.gz.tbi"),
    ]


@pytest.mark.parametrize(
    ("date", "version", "days", "expected"),
    [
        (None, None, DAYS, ("2026-01-06", "2026-01-06")),
        (None, "v1", DAYS, ("2026-01-06", "v1")),
        (None, None, (None, DAYS[2]), ("2026-01-04", "2026-01-04")),
        (None, None, (None, None), (None, None)),
        (None, "v1", (), (None, "v1")),
        ("2025", None, DAYS, ("2025", None)),
        ("2025", "v1", DAYS, ("2025", "v1")),
    ],
)
def test_a_slice_without_a_date_has_that_of_its_newest_file(date, version, days, expected):
    made = Slice("x", SourceKind.LAB, {}, version=version, date=date)
    found = _dated(made, tuple(Remote("u", 1, None, day) for day in days))
    assert (found.date, found.version) == expected
    assert replace(found, date=date, version=version) == made


@pytest.mark.parametrize("tool", ["REVEL", "revel"])
def test_columns_are_those_of_the_tool_and_named_ones_first(tool):
    revel = {"chrom": "chr", "pos": "grch38_pos", "ref": "ref", "alt": "alt", "value": "REVEL"}
    assert _columns(served(tool=tool)) == revel
    assert _columns(served(tool=tool, fields={"pos": "p"})) == revel | {"pos": "p"}
    plain = {name: name for name in ("chrom", "pos", "ref", "alt")}
    assert _columns(served()) == _columns(served(tool="other")) == plain


HEAD = (b"# a remark\n", b"# J\xc3\xb6\n", b"#chrom\ttwo words\t\xc3\xb6\tposX\r\n")
ROWS = (b"17\tx\t\t100\r\n", b"17\ty\t\t200\tX\r\n", b"20\tz\t\t5\t\n")


@pytest.mark.parametrize("ending", ["tsv.gz", "tsv.bgz"])
def test_rows_of_a_packed_table_are_packed_and_found_by_place(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    _write_table(StreamedTable(path.name, HEAD, ROWS), path, "posX")
    text = b"".join((*HEAD, *ROWS)).replace(b"\r", b"")
    assert pysam.BGZFile(str(path), "rb", None).read().replace(b"\r", b"") == text
    with pysam.TabixFile(str(path), encoding="utf-8") as file:
        assert list(file.fetch("17", 199, 200)) == ["17\ty\t\t200\tX"]
        assert list(file.fetch("20")) == ["20\tz\t\t5\t"]


@pytest.mark.parametrize(
    ("name", "rows"), [("a.tsv", ROWS), ("a.tsv.gz", ()), ("a.csv", ()), ("gz", ROWS)]
)
def test_a_plain_table_or_one_without_rows_is_written_as_it_came(tmp_path, name, rows):
    path = tmp_path / name
    _write_table(StreamedTable(name, HEAD, rows), path, "posX")
    assert path.read_bytes() == b"".join((*HEAD, *rows))


def test_the_source_of_a_served_file_is_all_that_is_said_of_it():
    given = served(
        kind="score",
        tool="X",
        fields={"value": "S"},
        version="v1",
        date="2026",
        complete=True,
    )
    assert fetcher(Build.GRCH37)._source(given, Path("a.tsv")) == Source(
        name="x",
        kind="score",
        path="a.tsv",
        tool="X",
        fields={"value": "S"},
        version="v1",
        date="2026",
        build=Build.GRCH37,
        complete=True,
    )


KEYS = {"STAT3": ("17", 42329643, "G", "A"), "ZNF341": ("20", 33757310, "C", "T")}
REMOTES = (Remote("https://x/1", 5, None, DAYS[0]), Remote("https://x/2", 5, None, DAYS[1]))


def fetching(monkeypatch, outcome):
    """Fetch with files that came, of which reading gives `outcome`."""
    seen = {}

    def load_source(source, place):
        seen.update(path=source.path, place=place)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def extracts(self, served, folder):
        seen["folder"] = folder.name
        assert folder.is_dir()
        return REMOTES, folder / "a"

    monkeypatch.setattr(room, "load_source", load_source)
    monkeypatch.setattr(Fetcher, "_extracts", extracts)
    return seen, lambda: fetcher().fetch(served(url="https://x/{chrom}.gz"))


def test_a_fetched_slice_is_dated_and_covers_all_genes(monkeypatch):
    made = Slice("x", SourceKind.LAB, dict.fromkeys(KEYS.values(), "LP"))
    seen, fetch = fetching(monkeypatch, made)
    assert fetch() == Fetched(replace(made, date="2026-01-06", version="2026-01-06"), REMOTES)
    assert seen["folder"].startswith("hies-annot-")
    assert seen["place"] == PLACE
    assert Path(seen["path"]).name == "a"
    assert not Path(seen["path"]).parent.exists()


@pytest.mark.parametrize(("gene", "chrom"), [("STAT3", "17"), ("ZNF341", "20")])
def test_a_gene_without_a_record_is_named(monkeypatch, gene, chrom):
    facts = {key: "LP" for name, key in KEYS.items() if name != gene}
    _, fetch = fetching(monkeypatch, Slice("x", SourceKind.LAB, facts))
    with pytest.raises(FetchError) as fault:
        fetch()
    assert str(fault.value) == (
        f"https://x/1: x has no usable record in the locus of {gene} (chromosome {chrom}): nothing "
        "is written"
    )


def test_a_fault_of_what_came_names_the_address(monkeypatch):
    _, fetch = fetching(monkeypatch, InputError("is odd", file="/a/draft", record="17:1"))
    with pytest.raises(FetchError) as fault:
        fetch()
    assert str(fault.value) == "https://x/17.gz, 17:1: is odd"
    own = FetchError("cannot be reached", file="https://x/20.gz")
    _, fetch = fetching(monkeypatch, own)
    with pytest.raises(FetchError) as fault:
        fetch()
    assert fault.value is own
