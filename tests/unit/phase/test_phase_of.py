"""What each source says of the phase of two alleles, whole, and which of them decides."""

import pytest
from msgspec.structs import replace

from hies_annot.model import AlleleKind, Phase, PhaseState, Zygosity
from hies_annot.phase.deletions import deletes, is_deletion
from hies_annot.phase.pairs import order_key, phase_of, settled

CIS, TRANS, UNKNOWN = PhaseState.CIS, PhaseState.TRANS, PhaseState.UNKNOWN
NOBODY = "no parent was looked at here"
UNPHASED = "the file does not phase the two together"
FIRST, SECOND = "20-100-G-A", "20-150-G-A"


def told(build, a, b, relatives=(), *, thresholds=None, links=None):
    """The phase, which is the same in either order."""
    thresholds = thresholds or build.THRESHOLDS
    found = phase_of(a, b, relatives, thresholds, links)
    assert phase_of(b, a, relatives, thresholds, links) == found
    return found


def pair(build, first="0/1", second="0/1", one=None, other=None, **both):
    """Two substitutions, with fields of the one, of the other and of both."""
    return (
        build.make_call(first, pos=100, **both, **(one or {})),
        build.make_call(second, pos=150, number=2, **both, **(other or {})),
    )


def deletion(build, gt="0/1", **rest):
    return build.make_call(gt, pos=50, ref="C", alt="<DEL>", end=500, file="sv.vcf", **rest)


def unknown(*details, conflict=None):
    return Phase(UNKNOWN, "none", "; ".join(details), conflict)


def test_where_nothing_tells_each_source_says_why(build):
    assert told(build, *pair(build)) == unknown(NOBODY, UNPHASED)


@pytest.mark.parametrize(
    ("first", "second", "one", "other", "phase"),
    [
        (
            *("0|1", "0|1", {"ps": "7"}, {"ps": "7"}),
            Phase(CIS, "phase_set", "same haplotypes of block 7"),
        ),
        (
            *("0|1", "1|0", {"ps": "7"}, {"ps": "7"}),
            Phase(TRANS, "phase_set", "opposite haplotypes of block 7"),
        ),
        (
            *("0|1", "1|0", {"ps": "7"}, {"ps": "8"}),
            unknown(NOBODY, "different phase_set blocks (7 and 8)"),
        ),
        (
            *("0/1", "0/1", {"hp": "5-1,5-2"}, {"hp": "5-2,5-1"}),
            Phase(TRANS, "hp", "opposite haplotypes of block 5"),
        ),
        (
            *("0/1", "0/1", {"pid": "9", "pgt": "0|1"}, {"pid": "9", "pgt": "0|1"}),
            Phase(CIS, "pid_pgt", "same haplotypes of block 9"),
        ),
        (
            *("0/1", "0/1", {"pid": "9", "pgt": "0|1"}, {"pid": "3", "pgt": "0|1"}),
            unknown(NOBODY, "different pid_pgt blocks (9 and 3)"),
        ),
        (
            *("0|1", "0|1", {}, {}),
            unknown(
                NOBODY,
                "written in cis by | without PS, which may be statistical phase and is no proof",
            ),
        ),
        (
            *("0|1", "1|0", {}, {}),
            unknown(
                NOBODY,
                "written in trans by | without PS, which may be statistical phase and is no proof",
            ),
        ),
        (*("0|1", "0/1", {}, {}), unknown(NOBODY, UNPHASED)),
        (*("0|1", "0|1", {"ps": "7"}, {}), unknown(NOBODY, UNPHASED)),
        (
            *("0|1", "0|1", {"ps": "7", "pid": "9", "pgt": "0|1"}),
            *({"ps": "7", "pid": "9", "pgt": "0|1"},),
            Phase(CIS, "phase_set", "same haplotypes of block 7"),
        ),
        (
            *("0|1", "0|1", {"ps": "7", "pid": "9", "pgt": "0|1"}),
            *({"ps": "7", "pid": "9", "pgt": "1|0"},),
            Phase(
                *(CIS, "phase_set", "same haplotypes of block 7"),
                "pid_pgt says trans (opposite haplotypes of block 9)",
            ),
        ),
    ],
)
def test_what_the_fields_of_a_file_say(build, first, second, one, other, phase):
    assert told(build, *pair(build, first, second, one, other)) == phase


