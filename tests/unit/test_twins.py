from __future__ import annotations

from hies_annot.twins import MIN_SHARED, twin_hints


def test_equal_profiles_name_each_other() -> None:
    hints = twin_hints({"A": (MIN_SHARED, 7), "B": (MIN_SHARED, 7), "C": (MIN_SHARED, 8)})
    assert set(hints) == {"A", "B"}
    assert "as B:" in hints["A"]


def test_few_alleles_are_no_hint() -> None:
    assert twin_hints({"A": (MIN_SHARED - 1, 7), "B": (MIN_SHARED - 1, 7)}) == {}


def test_many_equal_samples_are_counted() -> None:
    hints = twin_hints({f"S{n}": (9, 7) for n in range(6)})
    assert "S1, S2, S3 and 2 more" in hints["S0"]
