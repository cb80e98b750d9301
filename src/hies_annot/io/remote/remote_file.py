"""A file on a server that is read from front to back, and goes on where a connection was lost."""

from __future__ import annotations

import io

from hies_annot.io.remote.transport import NO_RANGES, Answer, Remote, Transport, TroubleError

_SKIP = 1 << 16


class RemoteFile(io.RawIOBase):
    """Bytes of a file on a server. Each place that is sought is one more request."""

    def __init__(self, transport: Transport, remote: Remote) -> None:
        """Ask nothing yet."""
        super().__init__()
        self._transport, self._remote = transport, remote
        self._place = self._read_up_to = 0
        self._answer: Answer | None = None

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that places can be sought (zip needs it)."""
        return True

    def tell(self) -> int:
        """Return the place of the next byte, 0-based."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; the connection is closed where it is another one."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._remote.size}[whence]
        if start + offset != self._place:
            self._drop()
            self._place = start + offset
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read some bytes.

        Raises:
            FetchError: the server cannot be reached, or gives something else.
        """
        if self._place >= self._remote.size or not len(buffer):
            return 0
        data = self._transport.asked(self._remote.url, lambda: self._some(len(buffer)))
        buffer[: len(data)] = data
        self._place += len(data)
        self._read_up_to = max(self._read_up_to, self._place)
        return len(data)

    def close(self) -> None:
        """Close the connection."""
        self._drop()
        super().close()

    def _some(self, wanted: int) -> bytes:
        try:
            if self._answer is None:
                self._answer = self._opened()
            data = self._transport.count(self._answer.read1(wanted))
            if not data:
                told = f"the connection ended after {self._place:,} of {self._remote.size:,} bytes"
                raise TroubleError(told, passing=True)
        except Exception:
            self._drop()
            raise
        return data

    def _opened(self) -> Answer:
        try:
            return self._transport.rest(self._remote, self._place)
        except TroubleError as trouble:
            if trouble.reason != NO_RANGES or self._place > self._read_up_to:
                raise
        answer = self._transport.rest(self._remote, 0)
        left = self._place
        while left:
            skipped = self._transport.count(answer.read1(min(left, _SKIP)))
            if not skipped:
                raise TroubleError("the connection ended again", passing=True)
            left -= len(skipped)
        return answer

    def _drop(self) -> None:
        if self._answer is not None:
            self._answer.close()
            self._answer = None
