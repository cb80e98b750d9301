"""Requests for the files that a row names by an address; no message has the secrets of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hies_annot.errors import InputError
from hies_annot.io.remote.addresses import shown, without_secrets
from hies_annot.io.remote.transport import NO_RANGES, Patience, Transport, TroubleError, patiently

PATIENCE = Patience(timeout=60.0, tries=4, pause=2.0)
_ABSENT = (403, 404, 410)
_REFUSED = (401, 403)
_T = TypeVar("_T")


class NoRangesError(InputError):
    """The server sends whole files only."""


class AbsentError(InputError):
    """The server has no such file, or does not give it."""


class RowTransport(Transport):
    """Requests for the files of samples."""

    def __init__(self) -> None:
        """Open nothing yet; a proxy is that of the environment."""
        super().__init__(PATIENCE)

    def asked(self, url: str, ask: Callable[[], _T]) -> _T:
        """Ask patiently.

        Raises:
            NoRangesError, AbsentError, InputError: one sentence with the address as it may be
                shown and what to do.
        """
        try:
            return patiently(ask, self.patience)
        except TroubleError as trouble:
            raise _kind(trouble)(_sentence(trouble), file=shown(url)) from None


def _kind(trouble: TroubleError) -> type[InputError]:
    if trouble.reason == NO_RANGES:
        return NoRangesError
    return AbsentError if trouble.code in _ABSENT else InputError


def _sentence(trouble: TroubleError) -> str:
    reason = without_secrets(trouble.reason)
    if trouble.offline:
        return (
            f"cannot be reached: {reason}; check the address and the way to the network (a proxy "
            "is named by HTTPS_PROXY)"
        )
    if trouble.reason == NO_RANGES:
        return "the server does not send parts of a file"
    more = "; access may be over (presigned addresses last for a time)"
    return f"cannot be fetched: {reason}{more if trouble.code in _REFUSED else ''}"
