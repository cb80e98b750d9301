"""Files that are read more than once, or by place: what else has a path is refused at once.

A pipe that nobody writes to would be waited on for ever, and one that was read is empty.
"""

from __future__ import annotations

import stat
from pathlib import Path

from hies_annot.errors import InputError

_KINDS = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device"}
_SHELL = ("/dev/", "/proc/")


def demand_file(path: Path) -> None:
    """Refuse a pipe, a socket or a device, without opening it; what is missing is not told here.

    Raises:
        InputError: it is one.
    """
    kind = _kind_of(path)
    if kind is not None:
        raise InputError(
            f"is {kind}, not a file: it is read more than once and by place; write it to a file "
            "first and give this",
            file=str(path),
        )


def demand_end(path: Path) -> None:
    """Refuse what may never come to an end; `<(...)` of a shell, which is read once, may pass.

    Raises:
        InputError: it is a pipe with a name, a socket or a device.
    """
    kind = _kind_of(path)
    if kind is not None and not (kind == "a pipe" and str(path).startswith(_SHELL)):
        raise InputError(f"is {kind}, not a file", file=str(path))


def _kind_of(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    return _KINDS.get(stat.S_IFMT(mode)) if str(path) != "/dev/null" else None