@pytest.mark.parametrize(("second", "state"), [("0|1", CIS), ("1|0", TRANS)])
def test_a_bare_bar_is_proof_where_the_configuration_says_so(build, second, state):
    trusting = build.CallThresholds(trust_phase_without_ps=True)
    assert told(build, *pair(build, "0|1", second), thresholds=trusting) == Phase(
        state,
        "phase_set",
        f"written in {state} by | without PS, which may be statistical phase; "
        "trusted by the configuration",
    )


def test_the_same_block_in_two_files_is_not_one(build):
    calls = (
        build.make_call("0|1", pos=100, ps="7"),
        build.make_call("0|1", pos=150, ps="7", file="b.vcf"),
    )
    assert told(build, *calls) == unknown(
        NOBODY, "different phase_set blocks, each in its own file or chromosome: both 7"
    )


def test_reads_come_last_and_what_contradicts_them_is_told(build):
    reads = Phase(TRANS, "reads", "fragments")
    links = {frozenset({FIRST, SECOND}): reads}
    assert told(build, *pair(build), links=links) == reads
    assert told(build, *pair(build), links={frozenset({FIRST}): reads}) == unknown(NOBODY, UNPHASED)
    undecided = {frozenset({FIRST, SECOND}): unknown("few")}
    assert told(build, *pair(build), links=undecided) == unknown(NOBODY, UNPHASED, "few")
    phased = pair(build, "0|1", "0|1", ps="7", pid="9", pgt="0|1")
    assert told(build, *phased, links=links) == Phase(
        CIS, "phase_set", "same haplotypes of block 7", "reads says trans (fragments)"
    )


def test_parents_decide_before_the_fields_of_the_file(build):
    relatives = tuple(
        build.make_relative(role, [build.make_call(gt, pos=pos) for pos, gt in calls])
        for role, calls in (
            ("father", ((100, "0/1"), (150, "0/0"))),
            ("mother", ((100, "0/0"), (150, "0/1"))),
        )
    )
    views = "father: first one copy, second absent; mother: first absent, second one copy"
    assert told(build, *pair(build), relatives) == Phase(TRANS, "trio", views)
    reads = Phase(CIS, "reads", "fragments")
    phased = pair(build, "0|1", "0|1", ps="7")
    links = {frozenset({FIRST, SECOND}): reads}
    assert told(build, *phased, relatives, links=links) == Phase(
        *(TRANS, "trio", views),
        "phase_set says cis (same haplotypes of block 7); reads says cis (fragments)",
    )


def test_two_alleles_that_one_record_names_are_in_trans(build):
    both = build.make_calls("1/2", site=build.make_site(alts=("A", "T")), ad=(0, 20, 20))
    words = "record 1 (chr20:100 G>A,T): genotype 1/2 names both"
    assert told(build, *both) == Phase(TRANS, "same_record", words)
    poly = build.make_calls("0/1/2", site=build.make_site(alts=("A", "T")), ad=(10, 20, 20))
    words = "20-100-G-A and 20-100-G-T put different bases at one place"
    assert told(build, *poly) == unknown(NOBODY, UNPHASED)


def test_two_parts_of_one_alternate_allele_are_in_cis(build):
    first, second = pair(build)
    part = replace(second, site=first.site)
    words = "record 1 (chr20:100 G>A): one alternate allele has both"
    assert told(build, first, part) == Phase(CIS, "same_record", words)
    other = replace(part, alt_index=2)
    assert told(build, first, other) == unknown(NOBODY, UNPHASED)
    assert told(build, first, first) == unknown(NOBODY, UNPHASED)


