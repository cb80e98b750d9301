"""Evidence from servers: the loci of a served file as the slice that the whole file would give."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.errors import FetchError, InputError
from hies_annot.evidence.loci import Place
from hies_annot.evidence.partial import bare_genes
from hies_annot.evidence.scores import SCORE_COLUMNS
from hies_annot.evidence.slices import Slice
from hies_annot.evidence.sources import by_chrom, load_source
from hies_annot.genome import Build
from hies_annot.io.local_extract import write_indexed
from hies_annot.io.remote.kept_pieces import Pieces
from hies_annot.io.remote.remote_bgzf import RemoteBgzf, open_bgzf
from hies_annot.io.remote.remote_table import StreamedTable, read_gzip, read_zip
from hies_annot.io.remote.transport import Remote
from hies_annot.io.source_tables import SourceRegion
from hies_annot.io.source_vcf import is_variant_file
from hies_annot.settings.evidence_servers import ServedFile, Servers
from hies_annot.settings.evidence_sources import CHROM, Source

Regions = tuple[SourceRegion, ...]


class Fetched(Struct, frozen=True):
    """A slice, and the files on the server that it is from, in the state that they had."""

    made: Slice
    files: tuple[Remote, ...]


class Travel(Struct, frozen=True):
    """What one file would take: bytes that travel at most, of how many."""

    remote: Remote
    moved: int


class Fetcher(Struct, frozen=True):
    """Fetches served files of one build over the loci of some genes."""

    servers: Servers
    pieces: Pieces
    place: Place
    build: Build

    def files(self, served: ServedFile) -> tuple[tuple[str, Regions], ...]:
        """Return the addresses of a served file, each with the loci that are read of it."""
        url, regions = self.servers.address(served.url), self.place.regions(self.build)
        if CHROM not in url:
            return ((url, regions),)
        parts = by_chrom(regions).items()
        return tuple((url.replace(CHROM, chrom), tuple(found)) for chrom, found in parts)

    def looked_at(self, served: ServedFile) -> tuple[Remote, ...]:
        """Return size and state of each file.

        Raises:
            FetchError: it cannot be reached.
        """
        return tuple(self.pieces.transport.look(url) for url, _ in self.files(served))

    def travel(self, served: ServedFile) -> tuple[Travel, ...]:
        """Return what would travel; of an indexed file the index is fetched, and kept, for that.

        Raises:
            FetchError: a file or its index cannot be had.
        """
        if served.read != "index":
            return tuple(Travel(remote, remote.size) for remote in self.looked_at(served))
        return tuple(self._by_index(served, *part) for part in self.files(served))

    def _by_index(self, served: ServedFile, url: str, regions: Regions) -> Travel:
        file = open_bgzf(url, url + served.index, self.pieces)
        places = file.places(file.stretches(regions))
        blocks = sum(last - first + 1 for first, last in places)
        return Travel(file.remote, blocks + file.index_file.size)

    def fetch(self, served: ServedFile) -> Fetched:
        """Fetch the loci of a served file, and read them as `resources build` reads a lab's file.

        Raises:
            FetchError: the server's fault, or a check of what came fails; the address is named.
        """
        with TemporaryDirectory(prefix="hies-annot-") as folder:
            try:
                files, path = self._extracts(served, Path(folder))
                made = _dated(load_source(self._source(served, path), self.place), files)
            except FetchError:
                raise
            except InputError as fault:
                url = self.files(served)[0][0]
                raise FetchError(fault.message, file=url, record=fault.record) from None
        lacking = bare_genes(made, self.place.genes)
        if lacking:
            gene = lacking[0]
            raise FetchError(
                f"{served.name} has no usable record in the locus of {gene.name} (chromosome "
                f"{gene.file.chrom}): nothing is written",
                file=files[0].url,
            )
        return Fetched(made, files)

    def _source(self, served: ServedFile, path: Path) -> Source:
        return Source(
            name=served.name,
            kind=served.kind,
            path=str(path),
            tool=served.tool,
            fields=served.fields,
            version=served.version,
            date=served.date,
            build=self.build,
            complete=served.complete,
        )

    def _extracts(self, served: ServedFile, folder: Path) -> tuple[tuple[Remote, ...], Path]:
        """Write what came as small files; return those of the server and the path to read."""
        name = served.url.rpartition("/")[2]
        if served.read == "index":
            remotes = [
                self._blocks(served, url, regions, folder / url.rpartition("/")[2])
                for url, regions in self.files(served)
            ]
            return tuple(remotes), folder / name
        ((url, regions),) = self.files(served)
        remote, pos = self.pieces.transport.look(url), _columns(served)["pos"]
        transport = self.pieces.transport
        if served.read == "gzip":
            table = read_gzip(transport, remote, name, regions, pos)
        else:
            table = read_zip(transport, remote, regions, pos)
        path = folder / table.name
        _write_table(table, path, pos)
        return (remote,), path

    def _blocks(self, served: ServedFile, url: str, regions: Regions, path: Path) -> Remote:
        file = open_bgzf(url, url + served.index, self.pieces)
        columns = None if is_variant_file(path.name) else file.index.columns
        write_indexed(path, (file.head(self.pieces),), self._lines(file, regions), columns)
        return file.remote

    def _lines(self, file: RemoteBgzf, regions: Regions) -> Iterable[bytes]:
        for stretch in file.stretches(regions):
            yield from file.lines(stretch, self.pieces)


def _dated(made: Slice, files: tuple[Remote, ...]) -> Slice:
    """Give a slice that has no date the newest Last-Modified of its files."""
    newest = max((remote.date for remote in files if remote.date), default=None)
    if made.date is not None or newest is None:
        return made
    return replace(made, date=newest, version=made.version or newest)


def _columns(served: ServedFile) -> dict[str, str]:
    usual = SCORE_COLUMNS.get((served.tool or "").lower(), SCORE_COLUMNS[""])
    return {**usual, **served.fields}


def _write_table(table: StreamedTable, path: Path, pos: str) -> None:
    if not table.rows:
        path.write_bytes(b"".join(table.head))
        return
    if path.suffix not in (".gz", ".bgz"):
        path.write_bytes(b"".join((*table.head, *table.rows)))
        return
    names = table.head[-1].decode("ascii", "replace").strip("#\r\n").split("\t")
    rows = (row.rstrip(b"\r\n") for row in table.rows)
    write_indexed(path, table.head, rows, (0, names.index(pos)))
