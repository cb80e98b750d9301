import pytest

from hies_annot.errors import FaultsError
from hies_annot.model import Affected, Sex
from hies_annot.sheet.batches import MAX_BATCH_SIZE, Batch, plan_batches
from hies_annot.sheet.ped import PedRow, with_pedigree
from hies_annot.sheet.sample_specs import specs_of
from hies_annot.sheet.table import SheetRow


def make_row(number: int, **cells: str) -> SheetRow:
    return {"sample": f"S{number}", "vcf": f"/data/{number}.vcf.gz", **cells}


def make_rows(count: int) -> list[SheetRow]:
    return [make_row(number) for number in range(count)]


def names_and_sizes(batches: tuple[Batch, ...]) -> list[tuple[str, int]]:
    return [(batch.name, len(batch.samples)) for batch in batches]


def faults_of(rows: list[SheetRow], size: int = 100) -> list[str]:
    with pytest.raises(FaultsError) as caught:
        plan_batches(rows, size)
    return caught.value.faults


def test_chunks_follow_the_order_of_the_file() -> None:
    rows = make_rows(250)[::-1]
    batches = plan_batches(rows, 100)
    assert names_and_sizes(batches) == [
        ("batch-0001", 100),
        ("batch-0002", 100),
        ("batch-0003", 50),
    ]
    assert [row for batch in batches for row in batch.samples] == rows


@pytest.mark.parametrize("count", [1, 99, 100, 101, 250])
def test_adding_a_sample_changes_one_batch(count: int) -> None:
    before = {batch.name: batch for batch in plan_batches(make_rows(count), 100)}
    after = {batch.name: batch for batch in plan_batches(make_rows(count + 1), 100)}
    assert len([name for name in after if after[name] != before.get(name)]) == 1


def test_a_named_batch_leaves_the_chunks_alone() -> None:
    rows = make_rows(4)
    named = [rows[0], make_row(9, batch="run7"), *rows[1:]]
    assert names_and_sizes(plan_batches(named, 2)) == [
        ("batch-0001", 2),
        ("run7", 1),
        ("batch-0002", 2),
    ]
    assert plan_batches(named, 2)[0] == plan_batches(rows, 2)[0]


def test_parents_of_another_batch_come_along_once() -> None:
    father, mother = make_row(1), make_row(2)
    children = [make_row(number, father="S1", mother="S2") for number in (3, 4)]
    first, second = plan_batches([father, mother, *children], 2)
    assert first.relatives == ()
    assert second.relatives == (father, mother)
    assert second.files() == tuple(f"/data/{number}.vcf.gz" for number in (3, 4, 1, 2))


def test_siblings_of_another_batch_come_along() -> None:
    rows = [make_row(number, father="S8", mother="S9", family="1") for number in range(3)]
    other = make_row(4, father="S8", mother="S9", family="2")
    assert [batch.relatives for batch in plan_batches([*rows, other], 2)] == [
        (rows[2],),
        tuple(rows[:2]),
    ]
    half = make_row(5, father="S0", mother="S9")
    full = make_row(6, father="S0", mother="S9")
    batches = plan_batches([rows[0], half, full], 1)
    assert [batch.relatives for batch in batches] == [(), (rows[0], full), (rows[0], half)]


@pytest.mark.parametrize("nobody", ["0", ".", "NA", "-", "unknown"])
def test_children_of_nobody_are_no_siblings(nobody: str) -> None:
    rows = [make_row(n, father=nobody, mother=nobody, family="1") for n in range(3)]
    assert [batch.relatives for batch in plan_batches(rows, 1)] == [(), (), ()]
    assert all(spec.father is None is spec.mother for spec in specs_of(rows))
    named = {"sample": nobody, "vcf": "/data/nobody.vcf"}
    (spec, _) = specs_of([make_row(1, father=nobody), named])
    assert spec.father == (nobody if nobody in ("NA", "-", "unknown") else None)


def test_parents_of_the_same_batch_or_of_no_row_are_no_relatives() -> None:
    rows = [make_row(1), make_row(2, father="S1", mother="column of the VCF")]
    assert plan_batches(rows, 2)[0].relatives == ()


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a b", "-x", "", "run.json", "x.jsonl"])
def test_a_batch_name_that_is_no_folder_is_refused(name: str) -> None:
    (fault,) = faults_of([make_row(1, batch=name)])
    assert "folder" in fault


@pytest.mark.parametrize("name", ["plan", "Withdrawn", "carriers"])
def test_a_batch_does_not_take_the_name_of_another_folder(name: str) -> None:
    assert "another folder" in faults_of([make_row(1, batch=name)])[0]


@pytest.mark.parametrize("name", ["x", "2026.11-run_3", "007"])
def test_a_plain_batch_name_is_taken(name: str) -> None:
    assert names_and_sizes(plan_batches([make_row(1, batch=name)], 1)) == [(name, 1)]


def test_batches_that_would_share_a_folder_are_refused() -> None:
    assert "case only" in faults_of([make_row(1, batch="Run"), make_row(2, batch="run")])[0]
    assert "rename" in faults_of([make_row(1), make_row(2, batch="batch-0001")])[0]


def test_a_batch_that_is_too_large_for_one_job_is_refused() -> None:
    rows = [make_row(number, batch="cohort") for number in range(MAX_BATCH_SIZE + 1)]
    assert f"{MAX_BATCH_SIZE + 1} samples" in faults_of(rows)[0]
    assert len(plan_batches(rows[:-1], 1)) == 1


def test_rows_without_a_sample_are_whole_files() -> None:
    batches = plan_batches([{"vcf": "/a.vcf"}, {"vcf": "/b.vcf"}], 1)
    assert [batch.files() for batch in batches] == [("/a.vcf",), ("/b.vcf",)]


def test_a_pedigree_fills_empty_cells_and_leaves_the_others() -> None:
    person = PedRow("F1", "S1", "S2", None, Sex.UNKNOWN, Affected.YES)
    filled, other, file = with_pedigree(
        [make_row(1, family="mine"), make_row(2), {"vcf": "/a.vcf"}], [person]
    )
    assert filled == make_row(1, family="mine", father="S2", affected="affected")
    assert other == make_row(2)
    assert file == {"vcf": "/a.vcf"}
