"""Results of another version are read whole or refused, never read in part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.cli.main import main
from hies_annot.results.contract import SCHEMA_VERSION
from hies_annot.results.contract_version import why_unreadable

VCF = """##fileformat=VCFv4.2
##contig=<ID=17,length=83257441>
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA
17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99
"""
MAJOR, MINOR = map(int, SCHEMA_VERSION.split("."))
NUMBER = st.integers(0, 99)


@given(NUMBER, NUMBER)
def test_earlier_versions_of_the_same_major_are_read(major: int, minor: int) -> None:
    read = why_unreadable(f"{major}.{minor}") is None
    assert read == (major == MAJOR and minor <= MINOR)


@given(st.none() | st.integers() | st.text(alphabet="0123456789.x \n\u0661", max_size=6))
def test_what_is_no_version_is_refused(version: object) -> None:
    if not (isinstance(version, str) and version.count(".") == 1 and version.isascii()):
        assert "schema_version" in (why_unreadable(version) or "")


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(end.value.code or 0)


@pytest.mark.parametrize("version", ["0.1", "99.0", f"{MAJOR}.{MINOR + 1}", None, "1"])
def test_every_reader_refuses_in_a_sentence(version, tmp_path: Path, capsys) -> None:
    (tmp_path / "a.vcf").write_text(VCF)
    out = tmp_path / "out"
    assert run("run", str(tmp_path / "a.vcf"), "-o", str(out), "-q") == 0
    lines = out / "batch-0001.jsonl"
    for path, data in ((lines, json.loads(lines.read_text())), (out / "run.json", None)):
        data = data or json.loads(path.read_text())
        del data["schema_version"]
        changed = tmp_path / path.name
        changed.write_text(
            json.dumps(data | ({"schema_version": version} if version else {})) + "\n"
        )
    mine, other = str(tmp_path / "batch-0001.jsonl"), str(tmp_path / "run.json")
    capsys.readouterr()
    for words in (
        ("summarise", "--results", mine, "-o", str(tmp_path / "sum")),
        ("report", "--results", mine, "-o", str(tmp_path / "rep")),
        ("diff", other, str(out / "run.json")),
        ("diff", str(out / "run.json"), other),
    ):
        assert run(*words) == 1
        said = capsys.readouterr().err.strip().splitlines()
        assert len(said) == 1
        assert "of the result contract" in said[0]
        assert (mine if "--results" in words else other) in said[0]
    assert not list((tmp_path / "rep").glob("*.json"))
