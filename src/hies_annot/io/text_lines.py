"""The lines of a text VCF, plain or gzip, read in pieces: no line takes more memory than it may.

What is small may unpack to any size. So nothing is held but the line that is read: one that is
longer than a record can be is cut, and its rest is passed over.
"""

from __future__ import annotations

import gzip
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.bgzf import DAMAGE
from hies_annot.io.remote.stand_ins import attend_whole

LARGEST_HEADER = 64 << 20
"""Bytes of a header; 500,000 names of samples take 10 million."""
_LINE = 32 << 20
_SAMPLE = 16 << 10
"""Bytes of a record, and for each of its samples: 16 kB hold the likelihoods of 60 ALTs."""
_PIECE = 1 << 17
_KEPT = 1 << 10
"""Bytes of a line that is cut: enough to tell its place."""


_BEGINS = re.compile(r"\r+(?=\w[^\s]*\t[0-9]+\t[^\t\r\n]*\t[ACGTNacgtn]+\t)")
"""A CR alone (old Mac) behind which a record begins; elsewhere it is a sign of a text."""


class CutLine(str):
    """The first characters of a line that is longer than a record can be."""

    __slots__ = ()


def longest_line(samples: int) -> int:
    """Return how many bytes a record of so many samples may have."""
    return _LINE + samples * _SAMPLE


def text_lines(path: Path, kind: str, longest: int) -> Iterator[str]:
    """Yield the lines of a text VCF; byte order mark and CR at the end are taken off.

    Args:
        path: the file.
        kind: `vcf`, or what gzip unpacks.
        longest: bytes that a line may have; of a longer one its beginning comes, as `CutLine`.

    Raises:
        InputError: the compressed data end too early.
    """
    attend_whole(path)
    yield from first_lines(path, kind, longest)


def first_lines(path: Path, kind: str, longest: int) -> Iterator[str]:
    """Yield the lines of a file of which perhaps only the head is there; see `text_lines`."""
    try:
        with path.open("rb") if kind == "vcf" else gzip.open(path) as raw:
            for group in lines_of(raw.read, longest):
                yield from group
    except DAMAGE:
        raise InputError(
            "is cut short or damaged: the compressed data end too early; copy or make it again",
            file=str(path),
        ) from None


def lines_of(read: Callable[[int], bytes], longest: int) -> Iterator[list[str]]:
    """Yield the lines of what `read` hands out, without their ends, some at a time."""
    held, cut, size = bytearray(), False, min(_PIECE, longest)
    mark = BOM_UTF8
    while piece := read(size):
        first, newline, rest = piece.removeprefix(mark).partition(b"\n")
        mark = b""
        if not cut:
            held += first
        if len(held) > longest:
            cut = True
            del held[_KEPT:]
        if not newline:
            continue
        yield _line(held, cut=cut)
        whole, newline, last = rest.rpartition(b"\n")
        if newline:
            yield _whole_lines(whole)
        held, cut = bytearray(last), False
    if held:
        yield _line(held, cut=cut)


def cut_line(line: str) -> CutLine:
    """Return the beginning of a line that is too long."""
    return CutLine(line[:_KEPT])


def _whole_lines(data: bytes | bytearray) -> list[str]:
    text = data.decode("utf-8", "replace")
    if b"\r" not in data:
        return text.split("\n")
    return [line.rstrip("\r") for line in _BEGINS.sub("\n", text).split("\n")]


def _line(held: bytes | bytearray, *, cut: bool) -> list[str]:
    return [CutLine(held.decode("utf-8", "replace").rstrip("\r"))] if cut else _whole_lines(held)
