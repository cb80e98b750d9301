"""Rows of some chromosomes of a packed table on a server, read through once and never stored whole.

For files without an index: text in gzip, or the largest member of a zip archive.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from msgspec import Struct

from hies_annot.errors import FetchError
from hies_annot.genome import Build, contigs
from hies_annot.io.bgzf import DAMAGE
from hies_annot.io.remote.remote_file import RemoteFile
from hies_annot.io.remote.transport import Remote, Transport
from hies_annot.io.source_tables import SourceRegion

_BUFFER = 1 << 18
_READ = 1 << 22
_BROKEN: tuple[type[Exception], ...] = (*DAMAGE, zipfile.BadZipFile, NotImplementedError)


class StreamedTable(Struct, frozen=True):
    """Name of the table, its head (comments and names of the columns) and the rows kept."""

    name: str
    head: tuple[bytes, ...]
    rows: tuple[bytes, ...]


def read_gzip(
    transport: Transport, remote: Remote, name: str, regions: Iterable[SourceRegion], pos: str
) -> StreamedTable:
    """Read a table in gzip and keep the rows of the regions; column `pos` has the position.

    The first column has the chromosome.

    Raises:
        FetchError: it cannot be fetched, is cut short or damaged, or has no such column.
    """
    with (
        _told(remote),
        RemoteFile(transport, remote) as raw,
        io.BufferedReader(raw, _BUFFER) as packed,
        gzip.open(packed, "rb") as stream,
    ):
        return _kept(cast("BinaryIO", stream), name, tuple(regions), pos)


def read_zip(
    transport: Transport, remote: Remote, regions: Iterable[SourceRegion], pos: str
) -> StreamedTable:
    """Read the largest member of a zip archive as `read_gzip` does; the table has its name.

    Raises:
        FetchError: as `read_gzip`.
    """
    with (
        _told(remote),
        RemoteFile(transport, remote) as raw,
        io.BufferedReader(raw, _BUFFER) as packed,
        zipfile.ZipFile(packed) as archive,
    ):
        member = max(archive.infolist(), key=lambda info: info.file_size)
        with archive.open(member) as stream:
            name = member.filename.rpartition("/")[2]
            return _kept(cast("BinaryIO", stream), name, tuple(regions), pos)


@contextmanager
def _told(remote: Remote) -> Iterator[None]:
    try:
        yield
    except _BROKEN as fault:
        told = f"is cut short or damaged on the server, or of another kind ({fault})"
        raise FetchError(told, file=remote.url) from None
    except _NoColumnError as fault:
        raise FetchError(f"has no column {fault}", file=remote.url) from None


class _NoColumnError(Exception):
    """A column that is needed is not there."""


def _kept(
    stream: BinaryIO, name: str, regions: tuple[SourceRegion, ...], pos: str
) -> StreamedTable:
    head: list[bytes] = []
    rows: list[bytes] = []
    names: list[str] = []
    separator = b"\t"
    prefixes: tuple[bytes, ...] = ()
    for block in _line_blocks(stream):
        lines = block
        if not names:
            head, names, separator, lines = _head(block)
            if names and pos not in names:
                raise _NoColumnError(pos)
            prefixes = _prefixes(regions, separator)
        if names and any(lines.startswith(p) or b"\n" + p in lines for p in prefixes):
            column = names.index(pos)
            rows += _of_regions(lines, prefixes, separator, column, regions)
    return StreamedTable(name, tuple(head), tuple(rows))


def _line_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the text in blocks of whole lines."""
    left = b""
    while data := stream.read(_READ):
        whole, newline, left = (left + data).rpartition(b"\n")
        if newline:
            yield whole + newline
    if left:
        yield left + b"\n"


def _head(block: bytes) -> tuple[list[bytes], list[str], bytes, bytes]:
    """Return head, names of the columns, what separates them, and the rest of the first block."""
    head: list[bytes] = []
    lines = block.splitlines(keepends=True)
    for number, line in enumerate(lines):
        comment = line.startswith(b"#")
        if comment and b"\t" not in line:
            head.append(line)
            continue
        separator = b"\t" if b"\t" in line else b","
        text = line.decode("ascii", "replace").strip("#\r\n")
        names = [name.strip() for name in text.split(separator.decode())]
        return [*head, line], names, separator, b"".join(lines[number + 1 :])
    return head, [], b"\t", b""


def _prefixes(regions: tuple[SourceRegion, ...], separator: bytes) -> tuple[bytes, ...]:
    """Return what a row of one of the chromosomes begins with, in all spellings."""
    chroms = {region.chrom for region in regions}
    found = {
        name
        for build in Build
        for chrom, contig in contigs(build).items()
        if chrom in chroms
        for name in (chrom, f"chr{chrom}", contig.refseq, contig.genbank)
    }
    return tuple(name.encode() + separator for name in sorted(found))


def _of_regions(
    lines: bytes,
    prefixes: tuple[bytes, ...],
    separator: bytes,
    column: int,
    regions: tuple[SourceRegion, ...],
) -> Iterator[bytes]:
    spans = [(region.start, region.end) for region in regions]
    for line in lines.splitlines(keepends=True):
        if line.startswith(prefixes):
            text = line.split(separator, column + 1)[column]
            if text.isdigit() and any(start <= int(text) <= end for start, end in spans):
                yield line
