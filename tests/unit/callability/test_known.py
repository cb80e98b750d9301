"""Known sites: which there are, and what was seen at each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.callability.carried import CarriedAllele
from hies_annot.callability.known import STATES, known_site_calls, known_sites, worst_first
from hies_annot.callability.required import KnownSite, required_regions
from hies_annot.callability.statements import Statement, Weight
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import KnownSiteCall, KnownVariant, Mechanism
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)


def site(pos=42329643, ref="G", alt="A", **changes):
    given = {"gene": "STAT3", "identifier": "x", "hgvs_c": "c.1144C>T", "hgvs_p": None, **changes}
    return KnownSite(pos=pos, ref=ref, alt=alt, **given)


def variant(
    *,
    pos=42329643,
    ref="G",
    alt="A",
    classification="pathogenic",
    hgvs_c="c.1144C>T",
    condition="STAT3-AD-HIES",
):
    return KnownVariant(
        identifier="v",
        gene="STAT3",
        mechanisms=(Mechanism.DOMINANT_NEGATIVE,),
        classification=classification,
        condition=condition,
        aliases=(),
        source="s",
        chrom="17",
        pos=pos,
        ref=ref,
        alt=alt,
        hgvs_c=hgvs_c,
    )


def state(known, *, weight=Weight.CALLABLE, carried=(), indel=None, missing=(), depth=30.0):
    required = required_regions(GENES[0], REFERENCE, (known,))
    entry = Statement(1, 2, weight, "s", depth, indel=indel)
    layer = [
        None if required.position(index) in missing else entry for index in range(required.size)
    ]
    (call,) = known_site_calls((known,), required, layer, carried)
    return call.state, call.depth


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        (Weight.CALLABLE, "reference_seen"),
        (Weight.NOT_CALLABLE, "not_covered"),
        (Weight.NO_CALL, "not_covered"),
        (Weight.INCOMPLETE, "unknown"),
    ],
)
def test_what_the_bases_say(weight, expected):
    assert state(site(), weight=weight) == (expected, 30.0)


def test_one_unknown_base_of_a_deletion_makes_the_site_unknown():
    deletion = site(ref="GTC", alt="G")
    assert state(deletion)[0] == "reference_seen"
    assert state(deletion, missing={deletion.pos + 2})[0] == "unknown"


def test_an_indel_site_needs_indel_callability_where_the_source_weighs_it():
    assert state(site(ref="GTC", alt="G"), indel=False)[0] == "not_covered"
    assert state(site(ref="GTC", alt="G"), indel=True)[0] == "reference_seen"
    assert state(site(), indel=False)[0] == "reference_seen"


@pytest.mark.parametrize(
    ("identifier", "changed", "expected"),
    [
        ("17-42329643-G-A", (42329643, 42329643), "variant_seen"),
        ("17-42329643-G-C", (42329643, 42329643), "other_variant_seen"),
        ("17-42329640-GATC-G", (42329641, 42329643), "other_variant_seen"),
        ("17-42329642-C-T", (42329642, 42329642), "reference_seen"),
        ("17-42329643-G-GT", None, "reference_seen"),
    ],
)
def test_which_carried_allele_is_the_known_one(identifier, changed, expected):
    carried = (CarriedAllele(identifier, changed, 12.0),)
    assert state(site(), carried=carried)[0] == expected


def test_sites_are_the_pathogenic_rows_and_the_places_of_the_gene_file():
    rows = [
        variant(),
        variant(pos=42329642, classification="likely_pathogenic"),
        variant(pos=42329641, classification="uncertain"),
        variant(pos=42329640, condition="STAT3-SOMATIC"),
        variant(pos=42329639, condition=None),
    ]
    found = known_sites(rows, GENES, REFERENCE)
    assert [item.pos for item in found] == [42329643, 42329642, 42329779, 42326288]
    (moved, *_) = known_sites(rows, GENES, embedded_reference(Build.GRCH37, GENES))
    assert moved.pos == 42329643 - 1847982


def test_a_place_of_the_gene_file_gives_way_to_the_allele_of_the_table():
    rows = [variant(pos=42329779, hgvs_c="c.1110-3C>G")]
    assert [item.hgvs_c for item in known_sites(rows, GENES, REFERENCE)] == [
        "c.1110-3C>G",
        "c.1282-89",
    ]


def test_a_symbolic_allele_is_no_site():
    assert not site(alt="<DEL>").of_bases
    assert required_regions(GENES[0], REFERENCE, (site(pos=42335000, alt="<DEL>"),)) == (
        required_regions(GENES[0], REFERENCE)
    )


def test_what_was_not_covered_comes_first():
    calls = [KnownSiteCall("STAT3", name, "c.1", None, name, None) for name in reversed(STATES)]
    assert [call.state for call in worst_first(calls)] == list(STATES)
    assert STATES[0] == "not_covered"


def test_a_site_of_the_table_keeps_what_the_table_says_on_either_build():
    row = replace(variant(ref="GT", alt="G"), hgvs_p="p.(Arg382Trp)")
    expected = KnownSite("STAT3", "v", 42329643, "GT", "G", "c.1144C>T", "p.(Arg382Trp)")
    for build, offset in ((Build.GRCH38, 0), (Build.GRCH37, 1847982)):
        found = known_sites([row], GENES, embedded_reference(build, GENES))
        assert found[0] == replace(expected, pos=expected.pos - offset)
        assert found[1:] == tuple(
            KnownSite("STAT3", f"STAT3:{name}", pos - offset, base, "N", name, None)
            for name, pos, base in (("c.1110-3", 42329779, "G"), ("c.1282-89", 42326288, "G"))
        )
    assert known_sites([replace(row, hgvs_c=None)], GENES, REFERENCE)[0].hgvs_c == "v"


def place_of(start, end):
    """STAT3 with one listed place of its gene file."""
    required = GENES[0].file.required
    place = replace(required.sites[0], start=start, end=end)
    listed = replace(required, sites=(place,))
    return replace(GENES[0], file=replace(GENES[0].file, required=listed))


@pytest.mark.parametrize(
    ("pos", "left_out"),
    [(42329699, False), (42329700, True), (42329702, True), (42329703, False)],
)
def test_any_allele_of_the_table_within_a_listed_place_replaces_it(pos, left_out):
    gene = place_of(42329700, 42329702)
    found = known_sites([variant(pos=pos)], [gene], REFERENCE)
    bases = REFERENCE.locus("STAT3").bases(42329700, 42329702).upper()
    listed = KnownSite("STAT3", "STAT3:c.1110-3", 42329700, bases, "NNN", "c.1110-3", None)
    assert found[1:] == (() if left_out else (listed,))


def test_an_allele_of_another_gene_is_a_site_of_that_gene_alone():
    other = replace(variant(), gene="ZNF341", condition="ZNF341-AR-HIES")
    found = known_sites([other], GENES, REFERENCE)
    assert [(item.gene, item.identifier) for item in found] == [
        ("STAT3", "STAT3:c.1110-3"),
        ("STAT3", "STAT3:c.1282-89"),
        ("ZNF341", "v"),
    ]


def test_calls_are_those_of_the_gene_in_genome_order_with_all_that_is_known():
    sites = [
        site(identifier="b", pos=42329650),
        site(identifier="d", ref="GA", alt="G"),
        site(identifier="c", hgvs_p="p.(Arg382Trp)"),
        site(identifier="a"),
        site(identifier="z", gene="ZNF341"),
    ]
    required = required_regions(GENES[0], REFERENCE, sites)
    seen = Statement(1, 2, Weight.CALLABLE, "s", 30.0)
    found = known_site_calls(sites, required, [seen] * required.size, ())
    assert found == tuple(
        KnownSiteCall("STAT3", name, "c.1144C>T", hgvs_p, "reference_seen", 30.0)
        for name, hgvs_p in (("a", None), ("c", "p.(Arg382Trp)"), ("d", None), ("b", None))
    )


ASSUMED = Statement(0, 0, Weight.CALLABLE, "assumed reference")
ENTRIES = [
    None,
    ASSUMED,
    *(
        Statement(1, 2, weight, "s", depth, indel=indel)
        for weight in Weight
        for depth in (None, 12.0, 30.0)
        for indel in (None, True, False)
    ),
]
PLACES = {
    "known": (0, 0),
    "first base": (0, 0),
    "last base": (2, 2),
    "over the start": (-2, 0),
    "over the end": (2, 4),
    "around": (-2, 4),
    "base before": (-1, -1),
    "base behind": (3, 3),
    "insertion": None,
}
"""Bases that carried alleles change, counted from the first of the site, which has three."""
HERE = set(PLACES) - {"known", "base before", "base behind", "insertion"}


@given(
    st.lists(st.sampled_from(ENTRIES), min_size=3, max_size=3),
    st.lists(st.sampled_from(sorted(PLACES)), max_size=2),
    st.sampled_from(["G", "GTC"]),
)
def test_a_site_is_what_its_own_bases_and_alleles_say(entries, carried, alt):
    known = site(ref="GAA", alt=alt)
    identifiers = {"known": known.allele_id("17")}
    alleles = [
        CarriedAllele(
            identifiers.get(name, name),
            span and (known.pos + span[0], known.pos + span[1]),
            float(number),
        )
        for number, name in enumerate(carried)
        for span in [PLACES[name]]
    ]
    required = required_regions(GENES[0], REFERENCE, (known,))
    base = Statement(1, 2, Weight.NO_CALL, "s", 1.0)
    layer = [
        entries[place] if 0 <= (place := required.position(index) - known.pos) < 3 else base
        for index in range(required.size)
    ]
    (call,) = known_site_calls((known,), required, layer, alleles, ASSUMED)
    if "known" in carried:
        assert (call.state, call.depth) == ("variant_seen", carried.index("known"))
    elif here := [name for name in carried if name in HERE]:
        assert (call.state, call.depth) == ("other_variant_seen", carried.index(here[0]))
    else:
        depths = [entry.depth for entry in entries if entry and entry.depth is not None]
        assert call.depth == min(depths, default=None)
        assert call.state == state_of(entries, indel=alt == "G")


def state_of(entries, *, indel):
    """The state of bases where no allele was seen: the worst that is said of any of them."""
    if any(entry and entry.weight in (Weight.NOT_CALLABLE, Weight.NO_CALL) for entry in entries):
        return "not_covered"
    if any(entry is None or entry.weight is Weight.INCOMPLETE for entry in entries):
        return "unknown"
    if ASSUMED in entries:
        return "reference_assumed"
    if indel and any(entry.indel is False for entry in entries):
        return "not_covered"
    return "reference_seen"


def test_a_site_without_a_required_base_is_unknown():
    required = required_regions(GENES[0], REFERENCE)
    (call,) = known_site_calls((site(pos=5),), required, [ASSUMED] * required.size, ())
    assert (call.state, call.depth) == ("unknown", None)
