"""Addresses in a plan: their states, their copies, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import FaultsError, InputError
from hies_annot.io.file_state import FileState
from hies_annot.io.remote.addresses import as_address, is_address
from hies_annot.model.closed import as_json
from hies_annot.run.local_copies import with_copies
from hies_annot.run.plan import batch_file, plan_of, read_batch_plan, run_plan
from hies_annot.run.plan_files import write_plans
from hies_annot.run.stored_files import Storage, StoredStates, address_faults, query_of
from hies_annot.run.workflow_plan import plan_workflow, planned_workflow
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch
from hies_annot.sheet.row_files import absolute, file_parts

CONFIG: dict[str, Any] = as_json(RunConfig(samples="s.tsv"))
VCF, INDEX = "http://host/a/x.vcf.gz", "http://host/a/x.vcf.gz.tbi"
AGES = {VCF: (3, 2000.5), INDEX: (2, 1000.25)}
"""Size and date (s) of what the server has."""


def storage(files: Mapping[str, tuple[int, float]], folder: Path = Path("copies")) -> Storage:
    """A stand-in for Snakemake's plugins: they know `files` and put copies below their name."""

    def stored(address: str) -> Any:
        def size() -> int:
            return files[address][0]

        def exists() -> bool:
            if "down" in address:
                raise ConnectionError("no answer\nfrom the server")
            return address in files

        parts = urlsplit(address)
        thing = SimpleNamespace(
            exists=exists,
            size=size,
            mtime=lambda: files[address][1],
            local_path=lambda: folder / "http" / f"{parts.netloc}{parts.path}",
        )
        return SimpleNamespace(flags={"storage_object": thing})

    return Storage(stored, folder)


def row(vcf: str, **cells: str) -> dict[str, str]:
    return {"sample": "S", "vcf": vcf, **cells}


def plan_of_row(folder: Path = Path("copies")) -> Any:
    batch = Batch("b", (row(VCF),))
    (plan,) = plan_of([batch], CONFIG, "1.0", StoredStates(storage(AGES, folder)))
    return plan


def test_a_plan_has_the_address_its_index_and_where_the_copies_are(tmp_path: Path) -> None:
    plan = plan_of_row()
    assert plan.inputs[:2] == (
        FileState(VCF, 3, 2_000_500_000_000),
        FileState(INDEX, 2, 1_000_250_000_000),
    )
    assert plan.copies == {VCF: "http/host/a/x.vcf.gz", INDEX: "http/host/a/x.vcf.gz.tbi"}
    write_plans(tmp_path, [plan], run_plan([plan], CONFIG, "1.0"))
    assert read_batch_plan(batch_file(tmp_path, "b")) == plan
    assert planned_workflow(tmp_path).addresses["b"] == (VCF, INDEX)


@pytest.mark.parametrize("changed", [{VCF: (4, 2000.5)}, {INDEX: (2, 1000.0)}])
def test_what_the_storage_tells_is_part_of_the_plan(
    changed: Mapping[str, tuple[int, float]],
) -> None:
    states = StoredStates(storage(AGES | changed))
    (plan,) = plan_of([Batch("b", (row(VCF),))], CONFIG, "1.0", states)
    assert plan.digest != plan_of_row().digest


def fetched(folder: Path, **contents: str) -> Path:
    for name, address in (("vcf", VCF), ("index", INDEX)):
        path = folder / plan_of_row().copies[address]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contents.get(name, "x" * AGES[address][0]))
    return folder


def test_a_job_works_on_copies_that_have_the_ages_of_their_files(tmp_path: Path) -> None:
    folder = fetched(tmp_path)
    (placed,) = with_copies(plan_of_row(), folder).samples
    assert placed == row(str(folder / "http/host/a/x.vcf.gz"))
    for address, (_, seconds) in AGES.items():
        assert (folder / plan_of_row().copies[address]).stat().st_mtime == seconds


