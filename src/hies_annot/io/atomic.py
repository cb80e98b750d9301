"""Files that appear whole or not at all, and never anywhere else than at their place.

A file is made beside its place under a hidden name and moved there; a link at its place gives way.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import TextIO

from hies_annot.errors import InputError

_HIDDEN = re.compile(r"\..+\.[0-9a-f]{8}", re.DOTALL)
"""Names of files that are being made; see `replacing_file`."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Yield the path of an empty file beside `path`; it is moved there when all went well.

    It must be closed before the block ends. While it is being made it is locked, so that
    `remove_left_behind` knows it from what a killed process has left.

    Raises:
        OSError: the folder cannot be written to.
    """
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        held = _made(temporary)
    except OSError as fault:
        fault.filename = str(path)
        raise
    try:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with naming(path):
            yield temporary
        os.replace(temporary, path)  # noqa: PTH105 (five files a sample)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(held)


def _made(path: Path) -> int:
    """Make a new file, and its folder where there is none; return its number."""
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(path, how, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, how, 0o666)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let a fault for want of space, which names no file of itself, name the one that is written.

    Raises:
        OSError: what was raised.
    """
    try:
        yield
    except OSError as fault:
        if fault.filename is None and fault.errno in _FULL:
            fault.filename = str(path)
        raise


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file under another name beside `path`; move it there when all went well.

    Raises:
        OSError: the folder cannot be written to.
    """
    with (
        replacing_file(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        yield stream


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole and return its path."""
    with replacing(path) as stream:
        stream.write(text)
    return path


def write_files(files: Mapping[Path, Iterable[str]]) -> None:
    """Write several text files from their parts; none appears before the last is complete."""
    with ExitStack() as moves:
        streams = {path: moves.enter_context(replacing(path)) for path in files}
        for path, parts in files.items():
            streams[path].writelines(parts)


def own_text(path: Path) -> str:
    """Return the text of a file that the program itself has written here, "" where there is none.

    A link is none: what it leads to is nobody's result.

    Raises:
        OSError: it cannot be read.
    """
    if path.is_symlink() or not path.exists():
        return ""
    return path.read_text(encoding="utf-8")


def unlinked(path: Path) -> Path:
    """Return a path at which no link stands any more, so that it may be opened for writing.

    Raises:
        OSError: the link cannot be removed.
    """
    if path.is_symlink():
        path.unlink()
    return path


def refuse_link(folder: Path) -> None:
    """Refuse a folder below the results folder that is a link: it would lead files elsewhere.

    Raises:
        InputError: it is one.
    """
    if folder.is_symlink():
        raise InputError(
            "is a link to another place, and results are never written through one: remove it, or "
            "name another results folder",
            file=str(folder),
        )


def remove_left_behind(folder: Path) -> None:
    """Remove what a killed process has left in a folder while it made files.

    A file that another process is making right now stays; so does all where there are no locks.

    Raises:
        OSError: the folder cannot be read or written to.
    """
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        left = [each for each in entries if _HIDDEN.fullmatch(each.name)]
    for each in left:
        if each.is_file(follow_symlinks=False) and not _is_held(each.path):
            Path(each.path).unlink(missing_ok=True)


def _is_held(path: str) -> bool:
    try:
        found = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(found)
    return False
