"""What a folder of fetched slices is from: `fetched.tsv`, a line for each file on a server."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import asdict

from hies_annot.errors import InputError
from hies_annot.evidence.fetched import Fetched, Fetcher
from hies_annot.evidence.slices import slice_text
from hies_annot.io.atomic import write_text
from hies_annot.io.remote.transport import Remote
from hies_annot.settings.evidence_servers import ServedFile
from hies_annot.shipped import fingerprint

TABLE = "fetched.tsv"


class Line(Struct, frozen=True):
    """One file on a server and the slice that it went into, all as text.

    `records` and `sha256` are those of the slice; `made_with` changes with the loci, the program
    and what is said of the source.
    """

    slice: str
    source: str
    url: str
    version: str
    date: str
    last_modified: str
    etag: str
    bytes: str
    records: str
    sha256: str
    made_with: str


def read_fetched(folder: Path) -> tuple[Line, ...]:
    """Return the lines of a folder, none where nothing was fetched yet.

    Raises:
        InputError: the table was edited.
    """
    path = folder / TABLE
    if not path.is_file():
        return ()
    text = io.StringIO(path.read_text(encoding="utf-8"))
    rows = list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = set(Line.__struct_fields__)
    if any(set(row) != names or None in row.values() for row in rows):
        raise InputError("has other columns: remove it and fetch anew", file=str(path))
    return tuple(Line(**row) for row in rows)


def made_with(fetcher: Fetcher, served: ServedFile) -> str:
    """Return a digest of everything but the files that a slice depends on."""
    text = f"{fingerprint()}\0{encode(served).decode()}\0{fetcher.files(served)}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def unchanged(
    lines: Iterable[Line], folder: Path, name: str, made: str, files: Iterable[Remote]
) -> bool:
    """Whether a slice is there, as it was written, and the server has the same files still."""
    old = [line for line in lines if line.slice == name]
    path = folder / name
    if not old or not path.is_file() or {line.made_with for line in old} != {made}:
        return False
    states = [(line.url, line.bytes, line.etag, line.last_modified) for line in old]
    return (
        sorted(states) == sorted(_state(remote) for remote in files)
        and all(etag or modified for _, _, etag, modified in states)
        and {line.sha256 for line in old} == {_digest(path.read_bytes())}
    )


def write_fetched(
    fetched: Fetched, folder: Path, name: str, made: str, lines: Iterable[Line]
) -> tuple[Line, ...]:
    """Write a slice and the table with its lines; return all lines."""
    text, slice_ = slice_text(fetched.made), fetched.made
    new = [
        Line(
            name,
            slice_.name,
            *(remote.url, slice_.version or "", slice_.date or "", remote.modified or ""),
            *(remote.etag or "", str(remote.size), str(len(slice_.facts))),
            *(_digest(text.encode()), made),
        )
        for remote in fetched.files
    ]
    kept = [line for line in lines if line.slice != name]
    found = tuple(sorted((*kept, *new), key=lambda line: (line.slice, line.url)))
    write_text(folder / name, text)
    rows = ["\t".join(Line.__struct_fields__)]
    rows += ["\t".join(asdict(line).values()) for line in found]
    write_text(folder / TABLE, "\n".join((*rows, "")))
    return found


def _state(remote: Remote) -> tuple[str, str, str, str]:
    return (remote.url, str(remote.size), remote.etag or "", remote.modified or "")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
