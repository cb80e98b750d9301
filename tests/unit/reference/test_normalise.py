from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import AlleleKind
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import classify_alt, normalise_allele, ref_agreement

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
STAT3 = REFERENCE.locus("STAT3")


def spelled(pos: int, ref: str, alt: str) -> str:
    allele = normalise_allele(REFERENCE, "17", pos, ref, alt)
    assert allele is not None
    return allele.id


@pytest.mark.parametrize(
    ("alt", "kind"),
    [
        ("A", AlleleKind.SEQUENCE),
        ("acg", AlleleKind.SEQUENCE),
        ("*", AlleleKind.SPANNING_DELETION),
        ("<NON_REF>", AlleleKind.REFERENCE_BLOCK),
        ("<*>", AlleleKind.REFERENCE_BLOCK),
        (".", AlleleKind.REFERENCE_BLOCK),
        ("<DEL>", AlleleKind.SYMBOLIC),
        ("<DUP:TANDEM>", AlleleKind.SYMBOLIC),
        ("G]17:198982]", AlleleKind.BREAKEND),
        (".A", AlleleKind.BREAKEND),
        ("R", AlleleKind.UNREADABLE),
        ("N", AlleleKind.UNREADABLE),
    ],
)
def test_kind_of_alt(alt: str, kind: AlleleKind) -> None:
    assert classify_alt(alt) is kind


def test_val463del_has_one_spelling() -> None:
    # ClinVar 18303: CACC>C in a CAC repeat
    assert spelled(42325038, "CACC", "C") == spelled(42325037, "TCAC", "T") == "17-42325037-TCAC-T"


def test_common_ends_are_trimmed() -> None:
    left, right = STAT3.bases(42329640, 42329642), STAT3.bases(42329644, 42329646)
    assert spelled(42329640, f"{left}G{right}", f"{left}A{right}") == "17-42329643-G-A"


def test_lower_case_input_is_read() -> None:
    assert spelled(42329643, "g", "a") == "17-42329643-G-A"


def test_ref_mismatch_is_named_and_kept_as_written() -> None:
    allele = normalise_allele(REFERENCE, "17", 42329643, "T", "A")
    assert allele is not None
    assert (allele.kind, allele.problem) == (AlleleKind.UNREADABLE, "ref_mismatch")
    assert allele.id == "17-42329643-T-A"


def test_ref_on_made_up_bases_is_unverifiable_not_wrong() -> None:
    locus = REFERENCE.locus("ZNF341")
    pos = next(
        locus.start + i for i, base in enumerate(locus.sequence) if i > 100 and base.islower()
    )
    made_up = locus.bases(pos, pos).upper()
    other = next(base for base in "ACGT" if base != made_up)
    alt = next(base for base in "ACGT" if base != other)
    allele = normalise_allele(REFERENCE, "20", pos, other, alt)
    assert allele is not None
    assert allele.kind is AlleleKind.SEQUENCE
    assert allele.unverifiable
    assert ref_agreement(locus, pos, other) is None


def test_real_bases_of_the_demo_locus_are_compared() -> None:
    # p.Arg302*: 20:33757310 C>T, a real base
    good = normalise_allele(REFERENCE, "20", 33757310, "C", "T")
    bad = normalise_allele(REFERENCE, "20", 33757310, "G", "T")
    assert good is not None
    assert bad is not None
    assert (good.kind, good.unverifiable) == (AlleleKind.SEQUENCE, False)
    assert bad.problem == "ref_mismatch"


def test_outside_the_loci_is_none() -> None:
    assert normalise_allele(REFERENCE, "17", 41000000, "A", "G") is None
    assert normalise_allele(REFERENCE, "18", 42329643, "G", "A") is None


def test_symbolic_allele_that_starts_before_the_locus() -> None:
    allele = normalise_allele(REFERENCE, "17", 42300000, "N", "<DEL>", end=42330000)
    assert allele is not None
    assert (allele.kind, allele.id) == (AlleleKind.SYMBOLIC, "17-42300000-42330000-<DEL>")


@given(
    start=st.integers(42312000, 42392000),
    length=st.integers(1, 12),
    inserted=st.text("ACGT", max_size=8),
    pad_left=st.integers(0, 6),
    pad_right=st.integers(0, 6),
)
def test_every_padding_gives_the_same_allele(
    start: int, length: int, inserted: str, pad_left: int, pad_right: int
) -> None:
    deleted = STAT3.bases(start, start + length - 1)
    if deleted == inserted:
        return
    before = STAT3.bases(start - 1 - pad_left, start - 1)
    after = STAT3.bases(start + length, start + length + pad_right - 1) if pad_right else ""
    plain = spelled(start - 1, before[-1] + deleted, before[-1] + inserted)
    padded = spelled(start - 1 - pad_left, before + deleted + after, before + inserted + after)
    assert plain == padded


@given(start=st.integers(42312000, 42392000), length=st.integers(1, 9))
def test_normalising_twice_changes_nothing(start: int, length: int) -> None:
    text = STAT3.bases(start, start + length)
    allele = normalise_allele(REFERENCE, "17", start, text, text[0])
    assert allele is not None
    again = normalise_allele(REFERENCE, "17", allele.pos, allele.ref, allele.alt)
    assert again == allele


@given(start=st.integers(42312100, 42392000), length=st.integers(1, 6), shift=st.integers(1, 20))
def test_shifted_deletions_are_the_same_allele(start: int, length: int, shift: int) -> None:
    def remove(at: int) -> str:
        window = STAT3.bases(start - 1, start + length + 40)
        offset = at - start + 1
        return window[:offset] + window[offset + length :]

    if remove(start) != remove(start + shift):
        return
    first = STAT3.bases(start - 1, start + length - 1)
    second = STAT3.bases(start + shift - 1, start + shift + length - 1)
    assert spelled(start - 1, first, first[0]) == spelled(start + shift - 1, second, second[0])
