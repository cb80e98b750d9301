"""Pieces of files on servers, kept until all is there: a broken download goes on from there."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from hies_annot.io.atomic import replacing_file
from hies_annot.io.remote.transport import Remote, Transport

PIECE = 1 << 20
"""Bytes of one request."""


class Pieces:
    """Reads stretches of files, and keeps what came in a folder, whole pieces only."""

    def __init__(self, transport: Transport, folder: Path) -> None:
        """Take the folder; it is made when there is something to keep."""
        self.transport, self.folder = transport, folder

    def stretch(self, remote: Remote, first: int, last: int) -> bytes:
        """Return bytes `first`..`last` (0-based, inclusive), fetched where they are not kept.

        Raises:
            FetchError: as the transport.
        """
        starts = range(first, last + 1, PIECE)
        parts = ((start, min(start + PIECE - 1, last)) for start in starts)
        return b"".join(self._part(remote, *part) for part in parts)

    def clear(self) -> None:
        """Remove what was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _part(self, remote: Remote, first: int, last: int) -> bytes:
        path = self.folder / f"{_state(remote)}_{first}-{last}"
        if path.is_file() and path.stat().st_size == last - first + 1:
            return path.read_bytes()
        self.transport.progress(f"{remote.url}: bytes {first:,} to {last:,} of {remote.size:,}")
        data = self.transport.piece(remote, first, last)
        if remote.etag or remote.modified:
            with replacing_file(path) as draft:
                draft.write_bytes(data)
        return data


def _state(remote: Remote) -> str:
    text = f"{remote.url}\0{remote.size}\0{remote.etag}\0{remote.modified}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]
