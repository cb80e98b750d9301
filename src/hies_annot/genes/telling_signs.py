"""Signs that tell diseases of one gene apart, with their rates among patients."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from hies_annot.model.closed import Closed

Percent = Annotated[float, Field(ge=0, le=100)]


class Sign(Closed):
    """A sign with its rate among the patients of each condition, in percent."""

    sign: str
    percent: tuple[Percent, ...]


class ToldApart(Closed):
    """Signs that tell conditions with the same kinds of variants apart; they decide nothing."""

    conditions: Annotated[tuple[str, ...], Field(min_length=2)]
    patients: tuple[Annotated[int, Field(gt=0)], ...]
    """Patients of each condition in the source, in the order of `conditions`."""
    signs: tuple[Sign, ...]
    source: str

    @model_validator(mode="after")
    def _as_many(self) -> ToldApart:
        wanted = len(self.conditions)
        if len(self.patients) != wanted:
            raise ValueError(f"patients: {wanted} figures are needed, one a condition")
        for sign in self.signs:
            if len(sign.percent) != wanted:
                raise ValueError(f"{sign.sign}: {wanted} figures are needed, one a condition")
        return self
