"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import TextIO


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Yield the path of a file to make beside `path`; it is moved there when all went well.

    The file must be made anew (mode `x`), and closed before the block ends.

    Raises:
        OSError: the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file under another name beside `path`; move it there when all went well.

    Raises:
        OSError: the folder cannot be written to.
    """
    with (
        replacing_file(path) as temporary,
        temporary.open("x", encoding="utf-8", newline="\n") as stream,
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
