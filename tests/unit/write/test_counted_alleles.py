"""What a run has counted stands on the pages of the carriers, in its tables, and in later runs."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from hies_annot.cli.main import cli
from hies_annot.errors import HiesError
from hies_annot.render.run_slot import END, START, with_slot
from hies_annot.shipped import resource_path

SAMPLES = ("A", "B", "C", "D")
NAME = "STAT3 c.1144C&gt;T is carried by"


def run(folder: Path, output: str = "results", /, family: str = "", **settings: object) -> Path:
    for name in SAMPLES:
        shutil.copy(resource_path("example/vcf/EX01.vcf"), folder / f"{name}.vcf")
    rows = "".join(f"{name}\t{name}.vcf\tEX01\t{family}\n" for name in SAMPLES)
    sheet = folder / "samples.tsv"
    sheet.write_text("sample\tvcf\tvcf_sample\tfamily\n" + rows)
    config = folder / "config.yaml"
    config.write_text(yaml.safe_dump({"samples": str(sheet), **settings}))
    words = ["run", "--config", str(config), "-o", str(folder / output), "-q"]
    made = CliRunner().invoke(cli, words)
    assert made.exit_code == 0, made.output
    return folder / output


def page(results: Path, sample: str) -> str:
    (found,) = results.glob(f"*/{sample}.html")
    return found.read_text()


@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_count_stands_on_each_page_whatever_the_size_of_batches(
    tmp_path: Path, size: int
) -> None:
    results = run(tmp_path, batch_size=size, recurrence={"carriers": 4})
    assert [f"{NAME} 4 of 4 unrelated samples" in page(results, name) for name in SAMPLES] == (
        [True] * 4
    )
    assert 'href="../index.html#many"' in page(results, "A")
    assert 'id="many"' in (results / "index.html").read_text()


def test_a_page_that_a_run_has_filled_is_emptied_by_one_that_counts_otherwise(
    tmp_path: Path,
) -> None:
    plain = page(run(tmp_path, "fresh"), "A")
    filled = page(run(tmp_path, recurrence={"carriers": 2}), "A")
    assert plain == with_slot(filled, "")
    assert plain != filled
    lines = tmp_path / "results/batch-0001.jsonl"
    again = CliRunner().invoke(
        cli, ["summarise", "--results", str(lines), "-o", str(tmp_path / "results")]
    )
    assert again.exit_code == 0
    assert page(tmp_path / "results", "A") == plain


def test_a_family_is_one_carrier_and_so_not_many(tmp_path: Path) -> None:
    results = run(tmp_path, family="F", recurrence={"carriers": 2})
    assert NAME not in page(results, "A")


def test_a_page_without_the_place_stays_as_it_is() -> None:
    assert with_slot(f"a{START}x{END}b", "y") == f"a{START}y{END}b"
    assert with_slot("a page of an older version", "y") == "a page of an older version"


def counted(*folders: Path, to: Path) -> Path:
    words = [word for folder in folders for word in ("--from", str(folder))]
    made = CliRunner().invoke(cli, ["resources", "build", *words, "-o", str(to)])
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception
    assert made.exit_code == 0, made.output
    return Path(yaml.safe_load(made.output)["recurrence"]["earlier_runs"])


def test_earlier_runs_are_counted_beside_this_one(tmp_path: Path) -> None:
    table = counted(run(tmp_path, "old"), to=tmp_path / "lab")
    assert not any(f"\t{name}\t" in table.read_text() for name in SAMPLES)
    results = run(tmp_path, recurrence={"carriers": 8, "earlier_runs": str(table)})
    said = f"{NAME} 4 of 4 unrelated samples of this run and by 4 of 4 of earlier runs; no source"
    assert said in page(results, "A")
    with (results / "findings.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["carriers_in_earlier_runs"] for row in rows} == {"4 of 4"}
    told = json.loads((results / "run.json").read_text())
    assert told["recurrence"][0]["earlier"]["carriers"] == 4
    assert told["earlier_runs"]["plans"] == [
        json.loads((tmp_path / "old/plan.json").read_text())["plan"]
    ]


def test_two_runs_with_the_same_samples_count_them_once(tmp_path: Path) -> None:
    one, two = run(tmp_path, "one"), run(tmp_path, "two", batch_size=1)
    table = counted(one, two, to=tmp_path / "lab").read_text()
    assert "# runs: 2\n" in table
    assert "# unrelated GRCh38: 4\n" in table


def test_a_folder_that_is_not_finished_is_not_counted(tmp_path: Path) -> None:
    results = run(tmp_path, batch_size=2)
    (results / "batch-0002.jsonl").unlink()
    with pytest.raises(HiesError, match=r"batch-0002\.jsonl: this batch has no results"):
        counted(results, to=tmp_path / "lab")


def test_a_table_that_cannot_be_used_is_found_before_the_run(tmp_path: Path) -> None:
    run(tmp_path)
    config = tmp_path / "config.yaml"
    settings = yaml.safe_load(config.read_text())
    config.write_text(yaml.safe_dump({**settings, "recurrence": {"earlier_runs": "gone.tsv"}}))
    for words in (["check"], ["run", "-o", str(tmp_path / "new")]):
        made = CliRunner().invoke(cli, [*words, "--config", str(config)])
        assert "gone.tsv: cannot be read" in str(made.exception)
    assert not list((tmp_path / "new").glob("*.jsonl"))
