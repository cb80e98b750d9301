"""The NIH-HIES score (Grimbacher 1999), from its items.

Items and points as published; answers are the words of the table below. Items that are not
given count nothing and are named, so a partial score is never shown as a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from hies_annot.errors import UsageError

NIH_ITEMS: dict[str, dict[str, int]] = {
    "highest_ige_iu_ml": {"<200": 0, "200-500": 1, "501-1000": 4, "1001-2000": 8, ">2000": 10},
    "skin_abscesses": {"none": 0, "1-2": 2, "3-4": 4, ">4": 8},
    "pneumonias": {"none": 0, "1": 2, "2": 4, "3": 6, ">3": 8},
    "lung_anomaly": {"none": 0, "bronchiectasis": 6, "pneumatocele": 8},
    "retained_primary_teeth": {"none": 0, "1": 1, "2": 2, "3": 4, ">3": 8},
    "scoliosis_degrees": {"<10": 0, "10-14": 2, "15-20": 4, ">20": 8},
    "minor_trauma_fractures": {"none": 0, "1-2": 4, ">2": 8},
    "highest_eosinophils_ul": {"<700": 0, "700-800": 3, ">800": 6},
    "characteristic_face": {"absent": 0, "mild": 2, "present": 5},
    "midline_anomaly": {"absent": 0, "present": 5},
    "newborn_rash": {"absent": 0, "present": 4},
    "eczema": {"none": 0, "mild": 1, "moderate": 2, "severe": 4},
    "upper_respiratory_infections_per_year": {"1-2": 0, "3": 1, "4-6": 2, ">6": 4},
    "candidiasis": {"none": 0, "oral": 1, "fingernails": 2, "systemic": 4},
    "other_serious_infection": {"absent": 0, "present": 4},
    "fatal_infection": {"absent": 0, "present": 4},
    "hyperextensibility": {"absent": 0, "present": 4},
    "lymphoma": {"absent": 0, "present": 4},
    "nasal_width_sd": {"<1": 0, "1-2": 1, ">2": 3},
    "high_palate": {"absent": 0, "present": 2},
    "young_age_years": {">5": 0, "2-5": 3, "1-2": 5, "<=1": 7},
}
"""Item -> answer -> points."""


TOTAL = "score"
"""Item that gives the sum itself, where the items are not at hand."""
_NUMBER = re.compile(r"[0-9]{1,3}")
_SIGNS = str.maketrans({"\u2013": "-", "\u2212": "-", "\u2264": "<="})
"""Dashes and signs that word processors put into a sheet."""
HIGHEST_SCORE = sum(max(answers.values()) for answers in NIH_ITEMS.values())


class NihScore(Struct, frozen=True):
    """Sum of the items that were given, and the names of those that were not."""

    points: int
    missing: tuple[str, ...]

    @property
    def most(self) -> int:
        """The score if every missing item had its highest answer; no item takes points away."""
        return self.points + sum(max(NIH_ITEMS[name].values()) for name in self.missing)

    @property
    def mostly_missing(self) -> bool:
        """Whether more than half of the items are missing: the sum is then no score."""
        return 2 * len(self.missing) > len(NIH_ITEMS)


def nih_score(items: Mapping[str, str]) -> NihScore:
    """Return the NIH-HIES score of `items` (item -> answer; an empty answer is "not given").

    The item `score` gives the sum itself; single items beside it are checked, not added.

    Raises:
        UsageError: an item or an answer is not one of the table; the message lists what is.
    """
    faults = nih_faults(items)
    if faults:
        raise UsageError(faults[0])
    given = {name: _plain(answer) for name, answer in items.items() if answer.strip()}
    missing = tuple(name for name in NIH_ITEMS if name not in given)
    if TOTAL in given:
        return NihScore(int(given[TOTAL]), ())
    return NihScore(sum(NIH_ITEMS[name][answer] for name, answer in given.items()), missing)


def nih_faults(items: Mapping[str, str]) -> list[str]:
    """Return one sentence for each item or answer that cannot be used."""
    return [fault for name, answer in items.items() for fault in _item_faults(name, answer)]


def usable_items(items: Mapping[str, str]) -> dict[str, str]:
    """Return the items that can be used, as the table has them; `nih_faults` names the others."""
    usable = (name for name, answer in items.items() if not nih_faults({name: answer}))
    return {name: _plain(items[name]) for name in usable}


def _plain(answer: str) -> str:
    """Return an answer as the table writes it: no blanks, small letters, signs of a keyboard."""
    return "".join(answer.split()).lower().translate(_SIGNS)


def _item_faults(name: str, written: str) -> list[str]:
    answer = _plain(written)
    if name == TOTAL:
        if not answer or (_NUMBER.fullmatch(answer) and int(answer) <= HIGHEST_SCORE):
            return []
        return [f"NIH score {written!r} is no whole number from 0 to {HIGHEST_SCORE}"]
    if name not in NIH_ITEMS:
        known = ", ".join((TOTAL, *NIH_ITEMS))
        return [f"NIH score item {name!r} is unknown; the items are {known}"]
    if answer and answer not in NIH_ITEMS[name]:
        known = ", ".join(NIH_ITEMS[name])
        return [f"NIH score item {name}: {written!r} is no answer; use one of {known}"]
    return []
