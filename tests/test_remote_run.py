"""`run`, `check` and `verify` with files on a server, as a user meets them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pysam
import pytest
from click.testing import CliRunner, Result
from range_server import Server, serving

from hies_annot.cli.main import cli
from hies_annot.io.remote import row_transport, stand_ins
from hies_annot.io.remote.stand_ins import drop, stand_in
from hies_annot.io.remote.transport import Patience, Transport

CASES = Path(__file__).parent / "cases"
HUSH = "hush"
ROWS = {
    "gvcf": {"vcf": "gvcf_variant/input.vcf"},
    "covered": {
        "vcf": "negative_callable_bed/input.vcf",
        "callable": "negative_callable_bed/callable.bed",
    },
    "deleted": {
        "vcf": "znf341_deletion_in_sv_file/input.vcf",
        "sv_vcf": "znf341_deletion_in_sv_file/sv.vcf",
    },
    "cohort": {"vcf": "cohort_carrier_in_column_12/input.vcf", "vcf_sample": "P"},
}
"""Samples with their files in the folder of the golden cases."""


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The files of the samples, packed and indexed, on a server; an empty working folder."""
    folder = tmp_path / "served"
    folder.mkdir()
    for name, row in ROWS.items():
        for column in row.keys() - {"vcf_sample"}:
            put(CASES / row[column], folder / packed_name(name, column))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(row_transport, "PATIENCE", Patience(timeout=30, tries=2, pause=0))
    with serving(folder) as server:
        yield server


def packed_name(sample: str, column: str) -> str:
    return f"{sample}.{column}.bed" if column == "callable" else f"{sample}.{column}.vcf.gz"


def put(source: Path, target: Path) -> None:
    if target.suffix == ".bed":
        shutil.copy(source, target)
        return
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    count = next(number for number, line in enumerate(lines) if line.startswith("#CHROM")) + 1
    with pysam.BGZFile(str(target), "wb", None) as file:
        file.write("".join([*lines[:count], *sorted(lines[count:])]).encode())
    pysam.tabix_index(str(target), preset="vcf", force=True)


def sheet(path: Path, start: str, end: str = "", **changed: dict[str, str]) -> Path:
    """Write the sheet of all samples; their files are called `start` NAME `end`."""
    columns = ["sample", "vcf", "vcf_sample", "callable", "sv_vcf"]
    lines = ["\t".join(columns)]
    for name, row in ROWS.items():
        cells = {
            key: cell if key == "vcf_sample" else f"{start}{packed_name(name, key)}{end}"
            for key, cell in row.items()
        } | {"sample": name}
        cells |= changed.get(name, {})
        lines.append("\t".join(cells.get(column, "") for column in columns))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def call(*words: object) -> Result:
    """Call a command; its exit code is the value returned."""
    return CliRunner().invoke(cli, [*map(str, words)], standalone_mode=False)


def run(*words: object) -> Result:
    return call("run", *words, "-q")


def results(folder: Path) -> dict[str, dict[str, Any]]:
    lines = [
        line for path in folder.glob("*.jsonl") for line in path.read_text("utf-8").split("\n")
    ]
    found = [json.loads(line) for line in lines if line]
    return {each["sample"]: {**each, "plan": None} for each in found}


def forget(server: Server) -> None:
    """Let this process know as little of the server as a new one."""
    known = stand_ins._table.by_address
    for address in [one for one in known if f":{server.server_port}/" in one]:
        drop([stand_in(address)])
        del known[address]


