"""Decisions and an earlier report, from the files of a user to pages and tables, and back out."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import validate

from hies_annot.cli.main import cli
from hies_annot.model.json_schema import json_schema
from hies_annot.render.column import unguarded
from hies_annot.results.run_contract import RunResult
from hies_annot.run.folder_check import faults_of_results
from hies_annot.shipped import resource_path

HEAD = "sample\tfinding\tdecision\tnote\twho\twhen\tabout\n"
CONDITION = "STAT3-AD-HIES"
FEWER_READS = ("0/1:19,17:36:99", "0/1:25,11:36:99")
"""The call of EX01 as it is, and as another sequencing might have it."""


def start(folder: Path, *, samples: str = "AB", **settings: object) -> Result:
    for name in "AB":
        if not (folder / f"{name}.vcf").exists():
            shutil.copy(resource_path("example/vcf/EX01.vcf"), folder / f"{name}.vcf")
    sheet = folder / "samples.tsv"
    rows = "".join(f"{name}\t{name}.vcf\tEX01\n" for name in samples)
    sheet.write_text("sample\tvcf\tvcf_sample\n" + rows)
    config = folder / "config.yaml"
    config.write_text(yaml.safe_dump({"samples": str(sheet), **settings}))
    words = ["run", "--config", str(config), "-o", str(folder / "results"), "-q"]
    return CliRunner().invoke(cli, words)


def run(folder: Path, **settings: object) -> Path:
    made = start(folder, **settings)
    assert made.exit_code == 0, made.output
    return folder / "results"


def page(results: Path, sample: str) -> str:
    return (results / f"batch-0001/{sample}.html").read_text()


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as file:
        return {row["sample"]: row for row in csv.DictReader(file, delimiter="\t")}


def about(results: Path, sample: str = "A") -> str:
    return rows_of(results / "findings.tsv")[sample]["about"]


def sequence_again(folder: Path, sample: str) -> None:
    path = folder / f"{sample}.vcf"
    before = path.read_text()
    after = before.replace(*FEWER_READS)
    assert after != before
    path.write_text(after)


def test_a_decision_stands_beside_the_finding_and_hides_nothing(tmp_path: Path) -> None:
    results = run(tmp_path)
    plain = {name: page(results, name) for name in "AB"}
    said = f"A\t{CONDITION}\tdismissed\t<b>parent</b> has it\tRM\t2026-11-02\t{about(results)}\n"
    (results / "review.tsv").write_text(HEAD + said)
    (fault,) = faults_of_results(results)
    assert "review.tsv: is newer than the summary" in fault

    run(tmp_path)

    assert (results / "review.tsv").read_text() == HEAD + said
    assert list(faults_of_results(results)) == []
    row = rows_of(results / "findings.tsv")["A"]
    assert row["status"] == "relevant"
    assert (row["decision"], row["decision_state"]) == ("dismissed", "current")
    assert (row["decided_by"], unguarded(row["decided_when"])) == ("RM", "2026-11-02")
    assert rows_of(results / "summary.tsv")["A"]["decisions"] == f"{CONDITION}: dismissed"
    assert "&lt;b&gt;parent&lt;/b&gt; has it" in page(results, "A")
    assert "is not known to be made" not in page(results, "A")
    assert page(results, "B") == plain["B"]
    assert 'id="review"' in (results / "index.html").read_text()
    whole = json.loads((results / "run.json").read_text())
    validate(whole, json_schema(RunResult))
    assert whole["review"]["decisions"][0]["state"] == "current"

    (results / "review.tsv").unlink()
    run(tmp_path)
    assert {name: page(results, name) for name in "AB"} == plain


def test_a_decision_goes_stale_when_the_reads_are_others(tmp_path: Path) -> None:
    results = run(tmp_path)
    bound, other = about(results), about(results, "B")
    (results / "review.tsv").write_text(
        f"{HEAD}A\t{CONDITION}\tconfirmed\t\t\t\t{bound}\nB\t{CONDITION}\tconfirmed\t\t\t\t{other}\n"
    )
    sequence_again(tmp_path, "A")

    made = start(tmp_path)

    assert made.exit_code == 0
    assert "1 decision was made on other evidence than this run has" in made.output
    rows = rows_of(results / "findings.tsv")
    assert [rows[name]["decision_state"] for name in "AB"] == ["stale", "current"]
    assert "decide again" in page(results, "A")
    assert "decide again" not in page(results, "B")
    assert "confirmed (evidence has changed)" in (results / "index.html").read_text()


def test_bad_lines_are_told_and_stop_nothing(tmp_path: Path) -> None:
    results = tmp_path / "results"
    results.mkdir()
    (results / "review.tsv").write_text(
        f"{HEAD}A\t{CONDITION}\tdismised\nZ\t\tpending\nB\t{CONDITION}\tpending\n"
    )
    (results / "review.json").write_text("{")

    made = start(tmp_path)

    assert made.exit_code == 0
    told = (
        "review.tsv, line 2: decision 'dismised' of sample 'A' is none of",
        "review.tsv, line 3: sample 'Z' is not in this run",
        "review.json: no decision in it could be read",
    )
    assert all(line in made.output for line in told)
    index = (results / "index.html").read_text()
    assert all(line.replace("'", "&#39;") in index for line in told)
    assert rows_of(results / "findings.tsv")["B"]["decision_state"] == "unbound"
    assert "not known what it was made on" in page(results, "B")


def test_a_sample_that_leaves_takes_no_decision_with_it(tmp_path: Path) -> None:
    results = run(tmp_path)
    said = f"{HEAD}B\t{CONDITION}\tconfirmed\t\t\t\t{about(results, 'B')}\n"
    (results / "review.tsv").write_text(said)
    run(tmp_path)

    made = start(tmp_path, samples="A")

    assert "review.tsv, line 2: sample 'B' is not in this run" in made.output
    assert (results / "review.tsv").read_text() == said
    assert (results / "withdrawn/batch-0001/B.html").exists()
    assert "review" not in (results / "withdrawn/list.tsv").read_text()


def test_what_has_changed_stands_on_page_and_index(tmp_path: Path) -> None:
    results = run(tmp_path)
    old = results.rename(tmp_path / "old")
    vcf = tmp_path / "A.vcf"
    lines = [line for line in vcf.read_text().splitlines() if "\t42329643\t" not in line]
    vcf.write_text("\n".join(lines) + "\n")

    made = start(tmp_path, samples="A", earlier=str(old))

    assert made.exit_code == 0, made.output
    assert "1 sample with another answer than earlier" in made.output
    index = (results / "index.html").read_text()
    assert "1 sample with another answer" in index
    assert "(B: Relevant)" in index
    now = rows_of(results / "summary.tsv")["A"]
    assert now["changed"].startswith("status: Relevant -> ")
    assert "The answer is another one than in the earlier report" in page(results, "A")
    told = json.loads((results / "run.json").read_text())["since_earlier"]
    assert told["answers_changed"] == 1
    assert told["gone"] == [{"sample": "B", "status": "relevant"}]

    run(tmp_path, samples="A")
    assert "earlier report" not in page(results, "A")


def test_the_same_answer_on_other_evidence_is_no_other_answer(tmp_path: Path) -> None:
    old = run(tmp_path).rename(tmp_path / "old")
    clinvar = tmp_path / "clinvar.vcf"
    names = ("CLNSIG", "CLNREVSTAT")
    clinvar.write_text(
        "##fileformat=VCFv4.1\n##fileDate=2026-10-01\n##contig=<ID=17,length=83257441>\n"
        + "".join(f'##INFO=<ID={name},Number=.,Type=String,Description="x">\n' for name in names)
        + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        "17\t42329643\t7\tG\tA\t.\t.\tCLNSIG=Pathogenic;"
        "CLNREVSTAT=criteria_provided,_single_submitter\n"
    )
    source = {"name": "ClinVar", "kind": "clinvar", "path": str(clinvar)}

    results = run(tmp_path, earlier=str(old / "run.json"), evidence={"sources": [source]})

    index = (results / "index.html").read_text()
    assert "No sample has another answer." in index
    assert "Same answer on other evidence: 2 samples" in index
    assert "resources: ClinVar" in index
    assert "The answer is the same as in the earlier report" in page(results, "A")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"review": "gone.tsv"}, "gone.tsv: this file of decisions does not exist"),
        ({"earlier": "gone"}, "gone: this run file does not exist"),
        ({"earlier": "results"}, "writes its own results"),
    ],
)
def test_what_the_settings_name_must_be_there_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    made = start(tmp_path, **settings)
    assert told in str(made.exception)
    assert not list((tmp_path / "results").glob("*.jsonl"))
    checked = CliRunner().invoke(cli, ["check", "--config", "config.yaml"])
    assert told in str(checked.exception)
