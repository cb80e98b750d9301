"""Files without a sheet: parts of one person's data become one row, before batches are made."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.io.windows import vcf_extent
from hies_annot.sheet import same_ids
from hies_annot.sheet.row_files import joined_files, vcfs_of
from hies_annot.sheet.same_ids import link_files, other_data_of
from hies_annot.sheet.sample_specs import expand_rows

HEADER = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"


def write(folder: Path, name: str, samples: str, *positions: int, qual: str = ".") -> str:
    """Write records at some positions; each letter of `samples` is a sample."""
    path = folder / name
    cells = "\t0/1" * len(samples)
    lines = [f"20\t{pos}\t.\tA\tC\t{qual}\t.\t.\tGT{cells}\n" for pos in positions]
    path.write_text(HEADER + "\t".join(samples) + "\n" + "".join(lines))
    return str(path)


FILES = st.lists(
    st.tuples(st.sets(st.sampled_from("PQRS"), min_size=1), st.integers(1, 9), st.integers(0, 4)),
    min_size=1,
    max_size=6,
)


@given(files=FILES)
@settings(max_examples=60, deadline=None)
def test_every_pair_of_an_id_is_joined_or_told(tmp_path_factory, files) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("files")
    named = {
        write(
            folder, f"{number}.vcf", "".join(sorted(ids)), start, start + length, qual=f"{number}"
        ): (
            ids,
            range(start, start + length + 1),
        )
        for number, (ids, start, length) in enumerate(files)
    }
    rows = link_files({"vcf": file} for file in named)
    assert sorted(file for row in rows for file in vcfs_of(row)) == sorted(named)
    row_of = {file: row for row in rows for file in vcfs_of(row)}
    for sample in "PQRS":
        holders = [file for file, (ids, _) in named.items() if sample in ids]
        apart = sum(len(named[file][1]) for file in holders) == len(
            {pos for file in holders for pos in named[file][1]}
        )
        for file in holders:
            told = sample in other_data_of(row_of[file])
            assert told is not apart
            assert not apart or set(holders) <= set(vcfs_of(row_of[file]))
    assert link_files(rows) == rows, "what is settled stays"


def test_two_files_tell_that_many_hold_other_data(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    rows = [
        {"vcf": write(tmp_path, f"{number}.vcf", "S", 1, 9, qual=f"{number}")}
        for number in range(30)
    ]
    asked: list[str] = []
    extent_of = vcf_extent.extent_of
    monkeypatch.setattr(same_ids, "extent_of", lambda file: asked.append(file) or extent_of(file))
    assert all(other_data_of(row).keys() == {"S"} for row in link_files(rows))
    assert len(asked) == 2


def named(folder: Path, name: str, position: int, *samples: str) -> str:
    """Write one record of samples with these ids."""
    path = folder / name
    cells = "\t0/1" * len(samples)
    header = HEADER + "\t".join(samples)
    path.write_text(f"{header}\n20\t{position}\t.\tA\tC\t.\t.\t.\tGT{cells}\n")
    return str(path)


@pytest.mark.parametrize("name", ["SAMPLE", "Sample1", "default", "unknown", "NULL", "father"])
def test_an_id_that_tells_no_person_makes_none_of_two_files(tmp_path: Path, name: str) -> None:
    files = [named(tmp_path, f"{number}.vcf", number, name) for number in (1, 2, 3)]
    rows = link_files({"vcf": file} for file in files)
    assert [vcfs_of(row) for row in rows] == [(file,) for file in files]
    for row in rows:
        assert "with `;` between them" in other_data_of(row)[name]
    people, _ = expand_rows(rows)
    assert [row["sample"] for row in people] == [f"{name}@{number}" for number in (1, 2, 3)]
    joined, _ = expand_rows([{"sample": "Q", "vcf": joined_files(files)}])
    assert [vcfs_of(row) for row in joined] == [tuple(files)], "a sheet makes them one"


@pytest.mark.parametrize("name", ["Q7", "Samplewise", "default-24-17", "NA12878", "S"])
def test_files_of_one_id_that_names_a_person_are_joined(tmp_path: Path, name: str) -> None:
    files = [named(tmp_path, f"{number}.vcf", number, "SAMPLE", name) for number in (1, 2)]
    (row,) = link_files({"vcf": file} for file in files)
    assert vcfs_of(row) == tuple(files)
    assert not other_data_of(row), "what stands beside a name is of the same people"


def test_rows_of_a_sheet_are_left_alone(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{number}.vcf", "S", number, number) for number in (1, 2)]
    rows = ({"sample": "A", "vcf": files[0]}, {"sample": "B", "vcf": files[1]})
    assert link_files(rows) == rows


@given(
    ours=st.sets(st.integers(1, 9), min_size=1),
    theirs=st.sets(st.integers(1, 9), min_size=1),
    alike=st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_a_border_is_what_both_have_alike(tmp_path_factory, ours, theirs, alike) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("border")
    files = [
        write(folder, "a.vcf", "ST", *sorted(ours), qual="7"),
        write(folder, "b.vcf", "S", *sorted(theirs), qual="7" if alike else "8"),
    ]
    rows = link_files({"vcf": file} for file in files)
    low, high = max(min(ours), min(theirs)), min(max(ours), max(theirs))
    here, there = ({pos for pos in part if low <= pos <= high} for part in (ours, theirs))
    border = alike and here & there and (here <= there or there <= here)
    assert (len(rows) == 1) is bool(low > high or border)
