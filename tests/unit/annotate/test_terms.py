from __future__ import annotations

import pytest

from hies_annot.annotate.terms import impact_of, severity, sort_terms
from hies_annot.model import Impact


def test_terms_are_sorted_by_severity_without_repeats():
    given = ["intron_variant", "splice_donor_variant", "splice_region_variant", "intron_variant"]
    assert sort_terms(given) == ("splice_donor_variant", "splice_region_variant", "intron_variant")


@pytest.mark.parametrize(
    ("terms", "impact"),
    [
        (("stop_gained", "frameshift_variant"), Impact.HIGH),
        (("missense_variant", "splice_region_variant"), Impact.MODERATE),
        (("splice_region_variant", "synonymous_variant"), Impact.LOW),
        (("intron_variant",), Impact.MODIFIER),
        ((), Impact.MODIFIER),
    ],
)
def test_impact_is_that_of_the_worst_term(terms, impact):
    assert impact_of(terms) is impact


def test_smaller_severity_is_worse():
    assert severity(("stop_gained",)) < severity(("missense_variant",)) < severity(())


def test_unknown_terms_are_refused():
    with pytest.raises(KeyError):
        sort_terms(["stop_gained", "splice_maybe"])
