import pytest

from hies_annot.model import AlleleKind, Zygosity

STATES = [
    # gt, alts, zygosity and copies of the first ALT
    ("0/0", ("A",), Zygosity.HOM_REF, 0),
    ("0/1", ("A",), Zygosity.HET, 1),
    ("1|0", ("A",), Zygosity.HET, 1),
    ("1/1", ("A",), Zygosity.HOM_ALT, 2),
    ("1/2", ("A", "T"), Zygosity.HET_ALT, 1),
    ("2|1", ("A", "T"), Zygosity.HET_ALT, 1),
    ("2/2", ("A", "T"), Zygosity.HOM_REF, 0),
    ("0/2", ("A", "T"), Zygosity.HOM_REF, 0),
    ("1/2", ("A", "*"), Zygosity.OVER_DELETION, 1),
    ("1/2", ("A", "<DEL>"), Zygosity.HET_ALT, 1),  # POS is the base before the deletion
    ("1/2", ("A", "<NON_REF>"), Zygosity.HET_ALT, 1),
    ("1", ("A",), Zygosity.HAPLOID, 1),
    ("0", ("A",), Zygosity.HOM_REF, 0),
    ("./1", ("A",), Zygosity.HALF_CALL, 1),
    ("1|.", ("A",), Zygosity.HALF_CALL, 1),
    ("0/.", ("A",), Zygosity.NO_CALL, None),
    ("./.", ("A",), Zygosity.NO_CALL, None),
    (".", ("A",), Zygosity.NO_CALL, None),
    ("./2", ("A", "T"), Zygosity.NO_CALL, None),
    ("0/1/1", ("A",), Zygosity.POLYPLOID, 2),
    ("0/0/0", ("A",), Zygosity.HOM_REF, 0),
    ("/0|1", ("A",), Zygosity.HET, 1),
    (None, ("A",), Zygosity.NOT_GIVEN, None),
    ("0/3", ("A",), Zygosity.NO_CALL, None),
    ("het", ("A",), Zygosity.NO_CALL, None),
]


@pytest.mark.parametrize(("gt", "alts", "zygosity", "copies"), STATES)
def test_state_of_the_first_alt(build, gt, alts, zygosity, copies):
    call = build.make_calls(gt, site=build.make_site(alts=alts))[0]
    assert (call.zygosity, call.copies) == (zygosity, copies)


@pytest.mark.parametrize(
    ("gt", "alts", "flag"),
    [
        ("1", ("A",), "haploid"),
        ("0", ("A",), "haploid"),
        ("./1", ("A",), "half_call"),
        ("0/.", ("A",), "half_call"),
        ("0/1/1", ("A",), "polyploid"),
        ("0/2", ("A", "T"), "other_allele_called"),
        ("1/2", ("A", "<NON_REF>"), "other_allele_unspecified"),
        ("0/3", ("A",), "gt_names_missing_allele"),
        ("het", ("A",), "gt_unreadable"),
    ],
)
def test_odd_genotypes_are_flagged_and_plain_ones_are_not(build, gt, alts, flag):
    assert flag in build.make_calls(gt, site=build.make_site(alts=alts))[0].flags
    assert build.make_calls("0/1")[0].flags == ()


def test_both_alternate_alleles_of_one_record_make_a_call_each(build):
    first, second = build.make_calls(
        "1/2", site=build.make_site(alts=("A", "T")), ad=(1, 19, 20), dp=41
    )
    assert (first.alt_index, second.alt_index) == (1, 2)
    assert (first.depth, first.alt_depth, second.alt_depth) == (40, 19, 20)
    assert second.allele_fraction == 0.5


def test_an_alt_without_an_entry_makes_no_call_but_keeps_the_numbers(build):
    site = build.make_site(alts=("A", "<NON_REF>", "T"))
    alleles = [build.make_allele(site, "A"), None, build.make_allele(site, "T")]
    fields = build.make_fields("0/3", ad=(20, 0, 0, 20))
    calls = build.interpret(site, fields, alleles, build.THRESHOLDS)
    assert [(call.alt_index, call.alt_depth) for call in calls] == [(1, 0), (3, 20)]


@pytest.mark.parametrize(
    ("gt", "zygosity"),
    [("0/0", Zygosity.HOM_REF), ("./.", Zygosity.NO_CALL), (None, Zygosity.NOT_GIVEN)],
)
def test_a_row_without_alt_is_reference_only_where_it_says_so(build, gt, zygosity):
    (call,) = build.make_calls(gt, site=build.make_site(alts=()), ad=None, min_dp=18, dp=None)
    assert call.allele.kind is AlleleKind.REFERENCE_BLOCK
    assert (call.alt_index, call.zygosity, call.depth) == (0, zygosity, 18)


@pytest.mark.parametrize(
    ("fields", "depth", "alt_depth", "flag"),
    [
        ({"ad": (10, 12), "dp": 30}, 22, 12, None),
        ({"ad": None, "dp": 30}, 30, None, None),
        ({"ad": None, "dp": None}, None, None, None),
        ({"ad": (None, None), "dp": 30}, 30, None, None),
        ({"ad": (None, 12), "dp": 30}, 30, 12, "ad_incomplete"),
        ({"ad": (10, None), "dp": 30}, 30, None, "ad_incomplete"),
        ({"ad": (10,), "dp": 30}, 30, None, "ad_length"),
        ({"ad": (0, 0), "dp": 30}, 30, None, "ad_uninformative"),
        ({"ad": (0, 0), "dp": 0}, 0, 0, None),
    ],
)
def test_what_the_file_does_not_give_stays_none(build, fields, depth, alt_depth, flag):
    (call,) = build.make_calls("0/1", **fields)
    assert (call.depth, call.alt_depth) == (depth, alt_depth)
    assert flag is None or flag in call.flags


