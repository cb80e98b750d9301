"""Stretches of required bases that are not callable, named by exon and c. position."""

from __future__ import annotations

from collections.abc import Iterator

from hies_annot.callability.required import RequiredBases
from hies_annot.callability.statements import Layer, runs
from hies_annot.model import Gap
from hies_annot.reference.transcripts import Transcript

NO_RECORD = "no record"


def find_gaps(required: RequiredBases, layer: Layer) -> tuple[Gap, ...]:
    """Return the gaps of one gene in transcript order; a base without statement is a gap too."""
    gaps = [
        _gap(required, layer, low, high)
        for start, end in _places(required)
        for span_low, span_high in required.ranges(start, end)
        for low, high in _gap_ranges(layer, span_low, span_high)
    ]
    return tuple(gaps if required.transcript.plus else reversed(gaps))


def c_span(transcript: Transcript, start: int, end: int) -> str:
    """Name a genome span (1-based inclusive) in transcript order: `c.1110_1139`, `c.1110-3`."""
    first, last = (start, end) if transcript.plus else (end, start)
    if start == end:
        return f"c.{transcript.c_position(start)}"
    return f"c.{transcript.c_position(first)}_{transcript.c_position(last)}"


def _places(required: RequiredBases) -> list[tuple[int, int]]:
    """Split the spans where one exon's padding ends, so that no gap runs over two exons."""
    cuts = sorted(exon.end for exon in required.exons)
    places: list[tuple[int, int]] = []
    for start, end in required.spans:
        for cut in cuts:
            if start <= cut < end:
                places.append((start, cut))
                start = cut + 1
        places.append((start, end))
    return places


def _gap_ranges(layer: Layer, low: int, high: int) -> Iterator[tuple[int, int]]:
    first, index = low, low
    for entry, length in runs(layer, low, high):
        index += length
        if entry is not None and entry.callable:
            if first < index - length:
                yield first, index - length
            first = index
    if first < index:
        yield first, index


def _gap(required: RequiredBases, layer: Layer, low: int, high: int) -> Gap:
    start, end = required.position(low), required.position(high - 1)
    reasons = dict.fromkeys(
        entry.reason if entry else NO_RECORD for entry, _ in runs(layer, low, high)
    )
    return Gap(
        chrom=required.chrom,
        start=start,
        end=end,
        hgvs_c=c_span(required.transcript, start, end),
        exon=_exon_name(required, start, end),
        reason="; ".join(reasons),
    )


def _exon_name(required: RequiredBases, start: int, end: int) -> str:
    for exon in required.exons:
        if exon.start <= start and end <= exon.end:
            return f"exon {exon.number}"
    intron = required.transcript.intron_at(start)
    return f"intron {intron}" if intron is not None else "outside the transcript"
