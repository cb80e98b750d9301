from __future__ import annotations

import pytest

from hies_annot.annotate.edit import Edit, duplicated, edit_of, shift_left, shift_right, three_prime
from hies_annot.reference.sequence import LocusSequence


def make_locus(sequence, *, start=101, demo=False):
    return LocusSequence("G", "17", start, sequence, demo, "test", "SQ.x")


LOCUS = make_locus("ACGTTTTTGCACACT")  # T run at 104-108, CA repeat at 110-113


@pytest.mark.parametrize(
    ("edit", "left", "right"),
    [
        (Edit(106, "T", ""), Edit(104, "T", ""), Edit(108, "T", "")),
        (Edit(106, "", "T"), Edit(104, "", "T"), Edit(109, "", "T")),
        (Edit(111, "AC", ""), Edit(110, "CA", ""), Edit(113, "AC", "")),
        (Edit(106, "T", "G"), Edit(106, "T", "G"), Edit(106, "T", "G")),
        (Edit(106, "TT", "GA"), Edit(106, "TT", "GA"), Edit(106, "TT", "GA")),
    ],
)
def test_shifting_to_both_ends(edit, left, right):
    assert shift_left(LOCUS, edit) == left
    assert shift_right(LOCUS, edit) == right
    assert three_prime(LOCUS, edit, plus=True) == right
    assert three_prime(LOCUS, edit, plus=False) == left


def test_shifting_stops_at_the_edge_of_the_locus():
    locus = make_locus("TTTTT")
    assert shift_left(locus, Edit(103, "T", "")) == Edit(101, "T", "")
    assert shift_right(locus, Edit(103, "T", "")) == Edit(105, "T", "")


def test_shifting_stops_before_made_up_bases():
    assert shift_right(make_locus("ATTttA", demo=True), Edit(102, "T", "")) == Edit(103, "T", "")
    assert shift_right(make_locus("ATTTTA", demo=True), Edit(102, "T", "")) == Edit(105, "T", "")


@pytest.mark.parametrize(
    ("edit", "plus", "span"),
    [
        (Edit(109, "", "T"), True, (108, 108)),
        (Edit(104, "", "T"), False, (104, 104)),
        (Edit(114, "", "CACA"), True, (110, 113)),
        (Edit(114, "", "GACA"), True, None),
        (Edit(115, "", "ACAC"), True, (111, 114)),
        (Edit(106, "", "G"), True, None),
        (Edit(106, "T", "TT"), True, None),
    ],
)
def test_what_an_insertion_repeats(edit, plus, span):
    assert duplicated(LOCUS, edit, plus=plus) == span


def test_made_up_bases_repeat_nothing():
    assert duplicated(make_locus("ACg", demo=True), Edit(104, "", "G"), plus=True) is None
    assert duplicated(make_locus("ACG", demo=True), Edit(104, "", "G"), plus=True) == (103, 103)


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("17-42329643-G-A", Edit(42329643, "G", "A")),
        ("17-42325037-TCAC-T", Edit(42325038, "CAC", "")),
        ("17-42322412-ATA-CTG", Edit(42322412, "ATA", "CTG")),
    ],
)
def test_edit_of_an_allele_has_no_anchor(read, text, edit):
    assert edit_of(read(text)) == edit


def test_inversion_needs_two_bases():
    assert Edit(1, "AACG", "CGTT").is_inversion
    assert not Edit(1, "A", "T").is_inversion
