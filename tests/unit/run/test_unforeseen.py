"""A fault of the program ends the sample that met it, with a sentence and a debug log; no other."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.cli.main import main
from hies_annot.errors import InputError, InvariantError, sentence_of
from hies_annot.model import SampleReport
from hies_annot.read import samples
from hies_annot.results.contract import SampleResult
from hies_annot.results.invariants import check_result
from hies_annot.run import analyse, sample
from hies_annot.write import run_part, sample_files

HEAD = "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n##contig=<ID=20,length=64444167>\n"
PEOPLE = ("A", "B", "C")


def cohort(folder: Path) -> Path:
    """Write three people with STAT3 p.Arg382Trp; B has a depth that tells it from the others."""
    path = folder / "cohort.vcf"
    columns = "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"])
    values = "\t".join(f"0/1:20,20:{40 + (name == 'B')}:99" for name in PEOPLE)
    record = f"17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t{values}\n"
    other = "20\t33757000\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t" + "\t".join(["0/0:40,0:40:99"] * 3)
    path.write_text(f"{HEAD}{columns}\t" + "\t".join(PEOPLE) + f"\n{record}{other}\n")
    return path


def statuses(folder: Path) -> dict[str, str]:
    lines = [x for path in folder.glob("*.jsonl") for x in path.read_text().splitlines()]
    return {found["sample"]: found["status"] for found in map(json.loads, lines)}


def breaks_for_b(function, of):
    """Return the function as it is, except that it has a fault where `of` finds B."""

    def broken(*args, **named):
        if of(*args, **named):
            raise ZeroDivisionError("made to fail")
        return function(*args, **named)

    return broken


STAGES = {
    "a column": (samples, "interpret", lambda site, fields, *_: fields.dp == 41),
    "its calls": (samples, "rejoin_split", lambda calls, _: any(c.fields.dp == 41 for c in calls)),
    "its verdicts": (sample, "judge_calls", lambda known, book, kin, spec, *_: spec.sample == "B"),
    "its result": (
        analyse,
        "to_result",
        lambda report, **_: report.spec.sample == "B" and report.calls,
    ),
    "its page": (
        sample_files,
        "render_sample",
        lambda result: result.sample == "B" and result.variants,
    ),
    "its line in the tables": (
        run_part,
        "summarise",
        lambda result, **_: result.sample == "B" and result.variants,
    ),
}


@pytest.mark.unforeseen
@pytest.mark.parametrize("stage", STAGES)
def test_one_sample_fails_and_the_others_go_on(stage, tmp_path, monkeypatch):
    module, name, of = STAGES[stage]
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    file = str(cohort(tmp_path))
    with pytest.raises(SystemExit) as end:
        main(["run", file, "-o", str(whole), "-q"])
    assert end.value.code == 0
    monkeypatch.setattr(module, name, breaks_for_b(getattr(module, name), of))
    with pytest.raises(SystemExit) as end:
        main(["run", file, "-o", str(broken), "-q"])
    assert end.value.code == 1
    assert statuses(broken) == {**statuses(whole), "B": "failed"}
    text = (broken / "debug.log").read_text()
    assert "ZeroDivisionError: made to fail" in text
    assert "B" in text.splitlines()[0]
    for name in "AC":
        for end_of_name in (".json", ".tsv"):
            one, other = (each / f"batch-0001/{name}{end_of_name}" for each in (whole, broken))
            assert one.read_bytes() == other.read_bytes()
    assert "ZeroDivisionError in" in (broken / "batch-0001/B.json").read_text()


@pytest.fixture
def earlier_lines(tmp_path) -> str:
    """What a run without faults has written."""
    with pytest.raises(SystemExit):
        main(["run", str(cohort(tmp_path)), "-o", str(tmp_path / "out"), "-q"])
    return str(tmp_path / "out/batch-0001.jsonl")


def variants_of_b(result, **_):
    return result.sample == "B" and result.variants


@pytest.mark.unforeseen
def test_one_page_that_cannot_be_made_again_is_one_that_failed(
    earlier_lines, tmp_path, monkeypatch, capsys
):
    broken = breaks_for_b(sample_files.render_sample, variants_of_b)
    monkeypatch.setattr(sample_files, "render_sample", broken)
    with pytest.raises(SystemExit):
        main(["report", "--results", earlier_lines, "-o", str(tmp_path / "again")])
    assert "B: the program met what it was not made for" in capsys.readouterr().err
    found = {
        name: json.loads((tmp_path / f"again/{name}.json").read_text())["status"] for name in PEOPLE
    }
    assert found == {**statuses(tmp_path / "out"), "B": "failed"}


@pytest.mark.unforeseen
def test_one_sample_that_cannot_be_summed_up_is_one_that_failed(
    earlier_lines, tmp_path, monkeypatch
):
    broken = breaks_for_b(run_part.summarise, variants_of_b)
    monkeypatch.setattr(run_part, "summarise", broken)
    with pytest.raises(SystemExit):
        main(["summarise", "--results", earlier_lines, "-o", str(tmp_path / "again")])
    with (tmp_path / "again/summary.tsv").open(newline="") as handle:
        found = {row["sample"]: row["status"] for row in csv.DictReader(handle, delimiter="\t")}
    assert found == {**statuses(tmp_path / "out"), "B": "failed"}


def test_a_good_run_leaves_no_debug_log(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/debug.log").write_text("of an earlier run")
    with pytest.raises(SystemExit):
        main(["run", str(cohort(tmp_path)), "-o", str(tmp_path / "out"), "-q"])
    assert not (tmp_path / "out/debug.log").exists()


@pytest.mark.unforeseen
def test_a_fault_while_a_file_is_read_ends_that_file_only(tmp_path, monkeypatch):
    one, other = cohort(tmp_path), tmp_path / "other.vcf"
    other.write_text(one.read_text().replace("\tA\tB\tC\n", "\tD\tE\tF\n"))

    def broken(file, *args, **named):
        if file.path.name == "cohort.vcf":
            raise KeyError("made to fail")
        return gather(file, *args, **named)

    gather = samples.gather
    monkeypatch.setattr(samples, "gather", broken)
    with pytest.raises(SystemExit):
        main(["run", str(one), str(other), "-o", str(tmp_path / "out"), "-q"])
    found = statuses(tmp_path / "out")
    assert {found[name] for name in "ABC"} == {"failed"}
    assert "failed" not in {found[name] for name in "DEF"}


@given(st.text(), st.text())
def test_a_fault_of_a_file_is_told_in_its_own_words(message, sample_id):
    assert sentence_of(InputError(message), sample_id) == message


@pytest.mark.unforeseen
def test_the_place_is_told_without_folders():
    try:
        check_result(None, None)
    except AttributeError as fault:
        said = sentence_of(fault, "B")
    assert "AttributeError in results/invariants.py, line " in said


BREAKS = {
    "an allele is lost": lambda r: replace(r, variants=r.variants[1:]),
    "an allele is doubled": lambda r: replace(r, variants=[*r.variants, r.variants[0]]),
    "a finding rests on nothing": lambda r: replace(
        r, conditions=[replace(r.conditions[0], variants=["17-1-A-C"])]
    ),
    "reported and dropped": lambda r: replace(
        r, variants=[replace(v, reported=not v.reported) for v in r.variants]
    ),
    "another status": lambda r: replace(r, status="carrier"),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_result_that_breaks_what_holds_is_no_result(how, report_and_result):
    report, result = report_and_result
    check_result(report, result)
    with pytest.raises(InvariantError):
        check_result(report, BREAKS[how](result))


@pytest.fixture
def report_and_result(tmp_path, monkeypatch) -> tuple[SampleReport, SampleResult]:
    """The report and the result of a sample with a finding."""
    kept = []
    monkeypatch.setattr(analyse, "check_result", lambda *both: kept.append(both))
    with pytest.raises(SystemExit):
        main(["run", str(cohort(tmp_path)), "-o", str(tmp_path / "out"), "-q"])
    return kept[0]
