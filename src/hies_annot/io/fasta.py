"""Indexed FASTA files, plain or bgzipped, through htslib."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pysam
from msgspec import Struct
from pysam.utils import SamtoolsError

from hies_annot.errors import ReferenceDataError
from hies_annot.io.bgzf import is_bgzip

_GZIP = b"\x1f\x8b"
_LINE = 60
_CHUNK = 100_000 * _LINE


class Sequence(Struct, frozen=True):
    """A sequence to write: name, full length, and the known pieces (1-based start, bases)."""

    name: str
    length: int
    pieces: tuple[tuple[int, str], ...]


class IndexedFasta:
    """A FASTA file that is read by position. Use as a context manager."""

    def __init__(self, path: Path, index_dir: Path | None = None) -> None:
        """Open a FASTA; without an index beside it, make one in `index_dir`.

        Raises:
            ReferenceDataError: the file is missing, no FASTA, gzip instead of bgzip, or has no
                index and there is nowhere to put one.
        """
        self.path = path
        index = _index_of(path, index_dir)
        try:
            self._file = pysam.FastaFile(
                str(path),
                filepath_index=f"{index}.fai",
                filepath_index_compressed=f"{index}.gzi" if _head(path).startswith(_GZIP) else None,
            )
        except (OSError, ValueError) as fault:
            raise ReferenceDataError(f"cannot be read as FASTA: {fault}", file=str(path)) from None

    def __enter__(self) -> IndexedFasta:
        """Return the open file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    @property
    def lengths(self) -> dict[str, int]:
        """Length of each sequence by its name as written."""
        return dict(zip(self._file.references, self._file.lengths, strict=True))

    def fetch(self, name: str, start: int, end: int) -> str:
        """Return bases `start`..`end` (1-based inclusive, clipped to the sequence), case kept.

        Raises:
            ReferenceDataError: the file or its index is damaged.
        """
        try:
            return str(self._file.fetch(name, max(start, 1) - 1, end))
        except (OSError, ValueError, KeyError) as fault:
            raise ReferenceDataError(
                f"{name}:{start}-{end} cannot be read ({fault}): the file or its index is damaged, "
                "or they do not belong together; copy the file and index it again",
                file=str(self.path),
            ) from None


def write_bgzipped(path: Path, sequences: tuple[Sequence, ...]) -> None:
    """Write sequences at full length, N where nothing is known, with `.fai` and `.gzi`."""
    with pysam.BGZFile(str(path), "wb", index=None) as handle:
        for sequence in sequences:
            handle.write(f">{sequence.name}\n".encode("ascii"))
            for chunk in _chunks(sequence):
                handle.write(chunk)
    pysam.faidx(str(path))


def _chunks(sequence: Sequence) -> Iterator[bytes]:
    blank = b"".join([b"N" * _LINE + b"\n"] * (_CHUNK // _LINE))
    for start in range(0, sequence.length, _CHUNK):
        size = min(_CHUNK, sequence.length - start)
        near = [
            (first, text)
            for first, text in sequence.pieces
            if first - 1 < start + size and first - 1 + len(text) > start
        ]
        if not near and size == _CHUNK:
            yield blank
            continue
        bases = bytearray(b"N" * size)
        for first, text in near:
            low, high = max(first - 1, start), min(first - 1 + len(text), start + size)
            bases[low - start : high - start] = text[low - first + 1 : high - first + 1].encode()
        yield b"".join(bytes(bases[i : i + _LINE]) + b"\n" for i in range(0, size, _LINE))


def _index_of(path: Path, index_dir: Path | None) -> Path:
    """Return the path, without `.fai`, at which the index of a FASTA lies or was made."""
    if not path.is_file():
        raise ReferenceDataError("this FASTA file does not exist", file=str(path))
    head = _head(path)
    packed = head.startswith(_GZIP)
    if packed and not is_bgzip(head):
        raise ReferenceDataError(
            "this is gzip, not bgzip: unpack it, or pack it again with `bgzip`", file=str(path)
        )
    if _indexed(path, path, packed=packed):
        return path
    if index_dir is None:
        raise ReferenceDataError(
            f"there is no index: make one with `samtools faidx {path.name}`", file=str(path)
        )
    stamp = path.stat()
    index = index_dir / f"{path.name}.{stamp.st_size}.{stamp.st_mtime_ns}"
    if not _indexed(index, path, packed=packed):
        _make_index(path, index, packed=packed)
    return index


def _indexed(index: Path, path: Path, *, packed: bool) -> bool:
    endings = (".fai", ".gzi") if packed else (".fai",)
    files = [Path(f"{index}{ending}") for ending in endings]
    return all(f.is_file() and f.stat().st_mtime >= path.stat().st_mtime for f in files)


def _make_index(path: Path, index: Path, *, packed: bool) -> None:
    """Index into files of our own first: another run may be doing the same."""
    index.parent.mkdir(parents=True, exist_ok=True)
    draft = f"{index}.{os.getpid()}"
    options = ["--fai-idx", f"{draft}.fai"]
    if packed:
        options += ["--gzi-idx", f"{draft}.gzi"]
    try:
        pysam.faidx(str(path), *options, catch_stdout=False)
    except SamtoolsError as fault:
        raise ReferenceDataError(f"cannot be indexed: {fault}", file=str(path)) from None
    if packed:
        Path(f"{draft}.gzi").replace(f"{index}.gzi")
    Path(f"{draft}.fai").replace(f"{index}.fai")


def _head(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(18)
