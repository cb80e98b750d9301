"""The way to the network: requests with a time-out and tries, and checks of what comes back.

Only commands that say so (`resources fetch`, `reference fetch`) import this module, and runs with
a file that is named by an address.
"""

from __future__ import annotations

import http.client
import re
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from msgspec import Struct

from hies_annot import __version__
from hies_annot.errors import FetchError
from hies_annot.io.remote.addresses import parted_login

_TOO_MANY = 429
_TIMED_OUT = 408
_SERVER_FAULT = 500
_OK, _PART = 200, 206
_NO_HEAD = frozenset({403, 404, 405, 501})
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)\Z")
_CHANGED = "the file was changed on the server while it was read: try again"
NO_RANGES = (
    "the server sends the whole file where a part was asked for; name a mirror that serves byte "
    "ranges (--servers)"
)
_T = TypeVar("_T")

Answer = http.client.HTTPResponse


class Patience(Struct, frozen=True):
    """How long to wait for a server: seconds for an answer, tries, seconds between them."""

    timeout: float = 60.0
    tries: int = 4
    pause: float = 3.0


class TroubleError(Exception):
    """What is wrong with an answer; `passing` trouble may be over when it is asked again."""

    def __init__(
        self, reason: str, *, passing: bool, offline: bool = False, code: int | None = None
    ) -> None:
        """Keep the reason (part of a sentence), the code, and whether there was no answer."""
        super().__init__(reason)
        self.reason, self.passing, self.offline, self.code = reason, passing, offline, code


class Remote(Struct, frozen=True):
    """A file on a server: address, bytes, and what tells its state there."""

    url: str
    size: int
    etag: str | None = None
    modified: str | None = None

    @property
    def date(self) -> str | None:
        """The day of Last-Modified (YYYY-MM-DD), None where the server does not say one."""
        with suppress(TypeError, ValueError):
            return parsedate_to_datetime(self.modified or "").date().isoformat()
        return None


def patiently(ask: Callable[[], _T], patience: Patience) -> _T:
    """Ask until there is an answer.

    Raises:
        TroubleError: a refusal, or trouble that lasted to the last try.
    """
    for left in reversed(range(patience.tries)):
        try:
            return ask()
        except (TroubleError, OSError, http.client.HTTPException) as fault:
            trouble = _trouble(fault)
            if not (trouble.passing and left):
                raise trouble from None
        time.sleep(patience.pause)
    raise AssertionError("at least one try is made")


def _trouble(fault: Exception) -> TroubleError:
    if isinstance(fault, TroubleError):
        return fault
    if isinstance(fault, HTTPError):
        fault.close()
        passing = fault.code in (_TOO_MANY, _TIMED_OUT) or fault.code >= _SERVER_FAULT
        told = f"the server answers {fault.code} {fault.reason}"
        return TroubleError(told, passing=passing, code=fault.code)
    reason = getattr(fault, "reason", None) or fault
    text = f"{getattr(reason, 'strerror', None) or reason}".lower() or type(fault).__name__
    return TroubleError(text, passing=True, offline=True)


