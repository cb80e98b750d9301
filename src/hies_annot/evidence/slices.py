"""Slices: the facts of one source over the loci, as a small text table with its provenance.

GRCh38 only, 1-based, VCF alleles. The same format holds what ships with the package and what
`hies-annot resources build` cuts from a lab's own sources.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from hies_annot.errors import InputError
from hies_annot.evidence.kinds import KINDS
from hies_annot.evidence.slice_rows import Fact
from hies_annot.settings.evidence_sources import SourceKind

Key = tuple[str, int, str, str]
"""chrom, pos, ref, alt on GRCh38."""

MARK = "# kind: "
_T = TypeVar("_T")
_Reader = Callable[[Mapping[str, str], Mapping[str, str], str], Fact]
"""A row by column, the header and the file -> its fact."""


class Slice(Struct, frozen=True):
    """The facts of one source. `complete`: an allele that is not listed was not seen."""

    name: str
    kind: SourceKind
    facts: Mapping[Key, Fact]
    version: str | None = None
    date: str | None = None
    complete: bool = False
    origin: str = ""
    sha256: str | None = None
    header: Mapping[str, str] = field(default_factory=dict)


def is_slice(path: str) -> bool:
    """Whether a file is a slice, by its header."""
    try:
        with Path(path).open(encoding="utf-8") as handle:
            return any(line.startswith(MARK) for line in (handle.readline() for _ in range(12)))
    except (OSError, UnicodeDecodeError):
        return False


def read_slice(path: Path) -> Slice:
    """Read a slice.

    Raises:
        InputError: not a slice, another build, a broken row, or not the number of records that
            the header promises.
    """
    made = lazy_slice(path)
    return replace(made, facts=dict(made.facts))


def lazy_slice(path: Path) -> Slice:
    """Read a slice, each row when its allele is asked for: of one that ships, most never are.

    Raises:
        InputError: as `read_slice`; for a broken row when it is asked for.
    """
    text = path.read_text(encoding="utf-8")
    header, lines = _split(text)
    if header.get("build") != "GRCh38" or header.get("kind") not in KINDS or "name" not in header:
        raise InputError("this is not an evidence slice on GRCh38", file=str(path))
    kind = SourceKind(header["kind"])
    facts = _Rows(lines, header, KINDS[kind].form.read, path)
    if header.get("records") != str(len(facts)):
        raise InputError(
            f"{len(facts)} alleles, but the header promises {header.get('records')}: "
            "the file was cut or edited",
            file=str(path),
        )
    return Slice(
        name=header["name"],
        kind=kind,
        facts=facts,
        version=header.get("version") or None,
        date=header.get("date") or None,
        complete=header.get("complete") == "true",
        origin=header.get("source", ""),
        sha256=header.get("sha256") or hashlib.sha256(text.encode()).hexdigest(),
        header=header,
    )


class _Rows(Mapping[Key, Fact]):
    """The facts of the lines of a slice; a line is read when its allele is asked for."""

    def __init__(
        self, lines: list[str], header: Mapping[str, str], read: _Reader, path: Path
    ) -> None:
        self._names = lines[0].split("\t") if lines else []
        self._header, self._read, self._file = header, read, str(path)
        self._lines: dict[Key, tuple[int, str]] = {}
        usual = self._names[: len(_KEY)] == _KEY
        key_of = _usual_key if usual else self._key
        for number, line in enumerate(lines[1:], len(header) + 2):
            self._lines[self._told(key_of, number, line)] = number, line

    def __getitem__(self, key: Key) -> Fact:
        return self._told(self._fact, *self._lines[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def _key(self, line: str) -> Key:
        row = self._row(line)
        return row["chrom"], int(row["pos"]), row["ref"], row["alt"]

    def _fact(self, line: str) -> Fact:
        return self._read(self._row(line), self._header, self._file)

    def _row(self, line: str) -> dict[str, str]:
        return dict(zip(self._names, line.split("\t"), strict=False))

    def _told(self, read: Callable[[str], _T], number: int, line: str) -> _T:
        """Return what `read` finds in a line.

        Raises:
            InputError: the line is broken.
        """
        try:
            return read(line)
        except (KeyError, ValueError) as fault:
            message = f"broken row ({fault})"
            raise InputError(message, file=self._file, record=f"line {number}") from None


_KEY = ["chrom", "pos", "ref", "alt"]


def _usual_key(line: str) -> Key:
    """Return the key of a row that begins with it: of a slice with thousands all are read."""
    cells = line.split("\t", len(_KEY))
    if len(cells) < len(_KEY):
        raise KeyError(_KEY[len(cells)])
    return cells[0], int(cells[1]), cells[2], cells[3]


def slice_text(made: Slice) -> str:
    """Return the content of a slice file; its line `source` says where the facts come from."""
    form = KINDS[made.kind].form
    lines = [
        f"# name: {made.name}",
        f"# kind: {made.kind}",
        f"# version: {made.version or ''}",
        f"# date: {made.date or ''}",
        "# build: GRCh38",
        f"# complete: {'true' if made.complete else 'false'}",
        f"# records: {len(made.facts)}",
        f"# sha256: {made.sha256 or ''}",
        f"# source: {made.origin}",
        "\t".join(("chrom", "pos", "ref", "alt", *form.columns)),
    ]
    for key in sorted(made.facts, key=lambda k: (int(k[0]) if k[0].isdigit() else 99, *k[1:])):
        values = form.cells(made.facts[key])
        place = [str(part) for part in key]
        lines.append("\t".join([*place, *(values.get(name, "") for name in form.columns)]))
    return "\n".join(lines) + "\n"


def _split(text: str) -> tuple[dict[str, str], list[str]]:
    header: dict[str, str] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("# ") and ":" in line and not lines:
            key, value = line[2:].split(":", 1)
            header[key] = value.strip()
        elif line:
            lines.append(line)
    return header, lines
