"""When "nothing found" may be said, and the sentence that says why not."""

import pytest

from hies_annot.callability.verdict import LISTED, negative_is_safe
from hies_annot.model import Callability, ExonCallability, Gap, GeneCallability, KnownSiteCall
from hies_annot.model.census import Unread
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


def site(state, number=1, *, gene="STAT3", hgvs_c=None):
    named = f"c.{number}A>G" if hgvs_c is None else hgvs_c
    return KnownSiteCall(gene, f"v{number}", named, None, state, None)


def verdict(*genes, sites=(), config=CONFIG, unread=(), assumed=False):
    found = Callability("gVCF", assumed, genes, tuple(sites), unread=tuple(unread))
    return negative_is_safe(found, config)


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


UNKNOWN = (
    "callability of {} is unknown; give a gVCF, a BAM/CRAM, a BED of callable regions "
    "or an all-sites VCF"
)
BOTH = (gene(1000), gene(999, name="ZNF341", gaps=[gap(1)]))
GOOD = "STAT3: 100 % of 1000 required bases callable"
CUT = Unread("STAT3", "a.vcf was cut", lost=False)


@pytest.mark.parametrize(
    ("given", "safe", "sentence"),
    [
        (
            {"genes": BOTH},
            True,
            (
                f"{GOOD}; ZNF341: 99.9 % of 1000 required bases callable, "
                "not callable: exon 1 (c.1_5: no record)"
            ),
        ),
        (
            {"genes": BOTH[:1], "assumed": True},
            True,
            f"{GOOD}; absent records were taken as reference",
        ),
        ({"genes": ()}, False, "no gene was assessed"),
        ({"genes": [gene(None)]}, False, UNKNOWN.format("STAT3")),
        (
            {"genes": [gene(None), gene(None, name="ZNF341")]},
            False,
            UNKNOWN.format("STAT3 and ZNF341"),
        ),
        (
            {"genes": [gene(None), gene(0, name="ZNF341", gaps=[gap(1)])]},
            False,
            f"{UNKNOWN.format('STAT3')}; ZNF341: none of 1000 required bases callable (no record)",
        ),
        (
            {"genes": [gene(980, 1000, gaps=[gap(1), gap(2)])]},
            True,
            (
                "STAT3: 99 % of 2000 required bases callable, "
                "not callable: exon 1 (c.1_5: no record), exon 2 (c.2_6: no record)"
            ),
        ),
        (
            {"genes": [gene(940, 1000, gaps=[gap(1)])]},
            False,
            (
                "STAT3: 97 % of 2000 required bases callable, 99 % needed; "
                "STAT3: below 95 % of callable bases: exon 1 (940 of 1000); "
                "STAT3: not callable: exon 1 (c.1_5: no record)"
            ),
        ),
        (
            {"genes": [gene(*(1000,) * 9, 949, gaps=[gap(10)])]},
            False,
            (
                "STAT3: below 95 % of callable bases: exon 10 (949 of 1000); "
                "STAT3: not callable: exon 10 (c.10_14: no record)"
            ),
        ),
        (
            {"genes": [gene(989, gaps=[gap(1)])]},
            False,
            (
                "STAT3: 98.9 % of 1000 required bases callable, 99 % needed; "
                "STAT3: not callable: exon 1 (c.1_5: no record)"
            ),
        ),
        (
            {"genes": BOTH[:1], "sites": [site("not_covered"), site("unknown", 2, hgvs_c="")]},
            False,
            "STAT3: 2 known sites not covered: c.1A>G, v2",
        ),
        (
            {"genes": BOTH[:1], "sites": [site("not_covered", gene="ZNF341")]},
            True,
            GOOD,
        ),
        ({"genes": BOTH[:1], "unread": [CUT]}, False, "STAT3: a.vcf was cut"),
        (
            {"genes": [gene(None)], "unread": [CUT]},
            False,
            f"STAT3: a.vcf was cut; {UNKNOWN.format('STAT3')}",
        ),
        (
            {
                "genes": BOTH[:1],
                "unread": [CUT],
                "sites": [site("unknown"), site("not_covered", 2)],
            },
            False,
            "STAT3: a.vcf was cut; STAT3: 1 known sites not covered: c.2A>G",
        ),
        (
            {
                "genes": BOTH[:1],
                "unread": [Unread("ZNF341", "b.vcf was cut", lost=False)],
                "sites": [site("unknown")],
            },
            False,
            "ZNF341: b.vcf was cut; STAT3: 1 known sites not covered: c.1A>G",
        ),
    ],
)
def test_the_whole_sentence(given, safe, sentence):
    others = {name: value for name, value in given.items() if name != "genes"}
    assert verdict(*given["genes"], **others) == (safe, sentence)


def test_an_exon_without_figures_is_not_callable_though_its_gene_has_some():
    exon = ExonCallability(7, 1, 1000, 1000, None, None, None)
    assert verdict(GeneCallability("STAT3", 1000, 1000, (gap(7),), (exon,))) == (
        False,
        (
            "STAT3: below 95 % of callable bases: exon 7 (unknown of 1000); "
            "STAT3: not callable: exon 7 (c.7_11: no record)"
        ),
    )


def test_the_reasons_of_a_gene_without_a_callable_base_are_told_once_each():
    low = Gap("17", 1, 5, "c.3", "exon 3", "no reads")
    assert verdict(gene(0, gaps=[gap(1), low, gap(2)])) == (
        False,
        "STAT3: none of 1000 required bases callable (no record, no reads)",
    )


@pytest.mark.parametrize("count", range(LISTED - 1, LISTED + 3))
def test_every_list_names_five_and_counts_the_rest(count):
    def listed(names):
        more = f" and {count - LISTED} more" if count > LISTED else ""
        return ", ".join(names[:LISTED]) + more

    numbers = range(1, count + 1)
    missed = listed([f"c.{number}A>G" for number in numbers])
    gaps = listed([f"exon {number} (c.{number}_{number + 4}: no record)" for number in numbers])
    low = listed([f"exon {number} (900 of 1000)" for number in numbers])
    found = gene(*(900,) * count, gaps=[gap(number) for number in numbers])
    assert verdict(found, sites=[site("not_covered", number) for number in numbers])[1] == (
        f"STAT3: 90 % of {count}000 required bases callable, 99 % needed; "
        f"STAT3: below 95 % of callable bases: {low}; STAT3: not callable: {gaps}; "
        f"STAT3: {count} known sites not covered: {missed}"
    )


def test_the_shares_of_the_settings_are_those_of_the_sentence():
    config = CallabilityConfig(min_share=0.5, min_exon_share=0.25)
    assert verdict(gene(500, gaps=[gap(1)]), config=config)[0]
    assert verdict(gene(1000, 1000, 249, gaps=[gap(3)]), config=config)[1] == (
        "STAT3: below 25 % of callable bases: exon 3 (249 of 1000); "
        "STAT3: not callable: exon 3 (c.3_7: no record)"
    )
