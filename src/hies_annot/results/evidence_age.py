"""How old the evidence of a run is on a day that the user names; the clock is never asked.

Only ClinVar is looked at: it is renewed each week. The other sources are releases that stand for
years; their dates are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from hies_annot.results.contract_part import Part

RENEWED = "clinvar"
_DAYS = Meta(extra_json_schema={"unit": "days"})
"""The kind of source whose age counts."""


class EvidenceAge(Part, frozen=True):
    """The age of a source that is renewed, on the day of the report."""

    source: str
    """Name of the source; empty: the run had none of this kind."""
    date: str | None
    """Date of the source as it states it; null: it does not."""
    day: str
    """Day that the age is counted to (YYYY-MM-DD)."""
    days: Annotated[int, _DAYS] | None
    """Age; null: the source has no date that can be read."""
    most: Annotated[int, _DAYS]
    """Highest age that is set."""
    sentence: str
    """What is to be said of it; empty: it is not too old."""


def evidence_ages(
    resources: Iterable[Mapping[str, Any]], day: date, most: int
) -> tuple[EvidenceAge, ...]:
    """Return the age of each source of ClinVar on a day; without one, that there is none.

    Args:
        resources: the sources as `run.json` has them.
        day: the day that the age is counted to.
        most: highest age in days that needs no remark.
    """
    renewed = [row for row in resources if row.get("kind") == RENEWED]
    return tuple(_ages(renewed, day, most)) or (
        EvidenceAge(
            source="",
            date=None,
            day=str(day),
            days=None,
            most=most,
            sentence="No source of ClinVar is known of this run, so the age of it is not.",
        ),
    )


def _ages(rows: Iterable[Mapping[str, Any]], day: date, most: int) -> Iterator[EvidenceAge]:
    for row in rows:
        stated = row.get("date")
        made = _read(stated)
        days = None if made is None else (day - made).days
        sentence = _sentence(str(row["name"]), stated, days, day, most)
        yield EvidenceAge(
            source=row["name"], date=stated, day=str(day), days=days, most=most, sentence=sentence
        )


def _sentence(name: str, stated: str | None, days: int | None, day: date, most: int) -> str:
    if days is None:
        return f"The date of {name} is {stated or 'not stated'}, so its age is not known."
    if days < 0:
        return f"{name} is of {stated}, which is after {day}: one of the two dates is wrong."
    if days <= most:
        return ""
    return (
        f"{name} is of {stated}, {days} days before {day}; at most {most} are set: fetch the "
        "evidence anew and run again."
    )


def _read(stated: str | None) -> date | None:
    try:
        return date.fromisoformat(stated or "")
    except ValueError:
        return None
