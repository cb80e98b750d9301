"""Splice sites that a prediction gains or loses."""

from __future__ import annotations

from msgspec import Struct


class PredictedSite(Struct, frozen=True):
    """A splice site that a prediction gains or loses: its last or first exon base."""

    kind: str  # acceptor gain | acceptor loss | donor gain | donor loss
    score: float
    offset: int  # from the variant, in transcript direction
    place: str | None = None  # c.1282-91
    pos: int | None = None  # on the build of the run
    used: bool = True  # False: the loss of a site that the transcript does not use


class SpliceMapFact(Struct, frozen=True):
    """What a splice map predicts for one SNV; not calibrated, so it gives no ACMG points.

    A source has one site of each kind; `Evidence` those that are told.
    """

    tool: str
    sites: tuple[PredictedSite, ...]
    source: str
