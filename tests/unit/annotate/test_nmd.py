from __future__ import annotations

import pytest

from hies_annot.annotate.nmd import ESCAPE_DISTANCE


def stop_at(model, index):
    """Return the c. name that turns codon `index` (1-based) into a stop."""
    return f"c.{3 * index - 2}_{3 * index}delinsTAA"


@pytest.mark.parametrize(
    ("variant", "triggers", "exon"),
    [
        ("c.709_712del", True, "8/24"),  # the variant and its stop lie in one exon
        ("c.1100del", True, "13/24"),  # the variant lies in exon 11
        ("c.2313A>T", False, "24/24"),  # stop loss
        ("c.2300del", False, "24/24"),
        ("c.2311_2312insT", False, "24/24"),
    ],
)
def test_the_exon_of_the_new_stop_decides(annotated, variant, triggers, exon):
    nmd = annotated(variant).nmd
    assert (nmd.triggers, nmd.stop_exon) == (triggers, exon)


def test_fifty_bases_before_the_last_junction(annotated, stat3):
    """The last codons of exon 23, whose last base is c.2257 + 1 before exon 24."""
    last = stat3.junctions[-1] - stat3.cds_start
    inside = next(i for i in range(1, 771) if 0 < last - 3 * (i - 1) <= ESCAPE_DISTANCE)
    escapes, decays = (annotated(stop_at(stat3, i)).nmd for i in (inside, inside - 1))
    assert (escapes.triggers, decays.triggers) == (False, True)
    assert escapes.distance_to_last_junction <= ESCAPE_DISTANCE < decays.distance_to_last_junction
    assert "escapes" in escapes.reason
    assert "decay is expected" in decays.reason


def test_what_is_lost(annotated):
    nmd = annotated("c.1144_1145delinsTA").nmd
    assert nmd.protein_lost == pytest.approx((770 - 381) / 770)
    assert nmd.domains_lost == (
        "DNA-binding domain (in part)",
        "linker domain",
        "SH2 domain",
        "transactivation domain",
    )


def test_an_early_stop_may_be_bypassed(annotated):
    assert "later start codon" in annotated("c.58C>T").nmd.reason
    assert "later start codon" not in annotated("c.709_712del").nmd.reason


@pytest.mark.parametrize("variant", ["c.1144C>T", "c.1387_1389del", "c.1139+1G>T", "c.1146G>A"])
def test_no_prediction_without_a_new_stop(annotated, variant):
    assert annotated(variant).nmd is None


def test_unknown_on_the_demo_reference(annotated):
    nmd = annotated("20-33761915-AG-A").nmd
    assert nmd.triggers is None
    assert "made up" in nmd.reason
