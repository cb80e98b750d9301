"""A lab's own frequency table: in how many unrelated samples of its runs each allele is carried.

Counts only, and digests of the runs that they come from; no sample, file or folder is named.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.results.carrier_counts import (
    CarriedAllele,
    CarriedAlleles,
    CarrierCount,
    Key,
    carrier_counts,
    read_by_build,
)

_TITLE = "# carriers in earlier runs of hies-annot: counts only"
_COLUMNS = ("build", "id", "name", "carriers", "looked_at", "samples")


class EarlierRuns(Struct, frozen=True):
    """The counts of earlier runs.

    `plans` are the digests of the runs, `programs` what made their results, `unrelated` the
    unrelated samples by build, and `names` gene and coding name of each allele.
    """

    plans: tuple[str, ...]
    programs: tuple[str, ...]
    unrelated: Mapping[str, int]
    counts: Mapping[Key, CarrierCount]
    names: Mapping[Key, str]
    sha256: str = ""

    def of(self, key: Key) -> CarrierCount:
        """Return how often an allele was carried; of one that is not listed, that nobody did."""
        nobody = CarrierCount(0, None, self.unrelated.get(key[0], 0), 0)
        return self.counts.get(key, nobody)


def counted_runs(
    people: Collection[CarriedAlleles], plans: Iterable[str], programs: Iterable[str]
) -> EarlierRuns:
    """Count every allele that a sample of some runs carries, reported or not.

    Args:
        people: the samples of all runs, gone through several times; equal names are one person.
        plans: the digests of the runs.
        programs: what made their results.
    """
    alleles: dict[Key, CarriedAllele] = {}
    for person in people:
        for allele in person.alleles if person.build else ():
            alleles.setdefault(allele.key, allele)
    return EarlierRuns(
        tuple(sorted(set(plans))),
        tuple(sorted(set(programs))),
        read_by_build(people),
        carrier_counts(people, alleles),
        {key: one.name for key, one in alleles.items()},
    )


def table_of_runs(runs: EarlierRuns) -> str:
    """Return the text of the table: provenance, then a row an allele, in order."""
    lines = [
        _TITLE,
        f"# runs: {len(runs.plans)}",
        f"# plans: {', '.join(runs.plans)}",
        f"# programs: {', '.join(runs.programs)}",
        *(f"# unrelated {build}: {number}" for build, number in sorted(runs.unrelated.items())),
        f"# records: {len(runs.counts)}",
        "\t".join(_COLUMNS),
    ]
    for key, count in sorted(runs.counts.items()):
        figures = (count.carriers, count.looked_at, count.samples)
        lines.append("\t".join([*key, runs.names[key], *map(str, figures)]))
    return "\n".join(lines) + "\n"


def read_earlier_runs(path: Path) -> EarlierRuns:
    """Read the table of a lab.

    Raises:
        InputError: the file is missing, is no such table, was cut, or has a broken row.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"cannot be read: {fault}", file=str(path)) from None
    lines = text.splitlines()
    marked = (line[2:].partition(":") for line in lines[1:] if line.startswith("# "))
    head = {key: value.strip() for key, _, value in marked}
    rows = [(n, line) for n, line in enumerate(lines, start=1) if not line.startswith("#")]
    if lines[:1] != [_TITLE] or not rows or tuple(rows[0][1].split("\t")) != _COLUMNS:
        raise InputError(
            "is no table of earlier runs: make it with `hies-annot resources build --from RESULTS`",
            file=str(path),
        )
    unrelated = _unrelated(head)
    counts: dict[Key, CarrierCount] = {}
    names: dict[Key, str] = {}
    for number, line in rows[1:]:
        try:
            key, names_of, count = _row(line, unrelated)
        except ValueError:
            raise InputError("broken row", file=str(path), record=f"line {number}") from None
        names[key], counts[key] = names_of, count
    if head.get("records") != str(len(counts)):
        raise InputError(
            f"{len(counts)} alleles, but the header promises {head.get('records')}: the file was "
            "cut or edited",
            file=str(path),
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return EarlierRuns(
        _listed(head, "plans"), _listed(head, "programs"), unrelated, counts, names, digest
    )


def _unrelated(head: Mapping[str, str]) -> dict[str, int]:
    """Return the unrelated samples by build; a figure that is none makes the rows broken."""
    start = "unrelated "
    return {
        key.removeprefix(start): int(value)
        for key, value in head.items()
        if key.startswith(start) and value.isdecimal()
    }


def _listed(head: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(filter(None, head.get(key, "").split(", ")))


def _row(line: str, unrelated: Mapping[str, int]) -> tuple[Key, str, CarrierCount]:
    build, identifier, name, *figures = line.split("\t")
    carriers, looked_at, samples = map(int, figures)
    if not 0 < carriers <= looked_at <= unrelated.get(build, 0) or samples < carriers:
        raise ValueError(line)
    return (build, identifier), name, CarrierCount(carriers, looked_at, unrelated[build], samples)