class Transport:
    """Requests of one command, with a count of the bytes that came (bodies, as sent)."""

    def __init__(
        self,
        patience: Patience | None = None,
        proxy: str | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Open nothing yet. `proxy`: an address, `none`, or None for that of the environment."""
        self.patience = patience or Patience()
        self.progress = progress
        self.moved = self.requests = 0
        self._opener = _opener(proxy)

    def open(self, request: Request | str) -> Answer:
        """Return the answer to a request (urllib's faults where there is none)."""
        self.requests += 1
        answer = self._opener.open(request, timeout=self.patience.timeout)
        assert isinstance(answer, Answer)
        return answer

    def asked(self, url: str, ask: Callable[[], _T]) -> _T:
        """Ask patiently.

        Raises:
            FetchError: one sentence with the address and what to do.
        """
        try:
            return patiently(ask, self.patience)
        except TroubleError as trouble:
            raise FetchError(_sentence(trouble), file=url) from None

    def look(self, url: str) -> Remote:
        """Return size and state of a file on a server, by HEAD, else by its first byte."""
        return self.asked(url, lambda: self._look(url))

    def _look(self, url: str) -> Remote:
        try:
            with self.open(_request(url, method="HEAD")) as answer:
                return _remote(url, answer, answer.headers.get("Content-Length"))
        except HTTPError as fault:
            if fault.code not in _NO_HEAD:
                raise
            fault.close()
        with self.open(_request(url, Range="bytes=0-0")) as answer:
            part = _RANGE.match(answer.headers.get("Content-Range", ""))
            self.count(answer.read(1) if part else b"")
            length = part[3] if part else answer.headers.get("Content-Length")
            return _remote(url, answer, length)

    def piece(self, remote: Remote, first: int, last: int) -> bytes:
        """Return bytes `first`..`last` (0-based, inclusive) of a file, all of them.

        Raises:
            FetchError: the server cannot, sends others, or the file has changed meanwhile.
        """
        return self.asked(remote.url, lambda: self._piece(remote, first, last))

    def _piece(self, remote: Remote, first: int, last: int) -> bytes:
        with self.open(_request(remote.url, Range=f"bytes={first}-{last}")) as answer:
            check_part(answer, remote, first, last)
            wanted = last - first + 1
            data = self.count(answer.read(wanted))
        if len(data) != wanted:
            reason = f"the connection ended after {len(data):,} of {wanted:,} bytes"
            raise TroubleError(reason, passing=True)
        return data

    def rest(self, remote: Remote, first: int) -> Answer:
        """Return the open answer with a file from byte `first` (0-based) on."""
        headers = {"Range": f"bytes={first}-"} if first else {}
        answer = self.open(_request(remote.url, **headers))
        try:
            if first:
                check_part(answer, remote, first, remote.size - 1)
            else:
                check_state(answer, remote, answer.headers.get("Content-Length"))
        except TroubleError:
            answer.close()
            raise
        return answer

    def count(self, data: bytes) -> bytes:
        """Add to the bytes that came, and hand them on."""
        self.moved += len(data)
        return data


def _opener(proxy: str | None) -> OpenerDirector:
    if proxy is None:
        return build_opener()
    return build_opener(ProxyHandler({} if proxy == "none" else {"http": proxy, "https": proxy}))


def _request(url: str, *, method: str = "GET", **headers: str) -> Request:
    own = {"User-Agent": f"hies-annot/{__version__}", "Accept-Encoding": "identity"}
    address, login = parted_login(url)
    request = Request(address, headers={**own, **headers}, method=method)  # noqa: S310 (http or https)
    if login is not None:  # for this server only, not for one that it leads to
        token = b64encode(login.encode()).decode("ascii")
        request.add_unredirected_header("Authorization", f"Basic {token}")
    return request


def _remote(url: str, answer: Answer, length: str | None) -> Remote:
    if length is None or not length.isdecimal():
        raise TroubleError("the server does not say how large the file is", passing=False)
    headers = answer.headers
    return Remote(url, int(length), headers.get("ETag"), headers.get("Last-Modified"))


def check_part(answer: Answer, remote: Remote, first: int, last: int) -> None:
    """Refuse an answer that is not these bytes of this state of a file."""
    if answer.status != _PART:
        raise TroubleError(NO_RANGES, passing=False)
    told = answer.headers.get("Content-Range", "")
    part = _RANGE.match(told)
    if part is None or (int(part[1]), int(part[2])) != (first, last):
        reason = f"the server sends other bytes ({told or 'unnamed'}) than {first}-{last}"
        raise TroubleError(reason, passing=False)
    check_state(answer, remote, part[3])


def check_state(answer: Answer, remote: Remote, size: str | None) -> None:
    """Refuse an answer from another state of a file than the one that was looked at."""
    etag = answer.headers.get("ETag")
    if (size and size != str(remote.size)) or (etag and remote.etag and etag != remote.etag):
        raise TroubleError(_CHANGED, passing=False)


def _sentence(trouble: TroubleError) -> str:
    if not trouble.offline:
        return f"could not be fetched: {trouble.reason}"
    return (
        f"cannot be reached: {trouble.reason}; check the way to the network (a proxy is named by "
        "HTTPS_PROXY, or `proxy` in --servers), or cut files that you have: "
        "`hies-annot resources build`"
    )
