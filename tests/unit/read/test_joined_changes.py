"""Changes that a record joins are seen one by one, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from vcf_text import bases, reference

from hies_annot.model import Zygosity
from hies_annot.read.joined_changes import FLAG, changes_of, part_joined
from hies_annot.reference.normalise import normalise_allele

START, LENGTH = 42_329_630, 24
OTHER = {"A": "C", "C": "G", "G": "T", "T": "A"}


def written(changed):
    """REF and an ALT with some places (0-based) changed."""
    ref = bases("17", START, START + LENGTH - 1)
    return ref, "".join(OTHER[b] if at in changed else b for at, b in enumerate(ref))


@given(st.sets(st.integers(0, LENGTH - 1), min_size=1))
def test_the_parts_are_the_allele_again(changed):
    ref, alt = written(changed)
    whole = normalise_allele(reference(), "17", START, ref, alt)
    parts = changes_of(whole, reference())
    made = list(ref)
    for part in parts:
        made[part.pos - START : part.pos - START + len(part.ref)] = part.alt
        assert len(part.ref) == len(part.alt) == 1
    assert "".join(made) == alt
    assert len({part.id for part in parts}) == len(parts) == len(changed)


FAR = 60
PLACES = st.sets(st.integers(0, FAR - 1), max_size=3)


@given(PLACES, st.integers(1, FAR - 12), st.integers(1, 9), st.booleans())
def test_an_indel_and_what_lies_beside_it_are_the_allele_again(changed, at, size, deleted):
    ref = bases("17", START, START + FAR - 1)
    made = [OTHER[base] if place in changed else base for place, base in enumerate(ref)]
    alt = "".join([*made[:at], *([] if deleted else "ACGTTGCAT"[:size]), *made[at:]])
    alt = alt if not deleted else "".join([*made[:at], *made[at + size :]])
    whole = normalise_allele(reference(), "17", START, ref, alt)
    again = list(ref)
    parts = changes_of(whole, reference())
    for part in sorted(parts, key=lambda one: -one.pos):
        first = part.pos - START
        if first < 0:  # shifted to the left beyond the first base: nothing to put together
            return
        assert "".join(again[first : first + len(part.ref)]) == part.ref
        again[first : first + len(part.ref)] = part.alt
    assert "".join(again) == alt


def test_an_indel_and_a_substitution_clearly_apart_are_two():
    ref = bases("17", START, START + FAR - 1)
    whole = ref[:20] + ref[21:40] + OTHER[ref[40]] + ref[41:]
    parts = changes_of(normalise_allele(reference(), "17", START, ref, whole), reference())
    single = normalise_allele(reference(), "17", START + 19, ref[19:21], ref[19])
    other = normalise_allele(reference(), "17", START + 40, ref[40], OTHER[ref[40]])
    assert {part.id for part in parts} == {single.id, other.id}


@pytest.mark.parametrize("alt", ["A", "TTA", "CATTA"])
def test_a_short_replacement_is_one_change(alt):
    ref = bases("17", START, START + 3)
    whole = normalise_allele(reference(), "17", START, ref, alt)
    assert changes_of(whole, reference()) == (whole,)


def calls_of(build, gt, alts, ad):
    site = build.make_site(chrom="17", pos=START, ref=written(())[0], alts=alts)
    calls = build.make_calls(gt, site=site, gene="STAT3", ad=ad)
    alleles = [normalise_allele(reference(), "17", START, site.ref, alt) for alt in alts]
    return tuple(replace(c, allele=a) for c, a in zip(calls, alleles, strict=True))


def parted(build, gt, alts, ad=None):
    found = part_joined(calls_of(build, gt, alts, ad), reference(), build.THRESHOLDS)
    return {call.allele.pos - START: call for call in found if call.carried}


@pytest.mark.parametrize(
    ("gt", "zygosity"),
    [("0/1", Zygosity.HET), ("1/1", Zygosity.HOM_ALT), ("./1", Zygosity.HALF_CALL)],
)
def test_every_part_has_the_genotype_of_its_record(build, gt, zygosity):
    found = parted(build, gt, (written({2, 9})[1],), (20, 20))
    assert {at: call.zygosity for at, call in found.items()} == {2: zygosity, 9: zygosity}
    assert all(call.alt_depth == 20 and FLAG in call.flags for call in found.values())


def test_what_both_alternates_have_is_on_both_copies(build):
    alts = (written({2})[1], written({2, 9})[1])
    found = parted(build, "1/2", alts, (0, 20, 22))
    assert (found[2].zygosity, found[2].copies, found[2].alt_depth) == (Zygosity.HOM_ALT, 2, 42)
    assert (found[9].zygosity, found[9].alt_depth) == (Zygosity.HET_ALT, 22)
    assert found[2].quality == ()


def test_what_one_alternate_has_is_not_lost_by_the_other(build):
    alts = (written({2})[1], written({2, 9})[1])
    found = parted(build, "0/1", alts, (20, 22, 0))
    assert set(found) == {2}
    calls = part_joined(calls_of(build, "0/1", alts, (20, 22, 0)), reference(), build.THRESHOLDS)
    assert [(call.allele.pos - START, call.carried) for call in calls] == [(2, True), (9, False)]


def test_neighbouring_bases_are_changes_of_their_own(build):
    found = parted(build, "0/1", (written({2, 3})[1],), (20, 20))
    assert set(found) == {2, 3}
