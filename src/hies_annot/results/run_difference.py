"""What changed between two runs: per sample, the status, the alleles and the facts behind them.

Reads the content of `run.json` (one object a run). An allele is named by its id; what is compared
is ClinVar's entry, the ACMG class, the curated entry, the verdicts and the drop reason, so that
"same VCF, newer ClinVar" lists exactly the samples that it touches, and why; and what is said of
an answer that stayed (reasons, warnings, what was not read). A sample that has moved to another
batch is the same sample where its name is the only one in both runs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

Json = Mapping[str, Any]

Key = tuple[str, str]
"""Batch ("" for none) and sample id."""

_PARTS = ("clinvar", "acmg", "known", "verdicts", "zygosity", "drop_reason")


class Change(Struct, frozen=True):
    """One difference. `sample` is empty for the run itself, `where` names an allele or a part."""

    sample: str
    where: str
    what: str
    old: str
    new: str


def compare_runs(old: Json, new: Json) -> tuple[Change, ...]:
    """Return all differences: those of the run first, then by sample in the new run's order."""
    before = {_key(sample): sample for sample in old["samples"]}
    after = {_key(sample): sample for sample in new["samples"]}
    earlier = earlier_keys(after, before)
    changes = list(run_changes(old, new))
    for key, sample in after.items():
        if key in earlier:
            changes += sample_changes(before[earlier[key]], sample)
        else:
            changes.append(Change(sample["sample"], "sample", "added", "", sample["status"]))
    found = set(earlier.values())
    for key, sample in before.items():
        if key not in found:
            changes.append(Change(sample["sample"], "sample", "gone", sample["status"], ""))
    return tuple(changes)


def earlier_keys(after: Collection[Key], before: Collection[Key]) -> dict[Key, Key]:
    """Return under which batch and name each sample of a run stood in an earlier one.

    The same batch and name, else the one sample of that name which is left in both.
    """
    old, new = set(before), set(after)
    found = {key: key for key in after if key in old}
    left = {key[1]: key for key in before if key not in new}
    lone = Counter(key[1] for key in before if key not in new)
    moved = Counter(key[1] for key in after if key not in old)
    found |= {
        key: left[key[1]]
        for key in after
        if key not in old and lone[key[1]] == 1 and moved[key[1]] == 1
    }
    return found


def of_the_answer(change: Change) -> bool:
    """Whether a change of a sample is one of its answer: of its status or of a finding."""
    return change.what in ("status", "finding")


def _key(sample: Json) -> Key:
    return str(sample.get("batch") or ""), sample["sample"]


def run_changes(old: Json, new: Json) -> Iterator[Change]:
    """Yield what differs in sources, reference, settings and software."""
    for part in ("resources", "reference"):
        before = {_label(part, row): _stated(row) for row in old.get(part, ())}
        after = {_label(part, row): _stated(row) for row in new.get(part, ())}
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                yield Change("", part, name, _row(before.get(name)), _row(after.get(name)))
    set_before, set_after = _thresholds(old), _thresholds(new)
    for name in sorted({*set_before, *set_after}):
        if set_before.get(name) != set_after.get(name):
            yield Change("", "settings", name, set_before.get(name, ""), set_after.get(name, ""))
    was, now = old.get("software", {}), new.get("software", {})
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield Change("", "software", name, was.get(name, ""), now.get(name, ""))


def _thresholds(run: Json) -> dict[str, str]:
    """Return the thresholds of a run as text; of several settings, all that were in force."""
    found: dict[str, dict[str, None]] = {}
    for settings in run.get("settings", ()):
        for key, value in {"all settings": settings["digest"], **settings["thresholds"]}.items():
            found.setdefault(key, {})[json.dumps(value)] = None
    return {key: " or ".join(values) for key, values in found.items()}


def _label(part: str, row: Json) -> str:
    return str(row["name"]) if part == "resources" else f"{row.get('gene')} {row.get('build')}"


def _stated(row: Json) -> Json:
    """Leave out the kind of a source, which results of earlier versions do not have."""
    return {key: value for key, value in row.items() if key != "kind"}


