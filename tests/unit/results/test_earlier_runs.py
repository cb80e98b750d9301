"""The table of earlier runs: read back as written, whole or refused, and without any name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.results.carrier_counts import CarriedAllele, CarriedAlleles, CarrierCount
from hies_annot.results.earlier_runs import counted_runs, read_earlier_runs, table_of_runs

NAMES = ("patient-1", "patient-2", "patient-3", "patient-4")


def person(name: str, alleles: set[int], build: str) -> CarriedAlleles:
    return CarriedAlleles(
        name,
        ("family clan",) if name in NAMES[2:] else (),
        tuple(
            CarriedAllele(
                (build, f"17-{n}-A-G"), "STAT3", n, f"STAT3 c.{n}A>G", False, "het", *[None] * 5
            )
            for n in sorted(alleles)
        ),
        build,
        (("STAT3", 1, 3),),
    )


people = st.lists(
    st.builds(
        person,
        st.sampled_from(NAMES),
        st.sets(st.integers(1, 6)),
        st.sampled_from(["GRCh37", "GRCh38"]),
    ),
    max_size=8,
)


@given(people)
def test_a_table_is_read_as_it_was_counted(folder: Path, found: list[CarriedAlleles]) -> None:
    runs = counted_runs(found, ["b", "a"], ["0.1.0+abc"])
    path = folder / "table.tsv"
    path.write_text(table_of_runs(runs))
    again = read_earlier_runs(path)
    assert (again.plans, again.programs, again.counts) == (("a", "b"), ("0.1.0+abc",), runs.counts)
    assert (again.unrelated, again.names) == (runs.unrelated, runs.names)
    assert not any(name in path.read_text() for name in (*NAMES, "clan"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def test_one_name_in_two_runs_is_one_person_and_an_unlisted_allele_nobody_has() -> None:
    found = [person("patient-1", {5}, "GRCh38"), person("patient-1", {5}, "GRCh38")]
    runs = counted_runs([*found, person("patient-2", set(), "GRCh38")], ["a", "b"], [])
    assert runs.of(("GRCh38", "17-5-A-G")) == CarrierCount(1, 1, 2, 2)
    assert runs.of(("GRCh38", "17-6-A-G")) == CarrierCount(0, None, 2, 0)
    assert runs.of(("GRCh37", "17-5-A-G")).unrelated == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# carriers", "# something", "is no table of earlier runs"),
        ("# records: 2", "# records: 3", "was cut or edited"),
        ("\t2\t2\t2", "\t2\t1\t2", "line 8: broken row"),
        ("\t2\t2\t2", "\t9\t9\t9", "line 8: broken row"),
        ("\t2\t2\t2", "\t2\t2", "line 8: broken row"),
        ("# unrelated GRCh38: 2\n", "", "broken row"),
    ],
)
def test_a_damaged_table_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = [person("patient-1", {5, 6}, "GRCh38"), person("patient-2", {5}, "GRCh38")]
    text = table_of_runs(counted_runs(found, ["a"], ["p"]))
    assert old in text
    path = tmp_path / "table.tsv"
    path.write_text(text.replace(old, new))
    with pytest.raises(InputError, match=said):
        read_earlier_runs(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.tsv: cannot be read"):
        read_earlier_runs(tmp_path / "gone.tsv")
