"""The state of a file and of the indexes beside it: what tells that either was exchanged.

Standard library only, as the workflow asks for the state of every input when it plans.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hies_annot.io.remote.addresses import is_address

_BESIDE = {
    ".vcf.gz": (".tbi", ".csi"),
    ".vcf.bgz": (".tbi", ".csi"),
    ".bcf": (".csi",),
    ".bam": (".bai", ".csi"),
    ".cram": (".crai",),
    ".fa": (".fai",),
    ".fasta": (".fai",),
    ".fna": (".fai",),
    ".fa.gz": (".fai", ".gzi"),
    ".fasta.gz": (".fai", ".gzi"),
    ".fna.gz": (".fai", ".gzi"),
    ".bed.gz": (".tbi", ".csi"),
    ".tsv.gz": (".tbi", ".csi"),
}
_INSTEAD = {".bam": (".bai",), ".cram": (".crai",)}
"""Indexes whose name has the ending in place of the file's own."""


class FileState(NamedTuple):
    """Path, bytes and time of the last change (ns) of a file; None where there is no file.

    Of a file on a server: the address as it may be shown, its bytes (None: not reached), and what
    the server tells of its state (ETag, else Last-Modified).
    """

    path: str
    size: int | None
    changed: int | str | None


def companions(path: str) -> tuple[str, ...]:
    """Return the names that the indexes of a file may have, by its ending."""
    lower = path.lower()
    found = [
        path + more for end, beside in _BESIDE.items() if lower.endswith(end) for more in beside
    ]
    for end, instead in _INSTEAD.items():
        if lower.endswith(end):
            found += [path[: -len(end)] + more for more in instead]
    return tuple(found)


class StateReader:
    """Reads the states of files, each once however many batches name it."""

    def __init__(self) -> None:
        """Start without any file."""
        self._known: dict[str, tuple[FileState, ...]] = {}

    def states(self, paths: Iterable[str]) -> Iterator[FileState]:
        """Yield the state of each file and, after it, of its indexes that exist."""
        for path in paths:
            if path not in self._known and is_address(path):
                self._known[path] = states_at(path)
            elif path not in self._known:
                beside = (state_of(name) for name in companions(path))
                there = (state for state in beside if state.size is not None)
                self._known[path] = (state_of(path), *there)
            yield from self._known[path]


def states_at(address: str) -> tuple[FileState, ...]:
    """Return the state of a file on a server, and of its index where there is one."""
    from hies_annot.io.remote.stand_ins import state_at  # noqa: PLC0415 (few runs have addresses)

    return tuple(FileState(*state) for state in state_at(address))


def state_of(path: str) -> FileState:
    """Return the state of a file; links are followed."""
    try:
        found = os.stat(path)  # noqa: PTH116 (a hundred thousand times)
    except OSError:
        return FileState(path, None, None)
    return FileState(path, found.st_size, found.st_mtime_ns)
