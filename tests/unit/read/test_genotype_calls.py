"""Calls as a whole: every field, flag and code that one record gives for one sample."""

import pytest
from msgspec.structs import replace

from hies_annot.model import AlleleKind, Call, Zygosity

HET, HOM_REF, HET_ALT = Zygosity.HET, Zygosity.HOM_REF, Zygosity.HET_ALT
NO_CALL = (Zygosity.NO_CALL, None)
UNREADABLE = (*NO_CALL, ("gt_unreadable",))
MISSING_ALLELE = (*NO_CALL, ("gt_names_missing_allele",))


def call_of(build, gt, alt="A", *, info=None, number=None, thresholds=None, site=None, **fields):
    """The call of the only ALT; `number` are the copies that the record states."""
    end = {"end": 500} if alt.startswith("<") else {}
    site = build.make_site(alts=(alt,), info=info or {}, **end, **(site or {}))
    allele = build.make_allele(site, alt, copy_number=number)
    given = build.make_fields(gt, **fields)
    (call,) = build.interpret(site, given, [allele], thresholds or build.THRESHOLDS)
    assert (call.site, call.fields) == (site, given)
    return call


def test_a_plain_call(build):
    site = build.make_site()
    fields = build.make_fields("1|0", ad=(12, 18), dp=31, ps="7")
    allele = build.make_allele(site, "A")
    assert build.interpret(site, fields, [allele], build.THRESHOLDS) == (
        Call(
            allele=allele,
            site=site,
            fields=fields,
            alt_index=1,
            zygosity=HET,
            copies=1,
            haplotype=0,
            phase_set="PS:a.vcf:20:7",
            depth=30,
            alt_depth=18,
            allele_fraction=0.6,
        ),
    )


def test_each_alt_with_an_entry_has_a_call_with_its_own_figures(build):
    site = build.make_site(alts=("A", "C", "T"))
    first, third = build.make_allele(site, "A"), build.make_allele(site, "T")
    fields = build.make_fields("1|3", ad=(0, 12, 0, 18), dp=30, ps="7")
    common = {"site": site, "fields": fields, "zygosity": HET_ALT, "copies": 1, "depth": 30}
    own = {"phase_set": "PS:a.vcf:20:7", **common}
    assert build.interpret(site, fields, [first, None, third], build.THRESHOLDS) == (
        Call(first, alt_index=1, haplotype=0, alt_depth=12, allele_fraction=0.4, **own),
        Call(third, alt_index=3, haplotype=1, alt_depth=18, allele_fraction=0.6, **own),
    )


def test_a_call_names_all_that_it_fails_in_order(build):
    strict = build.CallThresholds(min_qual=51, min_dp=21)
    failing = {"ad": (18, 2), "dp": 20, "gq": 3.0, "ft": ("bad",), "thresholds": strict}
    site = {"filters": ("q10",)}
    codes = ("low_qual", "filter:q10", "low_gq", "low_depth", "ft:bad")
    carried = call_of(build, "0/1", site=site, **failing)
    assert carried.quality == (*codes, "low_alt_depth", "allele_balance")
    assert call_of(build, "0/0", site=site, **failing).quality == codes
    assert call_of(build, "./.", site=site, **failing).quality == codes


@pytest.mark.parametrize(
    ("fields", "figures"),
    [
        ({"ad": (0, 0), "dp": 0}, (0, 0, None)),
        ({"ad": None, "dp": 30}, (30, None, None)),
        ({"ad": None, "dp": None}, (None, None, None)),
        ({"ad": (30, 0)}, (30, 0, 0.0)),
    ],
)
def test_a_fraction_needs_reads_and_their_count(build, fields, figures):
    call = call_of(build, "0/1", **fields)
    assert (call.depth, call.alt_depth, call.allele_fraction) == figures


@pytest.mark.parametrize("gt", ["0|0", "1|1", "0/1", ".|."])
def test_an_allele_that_lies_on_no_known_haplotype_has_none(build, gt):
    call = call_of(build, gt, ps="7")
    assert (call.haplotype, call.phase_set) == (None, None)


def test_what_is_not_carried_lies_on_no_haplotype_though_the_genotype_names_it(build):
    counted = call_of(build, "0|1", "<DEL>", ps="7", copy_number=2)
    (row,) = build.make_calls("0|1", site=build.make_site(alts=()), ps="7", ad=None)
    for call in (counted, row):
        assert (call.carried, call.haplotype, call.phase_set) == (False, None, None)


