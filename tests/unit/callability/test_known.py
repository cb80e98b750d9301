"""Known sites: which there are, and what was seen at each."""

import pytest

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
