"""File names of samples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.results.file_names import LONGEST, FolderNames, file_stem


def file_stems(samples):
    folder = FolderNames()
    return {sample: folder.stem(sample) for sample in samples}


@pytest.mark.parametrize(
    "sample", ["NA12878", "007", "NA", "None", "1e5", "fam-1_P.2", "a.vcf", "x@y+z"]
)
def test_ordinary_ids_stay_as_they_are(sample: str) -> None:
    assert file_stem(sample) == sample


@pytest.mark.parametrize(
    ("sample", "stem"),
    [
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        (".hidden", "%2Ehidden"),
        ("-rf", "%2Drf"),
        ("end.", "end%2E"),
        ("two words", "two%20words"),
        ("50%", "50%25"),
        ("\u00e9", "%C3%A9"),
        ("e\u0301", "e%CC%81"),
        ("con", "%63on"),
        ("AUX.1", "%41UX.1"),
        ("console", "console"),
        ("tab\there", "tab%09here"),
        ("a~b", "a%7Eb"),
        ("", "%"),
    ],
)
def test_other_ids_are_escaped(sample: str, stem: str) -> None:
    assert file_stem(sample) == stem


def test_a_long_id_is_cut_and_keeps_its_identity() -> None:
    first, second = file_stem("x" * 500 + "1"), file_stem("x" * 500 + "2")

    assert len(first) == len(second) == LONGEST
    assert first != second


def test_the_longest_id_that_is_not_cut() -> None:
    assert file_stem("x" * LONGEST) == "x" * LONGEST


def test_ids_that_differ_in_case_only_get_names_that_differ_in_more() -> None:
    stems = file_stems(["na1", "NA1", "Na1", "other"])

    assert stems["na1"] == "na1"
    assert stems["NA1"].startswith("NA1~")
    assert len({stem.lower() for stem in stems.values()}) == 4


def test_the_same_id_keeps_its_name() -> None:
    folder = FolderNames()

    assert folder.stem("a") == folder.stem("a") == "a"


def test_later_samples_change_no_earlier_name() -> None:
    early = file_stems(["a", "A"])

    assert file_stems(["a", "A", "b", "B"]).items() >= early.items()


@given(st.lists(st.text(max_size=200), unique=True, max_size=6))
def test_stems_are_safe_and_different(samples: list[str]) -> None:
    stems = list(file_stems(samples).values())

    assert len({stem.lower() for stem in stems}) == len(samples)
    for stem in stems:
        assert stem.isascii()
        assert 0 < len(stem) <= LONGEST + 17
        assert not stem.startswith((".", "-"))
        assert not stem.endswith(".")
        assert not set(stem) & set('/\\:*?"<>| \x00')
