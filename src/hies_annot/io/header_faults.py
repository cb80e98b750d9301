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


def declared_of(header: list[str]) -> frozenset[str]:
    """Return the fields that a header declares: `FORMAT GT`, `INFO END`."""
    return frozenset(" ".join(match.groups()) for match in filter(None, map(_FIELD.match, header)))


def header_faults(header: list[str]) -> Iterator[tuple[str, Fault]]:
    """Yield the faults of header lines, each with its line (from 1 on) in words."""
    numbers = [number for number, line in enumerate(header) if line.startswith(CONTIG)]
    of_contigs = _contig_faults(tuple(header[number] for number in numbers))
    found = [(numbers[place], fault) for place, fault in of_contigs]
    for number, line in enumerate(header):
        if not line.startswith(CONTIG):
            found += [(number, fault) for fault in _field(line)]
    for number, fault in sorted(found, key=lambda one: one[0]):
        yield f"header line {number + 1}", fault


@lru_cache(maxsize=64)
def _contig_faults(lines: tuple[str, ...]) -> tuple[tuple[int, Fault], ...]:
    """Return the faults of contig lines, each with its place among them (from 0 on).

    The files of a batch mostly have the same lines.
    """
    lengths: dict[str, str] = {}
    return tuple(
        (place, fault) for place, line in enumerate(lines) for fault in _contig(line, lengths)
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