def _row(row: Json | None) -> str:
    if row is None:
        return "not used"
    return ", ".join(f"{key} {value}" for key, value in row.items() if value is not None)


def sample_changes(old: Json, new: Json) -> Iterator[Change]:
    """Yield what differs between two entries of one sample."""
    name = new["sample"]
    was, now = _key(old)[0], _key(new)[0]
    if was != now:
        yield Change(name, "sample", "batch", was, now)
    if old["status"] != new["status"]:
        yield Change(name, "status", "status", old["status"], new["status"])
    yield from _condition_changes(name, old, new)
    yield from _sentence_changes(name, old, new)
    before = {variant["id"]: variant for variant in old["variants"]}
    after = {variant["id"]: variant for variant in new["variants"]}
    for identifier in sorted({*before, *after}):
        yield from _variant_changes(name, before.get(identifier), after.get(identifier))


def _condition_changes(name: str, old: Json, new: Json) -> Iterator[Change]:
    before, after = _findings(old["conditions"]), _findings(new["conditions"])
    for key in sorted({*before, *after}):
        was, now = before.get(key, "no finding"), after.get(key, "no finding")
        if was != now:
            yield Change(name, _place(key), "finding", was, now)


def _sentence_changes(name: str, old: Json, new: Json) -> Iterator[Change]:
    """Yield what is said otherwise of the same answer: what was not read, doubts and limits."""
    said = "status_reason"
    if old["status"] == new["status"] and said in old and old[said] != new.get(said):
        yield Change(name, "status", "reason", old[said], new.get(said, ""))
    before, after = _by_finding(old["conditions"]), _by_finding(new["conditions"])
    for key, found in after.items():
        if key in before:
            yield from _sentences(name, _place(key), "reasons", before[key], found)
    yield from _sentences(name, "sample", "unread", old, new)
    yield from _sentences(name, "sample", "warnings", old, new)


def _sentences(name: str, where: str, what: str, old: Json, new: Json) -> Iterator[Change]:
    """Yield the sentences that are gone beside those that are new; their order says nothing."""
    if what not in old or what not in new:
        return
    gone = [text for text in old[what] if text not in new[what]]
    more = [text for text in new[what] if text not in old[what]]
    if gone or more:
        yield Change(name, where, what, " | ".join(gone), " | ".join(more))


def _place(key: tuple[str, tuple[str, ...]]) -> str:
    return f"{key[0]} ({', '.join(key[1])})" if key[1] else key[0]


def _by_finding(conditions: Sequence[Json]) -> dict[tuple[str, tuple[str, ...]], Json]:
    return {(c["id"], tuple(c["variants"])): c for c in conditions}


def _findings(conditions: Sequence[Json]) -> dict[tuple[str, tuple[str, ...]], str]:
    found = _by_finding(conditions)
    return {key: f"{c['status']}, {c['genotype']}" for key, c in found.items()}


def _variant_changes(name: str, old: Json | None, new: Json | None) -> Iterator[Change]:
    known = new or old or {}
    where = f"{known['id']} {known.get('hgvs_c') or ''}".strip()
    if old is None or new is None:
        # Kept in run.json only while it is reported or has an outside fact.
        yield Change(name, where, "allele", _noted(old), _noted(new))
        return
    for part in _PARTS:
        if old.get(part) != new.get(part):
            yield Change(name, where, part, _words(old.get(part)), _words(new.get(part)))


def _noted(variant: Json | None) -> str:
    if variant is None:
        return "not reported and without a fact"
    reason = variant.get("drop_reason")
    fact = _words(variant.get("clinvar"))
    state = f"dropped: {reason}" if reason else "reported"
    return f"{state}; ClinVar {fact}"


def _words(value: object) -> str:
    if value is None:
        return "none"
    if not isinstance(value, Mapping):
        return str(value)
    parts = []
    for key, item in value.items():
        text = "/".join(map(str, item)) if isinstance(item, list) else item
        if text not in (None, ""):
            parts.append(f"{key} {text}")
    return ", ".join(parts)
