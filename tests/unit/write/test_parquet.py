"""Parquet has the rows of the tables, with types; what cannot be written is told before the run."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from hies_annot.cli.main import cli
from hies_annot.errors import HiesError
from hies_annot.render.column import cell, guarded
from hies_annot.shipped import resource_path
from hies_annot.write.parquet import PARQUET_FILES

pq = pytest.importorskip("pyarrow.parquet")


def run(output: Path, *words: str) -> None:
    files = [str(resource_path(f"example/vcf/{name}.vcf")) for name in ("EX01", "EX06", "EX16")]
    made = CliRunner().invoke(cli, ["run", *files, "-o", str(output), "-q", *words])
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception


def text(value: object) -> str:
    return guarded(cell(value)) if isinstance(value, str) else cell(value)


@pytest.mark.parametrize("name", ["summary", "findings"])
def test_the_rows_are_those_of_the_table_and_the_bytes_are_the_same_again(
    tmp_path: Path, name: str
) -> None:
    run(tmp_path / "a", "--parquet")
    run(tmp_path / "b", "--parquet")
    made = tmp_path / "a" / f"{name}.parquet"
    assert made.read_bytes() == (tmp_path / "b" / f"{name}.parquet").read_bytes()
    with (tmp_path / "a" / f"{name}.tsv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: list[dict[str, Any]] = pq.read_table(made).to_pylist()
    assert len(found) == len(rows) > 0
    for typed, written in zip(found, rows, strict=True):
        shares = {key for key in typed if key.startswith("callable_percent")}
        assert {k: text(v) for k, v in typed.items() if k not in shares} == {
            k: v for k, v in written.items() if k not in shares
        }
        assert [typed[k] for k in shares] == [
            float(written[k]) if written[k] else None for k in shares
        ]


def test_types_do_not_depend_on_the_rows(tmp_path: Path) -> None:
    run(tmp_path, "--parquet")
    schema = pq.read_schema(tmp_path / "summary.parquet")
    kinds = {name: str(schema.field(name).type) for name in schema.names}
    assert kinds["records"] == kinds["known_sites_unknown"] == "int64"
    assert kinds["assumed_reference"] == "bool"
    assert kinds["callable_percent_STAT3"] == "double"
    assert kinds["sample"] == kinds["batch"] == "string"


def test_a_run_that_writes_none_leaves_none_of_an_earlier_one(tmp_path: Path) -> None:
    run(tmp_path, "--parquet")
    run(tmp_path)
    assert not any((tmp_path / name).exists() for name in PARQUET_FILES)


def test_a_missing_extra_is_told_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "hies_annot.write.parquet.find_spec",
        lambda name: None if name == "pyarrow" else found(name),
    )
    with pytest.raises(HiesError, match=r"pip install 'hies-annot\[parquet\]'"):
        run(tmp_path / "a", "--parquet")
    assert not list((tmp_path / "a").glob("*.jsonl"))
    config = tmp_path / "config.yaml"
    vcfs = [str(resource_path("example/vcf/EX01.vcf"))]
    config.write_text(yaml.safe_dump({"vcfs": vcfs, "parquet": True}))
    made = CliRunner().invoke(cli, ["check", "--config", str(config)])
    assert "pyarrow is not installed" in str(made.exception)
