"""Breaks of which one end is in a file: where they lead to, and which of them nobody hands out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from hies_annot.genome import canonical_chrom
from hies_annot.io.numbers import whole_number
from hies_annot.io.record.mates import break_word, leads_somewhere, mate_place, with_mate
from hies_annot.io.record.vcf_line import info_pairs
from hies_annot.io.windows.window_fetches import Window
from hies_annot.model import SiteRecord

_ONE_END = "a breakend into the gene is given at its other end only"
_NO_PLACE = "a break leads to a place of the chromosome that is not stated"
_ELSEWHERE = "a complex event has a part in the gene that no record of its own shows"
_INFO = 7
_PARTS = "CPX_INTERVALS"
_LOST_PART = re.compile(
    r"(?:DEL|INV|del|inv)\w*_(?P<chrom>[^,\s]+?):(?P<first>[0-9]+)-(?P<last>[0-9]+)"
)
"""A part of a complex event that is lost or turned (GATK-SV); one that is copied stays."""

Place = tuple[str | None, int]


class _End(NamedTuple):
    """The bases that a break or a part of an event may concern (1-based).

    `ends` are the records that would say so.
    """

    chrom: str
    first: int
    last: int
    ends: frozenset[Place]
    line: str
    number: int | None
    cause: str = _ONE_END


class LooseEnds:
    """The breaks of one file, of those chromosomes that are wanted."""

    def __init__(self, wanted: Collection[str]) -> None:
        """Start with nothing seen; `wanted` are canonical chromosomes."""
        self._wanted = wanted
        self._found: dict[_End, None] = {}
        self._unplaced: dict[tuple[str, str, int | None], None] = {}
        self._handed_out: set[Place] = set()

    def handed_out(self, site: SiteRecord) -> None:
        """Note a record that is read: its breaks speak for themselves."""
        for alt in site.alts:
            breaks = mate_place(alt) is not None or break_word(alt, site.info) is not None
            if breaks or _PARTS in site.info:
                self._handed_out.add((site.chrom, site.pos))

    def note(self, line: str, number: int | None) -> bool:
        """Note where the breaks of a record lead to; return whether its line is kept."""
        if not any(sign in line for sign in ("[", "]", "CHR2=", _PARTS)):
            return False
        cells = line.split("\t", _INFO + 1)
        pos = whole_number(cells[1]) if len(cells) > _INFO else None
        if pos is None:
            return False
        before = len(self._found) + len(self._unplaced)
        info = dict(info_pairs(cells[_INFO]))
        self._note_parts((canonical_chrom(cells[0]), pos), info.get(_PARTS, ""), line, number)
        for alt in cells[4].split(","):
            self._note(cells[0], pos, with_mate(cells[0], pos, cells[3], alt, info), line, number)
            there = leads_somewhere(cells[0], pos, alt, info)
            if there in self._wanted:
                self._unplaced[str(there), line, number] = None
        return len(self._found) + len(self._unplaced) > before

    def _note(self, chrom: str, pos: int, alt: str, line: str, number: int | None) -> None:
        mate, own = mate_place(alt), (canonical_chrom(chrom), pos)
        if mate is None or mate[0] not in self._wanted:
            return
        places = (own, mate) if own[0] == mate[0] else (mate,)
        bases = [place[1] for place in places]
        ends = frozenset(places)
        self._found[_End(str(mate[0]), min(bases), max(bases), ends, line, number)] = None

    def _note_parts(self, own: Place, parts: str, line: str, number: int | None) -> None:
        for part in _LOST_PART.finditer(parts):
            chrom = canonical_chrom(part["chrom"])
            if chrom not in self._wanted:
                continue
            ends = frozenset((own,)) if own[0] == chrom else frozenset[Place]()
            bases = int(part["first"]), int(part["last"])
            self._found[_End(str(chrom), *bases, ends, line, number, _ELSEWHERE)] = None

    def loose(self, windows: Sequence[Window]) -> Iterator[tuple[str, str, str, int | None]]:
        """Yield cause, chromosome, line and number of breaks into a window that no record shows."""
        for chrom, line, number in self._unplaced:
            yield _NO_PLACE, chrom, line, number
        for end in self._found:
            if self._handed_out.isdisjoint(end.ends) and any(
                name == end.chrom and end.first <= last and end.last >= first
                for name, first, last in windows
            ):
                yield end.cause, end.chrom, end.line, end.number


def may_lead_elsewhere(alts: Sequence[str], keys: Collection[str]) -> bool:
    """Whether a record, by its ALTs and the keys of INFO, may have a break that leads away."""
    return "CHR2" in keys or _PARTS in keys or any(map(mate_place, alts))
