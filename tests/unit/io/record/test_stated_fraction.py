"""Fractions that a caller states: by ALT, in per cent, by haplotype."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io.record.stated_fraction import FRACTIONS, Fractions, stated_fractions


@pytest.mark.parametrize(
    ("values", "alts", "found"),
    [
        ({"AF": "0.07"}, 1, (0.07,)),
        ({"FREQ": "7.5%"}, 1, (0.075,)),
        ({"FREQ": "7,5%"}, 1, (0.075,)),
        ({"FREQ": "7%,5%"}, 2, (0.07, 0.05)),
        ({"AF": "0.4"}, 2, None),
        ({"AF": "0.4,0.5"}, 1, None),
        ({"VAF": "0.4,0.5"}, 2, (0.4, 0.5)),
        ({"AF": "0.4", "FREQ": "90%"}, 1, (0.4,)),
        ({"AF": "nan"}, 1, (None,)),
        ({"AF": "1.2"}, 1, (None,)),
        ({"AF": "7.2,101"}, 2, (0.072, None)),
        ({"VF": "0.3"}, 1, (0.3,)),
        ({"VF": "1", "REF": "20", "REFPAIR": "9"}, 1, None),
        ({"VF": "0.3", "REF": "A"}, 1, (0.3,)),
        ({"GT": "0|0|1", "MAP_HF": "0.45,0.48,0.07"}, 1, (0.07,)),
        ({"GT": "0|1|1", "MAP_HF": "0.4,0.5,0.1"}, 1, (0.6,)),
        ({"GT": "0|1|2", "MAP_HF": "0.4,0.5,0.1"}, 2, (0.5, 0.1)),
        ({"GT": "0|1", "MAP_HF": "0.4,0.5,0.1"}, 1, None),
        ({"GT": "0|1", "MAP_HF": "0.4,."}, 1, None),
        ({"MAP_HF": "0.4,0.6"}, 1, None),
        ({"DP": "30"}, 1, None),
    ],
)
def test_stated_fractions(values: dict[str, str], alts: int, found: Fractions | None) -> None:
    assert stated_fractions(values, alts) == (found if found is None else pytest.approx(found))


@given(st.sampled_from(sorted(FRACTIONS)), st.text(max_size=12))
def test_a_fraction_lies_between_none_and_all(key: str, text: str) -> None:
    for share in stated_fractions({key: text}, 1) or ():
        assert share is None or 0 <= share <= 1
