"""When "nothing found" may be said, and the sentence that says why not."""

import pytest

from hies_annot.callability.verdict import LISTED, negative_is_safe
from hies_annot.model import Callability, ExonCallability, Gap, GeneCallability, KnownSiteCall
from hies_annot.settings.callability_rules import CallabilityConfig

CONFIG = CallabilityConfig()


def gene(*callable_, name="STAT3", required=1000, gaps=()):
    exons = tuple(
        ExonCallability(number, 1, required, required, count, None, None)
        for number, count in enumerate(callable_, 1)
    )
    total = None if None in callable_ else sum(callable_)
    return GeneCallability(name, required * len(exons), total, tuple(gaps), exons)


def gap(number):
    return Gap("17", 1, 5, f"c.{number}_{number + 4}", f"exon {number}", "no record")


def site(state, number=1):
    return KnownSiteCall("STAT3", f"v{number}", f"c.{number}A>G", None, state, None)


def verdict(*genes, sites=(), config=CONFIG):
    return negative_is_safe(Callability("gVCF", False, genes, tuple(sites)), config)


@pytest.mark.parametrize(
    ("counts", "safe"),
    [
        ((1000, 1000), True),
        ((990, 990), True),
        ((989, 990), False),  # the gene is below 99 %
        ((1000, 980), True),
        ((1000,) * 9 + (950,), True),
        ((1000,) * 9 + (949,), False),  # the gene is above 99 %, one exon below 95 %
    ],
)
def test_gene_and_each_exon_need_their_share(counts, safe):
    assert verdict(gene(*counts))[0] is safe


def test_one_gene_below_its_share_is_enough_and_only_it_is_named():
    safe, reason = verdict(gene(1000), gene(500, name="ZNF341", gaps=[gap(1)]))
    assert not safe
    assert "ZNF341: 50 % of 1000 required bases callable, 99 % needed" in reason
    assert "exon 1 (500 of 1000)" in reason
    assert "exon 1 (c.1_5: no record)" in reason
    assert "STAT3" not in reason


def test_exons_below_their_share_are_named_with_their_bases():
    reason = verdict(gene(*(1000,) * 9, 949))[1]
    assert "below 95 % of callable bases: exon 10 (949 of 1000)" in reason


def test_a_gene_without_any_callable_base_is_one_short_sentence():
    reason = verdict(gene(0, 0, gaps=[gap(1), gap(2)]))[1]
    assert reason == "STAT3: none of 2000 required bases callable (no record)"


def test_unknown_is_never_safe():
    safe, reason = verdict(gene(1000), gene(None, name="ZNF341"))
    assert not safe
    assert reason.startswith("callability of ZNF341 is unknown")
    assert not negative_is_safe(Callability("unknown", False, (), ()), CONFIG)[0]


@pytest.mark.parametrize(
    ("state", "safe"),
    [
        ("reference_seen", True),
        ("variant_seen", True),
        ("other_variant_seen", True),
        ("reference_assumed", True),
        ("not_covered", False),
        ("unknown", False),
    ],
)
def test_every_known_site_must_have_been_looked_at(state, safe):
    assert verdict(gene(1000), sites=[site(state)])[0] is safe
    relaxed = CallabilityConfig(require_known_sites=False)
    assert verdict(gene(1000), sites=[site(state)], config=relaxed)[0]


def test_long_lists_are_cut_and_counted():
    reason = verdict(gene(1000), sites=[site("not_covered", number) for number in range(20)])[1]
    assert "20 known sites not covered: c.0A>G, c.1A>G" in reason
    assert reason.endswith(f"and {20 - LISTED} more")


def test_shares_are_rounded_down():
    assert "99.9 % of 10000" in verdict(gene(9999, required=10000))[1]
