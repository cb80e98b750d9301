"""Signs that tell diseases of one gene apart, with their rates among patients."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from hies_annot.model.closed import Closed

Percent = Annotated[float, Meta(ge=0, le=100)]


class Sign(Closed, frozen=True, kw_only=True):
    """A sign with its rate among the patients of each condition, in percent."""

    sign: str
    percent: tuple[Percent, ...]


class ToldApart(Closed, frozen=True, kw_only=True):
    """Signs that tell conditions with the same kinds of variants apart; they decide nothing."""

    conditions: Annotated[tuple[str, ...], Meta(min_length=2)]
    patients: tuple[Annotated[int, Meta(gt=0)], ...]
    """Patients of each condition in the source, in the order of `conditions`."""
    signs: tuple[Sign, ...]
    source: str

    def __post_init__(self) -> None:
        wanted = len(self.conditions)
        if len(self.patients) != wanted:
            raise ValueError(f"patients: {wanted} figures are needed, one a condition")
        for sign in self.signs:
            if len(sign.percent) != wanted:
                raise ValueError(f"{sign.sign}: {wanted} figures are needed, one a condition")
