"""Which calls are flagged on both sides of a contradiction, at each border of the rule."""

import pytest
from msgspec.structs import replace

from hies_annot.phase.contradicted import OTHER_COPY_DELETED, flag_contradicted

DELETION = "homozygous_deletion_contradicted"
REFERENCE = "reference_within_deletion"
LOH = "heterozygous_within_loh"
SINGLE = "heterozygous_within_deletion"


def region(build, gt, alt, **rest):
    """A structural allele after base 100, to base 500."""
    return build.make_call(gt, pos=100, ref="C", alt=alt, end=500, file="sv.vcf", **rest)


def added(calls):
    """The flags that each call got, which follow those that it had; nothing else has changed."""
    flagged = flag_contradicted(calls)
    assert flag_contradicted(calls[::-1]) == flagged[::-1]
    new = tuple(now.flags[len(was.flags) :] for was, now in zip(calls, flagged, strict=True))
    assert flagged == tuple(
        replace(was, flags=was.flags + more) for was, more in zip(calls, new, strict=True)
    )
    return new


@pytest.mark.parametrize(
    ("gt", "within", "flags"),
    [
        ("1/1", {"gt": "0/1", "pos": 101}, (DELETION,)),
        ("1/1", {"gt": "0/1", "pos": 100}, ()),  # the base before a deletion is kept by it
        ("1/1", {"gt": "0/1", "pos": 500}, (DELETION,)),
        ("1/1", {"gt": "0/1", "pos": 501}, ()),
        ("1/1", {"gt": "0/1", "pos": 499, "ref": "GA", "alt": "G"}, (DELETION,)),
        ("1/1", {"gt": "0/1", "pos": 499, "ref": "GAA", "alt": "G"}, ()),  # reaches beyond it
        ("1/1", {"gt": "1/1", "pos": 200}, (DELETION,)),
        ("1/1", {"gt": "0/1", "pos": 200, "chrom": "17"}, ()),
        ("1/1", {"gt": "0/1", "pos": 200, "gq": 3.0}, ()),  # stray reads are usual there
        ("1/1", {"gt": "0/0", "pos": 200}, (REFERENCE,)),
        ("1/1", {"gt": "0/0", "pos": 150}, ()),
        ("1/1", {"gt": "0/0", "pos": 200, "ad": None, "dp": None}, ()),
        ("1/1", {"gt": "0/0", "pos": 200, "ad": (9, 0), "dp": 9}, ()),
        ("1/1", {"gt": "0/1", "pos": 200, "ref": "C", "alt": "<DUP>", "end": 300}, ()),
        ("0/0", {"gt": "0/1", "pos": 200}, ()),
        ("0/1", {"gt": "0/1", "pos": 150}, ()),  # 50 bases at each end are left out
        ("0/1", {"gt": "0/1", "pos": 151}, (SINGLE,)),
        ("0/1", {"gt": "0/1", "pos": 450}, (SINGLE,)),
        ("0/1", {"gt": "0/1", "pos": 451}, ()),
        ("0/1", {"gt": "0|1", "pos": 200, "ad": None}, (SINGLE,)),
        ("0/1", {"gt": "0/0", "pos": 200}, ()),
        ("0/1", {"gt": "1", "pos": 200}, ()),
        ("0/1", {"gt": "0/1", "pos": 200, "gq": 3.0}, ()),
        ("0/1", {"gt": "0/1", "pos": 200, "ad": (0, 40)}, ()),
        ("0/1", {"gt": "0/1", "pos": 200, "ad": (33, 7)}, ()),  # by its reads a mosaic
        ("0/1", {"gt": "0/1", "pos": 200, "chrom": "17"}, ()),
        ("0/1", {"gt": "0/1", "pos": 200, "ref": "C", "alt": "<DUP>", "end": 300}, ()),
    ],
)
def test_a_passing_call_within_a_homozygous_deletion_and_the_deletion_are_told(
    build, gt, within, flags
):
    calls = (region(build, gt, "<DEL>"), build.make_call(**within))
    assert added(calls) == (flags, flags)


@pytest.mark.parametrize(("pos", "flags"), [(200, (OTHER_COPY_DELETED,)), (600, ())])
def test_an_allele_called_homozygous_within_a_deletion_on_one_copy_has_one_copy(build, pos, flags):
    calls = (region(build, "0/1", "<DEL>"), build.make_call(gt="1/1", pos=pos))
    assert added(calls) == ((), flags)


