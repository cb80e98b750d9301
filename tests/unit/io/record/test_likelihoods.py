"""How sure a genotype is, from PL, GL, GP or DS, where there is no GQ."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io.record.likelihoods import likelihood_quality


def genotypes(alts: int) -> list[str]:
    """Return the genotypes of a record in the order of VCF."""
    return [f"{low}/{high}" for high in range(alts + 1) for low in range(high + 1)]


@given(st.data(), st.integers(1, 4))
def test_the_likeliest_genotype_has_the_distance_of_the_next_and_any_other_has_0(data, alts):
    order = genotypes(alts)
    pl = data.draw(st.lists(st.integers(0, 99), min_size=len(order), max_size=len(order)))
    for place, gt in enumerate(order):
        others = [value for number, value in enumerate(pl) if number != place]
        wanted = max(0, min(others) - pl[place])
        swapped = "/".join(reversed(gt.split("/")))
        for written in (gt, swapped, gt.replace("/", "|")):
            values = {"GT": written, "PL": ",".join(map(str, pl))}
            assert likelihood_quality(values, alts) == wanted
        gl = ",".join(str(-value / 10) for value in pl)
        assert likelihood_quality({"GT": gt, "GL": gl}, alts) == pytest.approx(wanted, abs=1e-6)


@given(st.integers(0, 2), st.floats(0.001, 0.999))
def test_a_probability_is_turned_into_the_quality_of_its_genotype(place, share):
    rest = (1 - share) / 2
    parts = [rest, rest, rest]
    parts[place] = share
    gt = genotypes(1)[place]
    found = likelihood_quality({"GT": gt, "GP": ",".join(map(str, parts))}, 1)
    wanted = -10 * math.log10(1 - share) if share >= rest else 0
    assert found == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"GT": "0/1", "PL": "4,0,200"}, 4),
        ({"GT": "0/0", "PL": "200,4,0"}, 0),
        ({"GT": "0/1", "GP": "40,3,50"}, 37),
        ({"GT": "0/1", "GP": "0,1,0"}, 99),
        ({"GT": "1", "PL": "60,0"}, 60),
        ({"GT": "0/0", "DS": "1.0"}, 0),
        ({"GT": "0/1", "DS": "1.2"}, None),
        ({"GT": "0/1", "DS": "0.1", "PL": "60,0,60"}, 0),
        ({"GT": "0/1", "PL": "60,0"}, None),
        ({"GT": "0/1", "PL": "60,.,60"}, None),
        ({"GT": "./1", "PL": "60,0,60"}, None),
        ({"GT": "0/2", "PL": "60,0,60"}, None),
        ({"GT": "0/1", "PL": "x,0,60"}, None),
        ({"PL": "60,0,60"}, None),
        ({"GT": "0/1/1", "PL": "60,0,60,60"}, None),
    ],
)
def test_what_is_read(values: dict[str, str], wanted: float | None) -> None:
    assert likelihood_quality(values, 1) == wanted
