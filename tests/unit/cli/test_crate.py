"""A results folder described as an RO-Crate is one, by the reading of ro-crate-py."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from hies_annot.cli.main import cli
from hies_annot.errors import FaultsError, InputError
from hies_annot.render.ro_crate import METADATA
from hies_annot.shipped import resource_path

rocrate = pytest.importorskip("rocrate.rocrate")


def call(*words: str) -> None:
    made = CliRunner().invoke(cli, words)
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception
    assert made.exit_code == 0, made.output


@pytest.fixture
def results(tmp_path: Path) -> Path:
    call("run", str(resource_path("example/vcf/EX01.vcf")), "-o", str(tmp_path / "r"), "-q")
    return tmp_path / "r"


def test_the_library_reads_what_is_there(results: Path) -> None:
    call("crate", str(results), "--date", "2026-11-28", "--name", "Batch 7")
    crate = rocrate.ROCrate(str(results))
    root = crate.root_dataset
    assert (crate.name, str(root["datePublished"])[:10]) == ("Batch 7", "2026-11-28")
    assert all(root.get(key) for key in ("description", "license", "identifier"))
    files = {entity.id for entity in crate.get_entities() if entity.type == "File"}
    assert files == {path.name for path in results.iterdir() if path.is_file()} - {
        METADATA,
        ".samples.tsv",
    }
    folders = {part.id for part in root["hasPart"] if part.type == "Dataset"}
    assert folders == {"batch-0001/"}
    action = root["mentions"]
    action = action[0] if isinstance(action, list) else action
    assert action["instrument"]["softwareVersion"]
    assert {part.id for part in action["result"]} == files | folders
    assert "EX01" not in (results / METADATA).read_text()


def test_it_is_the_same_again(results: Path) -> None:
    call("crate", str(results), "--date", "2026-11-28")
    first = (results / METADATA).read_bytes()
    call("crate", str(results), "--date", "2026-11-28")
    assert (results / METADATA).read_bytes() == first
    call("verify", str(results))
    call("run", str(resource_path("example/vcf/EX06.vcf")), "-o", str(results), "-q")
    with pytest.raises(FaultsError, match="describes another run"):
        call("verify", str(results))


def test_a_folder_that_is_not_finished_is_refused(results: Path) -> None:
    (results / "run.json").unlink()
    with pytest.raises(InputError, match="finish the run"):
        call("crate", str(results), "--date", "2026-11-28")
