from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("variant", "aliases"),
    [
        ("20-33761989-C-T", ("ENST00000342427:p.(Arg379Ter)", "R379*", "R386*")),
        ("20-33781315-C-G", ("ENST00000342427:p.(Tyr542Ter)", "Y542*", "Y549*")),
        ("20-33757310-C-T", ("R302*",)),
        ("c.2117T>C", ("NM_003150.3:c.2114T>C", "NM_003150.3:p.(Leu705Pro)", "L705P", "L706P")),
        ("c.1144C>T", ("R382W",)),
        ("c.1387_1389del", ("NM_139276.3:c.1384_1386GTG[1]",)),
    ],
)
def test_other_names(annotated, variant, aliases):
    assert set(aliases) <= set(annotated(variant).aliases)


@pytest.mark.parametrize(
    ("variant", "alias"),
    [
        ("c.1144C>T", "NM_003150.3:c.1144C>T"),  # the same number on both: no alias
        ("c.1967_1981del", "NM_139276.3:c.1967_1981[0]"),
    ],
)
def test_names_that_are_none(annotated, variant, alias):
    assert alias not in annotated(variant).aliases


@pytest.mark.parametrize(
    ("name", "allele"),
    [
        ("ENST00000342427:c.1135C>T", "20-33761989-C-T"),
        ("NM_003150.3:c.2114T>C", "17-42317209-A-G"),
        ("NM_139276.3:c.1384_1386GTG[1]", "17-42325037-TCAC-T"),
    ],
)
def test_the_other_way_round(read, name, allele):
    assert read(name).id == allele


def test_repeats_count_up_and_down(annotated):
    up = annotated("c.1387_1389dup").aliases
    assert "NM_139276.3:c.1384_1386GTG[3]" in up
    assert not any("[" in alias for alias in annotated("c.709_712del").aliases)