@pytest.mark.parametrize("name", ["vcf", "index"])
def test_a_copy_that_is_not_what_was_planned_is_refused_and_removed(
    tmp_path: Path, name: str
) -> None:
    folder = fetched(tmp_path, **{name: "<html>503</html>"})
    address = VCF if name == "vcf" else INDEX
    with pytest.raises(InputError, match=r"had 16 bytes, and . were planned") as caught:
        with_copies(plan_of_row(), folder)
    assert caught.value.file == address
    assert not (folder / plan_of_row().copies[address]).exists()
    with pytest.raises(InputError, match="there is no local copy"):
        with_copies(plan_of_row(), folder)


def test_rows_without_an_address_stay(tmp_path: Path) -> None:
    batch = Batch("b", (row("/x.vcf", bam="/x.bam"),), (row("/y.vcf"),))
    (plan,) = plan_of([batch], CONFIG, "1.0", StoredStates(storage({})))
    assert plan.copies == {}
    assert with_copies(plan, tmp_path) == batch


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (row(VCF), None),
        (row("/local.vcf"), None),
        (row("http://host/gone.vcf"), "the storage has no such file"),
        (row("http://down/x.vcf"), "cannot be reached: no answer from the server"),
        (row("/x.vcf", bam="http://host/gone.bam"), "given as bam of S"),
        (row("http://me:word@host/a/x.vcf.gz"), "an address with user, password"),
        (row("http://host/a/x.vcf.gz?sign=word"), "an address with user, password"),
        (row("http://host/a/x.vcf.gz#word"), "an address with user, password"),
        (row("fs://folder/x.vcf"), "three slashes"),
        (row("fs:///folder/%7B1%7D.vcf"), "braces"),
        (row(f"{VCF}\0https://host/a/x.vcf.gz"), f"that of {VCF}: write one address"),
        ({"vcf": VCF}, "given as vcf of every sample: the workflow takes addresses from a sheet"),
    ],
)
def test_what_a_job_could_not_work_on_is_told(cells: dict[str, str], said: str | None) -> None:
    known = AGES | {"https://host/a/x.vcf.gz": (3, 1)}
    faults = list(address_faults([cells], StoredStates(storage(known))))
    assert (not faults) if said is None else (said in faults[0] and len(faults) == 1)
    assert not any("word" in fault.partition(" of ")[0] for fault in faults)


def test_faults_of_addresses_stand_beside_those_of_the_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "samples.tsv"
    sheet.write_text("sample\tvcf\nA\thttp://host/gone.vcf\nB\tgone.vcf\n")
    config = as_json(RunConfig(samples=str(sheet)))
    with pytest.raises(FaultsError) as caught:
        plan_workflow(config, tmp_path / "results", storage(AGES))
    assert [fault.split(",")[0].rpartition("/")[2] for fault in caught.value.faults] == [
        "gone.vcf",
        "gone.vcf: no such file",
    ]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://host/a%20b.vcf", ("http", "https://host/a%20b.vcf")),
        ("S3://lab/a%20b.vcf", ("s3", "S3://lab/a b.vcf")),
        ("fs:///mnt/a%20b.vcf", ("fs", "/mnt/a b.vcf")),
        ("gs://lab/x.vcf", (None, "gs://lab/x.vcf")),
    ],
)
def test_each_scheme_has_its_plugin(address: str, asked: tuple[str | None, str]) -> None:
    assert query_of(address) == asked


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_path_of_a_mounted_folder_comes_through_the_sheet(name: str) -> None:
    if "%" not in name:
        assert query_of(as_address(f"fs:///{name}")) == ("fs", f"/{name}")


def test_a_cell_of_a_sheet_keeps_addresses_and_takes_file_addresses_for_paths() -> None:
    assert absolute("http://host//a b.vcf", "/sheet") == "http://host//a%20b.vcf"
    assert absolute("file:///data/a%20b.vcf", "/sheet") == "/data/a b.vcf"
    assert absolute("x.vcf", "/sheet") == "/sheet/x.vcf"
    assert file_parts("s3://lab/1.vcf; s3://lab/2.vcf;x.vcf", "/sheet") == [
        "s3://lab/1.vcf",
        "s3://lab/2.vcf",
        "/sheet/x.vcf",
    ]
    assert not is_address("a:/b")
