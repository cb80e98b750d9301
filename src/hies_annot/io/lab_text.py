"""Texts that a lab writes by hand or exports from a spreadsheet: sheet, pedigree, tables.

Standard library only, as the workflow reads the sheet when it is parsed.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hies_annot.texts.whole_file import LAB_TEXT, whole_bytes

_AS_TEXT = (
    "export it as text with tabs (Excel: save as 'Unicode Text'; LibreOffice: save as 'Text CSV' "
    "with {Tab} between the fields)"
)
_OTHER_FILES = {
    b"PK\x03\x04": f"it is a workbook (.xlsx, .ods), not text: {_AS_TEXT}",
    b"\xd0\xcf\x11\xe0": f"it is a workbook (.xls), not text: {_AS_TEXT}",
    b"{\\rtf": "it is a text with formats (.rtf): save it as plain text",
    b"\x1f\x8b": "it is packed with gzip: unpack it",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SEPARATORS = {";": "semicolons", ",": "commas", "  ": "blanks", " ": "blanks"}
"""What may stand where tabs are due, in the order in which it is looked for, and its name."""


def lab_text(path: Path) -> str:
    r"""Return the text of a file with `\n` at the ends of its lines, without a byte order mark.

    UTF-8, or UTF-16 with its mark ("Unicode Text" of Excel).

    Raises:
        OSError: the file cannot be read.
        InputError: it is a pipe with a name.
        ValueError: it is no text, or too large; the message says what it is and how to mend it.
    """
    data = whole_bytes(path, LAB_TEXT)
    told = no_text(data)
    if told is not None:
        raise ValueError(told)
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text: save it as UTF-8, or as 'Unicode Text'") from None
    if "\0" in text:
        raise ValueError("it is not UTF-8 text, it holds bytes of 0: save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def no_text(start: bytes) -> str | None:
    """Return what a file is that starts so, and how to make text of it; None: it may be text."""
    return next((told for magic, told in _OTHER_FILES.items() if start.startswith(magic)), None)


def cells_of(line: str) -> list[str]:
    """Return the cells of a line with tabs, without the blanks around them."""
    return [cell.strip() for cell in line.split("\t")]


def is_quoted(cell: str) -> bool:
    """Whether a cell stands in quotation marks, as spreadsheets write some."""
    return len(cell) > 1 and cell[0] == cell[-1] == '"'


def quoted(cells: Iterable[str]) -> Iterator[str]:
    """Yield a sentence for each cell that stands in quotation marks."""
    for cell in cells:
        if is_quoted(cell):
            yield f"the cell {cell[:40]} stands in quotation marks: write it without"


def other_separator(header: str, names: Sequence[str]) -> str | None:
    """Return what separates the columns of a header instead of tabs, in words.

    Args:
        header: the header line.
        names: columns that it must have; without them nothing is said.
    """
    if "\t" in header:
        return None
    for mark, word in SEPARATORS.items():
        parts = [part.strip().strip('"').lower() for part in header.split(mark)]
        if all(name in parts for name in names):
            return word
    return None


def misspelled(names: Iterable[str], columns: Sequence[str]) -> dict[str, str]:
    """Return name -> how a header writes it in other letters (`sample` -> `Sample`)."""
    lowered = {column.strip('"').lower(): column for column in columns}
    return {name: lowered[name] for name in names if name not in columns and name in lowered}
