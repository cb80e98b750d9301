"""Faults of header lines from which something is read: contigs, and the fields of a genotype."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from hies_annot.io.numbers import whole_number
from hies_annot.model.reading_faults import Fault

_FIELD = re.compile(r"##(INFO|FORMAT)=<(?:.*?,)?ID=([^,>]+)")
_TYPE = re.compile(r"[<,]Type=([^,>]*)")
_NUMBERS = frozenset({"Integer", "Float"})
_TYPES: Mapping[str, frozenset[str]] = {
    "FORMAT GT": frozenset({"String"}),
    **dict.fromkeys(("FORMAT AD", "FORMAT DP", "FORMAT GQ", "FORMAT MIN_DP"), _NUMBERS),
    **dict.fromkeys(("INFO END", "INFO SVLEN", "INFO CIPOS", "INFO CIEND"), _NUMBERS),
    "INFO SVTYPE": frozenset({"String"}),
}
"""Types under which callers declare a field that is read (VCF 4.5, 1.6); Number varies more."""
CONTIG = "##contig="
_OF_FIELDS = ("##INFO=", "##FORMAT=")


def declared_of(header: list[str]) -> frozenset[str]:
    """Return the fields that a header declares: `FORMAT GT`, `INFO END`."""
    return _declared(tuple([line for line in header if line.startswith(_OF_FIELDS)]))


@lru_cache(maxsize=64)
def _declared(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(match.groups()) for match in filter(None, map(_FIELD.match, lines)))


def header_faults(header: list[str]) -> Iterator[tuple[str, Fault]]:
    """Yield the faults of header lines, each with its line (from 1 on) in words."""
    numbers = [n for n, line in enumerate(header) if line.startswith((CONTIG, *_OF_FIELDS))]
    for place, fault in _faults(tuple([header[number] for number in numbers])):
        yield f"header line {numbers[place] + 1}", fault


@lru_cache(maxsize=64)
def _faults(lines: tuple[str, ...]) -> tuple[tuple[int, Fault], ...]:
    """Return the faults of lines of contigs and fields, each with its place among them (from 0 on).

    The files of a batch mostly have the same lines.
    """
    lengths: dict[str, str] = {}
    return tuple(
        (place, fault)
        for place, line in enumerate(lines)
        for fault in (_contig(line, lengths) if line.startswith(CONTIG) else _field(line))
    )


def _contig(line: str, lengths: dict[str, str]) -> Iterator[Fault]:
    text = line.removeprefix(CONTIG)
    pairs = dict(part.partition("=")[::2] for part in text[1:-1].split(","))
    name, length = pairs.get("ID"), pairs.get("length")
    if not (text.startswith("<") and text.endswith(">")) or not name:
        yield Fault("contig", "is no ID in angle brackets; the line is not read", text)
        return
    if length is None:
        return
    if (whole_number(length) or 0) < 1:
        yield Fault("contig length", "is no number of bases; it is not read", length)
    if lengths.setdefault(name, length) != length:
        yield Fault("contig", "stands twice with different lengths; the last one counts", name)


def _field(line: str) -> Iterator[Fault]:
    match, stated = _FIELD.match(line), _TYPE.search(line)
    field = " ".join(match.groups()) if match else ""
    if field not in _TYPES:
        return
    if stated is None:
        yield Fault(field, "is declared without a Type; its values are read all the same")
    elif stated[1] not in _TYPES[field]:
        yield Fault(field, "is no Type of it; its values are read all the same", stated[1])
