"""Tells a command or an address of the lab that a run has ended; off unless it is configured."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

from hies_annot.errors import InputError

_SECONDS = 60


def tell_completion(target: str | None, status_file: Path, *, ok: bool) -> None:
    """Hand the content of `status.json` on, with `ok` and the results folder.

    Args:
        target: an address (`http://`, `https://`) that gets it by POST, or a command, parted as a
            shell would do it, that gets it on its standard input; None: nothing is told.
        status_file: `status.json` of the run; where it is missing there are no counts.
        ok: whether the run ended as it should.

    Raises:
        InputError: the command or the address does not take it.
    """
    if not target:
        return
    text = json.dumps({"ok": ok, "results": str(status_file.parent), **_status(status_file)})
    if target.startswith(("http://", "https://")):
        _post(target, text)
    else:
        _run(target, text)


def _status(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _post(address: str, text: str) -> None:
    from urllib.request import Request, urlopen  # noqa: PLC0415 (few runs tell anybody)

    request = Request(  # noqa: S310 (http and https only, see above)
        address, text.encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urlopen(request, timeout=_SECONDS):  # noqa: S310
            pass
    except OSError as fault:
        raise InputError(f"on_completion: {address} was not reached: {fault}") from None


def _run(command: str, text: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (the lab's own command)
            shlex.split(command), input=text, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as fault:
        raise InputError(f"on_completion: {command!r} did not run: {fault}") from None
    if done.returncode:
        raise InputError(f"on_completion: {command!r} ended with exit code {done.returncode}")