@pytest.mark.parametrize(
    ("fields", "site", "code"),
    [
        ({"gq": 19.0}, {}, "low_gq"),
        ({"ad": (4, 5)}, {}, "low_depth"),
        ({"ad": (8, 4)}, {}, "low_alt_depth"),
        ({"ad": (81, 19)}, {}, "allele_balance"),
        ({}, {"filters": ("q10",)}, "filter:q10"),
        ({"ft": ("LowGQ",)}, {}, "ft:LowGQ"),
    ],
)
def test_each_threshold_has_its_code_and_a_passing_twin(build, fields, site, code):
    (call,) = build.make_calls("0/1", site=build.make_site(**site), **fields)
    assert code in call.quality
    twin = {"gq": 20.0} if "gq" in fields else {"ad": (15, 15)} if "ad" in fields else {}
    assert build.make_calls("0/1", **twin)[0].quality == ()


def test_quality_threshold_is_off_unless_configured(build):
    site = build.make_site(qual=3.0)
    assert build.make_calls("0/1", site=site)[0].quality == ()
    strict = build.CallThresholds(min_qual=20)
    assert build.make_calls("0/1", site=site, thresholds=strict)[0].quality == ("low_qual",)


def test_missing_figures_fail_no_threshold(build):
    site = build.make_site(qual=None, filters=())
    (call,) = build.make_calls("0/1", site=site, ad=None, dp=None, gq=None)
    assert call.quality == ()


@pytest.mark.parametrize(
    ("gt", "ad", "flag"),
    [
        ("0/0", (14, 14), "ad_contradicts_gt"),
        ("0/1", (30, 0), "ad_contradicts_gt"),
        ("0/1", (0, 30), "ad_contradicts_gt"),
        ("1/1", (15, 15), "ad_contradicts_gt"),
        ("./.", (15, 15), "reads_without_call"),
        ("0/1", (45, 5), "low_fraction"),
        ("0/1", (670, 330), "low_fraction"),
    ],
)
def test_reads_that_disagree_with_the_genotype_are_flagged(build, gt, ad, flag):
    assert flag in build.make_calls(gt, ad=ad)[0].flags


@pytest.mark.parametrize(
    ("gt", "ad"),
    [("0/0", (30, 1)), ("0/1", (18, 12)), ("0/1", (60, 140)), ("1/1", (1, 29)), ("./.", (30, 1))],
)
def test_reads_that_agree_are_not_flagged(build, gt, ad):
    assert build.make_calls(gt, ad=ad)[0].flags == ()


@pytest.mark.parametrize(
    ("symbol", "number", "zygosity"),
    [
        ("<DEL>", 1, Zygosity.HET),
        ("<DEL>", 0, Zygosity.HOM_ALT),
        ("<DEL>", 2, Zygosity.HOM_REF),
        ("<DEL>", 3, Zygosity.NO_CALL),
        ("<CNV>", 1, Zygosity.HET),
        ("<DUP>", 3, Zygosity.HET),
        ("<DUP>", 1, Zygosity.NO_CALL),
    ],
)
def test_copy_number_stands_in_for_a_missing_genotype(build, symbol, number, zygosity):
    call = build.make_call("./.", alt=symbol, end=500, copy_number=number)
    assert call.zygosity is zygosity
    assert "zygosity_from_copy_number" in call.flags


@pytest.mark.parametrize(
    ("fields", "phase_set", "haplotype"),
    [
        ({"gt": "0|1", "ps": "7"}, "PS:a.vcf:20:7", 1),
        ({"gt": "1|0", "ps": "7", "pid": "5", "pgt": "0|1"}, "PS:a.vcf:20:7", 0),
        ({"gt": "0/1", "pid": "5", "pgt": "1|0"}, "PID:a.vcf:20:5", 0),
        ({"gt": "0|1", "pid": "5", "pgt": "0|1"}, "PID:a.vcf:20:5", 1),
        ({"gt": "|0|1"}, "FILE:a.vcf:20", 1),
        ({"gt": "0/1", "ps": "7"}, None, None),
        ({"gt": "/0|1", "ps": "7"}, None, None),
        ({"gt": "0/1", "pid": "5"}, None, None),
        ({"gt": "0/1", "pid": "5", "pgt": "."}, None, None),
        ({"gt": "1|1", "ps": "7"}, None, None),
        ({"gt": "0|0", "ps": "7"}, None, None),
    ],
)
def test_phase_is_taken_only_where_it_is_stated(build, fields, phase_set, haplotype):
    (call,) = build.make_calls(**fields)
    assert (call.phase_set, call.haplotype) == (phase_set, haplotype)


@pytest.mark.parametrize(
    ("claim", "copies", "told"),
    [
        ("J", None, True),
        ("DJ", None, False),
        ("D", None, False),
        (None, None, False),
        ("J", 1, False),  # the record gives the copies beside it
        ("D,J", None, False),  # not one claim for each ALT: no claim can be assigned
    ],
)
def test_a_junction_without_copies_is_told(build, claim, copies, told):
    info = {"SVTYPE": "DEL", "END": "500"} | ({"SVCLAIM": claim} if claim else {})
    site = build.make_site(alts=("<DEL>",), end=500, info=info)
    allele = build.make_allele(site, "<DEL>")
    fields = build.make_fields("0/1")._replace(copy_number=copies)
    (call,) = build.interpret(site, fields, [allele], build.THRESHOLDS)
    assert ("adjacency_only" in call.flags) is told
    assert call.zygosity is Zygosity.HET
