from __future__ import annotations

from hies_annot.results.same_person import MIN_SHARED, twin_hints


def test_equal_profiles_name_each_other() -> None:
    profiles = [(MIN_SHARED, "a"), (MIN_SHARED, "a"), (MIN_SHARED, "b")]
    hints = twin_hints(["A", "B", "C"], profiles)
    assert set(hints) == {0, 1}
    assert "as B:" in hints[0]


def test_one_name_in_two_batches_is_two_samples() -> None:
    assert set(twin_hints(["A", "A"], [(9, "a"), (9, "a")])) == {0, 1}


def test_few_alleles_are_no_hint() -> None:
    assert twin_hints(["A", "B"], [(MIN_SHARED - 1, "a")] * 2) == {}


def test_many_equal_samples_are_counted() -> None:
    hints = twin_hints([f"S{n}" for n in range(6)], [(9, "a")] * 6)
    assert "S1, S2, S3 and 2 more" in hints[0]