SAME_BASE = "20-100-G-A and 20-100-G-T put different bases at one place"


def same_base(build, gt="0/1", **rest):
    return (
        build.make_call(gt, alt="A", **rest),
        build.make_call(gt, alt="T", number=2, **rest),
    )


def test_two_records_of_one_base_leave_no_room_for_a_third_allele(build):
    conflict = f"{SAME_BASE}, and reads of the reference are there too: three alleles"
    assert told(build, *same_base(build)) == unknown(SAME_BASE, NOBODY, UNPHASED, conflict=conflict)
    halves = [replace(call, zygosity=Zygosity.HET_ALT) for call in same_base(build)]
    assert told(build, *halves) == Phase(
        TRANS, "same_record", f"{SAME_BASE}, and no reference is left there"
    )
    links = {frozenset({FIRST, "20-100-G-T"}): unknown("few", conflict="x")}
    assert told(build, *same_base(build), links=links).conflict == f"{conflict}; x"
    one = (halves[0], same_base(build)[1])
    assert told(build, *one) == unknown(SAME_BASE, NOBODY, UNPHASED, conflict=conflict)


def test_every_contradiction_is_told(build):
    calls = (
        build.make_call("0|1", alt="A", ps="7", pid="9", pgt="0|1"),
        build.make_call("1|0", alt="T", ps="7", pid="9", pgt="0|1", number=2),
    )
    assert told(build, *calls) == Phase(
        *(TRANS, "phase_set", "opposite haplotypes of block 7"),
        f"{SAME_BASE}, and reads of the reference are there too: three alleles; "
        "pid_pgt says cis (same haplotypes of block 9)",
    )


WITHIN = f"{FIRST} lies within the deletion 20-50-500-<DEL>"


@pytest.mark.parametrize(
    ("zygosity", "flags"),
    [
        (Zygosity.HOM_ALT, ()),
        (Zygosity.HAPLOID, ()),
        (Zygosity.OVER_DELETION, ()),
        (Zygosity.HET, ("no_reference_reads",)),
    ],
)
def test_one_allele_where_the_other_copy_is_deleted_is_in_trans(build, zygosity, flags):
    call = replace(build.make_call("0/1"), zygosity=zygosity, flags=flags)
    assert told(build, call, deletion(build)) == Phase(
        TRANS, "deletion", f"{WITHIN}: what is read there comes from the other chromosome"
    )


@pytest.mark.parametrize("zygosity", [Zygosity.HET, Zygosity.HET_ALT, Zygosity.HALF_CALL])
def test_two_alleles_where_one_copy_is_deleted_contradict_it(build, zygosity):
    call = replace(build.make_call("0/1"), zygosity=zygosity)
    wrong = f"{WITHIN}, but two alleles are read there: one of the two calls is wrong or mosaic"
    assert told(build, call, deletion(build)) == unknown(WITHIN, NOBODY, UNPHASED, conflict=wrong)


def test_a_written_deletion_contradicts_what_is_read_in_it_once(build):
    within = "20-102-A-T lies within the deletion 20-100-GAAAA-G"
    calls = (
        build.make_call("0/1", pos=100, ref="GAAAA", alt="G"),
        build.make_call("0/1", pos=102, ref="A", alt="T", number=2),
    )
    wrong = f"{within}, but two alleles are read there: one of the two calls is wrong or mosaic"
    assert told(build, *calls) == unknown(within, NOBODY, UNPHASED, conflict=wrong)


def test_a_deletion_that_leaves_no_other_copy_or_is_the_other_allele_says_nothing(build):
    call = build.make_call("1/1")
    assert told(build, call, deletion(build, "1/1")) == unknown(NOBODY, UNPHASED)
    halves = [replace(each, zygosity=Zygosity.HET_ALT) for each in (call, deletion(build))]
    assert told(build, *halves) == unknown(NOBODY, UNPHASED)


ALIKE = "two deletions overlap nearly whole: one event written twice, or one on each chromosome"


