"""The change of an HGVS g., c. or n. name, taken apart: positions, the word, its bases.

Whatever is not of one of these forms is no change: a sign that is passed over makes another allele.
"""

from __future__ import annotations

import re

from msgspec import Struct

from hies_annot.names.genome_text import ONLY_BASES

MOST_COPIES = 10_000
"""More copies of a repeat are no name that people write."""

IUPAC = frozenset("ACGTNRYSWKMBDHV")
_NO_LETTERS = re.compile(r"[^A-Za-z]")
UNREADABLE_CHANGE = (
    "this change cannot be read: write it as in c.1144C>T, c.1387_1389del or c.1847_1848insA"
)
NO_NAME = "this is not a name of HGVS that can be annotated"
IN_CIS = (
    "changes on one copy may make together what none of them makes alone: give the one change that "
    "they make (c.1144_1145delinsTA), or a VCF in which both are phased"
)
PHASE_OPEN = (
    "whether these changes lie on one copy is not said: give them one by one, or a VCF with both"
)
MOSAIC = "a mosaic (/ or //) is judged by its reads: give the change alone, or a VCF"
NOT_CERTAIN = "where this change lies is not certain (brackets, ?): give the bases that are sure"
IN_TRANS = "changes on two copies are two alleles: give them one by one, or a VCF"
_WORDS = re.compile(r"del|ins|dup|inv|con")
_ALLOWED = re.compile(r"[ACGTacgt\d_+*?()\[\]>.=-]*")
_POSITION = r"[-*]?\d+(?:[-+]\d+)?"
_WHERE = rf"(?P<first>{_POSITION})(?:_(?P<last>{_POSITION}))?"
_UNSURE = rf"\(\?_(?P<first>{_POSITION})\)_\((?P<last>{_POSITION})_\?\)"
_FORMS = tuple(
    (what, re.compile(form, re.IGNORECASE))
    for what, form in (
        ("uncertain", rf"{_UNSURE}(?P<new>del|dup|inv)"),
        ("delins", rf"{_WHERE}(?P<old>[ACGT]+)>(?P<new>[ACGT]+)"),
        ("delins", rf"{_WHERE}del(?P<old>[ACGT]*|\d+)ins(?P<new>[ACGT]*|\d+)"),
        ("del", rf"{_WHERE}del(?P<old>[ACGT]*|\d+)"),
        ("dup", rf"{_WHERE}dup(?P<old>[ACGT]*|\d+)"),
        ("inv", rf"{_WHERE}inv(?P<old>[ACGT]*|\d+)"),
        ("ins", rf"{_WHERE}ins(?P<new>[ACGT]*|\d+)"),
        ("repeat", rf"{_WHERE}(?P<old>[ACGT]*)\[(?P<new>\d+)\]"),
    )
)


class WrittenChange(Struct, frozen=True):
    """Positions and bases as they stand in the name, in the direction of its sequence.

    `old` are the bases that are said to be there, or how many; `new` those that come, the copies
    of a repeat, or what happens between two uncertain positions.
    """

    what: str
    first: str
    last: str | None
    old: str
    new: str

    @property
    def positions(self) -> tuple[str, ...]:
        """The positions that are written, one or two."""
        return (self.first,) if self.last is None else (self.first, self.last)


def read_change(text: str) -> WrittenChange | None:
    """Return a change (`1144C>T`, `1387_1389del`, `1384_1386GTG[1]`), None for anything else.

    Raises:
        ValueError: with a sentence, for a change of such a form that says too little.
    """
    for what, form in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        new = (parts.get("new") or "").upper()
        if "ins" in what and (not new or new.isdigit()):
            raise ValueError("say which bases are inserted")
        if what == "repeat" and int(new) > MOST_COPIES:
            raise ValueError(f"more than {MOST_COPIES} copies of a repeat are not read")
        old = (parts.get("old") or "").upper()
        if what == "uncertain":
            new = new.lower()
        return WrittenChange(what, parts["first"], parts["last"], old, new)
    return None


def refusal(change: str) -> str | None:
    """Return why a change cannot be one allele of plain bases, None where it may be one."""
    if "/" in change:
        return MOSAIC
    if "(;)" in change:
        return PHASE_OPEN
    if "[" in change and ";" in change:
        return IN_TRANS if "];[" in change else IN_CIS
    if change.endswith("="):
        return "this states that nothing changes"
    if _ALLOWED.fullmatch(_WORDS.sub("", change)):
        return None
    bases = set(_NO_LETTERS.sub("", _WORDS.sub("", change)).upper())
    return ONLY_BASES if bases - set("ACGT") and bases <= IUPAC else UNREADABLE_CHANGE