STATES = [
    # ALTs, genotype, the state of the first ALT
    (("A",), "0/0", (HOM_REF, 0, ())),
    (("A",), "0", (HOM_REF, 0, ("haploid",))),
    (("A",), "0/0/0", (HOM_REF, 0, ("polyploid",))),
    (("A",), "0/.", (*NO_CALL, ("half_call",))),
    (("A",), "./.", (*NO_CALL, ())),
    (("A",), ".", (*NO_CALL, ())),
    (("A",), None, (Zygosity.NOT_GIVEN, None, ())),
    (("A",), "x", UNREADABLE),
    (("A",), "0/2", MISSING_ALLELE),
    (("A",), "1/2", MISSING_ALLELE),
    (("A", "T"), "1/3", MISSING_ALLELE),
    (("A",), "1", (Zygosity.HAPLOID, 1, ("haploid",))),
    (("A",), "0/1/1", (Zygosity.POLYPLOID, 2, ("polyploid",))),
    (("A",), "./1/1", (Zygosity.POLYPLOID, 2, ("polyploid",))),
    (("A",), "./1", (Zygosity.HALF_CALL, 1, ("half_call",))),
    (("A",), "1/1", (Zygosity.HOM_ALT, 2, ())),
    (("A",), "1|0", (HET, 1, ())),
    (("A", "T"), "0/2", (HOM_REF, 0, ("other_allele_called",))),
    (("A", "T"), "2/2", (HOM_REF, 0, ("other_allele_called",))),
    (("A", "T"), "2", (HOM_REF, 0, ("other_allele_called", "haploid"))),
    (("A", "T"), "0/0/2", (HOM_REF, 0, ("other_allele_called", "polyploid"))),
    (("A", "T"), "./2", (*NO_CALL, ("half_call",))),
    (("A", "T"), "2/1", (HET_ALT, 1, ())),
    (("A", "<NON_REF>"), "1/2", (HET_ALT, 1, ("other_allele_unspecified",))),
    (("A", "<*>"), "1/2", (HET_ALT, 1, ("other_allele_unspecified",))),
    (("A", "*"), "1/2", (Zygosity.OVER_DELETION, 1, ())),
    (("A", "<DEL>"), "2/1", (HET_ALT, 1, ())),
    (("A", "<CN0>"), "1/2", (HET_ALT, 1, ())),
    (("A", "<DUP>"), "1/2", (HET_ALT, 1, ())),
    (("<DUP>", "<DEL>"), "1/2", (HET_ALT, 1, ())),
    (("<DEL>", "*"), "1/2", (HET_ALT, 1, ())),
    (("*", "<DEL>"), "1/2", (Zygosity.OVER_DELETION, 1, ())),
    (("A", "T", "*"), "1/3", (Zygosity.OVER_DELETION, 1, ())),
    (("A", "*", "T"), "1/3", (HET_ALT, 1, ())),
    ((), "0/0", (HOM_REF, 0, ())),
    ((), "0", (HOM_REF, 0, ("haploid",))),
    ((), "0/.", (*NO_CALL, ("half_call",))),
    ((), "./.", (*NO_CALL, ())),
    ((), "0/1", MISSING_ALLELE),  # a row without ALT has no allele to name
    ((), "1/1", MISSING_ALLELE),
    ((), "1", MISSING_ALLELE),
]


@pytest.mark.parametrize(("alts", "gt", "state"), STATES)
def test_the_state_of_an_allele_with_its_flags(build, alts, gt, state):
    call = build.make_calls(gt, site=build.make_site(alts=alts), ad=None)[0]
    assert (call.zygosity, call.copies, call.flags) == state
    assert call.alt_index == (1 if alts else 0)


@pytest.mark.parametrize(("gt", "zygosity"), [("1/2", HET_ALT), ("2/1", HET_ALT)])
def test_an_alt_without_an_entry_is_unspecified_beside_another(build, gt, zygosity):
    site = build.make_site(alts=("A", "T"))
    fields = build.make_fields(gt, ad=None)
    (call,) = build.interpret(site, fields, [build.make_allele(site, "A"), None], build.THRESHOLDS)
    assert (call.zygosity, call.flags) == (zygosity, ("other_allele_unspecified",))


def test_the_flags_of_a_call_come_in_one_order(build):
    info = {"END": "500", "SVLEN": "-9000", "SVCLAIM": "J"}
    reads = {"ad": (90, 10), "dp": 100, "unused_counts": ("AD",)}
    assert call_of(build, "./1", "<DEL>", info=info, **reads).flags == (
        "half_call",
        "ad_length",
        "extent_contradicted",
        "adjacency_only",
        "low_fraction",
    )
    assert call_of(build, "./1", info=info, **reads).flags == (
        "half_call",
        "ad_length",
        "low_fraction",
    )


@pytest.mark.parametrize(
    ("kind", "flags"),
    [
        (AlleleKind.SEQUENCE, ("low_fraction",)),
        (AlleleKind.SYMBOLIC, ()),
        (AlleleKind.BREAKEND, ()),
    ],
)
def test_half_of_the_reads_is_not_expected_over_a_junction(build, kind, flags):
    """30 of 100 reads: too few for a half, and no low fraction."""
    site = build.make_site(alts=("<INS>",))
    allele = replace(build.make_allele(site, "<INS>"), kind=kind)
    fields = build.make_fields("0/1", ad=(70, 30), dp=100)
    (call,) = build.interpret(site, fields, [allele], build.THRESHOLDS)
    assert call.flags == flags


