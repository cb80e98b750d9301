"""One person whose data lie in several files: read file by file, judged together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from hies_annot.errors import NoRecordError
from hies_annot.genome import Build
from hies_annot.model import AlleleKind, Call, SampleFields, SampleSpec, SiteRecord
from hies_annot.model.census import NO_RECORD
from hies_annot.model.record import block_end
from hies_annot.read.detect_build import BuildDecision, Score
from hies_annot.read.samples import SampleRecords, Unreadable
from hies_annot.read.split_records import FLAG
from hies_annot.reference.normalise import classify_alt

TWICE = "in_two_files"
"""Count of records that a second file repeats word for word, as at the border of two chunks."""

_Row = tuple[SiteRecord, SampleFields]
_Content = tuple[object, ...]


def join_parts(
    spec: SampleSpec, parts: Sequence[SampleRecords | Unreadable]
) -> SampleRecords | Unreadable:
    """Return the records of a person from those of each file, in the order of the files.

    A record that two files have alike counts once. Where two files say different things of one
    place, or a file cannot be read, the person cannot be judged. A file without any record is a
    warning where another has some.
    """
    readable = [part for part in parts if isinstance(part, SampleRecords)]
    found = [part for part in readable if not part.without_record] or readable
    silent = (
        [part for part in readable if part.without_record] if len(found) < len(readable) else []
    )
    lost = [part for part in parts if isinstance(part, Unreadable)]
    empty = [part.reason for part in lost if part.cause is NoRecordError]
    empty += [f"{part.file}: {NO_RECORD}" for part in silent]
    if not found or len(empty) < len(lost) + len(silent):
        reasons = dict.fromkeys(part.reason for part in lost if part.reason not in empty)
        return Unreadable(spec, "; ".join(reasons or dict.fromkeys(empty)), lost[0].cause)
    if len(parts) == 1:
        return found[0]
    for fault in (*_differences(spec, found), *_clashes(found)):
        return Unreadable(spec, fault)
    return _joined(spec, found, empty)


def _differences(spec: SampleSpec, parts: Sequence[SampleRecords]) -> Iterator[str]:
    """Yield what keeps files from being data of one person."""
    first = parts[0]
    for part in parts[1:]:
        one, other = first.decision.build, part.decision.build
        if one is not other:
            yield f"{first.file} is {one} and {part.file} is {other}: one person needs one build"
        if part.column != first.column and spec.vcf_sample is None:
            yield (
                f"{first.file} holds {first.column!r} and {part.file} holds {part.column!r}: these "
                f"may be two people; if both are {spec.sample!r}, give the columns one name"
            )


def _content(site: SiteRecord, fields: SampleFields) -> _Content:
    """Return what a record says of a sample, whatever the file and the id of the record."""
    info = tuple(sorted(site.info.items()))
    return (site.chrom, site.pos, site.end, site.ref, site.alts, site.qual, site.filters, info,
            fields)  # fmt: skip


class _Place(NamedTuple):
    """A row of one of two files (0 or 1)."""

    site: SiteRecord
    end: int
    part: int
    content: _Content


def _clashes(parts: Sequence[SampleRecords]) -> Iterator[str]:
    """Yield where two files say different things of one place."""
    for one, other in combinations(parts, 2):
        site = _same_allele(one, other) or _same_block(one, other)
        if site is not None:
            yield (
                f"{one.file} and {other.file} both cover {site.chrom_written}:{site.pos} and "
                "differ there: they are no parts of one set of data; name one of them only"
            )


def _same_allele(one: SampleRecords, other: SampleRecords) -> SiteRecord | None:
    """Return a record of an allele that both files have, with other words."""
    theirs: dict[object, set[_Content]] = {}
    for call in other.calls:
        theirs.setdefault(call.allele, set()).add(_content(call.site, call.fields))
    for call in one.calls:
        said = theirs.get(call.allele)
        if said is None or call.allele.kind is AlleleKind.REFERENCE_BLOCK:
            continue
        if _content(call.site, call.fields) not in said:
            return call.site
    return None


def _same_block(one: SampleRecords, other: SampleRecords) -> SiteRecord | None:
    """Return a record that lies in a reference block of the other file, with other words."""
    places = [
        _Place(site, block_end(site, fields), number, _content(site, fields))
        for number, part in enumerate((one, other))
        for site, fields in part.rows
        if not _is_structural(site)
    ]
    open_blocks: list[_Place] = []
    for place in sorted(places, key=_blocks_first):
        site = place.site
        open_blocks = [
            block
            for block in open_blocks
            if block.site.chrom == site.chrom and block.end >= site.pos
        ]
        for block in open_blocks:
            if block.part != place.part and block.content != place.content:
                return site
        if _is_block(site):
            open_blocks.append(place)
    return None


def _blocks_first(place: _Place) -> tuple[str, int, bool]:
    return place.site.chrom, place.site.pos, not _is_block(place.site)


def _is_block(site: SiteRecord) -> bool:
    return all(classify_alt(alt) is AlleleKind.REFERENCE_BLOCK for alt in site.alts)


def _is_structural(site: SiteRecord) -> bool:
    kinds = {classify_alt(alt) for alt in site.alts}
    return not kinds.isdisjoint({AlleleKind.SYMBOLIC, AlleleKind.BREAKEND})


def _joined(
    spec: SampleSpec, parts: Sequence[SampleRecords], empty: Sequence[str]
) -> SampleRecords:
    rows: dict[_Content, _Row] = {}
    calls: dict[tuple[_Content, int, str], Call] = {}
    for part in parts:
        mine: dict[tuple[_Content, int, str], Call] = {}
        for row in part.rows:
            rows.setdefault(_content(*row), row)
        for call in part.calls:
            key = _content(call.site, call.fields), call.alt_index, call.allele.id
            # A half whose other half lies in this file only is seen as a half here only.
            if key not in calls or FLAG in call.flags:
                mine[key] = call
        calls |= mine
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    twice = sum(len(part.rows) for part in parts) - len(rows)
    if twice:
        counts.update({"listed": -twice, TWICE: twice})
    return replace(
        parts[0],
        spec=spec,
        decision=_decision([part.decision for part in parts]),
        censuses=tuple(census for part in parts for census in part.censuses),
        calls=tuple(sorted(calls.values(), key=lambda call: (call.site.chrom, call.site.pos))),
        rows=tuple(sorted(rows.values(), key=lambda row: (row[0].chrom, row[0].pos))),
        counts=dict(counts),
        warnings=tuple(
            dict.fromkeys((*(text for part in parts for text in part.warnings), *empty))
        ),
    )


def _decision(decisions: Sequence[BuildDecision]) -> BuildDecision:
    """Return the common build with the records of all files as its evidence."""
    scores: dict[Build, Score] = {}
    for build in decisions[0].scores:
        theirs = [decision.scores[build] for decision in decisions]
        scores[build] = Score(sum(s.compared for s in theirs), sum(s.agreed for s in theirs))
    header = next((one.header for one in decisions if one.header is not None), None)
    return BuildDecision(decisions[0].build, header, scores)
