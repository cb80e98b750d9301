"""GFF3 files, plain or gzipped (specification 1.26): rows, positions 1-based inclusive."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO
from urllib.parse import unquote

from msgspec import Struct

from hies_annot.errors import InputError

_GZIP = b"\x1f\x8b"
_CELLS = 9


class Feature(Struct, frozen=True):
    """A row: place (1-based inclusive), type, phase of a piece of CDS, attributes decoded."""

    line: int
    contig: str
    kind: str
    start: int
    end: int
    strand: str
    phase: int | None
    attributes: Mapping[str, tuple[str, ...]]

    def first(self, *names: str) -> str | None:
        """Return the first value of the first attribute of these names that is there."""
        return next((self.attributes[name][0] for name in names if name in self.attributes), None)

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of an attribute."""
        return self.attributes.get(name, ())

    @property
    def place(self) -> str:
        """The stretch as `9:1-20`."""
        return f"{self.contig}:{self.start}-{self.end}"


def directives(path: Path) -> Iterator[str]:
    """Yield the lines with `#` that stand before the first row.

    Raises:
        InputError: as `features`.
    """
    for _, line in _lines(path):
        if line and not line.startswith("#"):
            return
        yield line


def features(path: Path, wanted: Callable[[str, str, int, int], bool]) -> Iterator[Feature]:
    """Yield the rows that are wanted, asked by contig, type, start and end, in file order.

    Raises:
        InputError: the file is missing, cut short, no GFF3, or a row breaks the format.
    """
    for number, line in _lines(path):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        try:
            contig, kind, start, end = cells[0], cells[2], int(cells[3]), int(cells[4])
            if len(cells) != _CELLS or not 1 <= start <= end:
                raise ValueError
        except (ValueError, IndexError):
            raise _fault(path, number, "this is no row of a GFF3 file: download it again") from None
        if wanted(contig, kind, start, end):
            phase = int(cells[7]) if cells[7] in ("0", "1", "2") else None
            yield Feature(
                number, unquote(contig), kind, start, end, cells[6], phase, _attributes(cells[8])
            )


def _attributes(text: str) -> dict[str, tuple[str, ...]]:
    pairs = (part.partition("=") for part in text.strip().split(";") if "=" in part)
    return {
        unquote(name.strip()): tuple(unquote(value) for value in values.split(","))
        for name, _, values in pairs
    }


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number (1-based) and text of each line up to the sequences, if there are any."""
    number = 0
    try:
        with _opened(path) as handle:
            for number, line in enumerate(handle, start=1):
                if number == 1 and not line.startswith("##gff-version"):
                    raise _fault(path, 1, _no_gff3(line))
                if line.startswith("##FASTA"):
                    return
                yield number, line.rstrip("\r\n")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise _fault(path, number, "the file is cut short here: download it again") from None
    except UnicodeDecodeError:
        raise _fault(path, number + 1, "this is not UTF-8 text: give the GFF3 file") from None
    except FileNotFoundError:
        raise InputError("this GFF3 file does not exist", file=str(path)) from None


def _opened(path: Path) -> TextIO:
    with path.open("rb") as raw:
        packed = raw.read(2) == _GZIP
    return gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8")


def _no_gff3(line: str) -> str:
    if 'gene_id "' in line or line.startswith(("#!", "##description")):
        return "this is GTF, or GFF3 without its first line: give the file that ends in .gff3"
    return "the first line is not `##gff-version 3`: give a GFF3 file of MANE, Ensembl or RefSeq"


def _fault(path: Path, line: int, message: str) -> InputError:
    return InputError(message, file=str(path), record=f"line {line}")
