"""Breaks of which one end is in a file: where they lead to, and which of them nobody hands out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from hies_annot.genome import canonical_chrom
from hies_annot.io.mates import break_word, leads_somewhere, mate_place, with_mate
from hies_annot.io.numbers import whole_number
from hies_annot.io.vcf_line import info_pairs
from hies_annot.io.window_fetches import Window
from hies_annot.model import SiteRecord

_ONE_END = "a breakend into the gene is given at its other end only"
_NO_PLACE = "a break leads to a place of the chromosome that is not stated"
_INFO = 7

Place = tuple[str | None, int]


class _End(NamedTuple):
    """The bases that a break may concern (1-based); `ends` are the records that would say so."""

    chrom: str
    first: int
    last: int
    ends: frozenset[Place]
    line: str
    number: int | None


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
            if mate_place(alt) is not None or break_word(alt, site.info) is not None:
                self._handed_out.add((site.chrom, site.pos))

    def note(self, line: str, number: int | None) -> bool:
        """Note where the breaks of a record lead to; return whether its line is kept."""
        if "[" not in line and "]" not in line and "CHR2=" not in line:
            return False
        cells = line.split("\t", _INFO + 1)
        pos = whole_number(cells[1]) if len(cells) > _INFO else None
        if pos is None:
            return False
        before = len(self._found) + len(self._unplaced)
        info = dict(info_pairs(cells[_INFO]))
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

    def loose(self, windows: Sequence[Window]) -> Iterator[tuple[str, str, str, int | None]]:
        """Yield cause, chromosome, line and number of breaks into a window that no record shows."""
        for chrom, line, number in self._unplaced:
            yield _NO_PLACE, chrom, line, number
        for end in self._found:
            if self._handed_out.isdisjoint(end.ends) and any(
                name == end.chrom and end.first <= last and end.last >= first
                for name, first, last in windows
            ):
                yield _ONE_END, end.chrom, end.line, end.number


def may_lead_elsewhere(alts: Sequence[str], keys: Collection[str]) -> bool:
    """Whether a record, by its ALTs and the keys of INFO, may have a break that leads away."""
    return "CHR2" in keys or any(map(mate_place, alts))