@pytest.mark.parametrize(
    ("least", "flags"),
    [(20, ("counts_contradict", "ad_contradicts_gt")), (21, ("counts_contradict",))],
)
def test_counts_that_contradict_each_other_show_what_was_not_called(build, least, flags):
    call = call_of(
        build,
        "0/0",
        also_counted=((20, 20),),
        thresholds=build.CallThresholds(min_alt_depth=least),
    )
    assert (call.flags, call.alt_depth) == (flags, None)


@pytest.mark.parametrize(
    ("alt", "own", "record", "kept"),
    [
        ("<CNV>", 1, None, 1),
        ("<CNV>", 3, 1, 3),
        ("<CNV>", 0, None, 0),
        ("<CNV>", None, 1, 1),
        ("<DEL>", 1, None, None),
        ("<DUP>", 3, None, None),
        ("<INV>", 2, None, None),
        ("A", 1, None, None),
    ],
)
def test_the_copies_of_the_sample_tell_whether_a_cnv_loses_or_gains(build, alt, own, record, kept):
    call = call_of(build, "0/1", alt, number=record, copy_number=own)
    assert call.allele.copy_number == kept


CONTRADICTED = "copy_number_contradicts_gt"


@pytest.mark.parametrize(
    ("alt", "gt", "copies", "major", "state"),
    [
        ("<DEL>", "0/1", 2, 2, (HOM_REF, 0, ("copy_neutral_loh",))),
        ("<DEL>", "0/0", 2, 2, (HOM_REF, 0, ("copy_neutral_loh",))),
        (
            *("<DEL>", "./.", 2, 2),
            (HOM_REF, 0, ("zygosity_from_copy_number", "copy_neutral_loh")),
        ),
        ("<DEL>", "0/1", 2, 1, (HOM_REF, 0, (CONTRADICTED,))),
        ("<DEL>", "0/1", 2, None, (HOM_REF, 0, (CONTRADICTED,))),
        ("<DEL>", "0/1", 1, 1, (HET, 1, ())),
        ("<DEL>", "1/1", 1, 1, (HET, 1, (CONTRADICTED,))),
        ("<DUP>", "0/1", 3, 2, (HET, None, ())),
        ("<DEL>", "0/1", 3, None, (HOM_REF, 0, (CONTRADICTED,))),
        (
            *("<DEL>", "./.", 3, None),
            (*NO_CALL, ("zygosity_from_copy_number", "copy_number_contradicts_allele")),
        ),
        ("<INV>", "0/1", 2, 2, (HET, 1, ("copy_neutral_loh",))),
        ("<INV>", "0/1", 1, 1, (HET, 1, ("copy_number_contradicts_allele",))),
        ("A", "0/1", 2, 2, (HET, 1, ())),
        ("A", "0/1", 1, 1, (HET, 1, ())),
    ],
)
def test_two_copies_of_one_parent_contradict_no_genotype(build, alt, gt, copies, major, state):
    call = call_of(build, gt, alt, copy_number=copies, major_copies=major, ad=None)
    assert (call.zygosity, call.copies, call.flags) == state


@pytest.mark.parametrize(
    ("gt", "own", "state"),
    [
        ("0/1", None, (HET, 1, ())),
        ("1/1", None, (HET, 1, (CONTRADICTED,))),
        ("0/0", None, (HOM_REF, 0, ())),
        ("0", None, (HOM_REF, 0, ("haploid",))),
        ("./.", None, (HET, 1, ("zygosity_from_copy_number",))),
        (None, None, (HET, 1, ("zygosity_from_copy_number",))),
        ("0/1", 0, (Zygosity.HOM_ALT, 2, (CONTRADICTED,))),
        ("0/0", 1, (HET, 1, (CONTRADICTED,))),
    ],
)
def test_what_a_record_says_of_copies_is_said_of_its_carriers(build, gt, own, state):
    """The record states one copy."""
    call = call_of(build, gt, "<DEL>", number=1, copy_number=own, ad=None)
    assert (call.zygosity, call.copies, call.flags) == state


@pytest.mark.parametrize(
    ("gt", "flags"),
    [
        ("0/0", ()),
        ("0/1", (CONTRADICTED, "copy_number_contradicts_allele")),
        ("./.", ("zygosity_from_copy_number", "copy_number_contradicts_allele")),
    ],
)
def test_a_gain_of_which_the_record_states_one_copy_is_told_of_its_carriers(build, gt, flags):
    assert call_of(build, gt, "<DUP>", number=1, ad=None).flags == flags


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ("J,D", (True, False)),
        ("D,J", (False, True)),
        ("J", (False, False)),
        ("J,J,J", (False,) * 2),
    ],
)
def test_each_alt_has_its_own_claim(build, claims, told):
    site = build.make_site(alts=("<DEL>", "<DUP>"), end=500, info={"SVCLAIM": claims})
    calls = build.make_calls("1/2", site=site, ad=None)
    assert tuple("adjacency_only" in call.flags for call in calls) == told
    small = build.make_site(info={"SVCLAIM": "J"})
    assert build.make_calls("0/1", site=small)[0].flags == ()
