"""Score the answers of a tool (standard library only).

A tool's file is a TSV with the columns `case` and `answer`, and where the tool tells them `gene`,
`alleles` (with commas) and `phase`. A case without a row counts as "cannot say".
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from benchmarks.hies_bench.case_file import (
    ANSWERS,
    CATEGORIES,
    NO_FINDING,
    NOT_APPLICABLE,
    PHASES,
    Case,
    Expected,
)

COLUMNS = ("case", "answer", "gene", "alleles", "phase", "note")
RIGHT, LESS_SURE, WRONG, SILENT = "right", "less sure", "wrong", "cannot say"
MARKS = (RIGHT, LESS_SURE, WRONG, SILENT, NOT_APPLICABLE)
FALSE_EXPLAINS, MISSED, FALSE_NOTHING = "false explains", "missed explains", "false nothing found"
COSTLY = (FALSE_EXPLAINS, MISSED, FALSE_NOTHING)


@dataclass(frozen=True)
class Said:
    """What a tool says of one case; an empty text is not told."""

    case: str
    answer: str
    gene: str = ""
    alleles: str = ""
    phase: str = ""
    note: str = ""


@dataclass(frozen=True)
class Scores:
    """The marks of a tool by category, its costly errors by kind, and how it marked each case.

    `details`: alleles and phase as (right, told) among the cases with the right answer.
    """

    marks: Mapping[str, Counter[str]]
    costly: Mapping[str, tuple[str, ...]]
    by_case: Mapping[str, str]
    details: Mapping[str, tuple[int, int]]

    @property
    def total(self) -> Counter[str]:
        """Return the marks of all categories."""
        return sum(self.marks.values(), Counter())


def read_said(path: Path) -> list[Said]:
    """Return the rows of a tool's file.

    Raises:
        SystemExit: the file has no such columns, names an answer that is none, or a case twice.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t")
        absent = {"case", "answer"} - set(table.fieldnames or ())
        if absent:
            raise SystemExit(f"{path}: no column {' and '.join(sorted(absent))}")
        rows = [Said(*((row.get(name) or "").strip() for name in COLUMNS)) for row in table]
    for row in rows:
        if row.answer not in (*ANSWERS, NO_FINDING, NOT_APPLICABLE):
            raise SystemExit(f"{path}: {row.case}: '{row.answer}' is no answer of the benchmark")
        if row.phase not in ("", *PHASES):
            raise SystemExit(f"{path}: {row.case}: '{row.phase}' is no phase of the benchmark")
    twice = [case for case, many in Counter(row.case for row in rows).items() if many > 1]
    if twice:
        raise SystemExit(f"{path}: {twice[0]} has several rows")
    return rows


def mark(case: Case, answer: str) -> str:
    """Return the mark of an answer: the rules that datasheet.md states."""
    accepted = case.expected.answers
    if answer in accepted:
        return RIGHT
    if answer == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if answer == NO_FINDING:
        if case.category == "coverage":
            return NOT_APPLICABLE
        return RIGHT if {"cannot say", "nothing found"} & set(accepted) else WRONG
    if answer == "cannot say":
        return SILENT
    return LESS_SURE if (accepted[0], answer) == ("explains", "may explain") else WRONG


def costly(expected: Expected, answer: str) -> str:
    """Return the kind of a costly error, or an empty text."""
    if answer in expected.answers:
        return ""
    if answer == "explains":
        return FALSE_EXPLAINS
    if answer == "nothing found":
        return FALSE_NOTHING
    silent = answer in ("carrier", "other disease", NO_FINDING)
    return MISSED if expected.answers[0] == "explains" and silent else ""


def score(cases: Iterable[Case], said: Iterable[Said]) -> Scores:
    """Return the scores of a tool.

    Raises:
        SystemExit: the tool names a case that is none.
    """
    by_id = {case.id: case for case in cases}
    rows = {row.case: row for row in said}
    unknown = sorted(set(rows) - set(by_id))
    if unknown:
        raise SystemExit(f"{unknown[0]} is no case of this version")
    found = {name: rows.get(name, Said(name, "cannot say")) for name in by_id}
    by_case = {name: mark(case, found[name].answer) for name, case in by_id.items()}
    kinds = {name: costly(case.expected, found[name].answer) for name, case in by_id.items()}
    marks = {
        category: Counter(by_case[name] for name in by_id if by_id[name].category == category)
        for category in CATEGORIES
    }
    right = [(by_id[name].expected, found[name]) for name in by_id if by_case[name] == RIGHT]
    return Scores(
        marks=marks,
        costly={kind: tuple(n for n, other in kinds.items() if other == kind) for kind in COSTLY},
        by_case=by_case,
        details={"alleles": _alleles(right), "phase": _phase(right)},
    )


def _alleles(right: Iterable[tuple[Expected, Said]]) -> tuple[int, int]:
    asked = [
        (set(e.alleles), set(s.alleles.split(","))) for e, s in right if e.alleles and s.alleles
    ]
    return sum(wanted <= told for wanted, told in asked), len(asked)


def _phase(right: Iterable[tuple[Expected, Said]]) -> tuple[int, int]:
    asked = [(e.phase, s.phase) for e, s in right if e.phase and s.phase]
    return sum(wanted == told for wanted, told in asked), len(asked)


def interval(right: int, many: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval of a share, 95 % by default; (0, 1) of nothing."""
    if not many:
        return 0.0, 1.0
    share = right / many
    middle = share + z * z / (2 * many)
    spread = z * sqrt(share * (1 - share) / many + z * z / (4 * many * many))
    whole = 1 + z * z / many
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def applicable(marks: Mapping[str, int]) -> int:
    """Return how many cases a tool claims to answer."""
    return sum(many for name, many in marks.items() if name != NOT_APPLICABLE)


def table(scores: Scores) -> str:
    """Return the scores as Markdown: a row a category, then all, then what is costly."""
    rows = [*scores.marks.items(), ("all", scores.total)]
    lines = [
        "| category | cases | right (95 %) | less sure | wrong | cannot say | not applicable |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, marks in rows:
        cells = [str(marks[one]) for one in (LESS_SURE, WRONG, SILENT, NOT_APPLICABLE)]
        lines.append(f"| {name} | {sum(marks.values())} | {share(marks)} | {' | '.join(cells)} |")
    lines += ["", *(f"{kind}: {len(cases)}" for kind, cases in scores.costly.items())]
    lines += [
        f"{name} right, of those told: {right} of {told}"
        for name, (right, told) in scores.details.items()
    ]
    return "\n".join(lines) + "\n"


def share(marks: Mapping[str, int]) -> str:
    """Return the right answers of the applicable cases with their interval, in words."""
    many = applicable(marks)
    if not many:
        return "-"
    right = marks.get(RIGHT, 0)
    low, high = interval(right, many)
    return f"{right} of {many} ({100 * low:.0f}-{100 * high:.0f} %)"
