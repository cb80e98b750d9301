"""The header lines of a VCF or BCF, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pysam

from hies_annot.errors import InputError
from hies_annot.io.htslib_faults import htslib_faults
from hies_annot.io.in_child import in_child
from hies_annot.io.text_lines import LARGEST_HEADER, CutLine, first_lines


def text_header(path: Path, kind: str, start: bytes) -> list[str]:
    """Return the header lines of a text, from its first bytes where these hold them all.

    Raises:
        InputError: there is none, or it is longer than any header.
    """
    end = start.find(b"\n", start.find(b"\n#CHROM") + 1) + 1
    whole = start[:end].decode("utf-8-sig", errors="replace").split("\n")[:-1]
    header, complete = _header_of(line.rstrip("\r") for line in whole)
    if not complete:
        header = _whole_header(path, kind)
    if not header:
        raise InputError("is no VCF: the first line is not ##fileformat=VCF...", file=str(path))
    return header


def _header_of(lines: Iterable[str]) -> tuple[list[str], bool]:
    """Return the lines before the first record, and whether they end there."""
    header: list[str] = []
    for line in lines:
        if not line.startswith("#"):
            return header, True
        header.append(line)
        if line.startswith("#CHROM"):
            return header, True
    return header, False


def _whole_header(path: Path, kind: str) -> list[str]:
    """Return the lines of a header that is longer than the first block.

    Raises:
        InputError: it is longer than any header.
    """
    held = 0

    def counted() -> Iterator[str]:
        nonlocal held
        for line in first_lines(path, kind, LARGEST_HEADER):
            held += len(line)
            if line.startswith("#") and (held > LARGEST_HEADER or isinstance(line, CutLine)):
                raise _too_long(path)
            yield line

    return _header_of(counted())[0]


def _too_long(path: Path) -> InputError:
    return InputError(
        f"its header is longer than {LARGEST_HEADER >> 20} MB, which no header of a VCF is: "
        "write it anew (bcftools reheader)",
        file=str(path),
    )


def bcf_header(path: Path, start: bytes) -> list[str]:
    """Return the header lines of a BCF; htslib reads them in a child.

    Raises:
        InputError: it cannot be read, or is longer than any header.
    """
    if int.from_bytes(start[5:9], "little") > LARGEST_HEADER:
        raise _too_long(path)
    return in_child(path, partial(_bcf_lines, path))


def _bcf_lines(path: Path) -> list[str]:
    with (
        htslib_faults(path, "the BCF header cannot be read"),
        pysam.VariantFile(str(path)) as handle,
    ):
        return str(handle.header).splitlines()