@pytest.mark.parametrize(
    ("alt", "gt", "within", "flags"),
    [
        ("<LOH>", "1/1", {"gt": "0/1", "pos": 101}, (LOH,)),
        ("<LOH>", "1/1", {"gt": "0/1", "pos": 100}, ()),
        ("<LOH>", "0/1", {"gt": "0/1", "pos": 500}, (LOH,)),
        ("<LOH>", "./.", {"gt": "0/1", "pos": 501}, ()),
        ("<LOH:X>", "./.", {"gt": "0/1", "pos": 200}, (LOH,)),
        ("<LOH>", "0/1", {"gt": "0/1", "pos": 499, "ref": "GA", "alt": "G"}, (LOH,)),
        ("<LOH>", "0/1", {"gt": "0/1", "pos": 499, "ref": "GAA", "alt": "G"}, ()),
        ("<LOH>", "0/0", {"gt": "0/1", "pos": 200}, ()),
        ("<LOH>", "1/1", {"gt": "1/1", "pos": 200}, ()),  # what one parent's copies may be
        ("<LOH>", "1/1", {"gt": "./1", "pos": 200}, ()),
        ("<LOH>", "1/1", {"gt": "0/1", "pos": 200, "chrom": "17"}, ()),
        ("<LOH>", "1/1", {"gt": "0/1", "pos": 200, "gq": 3.0}, ()),
        ("<LOH>", "1/1", {"gt": "0/1", "pos": 200, "ref": "C", "alt": "<DUP>", "end": 300}, ()),
        ("<DUP>", "1/1", {"gt": "0/1", "pos": 200}, ()),
    ],
)
def test_a_passing_heterozygous_call_where_heterozygosity_is_lost_is_told(
    build, alt, gt, within, flags
):
    calls = (region(build, gt, alt), build.make_call(**within))
    assert added(calls) == (flags, flags)


def test_two_copies_of_one_parent_are_such_a_region_whatever_they_are_called(build):
    neutral = replace(region(build, "0/1", "<CNV>"), flags=("copy_neutral_loh",))
    assert added((neutral, build.make_call("0/1", pos=200))) == ((LOH,), (LOH,))


def test_each_flag_is_given_once_beside_those_that_a_call_has(build):
    within = replace(build.make_call("0/1", pos=200), flags=("low_fraction",))
    apart = build.make_call("0/1", pos=900)
    deletions = [replace(region(build, "1/1", "<DEL>"), flags=(name,)) for name in ("one", "two")]
    calls = (*deletions, region(build, "1/1", "<LOH>"), within, apart)
    assert added(calls) == ((DELETION,), (DELETION,), (LOH,), (DELETION, LOH), ())


def test_parts_of_one_record_do_not_contradict_each_other(build):
    deletion = build.make_call("1/1", pos=100, ref="GAAAA", alt="G")
    part = build.make_call("1/1", pos=103, ref="A", alt="T")
    assert added((deletion, part)) == ((DELETION,), (DELETION,))
    assert added((deletion, replace(part, site=deletion.site))) == ((), ())


def test_what_is_within_no_region_stays_as_it_is(build):
    calls = [build.make_call(gt, pos=pos) for gt, pos in (("0/1", 100), ("1/1", 200))]
    assert flag_contradicted(calls) == tuple(calls)
    assert flag_contradicted([]) == ()


@pytest.mark.parametrize(
    ("bounds", "flags"), [("-99,99", (SINGLE,)), ("-100,100", ()), (".", (SINGLE,))]
)
@pytest.mark.parametrize("key", ["CIPOS", "CIEND"])
def test_ends_that_are_not_known_prove_nothing_near_them(build, key, bounds, flags):
    site = build.make_site(pos=100, ref="C", alts=("<DEL>",), end=500, info={key: bounds})
    (unsure,) = build.make_calls("0/1", site=site)
    assert added((unsure, build.make_call("0/1", pos=200))) == (flags, flags)


@pytest.mark.parametrize(("ad", "flags"), [((20, 20), (SINGLE,)), (None, ())])
def test_a_call_beside_a_deletion_of_one_caller_must_count_both_alleles(build, ad, flags):
    deletion = build.make_call("0/1", pos=100, ref="G" + "A" * 200, alt="G")
    assert added((deletion, build.make_call("0/1", pos=200, ad=ad))) == (flags, flags)


def test_one_copy_by_number_contradicts_too(build):
    lost = region(build, None, "<CNV>", copy_number=1)
    assert added((lost, build.make_call("0/1", pos=200))) == ((SINGLE,), (SINGLE,))
