"""A file of this machine that stands for one on a server: it has the bytes that are asked for.

An index leads to the same places in both, so htslib reads the copy as it would read the file. Each
answer of the server is checked (`io.remote.transport`), and that the index ends where the file
does: one of another state is not followed.
"""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.bgzf import DAMAGE, LARGEST_BLOCK, blocks, first_block, is_bgzip, nothing_behind
from hies_annot.io.htslib_faults import FOREIGN_INDEX
from hies_annot.io.index.bin_index import BinIndex, read_index
from hies_annot.io.remote.addresses import (
    READABLE,
    file_address,
    index_addresses,
    index_ending,
    scheme_of,
    shown,
)
from hies_annot.io.remote.remote_file import RemoteFile
from hies_annot.io.remote.row_transport import AbsentError, RowTransport
from hies_annot.io.remote.sparse_file import SparseFile, stamp
from hies_annot.io.remote.transport import Remote

SMALL = 4 << 20
"""Bytes up to which a file is fetched whole at once."""
LARGEST_INDEX = 1 << 28
_FIRST_STEP, _LARGEST_STEP = 1 << 16, 1 << 22
_TAIL = 1 << 18
"""Bytes behind the last record that may hold empty blocks."""

Looked = tuple[Remote, Remote | None]


class RemoteCopy:
    """The copy of one file: what was learnt of it is kept, also that it cannot be had."""

    def __init__(self, address: str, path: Path, looked: Looked | InputError | None = None) -> None:
        """Ask nothing yet; `looked` is what the server has told before."""
        self.address, self.path, self.looked = address, path, looked
        self.transport = RowTransport()
        self._file: SparseFile | None = None
        self._index: BinIndex | None = None
        self._begun = False

    def look(self) -> Looked:
        """Return size and state of the file and of its index, None where there is none.

        Raises:
            InputError: the file or its index cannot be reached; the same each time.
        """
        if self.looked is None:
            try:
                self.looked = self._look()
            except InputError as fault:
                self.looked = fault
        if isinstance(self.looked, InputError):
            raise InputError(self.looked.message, file=self.looked.file)
        return self.looked

    def begin(self) -> None:
        """Fetch what tells how a VCF can be read: its index, head and end, or all of it.

        Raises:
            InputError: it cannot be had, or is too large to be fetched without an index.
        """
        if self._begun:
            return
        _, index = self.look()
        file = self._sparse()
        if index is not None:
            self._index = self._indexed(file, index)
        if self._index is None:
            file.fetch_whole()
        else:
            self._take_ends(file, self._index)
        self._begun = True

    def fetch_whole(self) -> None:
        """Fetch all of the file.

        Raises:
            InputError: it cannot be had, or is too large.
        """
        self._sparse().fetch_whole()

    def attend(self, name: str, start: int, last: int | None) -> None:
        """Fetch what htslib reads from a base on, up to a record behind another one.

        Args:
            name: contig as the file spells it.
            start: first base, 0-based.
            last: base (1-based) behind which one record is enough; None: all that come.

        Raises:
            InputError: it cannot be fetched, or the index does not fit.
        """
        file, index = self._sparse(), self._index
        if file.whole or index is None:
            return
        goal = None if last is None else index.behind(name, last)
        for begin, end in index.chunks(name, start, None):
            if self._walk(file, (begin, end), last, goal):
                return

    def attend_span(self, begin: int, end: int) -> None:
        """Fetch what lies between two virtual offsets.

        Raises:
            InputError: it cannot be fetched, or the offsets do not fit.
        """
        file = self._sparse()
        if not file.whole and self._index is not None:
            self._walk(file, (begin, end), None, None)

    def drop(self) -> None:
        """Remove the copy; what the server has told of the file stays."""
        shutil.rmtree(self.path.parent, ignore_errors=True)
        self._file = self._index = None
        self._begun = False

    def _look(self) -> Looked:
        if scheme_of(self.address) not in READABLE:
            raise InputError(
                "files are read from http:// and https:// addresses (for a private bucket a "
                "presigned one): give such a one, or copy the file and give its path",
                file=shown(self.address),
            )
        remote = self.transport.look(file_address(self.address))
        for candidate in index_addresses(self.address):
            try:
                return remote, self.transport.look(candidate)
            except AbsentError:
                continue
        return remote, None

    def _sparse(self) -> SparseFile:
        if self._file is None:
            self._file = SparseFile(self.path, self.look()[0], self.transport)
        return self._file

    def _indexed(self, file: SparseFile, index: Remote) -> BinIndex | None:
        """Fetch the index to its place; return it where the file is read by it, piece by piece."""
        if index.size > LARGEST_INDEX:
            raise InputError("this index is too large to be fetched", file=shown(index.url))
        with RemoteFile(self.transport, index) as source:
            packed = source.readall() or b""
        path = Path(f"{self.path}{index_ending(index.url)}")
        path.write_bytes(packed)
        stamp(path)
        if file.remote.size <= SMALL or not _in_blocks(file.read(0, LARGEST_BLOCK)):
            return None
        try:
            return read_index(packed)
        except ValueError:  # htslib says what is wrong with it, as of one that lies here
            return None

    def _take_ends(self, file: SparseFile, index: BinIndex) -> None:
        """Fetch head and end of the file; the last record must end where the index says."""
        first, end = index.records
        file.read(0, (first >> 16) + LARGEST_BLOCK)
        place, skip = divmod(end, LARGEST_BLOCK)
        left = file.remote.size - place
        rest = file.read(place, left) if 0 < left <= _TAIL else b""
        try:
            fits = nothing_behind(rest, skip)
        except zlib.error:
            raise self._misfit() from None
        if not fits:
            raise self._misfit()

    def _walk(
        self, file: SparseFile, chunk: tuple[int, int], last: int | None, goal: int | None
    ) -> bool:
        """Fetch the blocks of a chunk; return whether a record behind a base was met.

        Up to `goal` all is needed: it is asked for at once.
        """
        (place, skip), (final, stop) = (divmod(offset, LARGEST_BLOCK) for offset in chunk)
        step, left = _FIRST_STEP, b""
        while place < final or (place == final and stop):
            due = max(step, ((goal or 0) >> 16) - place)
            text, after = self._block(file, place, min(due, final - place))
            left += text[skip : stop if place == final else None]
            *lines, left = left.split(b"\n")
            if last is not None and any(_position(line) > last for line in lines):
                return True
            place, skip, step = after, 0, min(2 * step, _LARGEST_STEP)
        return False

    def _block(self, file: SparseFile, place: int, ahead: int) -> tuple[bytes, int]:
        """Return what a block holds and where the next one begins."""
        data = file.read(place, LARGEST_BLOCK, ahead=ahead)
        try:
            _, after, text = next(blocks(data))
        except (zlib.error, StopIteration):
            raise self._misfit() from None
        return text, place + after

    def _misfit(self) -> InputError:
        return InputError(f"cannot be read by its index: {FOREIGN_INDEX}", file=shown(self.address))


def _in_blocks(head: bytes) -> bool:
    """Whether a file is a text in blocks of bgzip, as a VCF.gz is."""
    try:
        return is_bgzip(head) and not first_block(head).startswith(b"BCF")
    except DAMAGE:
        return False


def _position(line: bytes) -> int:
    cells = line.split(b"\t", 2)
    return int(cells[1]) if len(cells) > 1 and cells[1].isdigit() else 0
