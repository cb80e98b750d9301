"""Predictions and table rows of the contract as one sentence each.

The parts come as open mappings; a key that is missing is left out of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hies_annot.render.words import percent

Part = Mapping[str, Any] | None

_EXPECTED: Mapping[Any, str] = {True: "decay expected", False: "decay not expected"}
_FRAME: Mapping[Any, str] = {True: "in frame", False: "out of frame"}


def decay(part: Part) -> str:
    """Return the fate of the message: expected or not, where the stop lies, what is lost."""
    if not part:
        return ""
    expected = _EXPECTED.get(part.get("triggers"), "decay not decided")
    lost = part.get("protein_lost")
    return _joined(
        (
            _text(part.get("reason")) or expected,
            f"{percent(lost)} of the protein lost without decay" if lost is not None else "",
            _list("domains lost: ", part.get("domains_lost")),
        )
    )


def splicing(part: Part) -> str:
    """Return what losing the splice site does, in bases and on the protein."""
    if not part:
        return ""
    frame = _FRAME.get(part.get("in_frame"), "")
    skipped = part.get("skipped_nt")
    protein = part.get("protein_if_skipped")
    return _joined(
        (
            f"{_text(part.get('site'))} of exon {_text(part.get('exon'))}".strip(),
            f"skipping takes {skipped} bases {frame}".strip() if skipped is not None else frame,
            f"protein if skipped: {protein}" if protein else "",
            _text(part.get("reason")),
        )
    )


def structure(part: Part) -> str:
    """Return which exons and how much of the coding sequence a structural allele covers."""
    if not part:
        return ""
    share = part.get("cds_share")
    frame = _FRAME.get(part.get("in_frame"), "")
    return _joined(
        (
            _text(part.get("name")),
            "the whole gene" if part.get("whole_gene") else _list("exons ", part.get("exons")),
            f"{percent(share)} of the coding sequence" if share is not None else "",
            frame,
            "the start of the gene is lost" if part.get("start_lost") else "",
        )
    )


def known(part: Part) -> str:
    """Return the row of the curated table: class, mechanism, condition and source."""
    if not part:
        return ""
    return _joined(
        (
            _text(part.get("classification")).replace("_", " "),
            _list("", part.get("mechanisms")).replace("_", " "),
            _text(part.get("condition")),
            _text(part.get("functional")),
            f"source: {part['source']}" if part.get("source") else "",
        )
    )


def splice_sites(part: Part) -> str:
    """Return the sites that a splice map gains or loses, with kind, score and place."""
    if not part:
        return ""
    sites = (
        f"{s['kind']} {s['score']:.2f} at {_text(s['place'])}"
        f"{'' if s['used'] else ', a site that the MANE transcript does not use'}"
        for s in part["sites"]
    )
    return f"{_text(part['tool'])}: {', '.join(sites)} (a prediction: test RNA) [{part['source']}]"


def score(part: Part) -> str:
    """Return an in-silico score with its tool and source: `REVEL 0.93 (detail) [source]`."""
    if not part:
        return ""
    detail = f" ({part['detail']})" if part.get("detail") else ""
    source = f" [{part['source']}]" if part.get("source") else ""
    return f"{_text(part.get('tool'))} {_text(part.get('value'))}{detail}{source}".strip()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _list(label: str, values: Iterable[object] | None) -> str:
    items = ", ".join(str(value) for value in values or ())
    return f"{label}{items}" if items else ""


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)
