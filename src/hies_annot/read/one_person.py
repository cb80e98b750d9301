"""One person whose data lie in several files: read file by file, judged together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from hies_annot.errors import InputError, NoRecordError
from hies_annot.genome import Build
from hies_annot.model import Call, SampleFields, SampleSpec, SiteRecord
from hies_annot.model.census import NO_RECORD, FileCensus, LeftOut, Lost
from hies_annot.read.call_quality import DENIED
from hies_annot.read.detect_build import BuildDecision, Score
from hies_annot.read.file_conflicts import Content, content_of, doubts
from hies_annot.read.samples import SampleRecords, Unreadable
from hies_annot.read.split_records import FLAG

TWICE = "in_two_files"
"""Count of records that a second file repeats word for word, as at the border of two chunks."""

_Row = tuple[SiteRecord, SampleFields]


def join_parts(
    spec: SampleSpec, parts: Sequence[SampleRecords | Unreadable]
) -> SampleRecords | Unreadable:
    """Return the records of a person from those of each file, in the order of the files.

    A record that two files have alike counts once. Where two files give different genotypes of one
    place, both are kept, and nothing found says nothing (`file_conflicts`). What a file that cannot
    be read holds is not known, so it leaves no negative; what the others show stays. One without
    any record is a warning where others have some.
    """
    readable = [part for part in parts if isinstance(part, SampleRecords)]
    found = [part for part in readable if not part.without_record] or readable
    silent = (
        [part for part in readable if part.without_record] if len(found) < len(readable) else []
    )
    lost = [part for part in parts if isinstance(part, Unreadable)]
    empty = [part.reason for part in lost if part.cause is NoRecordError]
    empty += [f"{part.file}: {NO_RECORD}" for part in silent]
    faulty = [part for part in lost if part.cause is not NoRecordError]
    if not found or (faulty and found[0].without_record):
        reasons = dict.fromkeys(part.reason for part in lost if part.reason not in empty)
        return Unreadable(spec, "; ".join(reasons or dict.fromkeys(empty)), lost[0].cause)
    if len(parts) == 1:
        return found[0]
    for fault in _differences(spec, found):
        return Unreadable(spec, fault)
    words = "a file of this person was not read"
    gone = [
        FileCensus(file, records=False, lost=(Lost(part.reason, None, 0, words),))
        for file, part in zip(spec.vcfs, parts, strict=False)
        if part in faulty
    ]
    return _joined(spec, found, empty, gone)


def _differences(spec: SampleSpec, parts: Sequence[SampleRecords]) -> Iterator[str]:
    """Yield what keeps files from being data of one person."""
    first = parts[0]
    for part in parts[1:]:
        one, other = first.decision.build, part.decision.build
        if one is not other:
            yield str(two_builds((first.file, one), (part.file, other)))
        if part.column != first.column and spec.vcf_sample is None:
            named = (first.file, first.column), (part.file, part.column)
            yield str(two_people(*named, spec.sample))


def two_builds(one: tuple[str, Build], other: tuple[str, Build]) -> InputError:
    """Return the fault of two files of one person on two builds, each with its build."""
    return InputError(
        f"{one[0]} is {one[1]} and {other[0]} is {other[1]}: one person needs one build"
    )


def two_people(one: tuple[str, str], other: tuple[str, str], sample: str) -> InputError:
    """Return the fault of two files with columns of two names, each with its column."""
    return InputError(
        f"{one[0]} holds {one[1]!r} and {other[0]} holds {other[1]!r}: these may be two people; "
        f"if both are {sample!r}, give the columns one name"
    )


def _joined(
    spec: SampleSpec,
    parts: Sequence[SampleRecords],
    empty: Sequence[str],
    gone: Sequence[FileCensus],
) -> SampleRecords:
    told, denied = doubts(parts)
    rows: dict[Content, _Row] = {}
    calls: dict[tuple[Content, int, str], Call] = {}
    for part in parts:
        mine: dict[tuple[Content, int, str], Call] = {}
        for row in part.rows:
            rows.setdefault(content_of(*row), row)
        for call in part.calls:
            key = content_of(call.site, call.fields), call.alt_index, call.allele.id
            # A half whose other half lies in this file only is seen as a half here only.
            if key not in calls or FLAG in call.flags:
                doubtful = key[0] in denied and call.carried
                quality = (*call.quality, DENIED) if doubtful else call.quality
                mine[key] = replace(call, quality=quality)
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
        censuses=(*_censuses(parts, told), *gone),
        calls=tuple(sorted(calls.values(), key=lambda call: (call.site.chrom, call.site.pos))),
        rows=tuple(sorted(rows.values(), key=lambda row: (row[0].chrom, row[0].pos))),
        counts=dict(counts),
        warnings=tuple(
            dict.fromkeys((*(text for part in parts for text in part.warnings), *empty))
        ),
    )


def _censuses(parts: Sequence[SampleRecords], told: tuple[LeftOut, ...]) -> tuple[FileCensus, ...]:
    """Return the censuses of all files, with what is to be said of the files together."""
    found = [census for part in parts for census in part.censuses]
    if told:
        found[0] = replace(found[0], left_out=(*found[0].left_out, *told))
    return tuple(found)


def _decision(decisions: Sequence[BuildDecision]) -> BuildDecision:
    """Return the common build with the records of all files as its evidence."""
    scores: dict[Build, Score] = {}
    for build in decisions[0].scores:
        theirs = [decision.scores[build] for decision in decisions]
        scores[build] = Score(sum(s.compared for s in theirs), sum(s.agreed for s in theirs))
    header = next((one.header for one in decisions if one.header is not None), None)
    return BuildDecision(decisions[0].build, header, scores)