@pytest.mark.parametrize(
    ("start", "alt", "words"),
    [
        (1200, "<DEL>", (ALIKE, NOBODY, UNPHASED)),
        (1201, "<DEL>", (NOBODY, UNPHASED)),
        (1100, "<DUP>", (NOBODY, UNPHASED)),
    ],
)
def test_deletions_that_overlap_by_four_fifths_may_be_one(build, start, alt, words):
    calls = (
        build.make_call("0/1", pos=1000, ref="C", alt="<DEL>", end=2000),
        build.make_call("0/1", pos=start, ref="C", alt=alt, end=2000 + start - 1000),
    )
    assert told(build, *calls) == unknown(*words)


@pytest.mark.parametrize(
    ("state", "evidence", "conflict", "believed"),
    [
        (TRANS, "reads", None, True),
        (CIS, "phase_set", None, True),
        (UNKNOWN, "none", None, False),
        (UNKNOWN, "trio", None, False),
        (TRANS, "phase_set", "x", False),
        (TRANS, "deletion", "x", False),
        (TRANS, "one_parent", "x", False),
        (CIS, "trio", "x", True),
        (TRANS, "same_record", "x", True),
        (UNKNOWN, "same_record", "x", False),
    ],
)
def test_firm_evidence_is_believed_though_a_weaker_one_contradicts_it(
    state, evidence, conflict, believed
):
    assert settled(Phase(state, evidence, "", conflict)) is believed


@pytest.mark.parametrize(
    ("alt", "ref", "copies", "own", "is_one"),
    [
        ("<DEL>", "C", None, None, True),
        ("<DEL:ME>", "C", None, None, True),
        ("<DUP>", "C", None, 1, False),
        ("<CNV>", "C", None, None, False),
        ("<CNV>", "C", 1, None, True),
        ("<CNV>", "C", 0, None, True),
        ("<CNV>", "C", 2, None, False),
        ("<CNV>", "C", 2, 1, False),  # the sample's own figure comes before that of the record
        ("<CNV>", "C", 0, 2, True),
        ("<CNV>", "C", None, 1, True),
        ("<CN0>", "C", None, 0, True),
        ("G", "GA", None, None, True),
        ("GA", "G", None, None, False),
        ("A", "G", None, None, False),
        ("*", "GA", None, None, False),
    ],
)
def test_what_removes_bases_without_leaving_a_copy(build, alt, ref, copies, own, is_one):
    call = build.make_call("0/1", ref=ref, alt=alt, end=500 if "<" in alt else None)
    call = replace(
        call,
        allele=replace(call.allele, copy_number=own),
        fields=call.fields._replace(copy_number=copies),
    )
    assert is_deletion(call) is is_one


@pytest.mark.parametrize(
    ("within", "gone"),
    [
        ({"pos": 50}, False),
        ({"pos": 51}, True),
        ({"pos": 500}, True),
        ({"pos": 501}, False),
        ({"pos": 499, "ref": "GA", "alt": "TT"}, True),
        ({"pos": 500, "ref": "GA", "alt": "TT"}, False),
        ({"pos": 100, "chrom": "17"}, False),
    ],
)
def test_a_deletion_removes_the_bases_after_its_first_to_its_last(build, within, gone):
    other = build.make_call("0/1", **within)
    assert deletes(deletion(build), other) is gone
    assert deletes(other, deletion(build)) is False
    kept = replace(deletion(build), allele=replace(deletion(build).allele, alt="<DUP>"))
    assert deletes(kept, other) is False


def test_calls_are_ordered_by_place_and_allele(build):
    call = build.make_call("0/1", pos=100, ref="GA", alt="G")
    assert order_key(call) == ("20", 100, "GA", "20-100-GA-G")


def test_a_spanning_deletion_is_no_deletion_of_its_own(build):
    star = build.make_call("0/1", alt="*")
    assert star.allele.kind is AlleleKind.SPANNING_DELETION
    assert told(build, star, build.make_call("0/1", pos=150)) == unknown(NOBODY, UNPHASED)
