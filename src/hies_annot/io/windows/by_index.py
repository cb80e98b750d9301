"""A VCF.gz or BCF that is opened with its index: lines by place, as htslib hands them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pysam

from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.index.csi import first_offset
from hies_annot.io.index.plain_index import plain_index
from hies_annot.io.numbers import whole_number
from hies_annot.io.remote.stand_ins import attend_region
from hies_annot.io.text_lines import cut_line


class EndedError(Exception):
    """Reading came to an end without a record behind the window."""


class TextByIndex:
    """A bgzipped VCF; lines of the contigs that are wanted are handed out as they stand."""

    def __init__(self, file: VcfFile, wanted: Callable[[str], bool]) -> None:
        # Bytes that are no UTF-8 must not end the reading.
        index = plain_index(str(file.index), wanted)
        self._file = pysam.TabixFile(file.name, index=index, encoding="latin-1")
        self._path, self._wanted = file.path, wanted
        self.names = tuple(self._file.contigs)
        self._longest = file.longest_line

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def lines(self, name: str, start: int, end: int) -> Iterator[str]:
        """Yield the lines from a base on up to the last that begins in the window."""
        for line in self._fetch(name, start - 1, None, end):
            if position_of(line) > end:
                return
            if len(line) > self._longest:
                yield cut_line(line)
            else:
                yield line if line.isascii() else line.encode("latin-1").decode(errors="replace")
        raise EndedError

    def on(self, name: str, start: int, end: int | None) -> Iterator[str]:
        """Yield the lines of a half-open span (0-based), up to the end where none is given."""
        yield from self._fetch(name, start, end, end)

    def after(self, name: str, base: int) -> int | None:
        """Return the position of the first record that begins after a base."""
        positions = map(position_of, self._fetch(name, base, None, base))
        return next((position for position in positions if position > base), None)

    def _fetch(self, name: str, start: int, end: int | None, reach: int | None) -> Iterator[str]:
        """Return the lines of a half-open span (0-based) of which those up to `reach` are there."""
        if not self._wanted(name):
            raise AssertionError(f"the index was opened without {name}")
        attend_region(self._path, name, start, reach)
        return self._file.fetch(name, start, end)  # type: ignore[no-any-return]


class BcfByIndex:
    """A BCF; htslib makes lines of its records."""

    def __init__(self, file: VcfFile) -> None:
        self._file = pysam.VariantFile(file.name, index_filename=str(file.index))
        self._index = Path(str(file.index))
        if self._file.index is None:
            raise ValueError("could not load the index")
        self.names = tuple(map(str, self._file.index))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def lines(self, name: str, start: int, end: int) -> Iterator[str]:
        """Yield the lines from a base on up to the last that begins in the window."""
        for record in self._file.fetch(name, start - 1):
            if record.pos > end:
                return
            yield str(record).rstrip("\n")
        raise EndedError

    def on(self, name: str, start: int, end: int | None) -> Iterator[str]:
        """Yield the lines of a half-open span (0-based), up to the end where none is given.

        From the first base on, those before it (POS 0), which no query brings, come too.
        """
        if start == 0 and (offset := first_offset(self._index, self._file.get_tid(name))):
            self._file.seek(offset)
            for record in self._file:
                if record.pos > 0 or record.chrom != name:
                    break
                yield str(record).rstrip("\n")
        for record in self._file.fetch(name, start, end):
            yield str(record).rstrip("\n")

    def after(self, name: str, base: int) -> int | None:
        """Return the position of the first record that begins after a base."""
        positions = (record.pos for record in self._file.fetch(name, base))
        return next((position for position in positions if position > base), None)


ByIndex = TextByIndex | BcfByIndex


def opened_by_index(
    file: VcfFile, wanted: Callable[[str], bool]
) -> closing[TextByIndex | BcfByIndex]:
    """Open a file with its index to read the contigs whose names are wanted, and no others.

    Whatever htslib raises comes through.
    """
    return closing(BcfByIndex(file) if file.kind == "bcf" else TextByIndex(file, wanted))


def position_of(line: str) -> int:
    """Return POS, 0 where it is no number: such a record is told of when it is read."""
    return stated_position(line) or 0


def stated_position(line: str) -> int | None:
    """Return POS (1-based) of a record line, None where it is no number."""
    start = line.find("\t") + 1
    end = line.find("\t", start)
    return whole_number(line[start:end] if end > 0 else line[start:])
