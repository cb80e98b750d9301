"""When two structural records are one event: each ground by itself, and without it."""

import pytest
from msgspec.structs import replace

from hies_annot.model import AlleleKind
from hies_annot.phase.one_event import same_event


def structural(build, alt, start, end, *, file="a.vcf", name=None, chrom="20", **info):
    """A structural allele; `ref` tells a deletion that is written out."""
    written = {"ref": "C" * (end - start + 1)} if alt == "C" else {"ref": "C", "end": end}
    call = build.make_call("0/1", pos=start, alt=alt, file=file, chrom=chrom, **written)
    return replace(call, site=call.site._replace(identifier=name, info=info))


def breakend(build, pos, mate, **rest):
    call = structural(build, f"C[{mate}[", pos, pos, **rest)
    return replace(call, allele=replace(call.allele, kind=AlleleKind.BREAKEND))


def is_one(a, b):
    """The answer, which is the same in either order."""
    found = same_event(a, b)
    assert same_event(b, a) is found
    return found


OTHER_FILE = {"file": "b.vcf"}


@pytest.mark.parametrize(
    ("first", "second", "other", "one"),
    [
        (("<DEL>", 1000, 2000), ("<DEL>", 1000, 2000), {}, True),
        (("<DEL>", 1000, 2000), ("C", 1000, 2000), {}, True),
        (("<DEL>", 1000, 2000), ("<DEL:ME>", 1000, 2000), {}, True),
        (("<DEL>", 1000, 2000), ("<DEL>", 1000, 2000), {"chrom": "17"}, False),
        (("<DEL>", 1000, 2000), ("<DEL>", 1000, 1999), {}, False),
        (("<DEL>", 1000, 2000), ("<DEL>", 1001, 2000), {}, False),
        (("<DEL>", 1000, 2000), ("<DEL>", 1200, 2000), OTHER_FILE, True),
        (("<DEL>", 1000, 2000), ("<DEL>", 1201, 2000), OTHER_FILE, False),
        (("<DEL>", 1000, 2000), ("C", 1000, 1800), OTHER_FILE, True),
        (("<DEL>", 1000, 2000), ("C", 1000, 1799), OTHER_FILE, False),
        (("<DEL>", 1000, 2000), ("<DUP>", 1000, 2000), OTHER_FILE, False),
        (("<DUP>", 1000, 2000), ("<DUP>", 1000, 2000), {}, False),
        (("<DUP>", 1000, 2000), ("<DUP>", 1100, 2000), OTHER_FILE, True),
        (("<DUP>", 1000, 2000), ("<DUP>", 1300, 2000), OTHER_FILE, False),
        (("<DUP>", 1000, 2000), ("<INS>", 1000, 2000), OTHER_FILE, False),
        (("<INV>", 1000, 2000), ("<INV>", 1010, 2010), {}, True),
        (("<INV>", 1000, 2000), ("<INV>", 1300, 2000), {}, False),
        (("<INV>", 1000, 2000), ("<INV>", 1010, 2010), OTHER_FILE, True),
        (("<INV>", 1000, 2000), ("<DUP>", 1000, 2000), OTHER_FILE, False),
        (("A", 1000, 1000), ("A", 1000, 1000), OTHER_FILE, False),
    ],
)
def test_by_place_type_and_file(build, first, second, other, one):
    assert is_one(structural(build, *first), structural(build, *second, **other)) is one


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ({}, {}, False),
        ({"name": "x", "MATEID": "y"}, {"name": "y", "MATEID": "x"}, True),
        ({"name": "x", "MATEID": "y"}, {"name": "y"}, True),
        ({"name": "x", "MATEID": "z"}, {"name": "y"}, False),
        ({"name": "x", "MATEID": "y"}, {}, False),
        ({"MATEID": "y"}, {"name": "y"}, False),
        ({"name": "x"}, {"name": "y"}, False),
        ({"EVENT": "e"}, {"EVENT": "e"}, True),
        ({"EVENT": "e"}, {"EVENT": "f"}, False),
        ({"EVENT": "e"}, {}, False),
        ({"EVENT": "."}, {"EVENT": "."}, False),
        ({"EVENT": "e", "name": "x"}, {"EVENT": "e", "name": "y"}, True),
    ],
)
@pytest.mark.parametrize(
    "pair",
    [
        (("<DEL>", 1000, 2000), ("<DEL>", 1010, 2000)),
        (("<DUP>", 1000, 2000), ("<DUP>", 1010, 2000)),
        ((1000, "chr5:500"), (9000, "chr5:500")),
        ((1000, "<ctg1>"), (1010, "<ctg1>")),
        ((1000, "<ctg1>"), (1010, "chr5:500")),
    ],
)
def test_by_what_the_records_of_one_file_say(build, pair, first, second, one):
    a, b = (
        (structural if len(place) == 3 else breakend)(build, *place, **named)
        for place, named in zip(pair, (first, second), strict=True)
    )
    assert is_one(a, b) is one


@pytest.mark.parametrize("named", [{"EVENT": "e"}, {"name": "x", "MATEID": "x"}])
def test_names_of_two_files_are_not_compared(build, named):
    far = [
        breakend(build, pos, "chr5:500", file=file, **named)
        for pos, file in ((1000, "a.vcf"), (9000, "b.vcf"))
    ]
    assert is_one(*far) is False
    assert is_one(far[0], replace(far[1], site=far[1].site._replace(file="a.vcf"))) is True


@pytest.mark.parametrize(
    ("pos", "mate", "one"),
    [
        (1000, "chr5:500", True),
        (2000, "chr5:1500", True),
        (2001, "chr5:500", False),
        (1000, "chr5:1501", False),
        (1000, "5:500", True),
        (1000, "chr17:500", False),
    ],
)
def test_breaks_near_each_other_to_one_place_are_one_exchange(build, pos, mate, one):
    assert is_one(breakend(build, 1000, "chr5:500"), breakend(build, pos, mate)) is one


def test_a_breakend_is_no_deletion_and_no_symbol(build):
    one = breakend(build, 1000, "chr5:500")
    assert is_one(one, structural(build, "<DEL>", 1000, 2000, file="b.vcf")) is False
    assert is_one(one, breakend(build, 1000, "chr5:500", chrom="17")) is False
