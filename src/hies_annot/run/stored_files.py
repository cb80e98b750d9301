"""Files at an address in the workflow: Snakemake's storage plugins tell their state and fetch them.

A plan names a file by its address, which is what identifies it, and says below which name its
copy lies in the folder of all copies. Standard library only: the workflow plans with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hies_annot.errors import InputError
from hies_annot.io.file_state import FileState, StateReader, companions
from hies_annot.io.remote.addresses import is_address, scheme_of, shown
from hies_annot.sheet.row_files import FILE_COLUMNS, cell_files

PLUGINS = {"http": "http", "https": "http", "s3": "s3", "fs": "fs"}
"""The plugin of a scheme; that of any other Snakemake finds itself."""
NATURAL = ("http", "https")
"""Schemes whose plugin takes `%20` as it stands; the others take the blank."""


def query_of(address: str) -> tuple[str | None, str]:
    """Return the plugin of an address (None: Snakemake finds it), and what it is asked for.

    `fs:///folder/file` is ours: the plugin for mounted file systems takes the path.
    """
    scheme = scheme_of(address)
    query = address if scheme in NATURAL else unquote(address)
    return PLUGINS.get(scheme), query.removeprefix("fs://") if scheme == "fs" else query


class Storage:
    """What the plugins know of addresses."""

    def __init__(self, stored: Callable[[str], Any], folder: Path) -> None:
        """Ask nobody yet.

        Args:
            stored: makes an input of Snakemake out of an address.
            folder: where the plugins put their copies.
        """
        self._stored, self._folder = stored, folder

    def copy_of(self, address: str) -> str:
        """Return the name of the local copy, relative to the folder of all copies."""
        return os.path.relpath(self._object(address).local_path(), self._folder)

    def state(self, address: str) -> FileState:
        """Return the state of a file, as `state_of` does of one of this machine.

        A server that does not tell the size or the date of a file leaves them 0.

        Raises:
            InputError: the plugin is missing or cannot reach the file.
        """
        try:
            found = self._object(address)
            if not found.exists():
                return FileState(address, None, None)
            return FileState(address, found.size(), round(found.mtime() * 1e9))
        except Exception as fault:
            told = " ".join(str(fault).split())
            raise InputError(f"cannot be reached: {told}", file=address) from fault

    def _object(self, address: str) -> Any:  # noqa: ANN401 (a class of the plugin)
        return self._stored(address).flags["storage_object"]


class StoredStates(StateReader):
    """Reads the states of local files and of those at addresses, each once."""

    def __init__(self, storage: Storage) -> None:
        """Start without any file."""
        super().__init__()
        self._storage = storage

    def copy_of(self, address: str) -> str:
        """Return the name of the local copy, relative to the folder of all copies."""
        return self._storage.copy_of(address)

    def copies_of(self, inputs: Iterable[FileState]) -> dict[str, str]:
        """Return the names of the local copies of all inputs at addresses, by address."""
        return {each.path: self.copy_of(each.path) for each in inputs if is_address(each.path)}

    def states(self, paths: Iterable[str]) -> Iterator[FileState]:
        """Yield the state of each file and, after it, of its indexes that exist.

        Raises:
            InputError: a file cannot be reached.
        """
        for path in paths:
            if not is_address(path):
                yield from super().states([path])
                continue
            if path not in self._known:
                found = map(self._storage.state, (path, *companions(path)))
                file, *beside = found
                self._known[path] = (file, *(each for each in beside if each.size is not None))
            yield from self._known[path]


def address_faults(rows: Iterable[Mapping[str, str]], states: StoredStates) -> Iterator[str]:
    """Yield a sentence for each address of the rows whose file a job could not work on."""
    named = {
        file: (column, row.get("sample"))
        for row in rows
        for column in FILE_COLUMNS
        if column in row
        for file in cell_files(row[column])
        if is_address(file)
    }
    copies: dict[str, str] = {}
    for address, (column, sample) in named.items():
        fault = _fault(address, sample, states) or _same_copy(address, states, copies)
        if fault is not None:
            yield f"{shown(address)}, given as {column} of {sample or 'every sample'}: {fault}"


def _fault(address: str, sample: str | None, states: StoredStates) -> str | None:
    if sample is None:
        return "the workflow takes addresses from a sheet only, which names the samples"
    if shown(address) != address:
        return (
            "an address with user, password, query or fragment would put them into paths and "
            "logs: leave them out, and give the storage plugin what it needs by its own settings"
        )
    if scheme_of(address) == "fs" and not address.startswith("fs:///"):
        return "write fs:///folder/file, with three slashes before an absolute path"
    if {"{", "}"} & set(query_of(address)[1]):
        return "Snakemake takes braces for a wildcard: rename the file"
    try:
        file, *_ = states.states([address])
    except InputError as fault:
        return fault.message
    if file.size is None:
        return "the storage has no such file, or does not show it to you: mend the sheet"
    return None


def _same_copy(address: str, states: StoredStates, copies: dict[str, str]) -> str | None:
    """Tell of another address whose copy would lie in the same place."""
    other = copies.setdefault(states.copy_of(address), address)
    return None if other == address else f"its copy would be that of {other}: write one address"
