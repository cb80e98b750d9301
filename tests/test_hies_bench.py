"""HIES-bench: its cases, its scorer, and what hies-annot answers to all of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import sqrt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from benchmarks.hies_bench import case_file, names, page
from benchmarks.hies_bench.adapter import claimed
from benchmarks.hies_bench.adapters import ADAPTERS, KEPT, answers_of
from benchmarks.hies_bench.case_file import ANSWERS, CATEGORIES, NO_FINDING, NOT_APPLICABLE, PHASES
from benchmarks.hies_bench.make_cases import all_cases
from benchmarks.hies_bench.score import (
    COLUMNS,
    COSTLY,
    MARKS,
    Said,
    costly,
    interval,
    mark,
    read_said,
    score,
    table,
)
from hypothesis import given
from hypothesis import strategies as st

CASES = case_file.load()
FOLDER = Path(case_file.__file__).parent


def test_the_generator_gives_the_same_bytes() -> None:
    text = case_file.FILE.read_text(encoding="utf-8")
    assert case_file.to_lines(all_cases()) == text, "run `python -m benchmarks.hies_bench make`"


def test_a_version_is_its_digest() -> None:
    version, digest = (FOLDER / "SHA256").read_text(encoding="utf-8").split()
    assert (version, digest) == (case_file.VERSION, case_file.digest())


def test_the_datasheet_counts_the_cases() -> None:
    text = (FOLDER / "datasheet.md").read_text(encoding="utf-8")
    assert f"Version {case_file.VERSION}. {len(CASES)} cases;" in text


def test_cases_are_what_the_benchmark_promises() -> None:
    assert len(CASES) == len({case.id for case in CASES}) >= 300
    assert len({case.writer for case in CASES}) > 40
    assert {case.category for case in CASES} == set(CATEGORIES)
    assert {answer for case in CASES for answer in case.expected.answers} == set(ANSWERS)
    assert min(Counter(case.build for case in CASES if "GRCh" in case.build).values()) > 200
    assert case_file.FILE.stat().st_size < 3_000_000


def test_every_case_is_whole() -> None:
    for case in CASES:
        whole(case)


def whole(case: case_file.Case) -> None:
    expected = case.expected
    assert re.fullmatch(r"[A-Za-z0-9._-]+", case.id)
    assert len(expected.reason) > 20
    assert expected.source
    assert expected.phase in (None, *PHASES)
    said = expected.answers[0] not in ("nothing found", "cannot say")
    assert (expected.gene is not None) is (expected.condition is not None) is said
    for person in case.people:
        named = {person.vcf, person.sv_vcf, person.callable} - {""}
        assert named <= set(case.files)
        head = next(x for x in case.files[person.vcf].splitlines() if x.startswith("#CHROM"))
        assert person.column in head.split("\t")[9:]


def test_unpacked_files_are_those_of_the_case(tmp_path: Path) -> None:
    case_file.unpack(CASES[:3], tmp_path)
    for case in CASES[:3]:
        for name, text in case.files.items():
            assert (tmp_path / case.id / name).read_text(encoding="utf-8") == text
        rows = (tmp_path / case.id / "family.ped").read_text(encoding="utf-8").splitlines()
        assert [len(row.split("\t")) for row in rows] == [6] * len(case.people)


EVERYTHING = (*ANSWERS, NO_FINDING, NOT_APPLICABLE)


def first(answer: str, category: str | None = None) -> case_file.Case:
    return next(
        case
        for case in CASES
        if case.expected.answers == (answer,) and category in (None, case.category)
    )


@pytest.mark.parametrize(
    ("truth", "said", "marked", "cost"),
    [
        ("explains", "explains", "right", ""),
        ("explains", "may explain", "less sure", ""),
        ("explains", "carrier", "wrong", "missed explains"),
        ("explains", NO_FINDING, "wrong", "missed explains"),
        ("explains", "nothing found", "wrong", "false nothing found"),
        ("explains", "cannot say", "cannot say", ""),
        ("may explain", "explains", "wrong", "false explains"),
        ("may explain", NO_FINDING, "wrong", ""),
        ("carrier", "explains", "wrong", "false explains"),
        ("carrier", NO_FINDING, "wrong", ""),
        ("other disease", "may explain", "wrong", ""),
        ("nothing found", "cannot say", "cannot say", ""),
        ("cannot say", "nothing found", "wrong", "false nothing found"),
    ],
)
def test_marks(truth: str, said: str, marked: str, cost: str) -> None:
    case = first(truth)
    assert (mark(case, said), costly(case.expected, said)) == (marked, cost)


def test_no_finding_claims_nothing_about_coverage() -> None:
    assert mark(first("cannot say", "coverage"), NO_FINDING) == NOT_APPLICABLE
    assert mark(first("nothing found", "coverage"), NO_FINDING) == NOT_APPLICABLE
    assert mark(first("cannot say", "evidence"), NO_FINDING) == "right"


@given(st.sampled_from(CASES), st.sampled_from(EVERYTHING))
def test_every_answer_has_a_mark_and_a_right_one_costs_nothing(
    case: case_file.Case, said: str
) -> None:
    assert mark(case, said) in MARKS
    assert costly(case.expected, said) in ("", *COSTLY)
    if mark(case, said) != "wrong":
        assert not costly(case.expected, said)


def test_the_truth_itself_scores_full_marks() -> None:
    said = [
        Said(c.id, c.expected.answers[0], alleles=",".join(c.expected.alleles or ()),
             phase=c.expected.phase or "")
        for c in CASES
    ]  # fmt: skip
    scores = score(CASES, said)
    assert scores.total == Counter({"right": len(CASES)})
    assert not any(scores.costly.values())
    assert all(right == told > 0 for right, told in scores.details.values())


def test_a_case_without_a_row_is_not_said() -> None:
    assert score(CASES, []).total == Counter(
        {
            "right": sum("cannot say" in case.expected.answers for case in CASES),
            "cannot say": sum("cannot say" not in case.expected.answers for case in CASES),
        }
    )


def test_other_alleles_and_another_phase_are_not_right() -> None:
    case = next(c for c in CASES if c.expected.alleles and c.expected.phase == "trans")
    said = Said(case.id, case.expected.answers[0], alleles="20-1-A-C", phase="cis")
    assert score(CASES, [said]).details == {"alleles": (0, 1), "phase": (0, 1)}


@given(st.integers(1, 60).flatmap(lambda many: st.tuples(st.integers(0, many), st.just(many))))
def test_the_interval_is_wilsons(drawn: tuple[int, int]) -> None:
    right, many = drawn
    share = right / many
    low, high = interval(right, many)
    assert 0 <= low <= high <= 1
    for edge, end in (
        (low, 0.0),
        (high, 1.0),
    ):  # by definition 1.96 standard errors of the edge off
        if edge != end:
            assert abs(share - edge) == pytest.approx(
                1.96 * sqrt(edge * (1 - edge) / many), abs=1e-7
            )


FAULTS = {
    "no column answer": "case\tgene\n",
    "is no answer": "case\tanswer\nx\tperhaps\n",
    "is no phase": "case\tanswer\tphase\nx\tcarrier\tboth\n",
    "several rows": "case\tanswer\nx\tcarrier\nx\tcarrier\n",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_with_a_fault_is_not_scored(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "said.tsv"
    path.write_text(FAULTS[fault], encoding="utf-8")
    with pytest.raises(SystemExit, match=fault):
        read_said(path)


def test_an_unknown_case_is_not_scored() -> None:
    with pytest.raises(SystemExit, match="is no case"):
        score(CASES, [Said("no such case", "carrier")])


def test_the_table_has_every_category_and_the_costs(tmp_path: Path) -> None:
    path = tmp_path / "said.tsv"
    wrong = first("carrier")
    path.write_text(f"{chr(9).join(COLUMNS[:2])}\n{wrong.id}\texplains\n", encoding="utf-8")
    text = table(score(CASES, read_said(path)))
    assert all(f"| {name} |" in text for name in (*CATEGORIES, "all"))
    assert "false explains: 1" in text


def test_lines_are_read_as_they_were_written() -> None:
    assert list(case_file.from_lines(case_file.to_lines(CASES).splitlines())) == CASES


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    return answers_of("hies-annot", CASES, tmp_path_factory.mktemp("bench"))


def test_no_answer_of_ours_has_changed(ours: list[Said]) -> None:
    kept = read_said(KEPT / "hies-annot.tsv")
    found = sorted((replace(row, note="") for row in ours), key=lambda row: row.case)
    changed = [new for old, new in zip(kept, found, strict=True) if old != new]
    assert not changed, "run `python -m benchmarks.hies_bench all --adapter hies-annot`"


def test_the_page_and_the_plot_are_those_of_the_answers() -> None:
    text, plot = page.text()
    folder = FOLDER.parents[1] / "docs"
    said = "run `python -m benchmarks.hies_bench page`"
    assert (folder / "benchmark.md").read_text(encoding="utf-8") == text, said
    assert (folder / "benchmark.svg").read_text(encoding="utf-8") == plot, said
    ET.fromstring(plot)


@pytest.mark.parametrize("name", [path.stem for path in sorted(KEPT.glob("*.tsv"))])
def test_kept_answers_can_be_scored(name: str) -> None:
    said = read_said(KEPT / f"{name}.tsv")
    assert score(CASES, said).total.total() == len(CASES)
    claims = ADAPTERS[name].claims
    marked = claimed(ADAPTERS[name], CASES, said)
    assert {row.case for row in marked if row.answer != NOT_APPLICABLE} <= {
        case.id for case in CASES if case.category in claims
    }


def test_our_names_are_those_that_are_kept(tmp_path: Path) -> None:
    kept = [one for one in names.kept() if one.tool == "hies-annot"]
    assert list(names.counts("hies-annot", tmp_path)) == kept, (
        "run `python -m benchmarks.hies_bench names`"
    )
    assert {one.other for one in kept} == {"", "p.? not p.Lys362fs"}


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("NM_1.2:c.1083delG", "c.1083del"),
        ("c.5_6delinsAC", "c.5_6delinsAC"),
        ("p.(Arg382Trp)", "p.Arg382Trp"),
        ("p.(Lys362SerfsTer28)", "p.Lys362fs"),
        ("p.Asp237fs", "p.Asp237fs"),
        ("p.Gln195*", "p.Gln195Ter"),
        ("c.1139+1G>T", "c.1139+1G>T"),
    ],
)
def test_names_are_compared_without_style(name: str, compared: str) -> None:
    assert names.plain(name) == compared
