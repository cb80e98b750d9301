"""Who is counted as one family: never by the name of a parent alone that many families use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hies_annot.results.run_families import Families, kin_of

Build = Callable[[str], Callable[..., Any]]
SHEET: dict[str, dict[str, object]] = {
    "one": {"father": "F", "mother": "M", "vcf": "a.vcf"},
    "its sister": {"father": "F", "mother": "M", "vcf": "a.vcf"},
    "another": {"father": "F", "mother": "M", "vcf": "b.vcf"},
    "third": {"father": "F", "mother": "M", "vcf": "a.vcf", "more_vcfs": ["c.vcf"]},
    "named": {"father": "F", "mother": "M", "vcf": "a.vcf", "family": "7"},
    "named elsewhere": {"father": "F", "mother": "M", "vcf": "d.vcf", "family": "7"},
    "with a row": {"father": "Dad", "mother": "M", "vcf": "e.vcf"},
    "half brother": {"father": "Dad", "mother": "X", "vcf": "f.vcf"},
    "Dad": {"vcf": "g.vcf"},
}
TOGETHER = (
    {"one", "its sister"},
    {"another"},
    {"third"},
    {"named", "named elsewhere"},
    {"with a row", "half brother", "Dad"},
)


@pytest.mark.parametrize("turn", range(len(SHEET)))
def test_families_are_told_apart_in_any_order(built: Build, turn: int) -> None:
    names = [*SHEET][turn:] + [*SHEET][:turn]
    for order in (names, names[::-1]):
        families = Families(order)
        for name in order:
            families.add(name, kin_of(built("result")(sample=name, specification=SHEET[name])))
        found = {name: {other for other in SHEET if families.of(other) == families.of(name)}
                 for name in SHEET}  # fmt: skip
        assert all(found[name] == them for them in TOGETHER for name in them)
