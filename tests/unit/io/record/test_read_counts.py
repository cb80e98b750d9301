"""Every spelling of read counts, written by hand here and read back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.io.record.count_spellings import KEYS, SPELLINGS
from hies_annot.io.record.read_counts import Counted, read_counts

Counts = tuple[int | None, ...]


def listed(counts: Counts) -> str:
    return ",".join("." if count is None else str(count) for count in counts)


def beside_reference(key: str) -> Callable[[Counts], dict[str, str]]:
    return lambda counts: {"RO": listed(counts[:1]), key: listed(counts[1:])}


WRITE: dict[tuple[str, ...], Callable[[Counts], dict[str, str]]] = {
    ("AD",): lambda counts: {"AD": listed(counts)},
    ("CLCAD2",): lambda counts: {"CLCAD2": listed(counts)},
    ("LAD",): lambda counts: {
        "LAA": ",".join(str(n) for n in range(1, len(counts))),
        "LAD": listed(counts),
    },
    ("AO",): beside_reference("AO"),
    ("VD",): beside_reference("VD"),
    ("NV",): beside_reference("NV"),
    ("FAO",): lambda counts: {"FRO": listed(counts[:1]), "FAO": listed(counts[1:])},
}
"""Keys that a spelling needs -> how a caller writes the counts."""

SGCOUNTS = ("SGCOUNTREF_F", "SGCOUNTREF_R", "SGCOUNTALT_F", "SGCOUNTALT_R")
LISTS = [spelling for spelling in SPELLINGS if spelling.needs in WRITE]

counts_of_a_record = st.lists(
    st.none() | st.integers(min_value=0, max_value=10_000), min_size=2, max_size=5
).map(tuple)


@pytest.mark.parametrize("spelling", LISTS, ids=lambda spelling: "+".join(spelling.needs))
@settings(deadline=None)
@given(counts=counts_of_a_record)
def test_a_spelling_gives_the_counts_that_were_written(spelling, counts: Counts) -> None:
    values = WRITE[spelling.needs](counts)
    alleles = ("G", *("A" * n for n in range(1, len(counts))))
    assert set(values) <= {*spelling.needs, *spelling.uses}
    assert read_counts(values, alleles) == (counts, (), ())


@pytest.mark.parametrize("spelling", LISTS, ids=lambda spelling: "+".join(spelling.needs))
@settings(deadline=None)
@given(counts=counts_of_a_record)
def test_counts_of_other_alleles_are_not_used_and_named(spelling, counts: Counts) -> None:
    values = WRITE[spelling.needs](counts)
    found = read_counts(values, ("G", *("A" * n for n in range(1, len(counts) - 1))))
    kept = spelling.needs == ("AD",)
    assert found == ((counts, (), ()) if kept else (None, (), spelling.needs))


def test_local_alleles_that_are_not_listed_have_no_count() -> None:
    values = {"LAA": "3,1", "LAD": "20,7,9"}
    assert read_counts(values, ("G", "A", "C", "T")).counts == (20, 9, None, 7)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text("ABCDGLNOQRTV", min_size=1, max_size=4).filter(lambda key: key not in KEYS),
        st.text("0123456789,.", min_size=1, max_size=6),
    )
)
def test_other_fields_are_no_counts(values: dict[str, str]) -> None:
    assert read_counts(values, ("G", "A")) == (None, (), ())


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"RO": "3", "AO": "4", "AD": "1,2"}, ((1, 2), ((3, 4),), ())),
        ({"RO": "3", "AO": "4", "AD": "0,0"}, ((3, 4), (), ())),
        ({"RO": "3", "AO": "4", "AD": "1"}, ((3, 4), (), ("AD",))),
        ({"RO": "3", "AO": "4,1", "AD": "1,2"}, ((1, 2), (), ("AO",))),
        ({"AD": "1,2", "VD": "2", "RD": "1,0"}, ((1, 2), ((None, 2),), ())),
        ({"FRO": "3", "FAO": "4", "RO": "20", "AO": "1"}, ((3, 4), (), ())),
        ({"AD": "0,0", "RO": "0", "AO": "0"}, ((0, 0), (), ())),
    ],
)
def test_the_best_spelling_that_tells_something_is_used(
    values: dict[str, str], found: tuple[object, ...]
) -> None:
    assert read_counts(values, ("G", "A")) == found


def test_each_spelling_needs_other_keys() -> None:
    assert len({frozenset(spelling.needs) for spelling in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize(
    ("values", "alleles", "counts"),
    [
        ({"RD": "370", "AD": "28"}, ("G", "A"), (370, 28)),
        ({"RR": "370", "VR": "28"}, ("G", "A"), (370, 28)),
        ({"DPR": "370,28,1"}, ("G", "A", "T"), (370, 28, 1)),
        ({"DPR": "370"}, ("G", "A"), None),
        ({"ADF": "200,20", "ADR": "170,8"}, ("G", "A"), (370, 28)),
        ({"ADF": "200,20", "ADR": "170"}, ("G", "A"), None),
        ({"F1R2": "200,20", "F2R1": "170,8"}, ("G", "A"), (370, 28)),
        (
            {"REF_F1R2": "200", "REF_F2R1": "170", "ALT_F1R2": "20", "ALT_F2R1": "8"},
            ("G", "A"),
            (370, 28),
        ),
        (
            dict(zip(SGCOUNTS, ("200", "170", "20", "8"), strict=True)),
            ("G", "A"),
            (370, 28),
        ),
        ({"CLCAD2": "370,28"}, ("G", "A"), (370, 28)),
        ({"CLCAD2": "370,28,1"}, ("G", "A"), None),
        ({"SB": "200,170,20,8"}, ("G", "A"), (370, 28)),
        ({"SB": "200,170,20,8"}, ("G", "A", "T"), None),
        ({"SB": "-0.5"}, ("G", "A"), None),
        ({"DP4": "200,170,20,8"}, ("G", "A"), (370, 28)),
        ({"BCOUNT": "28,0,370,1"}, ("G", "A"), (370, 28)),
        ({"BCOUNT": "28,0,370,1"}, ("G", "GA"), None),
        ({"DV": "28", "DP": "398"}, ("G", "A"), (370, 28)),
        ({"DV": "28", "DP": "20"}, ("G", "A"), None),
        ({"AU": "28,30", "CU": "0,0", "GU": "370,380", "TU": "0,1"}, ("G", "A"), (370, 28)),
        ({"TAR": "370,380", "TIR": "28,30"}, ("GA", "G"), (370, 28)),
        ({"DR": "20", "DV": "18"}, ("N", "<DEL>"), (20, 18)),
        ({"DR": "0", "DV": "0", "RR": "20", "RV": "18"}, ("N", "<DEL>"), (20, 18)),
        ({"DR": "20", "DV": "18", "RR": "0", "RV": "0"}, ("N", "<DEL>"), (20, 18)),
        ({"DR": "25", "DV": "0", "RR": "0", "RV": "30"}, ("N", "<DEL>"), (0, 30)),
        ({"DR": "20,22", "DV": "18", "RR": "9,8", "RV": "0"}, ("N", "<DEL>"), (20, 18)),
        ({"PR": "12,9", "SR": "8,9"}, ("N", "<DEL>"), (20, 18)),
        ({"PR": "20,18"}, ("N", "<DEL>"), (20, 18)),
        ({"PR": "12,9", "SR": "8,9,3"}, ("N", "<DEL>"), None),
        ({"PR": "yes"}, ("N", "<DEL>"), None),
        ({"VF": "0.3", "REF": "A"}, ("G", "A"), None),
        ({"VF": "18", "REF": "12", "REFPAIR": "8"}, ("N", "N[chr20:100["), (20, 18)),
        ({"FRO": "370", "FAO": "28", "RO": "1", "AO": "1"}, ("G", "A"), (370, 28)),
    ],
)
def test_pairs_of_keys(values: dict[str, str], alleles: tuple[str, ...], counts: Counts) -> None:
    assert read_counts(values, alleles).counts == counts


def test_survivor_writes_both_counts_under_one_key() -> None:
    alleles = ("N", "<DEL>")
    assert read_counts({"DR": "36,4"}, alleles) == Counted((36, 4), (), ())
    assert read_counts({"DR": "0,0"}, alleles) == Counted(None, (), ("DR",))
    assert read_counts({"DR": "36", "DV": "4"}, alleles) == Counted((36, 4), (), ())
