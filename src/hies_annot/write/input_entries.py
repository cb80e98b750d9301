"""What `run.json` says of input files: the same for the same bytes, wherever the files lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hies_annot.io.file_digest import END, sha256_of, sha256_of_ends
from hies_annot.io.file_state import FileState, state_of
from hies_annot.io.remote.addresses import is_address
from hies_annot.results.record_source import file_name

_MEGABYTE = 2**20


def input_entries(states: Iterable[FileState], whole_mb: int) -> list[dict[str, Any]]:
    """Return an entry for each file, by name; equal ones of several folders are one.

    Args:
        states: the files as they were when the run was planned, indexes too.
        whole_mb: MB (2**20 bytes) up to which all bytes of a file are taken.
    """
    files = {state.path: state for state in states}
    entries = (_entry(state, whole_mb * _MEGABYTE) for state in files.values())
    once = {tuple(entry.values()): entry for entry in entries}
    return [once[key] for key in sorted(once, key=_order)]


def _order(values: tuple[object, ...]) -> list[str]:
    return ["" if value is None else f"{value}" for value in values]


def _entry(state: FileState, most: int) -> dict[str, Any]:
    return {
        "name": file_name(state.path),
        "size": state.size,
        "sha256": None,
        "ends_sha256": None,
        "server_state": None,
        "note": None,
        **(_told_by_server(state) if is_address(state.path) else _read_here(state, most)),
    }


def _told_by_server(state: FileState) -> Mapping[str, str]:
    """Return what a server says of a file, which is not fetched for a digest."""
    told = None if state.changed is None else str(state.changed)
    return {"server_state": told} if told else {"note": "the server tells nothing of its state"}


def _read_here(state: FileState, most: int) -> Mapping[str, str]:
    """Return the digest of a file; of one that is another by now there is none."""
    path = Path(state.path)
    if state.size is not None and not path.is_file():
        return {"note": "is a stream or a folder"}  # a stream was read, and would be waited for
    try:
        # Also two ends need their bytes, so a small file is always taken whole.
        whole = state.size is None or state.size <= max(most, 2 * END)
        taken = {"sha256": sha256_of(path)} if whole else {"ends_sha256": sha256_of_ends(path)}
    except OSError:
        return {"note": "cannot be read"}
    if state_of(state.path) != state:
        return {"note": "has changed since the run was planned"}
    return taken
