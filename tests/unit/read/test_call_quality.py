import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from hies_annot.io.numbers import LARGEST, count_of
from hies_annot.read.call_quality import fraction_interval, heterozygous_p
from hies_annot.settings.call_thresholds import CallThresholds


@pytest.mark.parametrize(
    ("alt", "depth", "low", "high"),
    [
        # Wilson limits, worked out by hand from the closed formula
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 100, 0.0018, 0.0545),
    ],
)
def test_wilson_interval(alt, depth, low, high):
    assert fraction_interval(alt, depth) == pytest.approx((low, high), abs=1e-4)


def test_no_reads_leave_everything_open():
    assert fraction_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("alt", "depth"), [(-1, 10), (11, 10)])
def test_impossible_counts_are_refused(alt, depth):
    with pytest.raises(ValueError, match="cannot be"):
        fraction_interval(alt, depth)
    with pytest.raises(ValueError, match="cannot be"):
        heterozygous_p(alt, depth)


@pytest.mark.parametrize("depth", [1, 2, 9, 10, 37, 200])
def test_binomial_p_equals_the_exact_sum(depth):
    for alt in range(depth + 1):
        fewer = min(alt, depth - alt)
        exact = sum(math.comb(depth, reads) for reads in range(fewer + 1)) / 2**depth
        assert heterozygous_p(alt, depth) == pytest.approx(min(1.0, 2 * exact))


def test_binomial_p_of_a_very_deep_site_is_quick_and_small():
    assert heterozygous_p(10_000, 100_000) == 0.0
    assert heterozygous_p(50_000, 100_000) == 1.0


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_binomial_p_of_any_counts_is_there_at_once(alt, more):
    """A sum over every count would take minutes for each."""
    assert 0 <= heterozygous_p(alt, alt + more) <= 1


def test_thresholds_are_closed_and_ordered():
    with pytest.raises(ValidationError, match="min_gp"):
        convert({"min_gp": 20}, CallThresholds)
    with pytest.raises(ValidationError, match="lies above"):
        convert({"het_balance": (0.8, 0.2)}, CallThresholds)
    with pytest.raises(ValidationError):
        convert({"min_dp": -1}, CallThresholds)


@given(st.integers(-5, LARGEST + 5) | st.integers(0, 10**60))
def test_a_count_is_an_integer_of_vcf_from_0_on(value):
    if 0 <= value <= LARGEST:
        assert count_of(str(value)) == value
    else:
        with pytest.raises(ValueError, match="no count"):
            count_of(str(value))
