"""A column that has the common keys only is read the short way, as it would be the long one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.io.record import column_values
from hies_annot.io.record.column_values import COMMON
from hies_annot.model import SiteRecord

WORDS = st.sampled_from(
    ["0/1", "1|1", "./.", "1", "0/2", "20,19", "20,19,3", "0", "7", "99", "99.5", ".,3", "-1"]
) | st.sampled_from(["x", "0,30,300", "30,0,300", "nan", "1e3", "\u00b2"])


def outcome(read, values, site):
    """Return what a reading returns, or that it refuses."""
    try:
        return read(dict(values), site)
    except ValueError as fault:
        return str(fault)


@pytest.mark.parametrize("probes", [{}, {"PROBES": "3"}])
@given(values=st.dictionaries(st.sampled_from(sorted(COMMON)), WORDS), alts=st.integers(0, 3))
def test_both_ways_read_the_same(probes, values, alts):
    site = SiteRecord(
        file="x", number=1, chrom="17", chrom_written="17", pos=5, end=5, identifier=None,
        ref="G", alts=("A", "C", "T")[:alts], qual=None, filters=(), info=probes,
    )  # fmt: skip
    short = outcome(column_values._common_fields, values, site)
    assert short == outcome(column_values._all_fields, values, site)
