"""A run never writes over its inputs, nor moves them aside, by whatever way it reaches them."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from results_ways import VCFS, call

from hies_annot.errors import InputError
from hies_annot.model.closed import as_json
from hies_annot.render.summary import RUN_FILES
from hies_annot.results.own_folder import RUN_NAMES
from hies_annot.run.workflow_plan import plan_workflow
from hies_annot.settings.run_config import RunConfig


def contents(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of a sequencing run, named as the batch, with a sheet beside it."""
    folder = tmp_path / "run1"
    folder.mkdir()
    shutil.copy(VCFS[1], folder / "NA.vcf.gz")
    (tmp_path / "sheet.tsv").write_text("sample\tvcf\tbatch\nNA\trun1/NA.vcf.gz\trun1\n")
    return folder


@pytest.mark.parametrize("way", ["run", "workflow"])
def test_a_batch_that_is_named_after_the_folder_of_its_files(data, way, monkeypatch, capsys):
    root = data.parent
    before = contents(root)
    monkeypatch.chdir(root)
    if way == "run":
        assert call("run", "--samples", "sheet.tsv", "-o", ".", "-q") == 1
        assert "this input lies in a folder into which the results" in capsys.readouterr().err
    else:
        with pytest.raises(InputError, match="this input lies in a folder"):
            plan_workflow(as_json(RunConfig(samples="sheet.tsv")), Path())
    assert contents(root) == before
    assert call("run", "--samples", "sheet.tsv", "-o", "results", "-q") == 0
    assert before.items() <= contents(root).items()


@pytest.mark.parametrize("way", ["path", "link", "linked folder"])
def test_a_vcf_of_the_results_themselves(tmp_path, way):
    results = tmp_path / "results"
    assert call("run", VCFS[1], "-o", str(results), "-q") == 0
    (found,) = results.glob("batch-0001/*.vcf.gz")
    (tmp_path / "link.vcf.gz").symlink_to(found)
    (tmp_path / "linked").symlink_to(found.parent)
    paths = {
        "path": found,
        "link": tmp_path / "link.vcf.gz",
        "linked folder": tmp_path / "linked" / found.name,
    }
    before = contents(results)
    assert call("run", str(paths[way]), "-o", str(results), "-q") == 1
    assert contents(results) == before
    assert call("run", str(paths[way]), "-o", str(tmp_path / "other"), "-q") == 0


def test_inputs_beside_the_folders_of_batches_are_no_fault(tmp_path):
    shutil.copy(VCFS[1], tmp_path / "NA.vcf.gz")
    before = contents(tmp_path)
    assert call("run", str(tmp_path / "NA.vcf.gz"), "-o", str(tmp_path), "-q") == 0
    assert before.items() <= contents(tmp_path).items()


@pytest.mark.parametrize("name", [*RUN_FILES])
@pytest.mark.parametrize("way", ["run", "workflow"])
def test_a_file_of_others_under_the_name_of_one_of_the_run(tmp_path, name, way, capsys):
    """A sheet called `summary.tsv`, the page of another tool: neither is replaced."""
    (tmp_path / name).write_text(f"sample\tvcf\nNA\t{VCFS[1]}\n")
    before = contents(tmp_path)
    if way == "run":
        assert call("run", VCFS[1], "-o", str(tmp_path), "-q") == 1
        assert f"{tmp_path / name}: this file is of no run" in capsys.readouterr().err
    else:
        with pytest.raises(InputError, match="this file is of no run"):
            plan_workflow(as_json(RunConfig(vcfs=(VCFS[1],))), tmp_path)
    assert contents(tmp_path) == before


def test_the_files_of_an_earlier_run_are_replaced(tmp_path):
    assert call("run", VCFS[1], "-o", str(tmp_path), "-q") == 0
    shutil.rmtree(tmp_path / "plan")
    assert call("run", VCFS[1], "-o", str(tmp_path), "-q") == 0
    (tmp_path / "run.json").write_text("")
    assert call("run", VCFS[1], "-o", str(tmp_path), "-q") == 0


def test_the_names_of_a_run_are_those_that_it_writes():
    assert set(RUN_NAMES) == set(RUN_FILES)