@pytest.mark.parametrize("words", [[], ["--threads", "2"]], ids=["one process", "two"])
def test_a_sheet_of_addresses_gives_what_the_files_give(
    words: list[str], served: Server, tmp_path: Path
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("batch_size: 2\n", encoding="utf-8")
    more = [*words, "--config", config]
    here = run("--samples", sheet(tmp_path / "here.tsv", f"{served.folder}/"), "-o", "a", *more)
    assert here.return_value == 0
    assert served.asked == []
    there = run("--samples", sheet(tmp_path / "there.tsv", served.address), "-o", "b", *more)
    assert there.return_value == 0
    assert results(Path("b")) == results(Path("a"))
    assert {name: each["status"] for name, each in results(Path("b")).items()} == {
        "gvcf": "relevant",
        "covered": "none",
        "deleted": "relevant",
        "cohort": "relevant",
    }
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["a", "b"]


def test_addresses_and_secrets(served: Server, tmp_path: Path) -> None:
    """Files whose address holds a password and a signature; one of them is not there."""
    served.query, served.login = f"sig={HUSH}", f"Basic {b64encode(f'me:{HUSH}'.encode()).decode()}"
    start = served.address.replace("//", f"//me:{HUSH}@")
    gone = {"vcf": f"{start}gone.vcf.gz?sig={HUSH}"}
    written = sheet(tmp_path / "there.tsv", start, f"?sig={HUSH}", gvcf=gone)
    made = run("--samples", written, "-o", "out")
    assert made.return_value == 1
    found = results(Path("out"))
    assert {name: each["status"] for name, each in found.items()} == {
        "gvcf": "failed",
        "covered": "none",
        "deleted": "relevant",
        "cohort": "relevant",
    }
    assert found["gvcf"]["status_reason"] == (
        f"{served.address}gone.vcf.gz: cannot be fetched: the server answers 404 Not Found"
    )
    assert HUSH not in made.output
    for path in Path("out").rglob("*"):
        assert path.is_dir() or HUSH.encode() not in path.read_bytes(), path


def test_files_on_the_command_line(served: Server) -> None:
    """A question mark in an address is no pattern, and samples have the names of the columns."""
    made = run(
        f"{served.address}cohort.vcf.vcf.gz?a=1", f"{served.address}gvcf.vcf.vcf.gz", "-o", "o"
    )
    assert made.return_value == 0
    here = run(served.folder / "cohort.vcf.vcf.gz", served.folder / "gvcf.vcf.vcf.gz", "-o", "h")
    assert here.return_value == 0
    assert results(Path("o")) == results(Path("h"))
    assert len(results(Path("o"))) > 12


def test_the_plan_knows_the_state_of_the_file(served: Server, tmp_path: Path) -> None:
    written = sheet(tmp_path / "there.tsv", served.address)
    made = run("--samples", written, "-o", "out")
    assert made.return_value == 0
    (plan,) = Path("out/plan").glob("*.plan")
    planned = json.loads(plan.read_text(encoding="utf-8"))
    states = {path: (size, mark) for path, size, mark in planned["inputs"]}
    for end in ("", ".tbi"):
        name = f"gvcf.vcf.vcf.gz{end}"
        size, mark = states[served.address + name]
        assert size == (served.folder / name).stat().st_size
        assert re.fullmatch('"[0-9a-f]{12}"', mark)
    verified = call("verify", "out")
    assert verified.return_value == 0, verified.output
    forget(served)
    served.state = "2"
    verified = call("verify", "out")
    assert "has changed since batch" in f"{verified.output}{verified.exception}"
    before = planned["plan"]
    run("--samples", written, "-o", "out")
    assert json.loads(plan.read_text(encoding="utf-8"))["plan"] != before


def test_check_opens_the_files(served: Server, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    written = sheet(tmp_path / "there.tsv", served.address)
    config.write_text(f"samples: {written}\n", encoding="utf-8")
    made = call("check", "--config", config)
    assert made.return_value == 0, made.exception
    gone = {"vcf": f"{served.address}gone.vcf.gz?sig={HUSH}"}
    other = {"vcf": f"{served.address}cohort.vcf.vcf.gz", "vcf_sample": "Nobody"}
    sheet(written, served.address, gvcf=gone, cohort=other)
    told = str(call("check", "--config", config).exception)
    assert f"{served.address}gone.vcf.gz: cannot be fetched: the server answers 404" in told
    assert f"{served.address}cohort.vcf.vcf.gz: has no sample 'Nobody'" in told
    assert HUSH not in told


@pytest.mark.parametrize(
    ("column", "address", "status", "told"),
    [
        ("vcf", "s3://bucket/a.vcf.gz", "failed", "from http:// and https:// addresses"),
        ("bam", "http://127.0.0.1:9/a.bam", "relevant", "alignments are not read from a server"),
        ("callable", "http://127.0.0.1:9/a.bed", "relevant", "cannot be reached"),
        ("sv_vcf", "http://127.0.0.1:9/a.vcf", "relevant", "cannot be reached"),
    ],
)
def test_what_is_not_read_is_told(
    column: str, address: str, status: str, told: str, served: Server, tmp_path: Path
) -> None:
    cells = {"sample": "P", "vcf": f"{served.address}gvcf.vcf.vcf.gz"} | {column: address}
    path = tmp_path / "sheet.tsv"
    path.write_text("\t".join(cells) + "\n" + "\t".join(cells.values()) + "\n", encoding="utf-8")
    run("--samples", path, "-o", "out")
    result = results(Path("out"))["P"]
    assert result["status"] == status
    assert told in " ".join([result["status_reason"], *result["warnings"]])


def test_files_of_this_machine_never_ask_the_network(
    served: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(Transport, "open", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    made = run("--samples", sheet(tmp_path / "here.tsv", f"{served.folder}/"), "-o", "out")
    assert made.return_value == 0


def test_copies_are_removed(served: Server, tmp_path: Path) -> None:
    """In a process of its own, with two below it: nothing is left where copies lie, or here."""
    place = tmp_path / "temporary"
    place.mkdir()
    config = tmp_path / "config.yaml"
    config.write_text("batch_size: 1\nthreads: 2\n", encoding="utf-8")
    written = sheet(tmp_path / "there.tsv", served.address)
    words = ["run", "--samples", str(written), "--config", str(config), "-o", "out"]
    environment = {**os.environ, "TMPDIR": str(place)}
    done = subprocess.run(
        [sys.executable, "-m", "hies_annot", *words], env=environment, check=False
    )
    assert done.returncode == 0
    assert served.bodies()
    assert [path.name for path in Path.cwd().iterdir()] == ["out"]
    assert list(place.iterdir()) == []
