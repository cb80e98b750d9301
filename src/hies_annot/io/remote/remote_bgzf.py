"""Records of some stretches of a bgzip file on a server: its tabix index, and their blocks.

htslib could ask the server itself, but it asks for all bytes from a place on, believes what is
sent, and says little of what went wrong. Here each answer is checked: it has the bytes that were
asked for, blocks begin where the index says, records stand on the contig of the index, in order.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from msgspec import Struct

from hies_annot.errors import FetchError
from hies_annot.genome import canonical_chrom
from hies_annot.io.bgzf import LARGEST_BLOCK, blocks
from hies_annot.io.index.tabix_index import Chunk, ContigIndex, TabixIndex, joined, read_tabix
from hies_annot.io.remote.kept_pieces import Pieces
from hies_annot.io.remote.transport import Remote
from hies_annot.io.source_tables import SourceRegion

_MISFIT = (
    "the index does not fit the file (it is that of another state of it): try again later, or "
    "name a mirror (--servers)"
)


class Stretch(Struct, frozen=True):
    """What is to be read of a contig (its name in the file): chunks in order, up to a base."""

    contig: str
    chunks: tuple[Chunk, ...]
    end: int


class RemoteBgzf(Struct, frozen=True):
    """A bgzip file on a server with its index."""

    remote: Remote
    index_file: Remote
    index: TabixIndex

    def stretches(self, regions: Iterable[SourceRegion]) -> tuple[Stretch, ...]:
        """Return what is to be read for some regions, a contig each, in the order of the file.

        Raises:
            FetchError: the index has no contig of a region.
        """
        wanted: dict[str, list[SourceRegion]] = {}
        for region in regions:
            wanted.setdefault(region.chrom, []).append(region)
        named = {canonical_chrom(name): name for name in self.index.contigs}
        missing = [chrom for chrom in wanted if chrom not in named]
        if missing:
            raise FetchError(
                f"its index has no chromosome {', '.join(missing)}: it holds nothing for a gene of "
                "this run",
                file=self.remote.url,
            )
        found = (
            _stretch(named[chrom], self.index.contigs[named[chrom]], parts)
            for chrom, parts in wanted.items()
        )
        return tuple(sorted(found, key=lambda stretch: stretch.chunks))

    def places(self, stretches: Iterable[Stretch]) -> tuple[tuple[int, int], ...]:
        """Return the bytes (0-based, inclusive) that head and stretches take at most."""
        chunks = [(0, self.index.first_record), *(c for s in stretches for c in s.chunks)]
        return tuple(_bytes_of(chunk, self.remote) for chunk in chunks if chunk[1])

    def head(self, pieces: Pieces) -> bytes:
        """Return what stands before the first record."""
        if not self.index.first_record:
            return b""
        return self._text((0, self.index.first_record), pieces)

    def lines(self, stretch: Stretch, pieces: Pieces) -> list[bytes]:
        """Return the records of a stretch that begin up to its last base, with some before it.

        Raises:
            FetchError: the server's fault, or the index does not fit.
        """
        found: list[bytes] = []
        last = 0
        for chunk in stretch.chunks:
            for line in self._text(chunk, pieces).splitlines():
                last, before = self._position(line, stretch.contig), last
                if last < before:
                    raise self._misfit()
                if last > stretch.end:
                    return found
                found.append(line)
        return found

    def _position(self, line: bytes, contig: str) -> int:
        cells = line.split(b"\t", max(self.index.columns) + 1)
        chrom, pos = self.index.columns
        if len(cells) <= max(chrom, pos) or cells[chrom] != contig.encode():
            raise self._misfit()
        if not cells[pos].isdigit():
            raise self._misfit()
        return int(cells[pos])

    def _text(self, chunk: Chunk, pieces: Pieces) -> bytes:
        """Return what a chunk holds, whole lines."""
        (start, skip), (end, stop) = (divmod(place, LARGEST_BLOCK) for place in chunk)
        data = pieces.stretch(self.remote, *_bytes_of(chunk, self.remote))
        parts: list[bytes] = []
        seen = False
        try:
            for place, after, text in blocks(data):
                if start + place > end:
                    break
                last = start + place == end
                seen = last or start + after == end
                parts.append(text[:stop] if last else text)
        except zlib.error:
            raise self._misfit() from None
        text = b"".join(parts)
        whole = text[skip:]
        begun = not skip or text[skip - 1 : skip] == b"\n"
        if not (begun and whole.endswith(b"\n")) or not seen:
            raise self._misfit()
        return whole

    def _misfit(self) -> FetchError:
        return FetchError(_MISFIT, file=self.remote.url)


def open_bgzf(url: str, index_url: str, pieces: Pieces) -> RemoteBgzf:
    """Look at a bgzip file on a server, and fetch its index.

    Raises:
        FetchError: one of them cannot be fetched, or the index is none.
    """
    remote, index_file = pieces.transport.look(url), pieces.transport.look(index_url)
    packed = pieces.stretch(index_file, 0, index_file.size - 1)
    try:
        return RemoteBgzf(remote, index_file, read_tabix(packed))
    except ValueError as fault:
        raise FetchError(f"this is no whole tabix index ({fault})", file=index_url) from None


def _stretch(name: str, index: ContigIndex, regions: list[SourceRegion]) -> Stretch:
    chunks = (chunk for region in regions for chunk in index.chunks(region.start, region.end))
    return Stretch(name, joined(chunks), max(region.end for region in regions))


def _bytes_of(chunk: Chunk, remote: Remote) -> tuple[int, int]:
    """Return first and last byte (0-based) of the blocks of a chunk.

    How long its last block is stands in no index: room for the longest one is taken.
    """
    begin, end = chunk
    stop = (end >> 16) + (LARGEST_BLOCK if end & 0xFFFF else 0)
    return begin >> 16, min(stop, remote.size) - 1
