"""Paths that stand for addresses: who reads such a path reads a copy of what is needed of the file.

The copies lie in a temporary folder of this process, which goes when it ends. A path that stands
for nothing costs a look into a table, and no module of the network is loaded.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hies_annot.errors import InputError
from hies_annot.io.remote.addresses import path_parts, shown

if TYPE_CHECKING:
    from hies_annot.io.remote.remote_copy import RemoteCopy


class _Table:
    """The copies of one process, by path and by address."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.folder: str | None = None
        self.by_path: dict[str, RemoteCopy] = {}
        self.by_address: dict[str, RemoteCopy] = {}

    def copy_of(self, address: str) -> RemoteCopy:
        """Return the copy of an address, made with the first question for it."""
        if self.process != os.getpid():
            self._become_own()
        if address not in self.by_address:
            self._add(address, None)
        return self.by_address[address]

    def _add(self, address: str, before: RemoteCopy | None) -> None:
        from hies_annot.io.remote.remote_copy import RemoteCopy  # noqa: PLC0415 (few runs have addresses)

        key = hashlib.sha256(address.encode()).hexdigest()[:12]
        path = Path(self._folder(), f"{self.process}", key, *path_parts(address))
        copy = RemoteCopy(address, path, before.looked if before else None)
        self.by_address[address] = self.by_path[str(path)] = copy

    def _folder(self) -> str:
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="hies-annot-")
            atexit.register(_remove, self.folder, self.process)
        return self.folder

    def _become_own(self) -> None:
        """In a process that was parted from another: keep what servers have told, not the files."""
        self.process, known, self.by_address = os.getpid(), self.by_address, {}
        self.by_path = {}
        for address, copy in known.items():
            self._add(address, copy)


_table = _Table()


def stand_in(address: str) -> str:
    """Return the path that stands for an address; nothing is fetched yet."""
    return str(_table.copy_of(address).path)


def address_of(path: str) -> str | None:
    """Return the address that a path stands for, None where it is an own file."""
    copy = _table.by_path.get(path)
    return None if copy is None else copy.address


def in_shown_words(text: str) -> str:
    """Return a text with addresses, as they may be shown, in place of the paths for them."""
    for path, copy in _table.by_path.items():
        text = text.replace(path, shown(copy.address))
    return text


def state_at(address: str) -> list[tuple[str, int | None, str | None]]:
    """Return address as it may be shown, bytes and mark of a file and of its index.

    The mark is what the server tells of the state: ETag, else Last-Modified, None where neither;
    bytes are None where the file cannot be reached.
    """
    try:
        found = _table.copy_of(address).look()
    except InputError:
        return [(shown(address), None, None)]
    there = [one for one in found if one is not None]
    return [(shown(one.url), one.size, one.etag or one.modified) for one in there]


def attend(path: Path) -> None:
    """See that a VCF can be opened.

    Raises:
        InputError: the file that the path stands for cannot be had.
    """
    if _table.by_path and (copy := _table.by_path.get(str(path))) is not None:
        copy.begin()


def attend_whole(path: Path) -> None:
    """See that a file can be read from front to back.

    Raises:
        InputError: it cannot be had, or is too large to be fetched.
    """
    if _table.by_path and (copy := _table.by_path.get(str(path))) is not None:
        copy.fetch_whole()


def attend_region(path: Path, name: str, start: int, last: int | None) -> None:
    """See that htslib can read from a base on; see `RemoteCopy.attend`.

    Raises:
        InputError: the region cannot be fetched.
    """
    if _table.by_path and (copy := _table.by_path.get(str(path))) is not None:
        copy.attend(name, start, last)


def attend_span(path: Path, begin: int, end: int) -> None:
    """See that htslib can read between two virtual offsets.

    Raises:
        InputError: the span cannot be fetched.
    """
    if _table.by_path and (copy := _table.by_path.get(str(path))) is not None:
        copy.attend_span(begin, end)


def refuse_stand_in(path: Path) -> None:
    """Refuse a file of a kind that is not read from servers.

    Raises:
        InputError: the path stands for an address.
    """
    address = address_of(str(path))
    if address is not None:
        raise InputError(
            "alignments are not read from a server: copy the file with its index and give the path",
            file=shown(address),
        )


def drop(paths: Iterable[str]) -> None:
    """Remove the copies of some paths; a path that is asked for again is fetched again."""
    for path in paths:
        if (copy := _table.by_path.get(path)) is not None:
            copy.drop()


def _remove(folder: str, process: int) -> None:
    if process == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)
