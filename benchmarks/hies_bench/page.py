"""docs/benchmark.md and its plot, made from the answers that are kept in `answers/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.hies_bench import case_file, rules
from benchmarks.hies_bench.adapter import Adapter, claimed
from benchmarks.hies_bench.adapters import ADAPTERS, KEPT, NOT_HERE
from benchmarks.hies_bench.case_file import CATEGORIES, NOT_APPLICABLE
from benchmarks.hies_bench.names_page import names_section
from benchmarks.hies_bench.plot import drawn
from benchmarks.hies_bench.score import (
    COSTLY,
    LESS_SURE,
    RIGHT,
    SILENT,
    WRONG,
    Said,
    Scores,
    read_said,
    score,
    share,
)

DOCS = Path(__file__).parents[2] / "docs"
OURS = "hies-annot"
COMMAND = "python -m benchmarks.hies_bench"
HEAD = f"""# HIES-bench

Made by `{COMMAND} all`; do not edit. {{cases}} cases, version {{version}}, SHA-256 `{{digest}}`. What is in them, how they are
scored and their limits: [datasheet](../benchmarks/hies_bench/datasheet.md). The authors of hies-annot made the benchmark, and its rows are
in a test; every other tool runs in its documented way with its authors' defaults, and a category that it does not set out to answer is not
applicable. A tool that names consequences answers by the rules below. Score another tool with `{COMMAND} score ANSWERS.tsv`.
"""


def kept(cases: list[case_file.Case]) -> dict[str, list[Said]]:
    """Return the answers of each tool that are kept, ours first; a case without a row has none."""
    files = {name: KEPT / f"{name}.tsv" for name in ADAPTERS}
    ids = [case.id for case in cases]
    found = {}
    for name, path in files.items():
        if path.exists():
            rows = {row.case: row for row in read_said(path)}
            found[name] = [rows.get(one, Said(one, NOT_APPLICABLE)) for one in ids]
    return found


def text() -> tuple[str, str]:
    """Return the page and the plot."""
    cases = case_file.load()
    answers = kept(cases)
    scores = {
        name: score(cases, claimed(ADAPTERS[name], cases, said)) for name, said in answers.items()
    }
    raw = {name: score(cases, said) for name, said in answers.items()}
    digest = case_file.digest()
    head = HEAD.format(cases=len(cases), version=case_file.VERSION, digest=digest)
    parts = [
        head, "\n".join(behind(raw)), "\n".join(all_tools(scores)), "\n".join(by_category(scores)),
        "\n".join(costly_cases(scores)), "\n".join(repeat(answers)), names_section(),
    ]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts if part) + "\n", drawn(titles(scores))


def titles(scores: Mapping[str, Scores]) -> dict[str, Scores]:
    """Return the scores by the tools' titles."""
    return {ADAPTERS[name].title: one for name, one in scores.items()}


def behind(raw: Mapping[str, Scores]) -> Iterator[str]:
    """Yield the cases that another tool gets right and hies-annot does not, claimed or not."""
    yield "## Cases that another tool gets right and hies-annot does not\n"
    lost = [case for case, mark in raw[OURS].by_case.items() if mark != RIGHT]
    rows = [
        (case, [ADAPTERS[name].title for name in raw if raw[name].by_case[case] == RIGHT])
        for case in lost
    ]
    better = [(case, names) for case, names in rows if names]
    if not better:
        yield f"None. Cases that hies-annot does not get right: {', '.join(lost) or 'none'}."
        return
    yield "| case | right | hies-annot |\n|---|---|---|"
    for case, names in better:
        yield f"| {case} | {', '.join(names)} | {raw[OURS].by_case[case]} |"


def all_tools(scores: Mapping[str, Scores]) -> Iterator[str]:
    """Yield the table of all tools over the categories that each claims."""
    yield "## All tools\n"
    yield "Over the cases of the categories that a tool claims; costly errors are counted there, too.\n"
    columns = (LESS_SURE, WRONG, SILENT, NOT_APPLICABLE, *COSTLY)
    yield f"| tool | version | right (95 %) | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 3) + "|"
    for name, one in scores.items():
        marks = one.total
        cells = [str(marks[mark]) for mark in columns[:4]]
        cells += [str(len(one.costly[kind])) for kind in COSTLY]
        yield f"| {ADAPTERS[name].title} | {version(name)} | {share(marks)} | {' | '.join(cells)} |"
    yield "\n![Share of right answers by category and tool](benchmark.svg)"


def version(name: str) -> str:
    """Return the version that gave the kept answers; ours is that of this checkout."""
    told = (KEPT / f"{name}.version").read_text(encoding="utf-8").strip()
    return "this checkout" if name in (OURS, "consequence-filter") else told


def by_category(scores: Mapping[str, Scores]) -> Iterator[str]:
    """Yield the table of right answers of each tool by category."""
    yield "## Right answers by category\n"
    yield f"| category | {' | '.join(titles(scores))} |"
    yield "|---" * (len(scores) + 1) + "|"
    for category, what in CATEGORIES.items():
        cells = [share(one.marks[category]) for one in scores.values()]
        yield f"| {category}: {what} | {' | '.join(cells)} |"


def costly_cases(scores: Mapping[str, Scores]) -> Iterator[str]:
    """Yield the costly errors of each tool, a few cases of each kind by name."""
    yield "## Costly errors\n"
    for name, one in scores.items():
        for kind, cases in one.costly.items():
            if cases:
                more = f" and {len(cases) - 6} more" if len(cases) > 6 else ""
                yield f"- {ADAPTERS[name].title}, {kind} ({len(cases)}): {', '.join(cases[:6])}{more}"


def repeat(answers: Mapping[str, list[Said]]) -> Iterator[str]:
    """Yield how each row is repeated, and the rules behind tools that name consequences."""
    yield "## Repeat a row\n"
    yield f"`{COMMAND} all` runs every tool that is on PATH. One row:\n"
    yield "| tool | install | run | way |\n|---|---|---|---|"
    for name in answers:
        one: Adapter = ADAPTERS[name]
        yield f"| {one.title} | `{one.install}` | `{COMMAND} run --adapter {name}` | {one.way} |"
    yield "\nFor names also `pip install pyhgvs`."
    yield "\nNot here: " + "; ".join(f"{name}, {why}" for name, why in NOT_HERE.items()) + "."
    yield "\nBefore another tool, bcftools names contigs, splits and left-aligns (`prepared.py`)."
    yield f"\n{rules.__doc__}".rstrip()


def write() -> None:
    """Write page and plot."""
    page, plot = text()
    (DOCS / "benchmark.md").write_text(page, encoding="utf-8")
    (DOCS / "benchmark.svg").write_text(plot, encoding="utf-8")
