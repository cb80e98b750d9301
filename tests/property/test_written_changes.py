"""A name with a sign too many is no name; of repeats, each spelling is one allele or none."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from vcf_text import reference

from hies_annot.errors import BuildMismatchError, HiesError, InputError
from hies_annot.genes.gene_file import default_genes
from hies_annot.names.typed import read_typed
from hies_annot.reference.sequence import reverse_complement

NAMES = (
    "NM_139276.3:c.1139{0}G>T",
    "NM_139276.3:c.1139{0}del",
    "NM_139276.3:c.1137_1139{0}delinsAA",
    "NM_139276.3:c.1139{0}dup",
    "NM_139276.3:c.1384{0}GTG[3]",
    "NM_139276.3:c.(?_1110)_(1139{0}_?)del",
)
TOO_MUCH = ("+", "-", "*", "+-1", "--1", "+1+1", "*5", "*1-1", "_", "__1140", ".", "?", "(", ")")


def read(text: str) -> str | None:
    try:
        return read_typed(text, reference(), default_genes()).allele.id
    except HiesError:
        return None


@pytest.mark.parametrize("name", NAMES)
@given(more=st.sampled_from(TOO_MUCH))
def test_a_sign_behind_a_position_is_not_passed_over(name, more):
    assert read(name.format(""))
    assert read(name.format(more)) is None


@given(place=st.integers(40, 2270), size=st.integers(1, 3), copies=st.integers(0, 6))
def test_a_repeat_is_the_same_allele_in_each_spelling(place, size, copies):
    transcript = reference().mane("STAT3")
    base = transcript.genome_position(transcript.cds_offsets[0] + place - 1)
    exon = transcript.exon_at(base)
    assume(exon is not None and exon.start + 30 < base < exon.end - 30)
    text = reverse_complement(reference().locus("STAT3").bases(base - 30, base + 30)).upper()
    before, unit, behind = text[30 - size : 30], text[30 : 30 + size], text[30:]
    there = 0
    while behind[there * size : (there + 1) * size] == unit:
        there += 1
    last, end = place + size - 1, place + there * size - 1
    one, whole = (f"{place}_{each}" if each > place else f"{place}" for each in (last, end))
    found = {read(f"STAT3:c.{where}{unit}[{copies}]") for where in (one, whole, f"{place}")}
    change = f"delins{unit * copies}" if copies else "del"
    meant = None if before == unit or copies == there else read(f"STAT3:c.{whole}{change}")
    assert found == {meant}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("STAT3:c.1384_1387GTG[2]", "neither those of one unit"),
        ("STAT3:c.1387GTG[2]", "begins before"),
        ("STAT3:c.1384_1386GTG(2_3)", "not certain"),
        ("STAT3:c.1384_1386GTG[99999999999]", "copies"),
        ("STAT3:c.1387_1389invACG", "the reference has GTG there, not ACG"),
        ("STAT3:c.1387_1389inv4", "the reference has GTG there, not 4"),
        ("STAT3:c.[1144C>T](;)[1145G>A]", "is not said"),
        ("STAT3:c.1144C>T/=", "mosaic"),
        ("STAT3:c.1144=//C>T", "mosaic"),
    ],
)
def test_what_is_not_one_allele_says_why(text, words):
    with pytest.raises(InputError) as fault:
        read_typed(text, reference(), default_genes())
    assert words in str(fault.value)


def test_bases_that_one_position_begins_lie_behind_it_on_either_strand():
    assert read("STAT3:c.1144CGG>TGG") == read("STAT3:c.1144C>T")
    assert read("STAT3:c.1144CG>TA") == read("STAT3:c.1144_1145delinsTA")
    assert read("chr17:g.42329642CG>TA") == read("chr17:g.42329642_42329643delinsTA")


def test_a_build_in_brackets_is_held_against_the_one_in_use():
    assert read("chr17(GRCh38):g.42329643G>A")
    with pytest.raises(BuildMismatchError):
        read_typed("chr17(GRCh37):g.42329643G>A", reference(), default_genes())


@pytest.mark.parametrize("name", ["NG_007370.1(NM_139276.3)", "LRG_112(t1)", "LRG_112t1"])
def test_a_transcript_in_the_brackets_of_a_gene_region_is_the_one_meant(name):
    assert read(f"{name}:c.1144C>T") == "17-42329643-G-A"


@given(given_base=st.sampled_from("ACGT"), other=st.sampled_from("ACGT"))
def test_a_made_up_base_contradicts_no_name(given_base, other):
    assume(given_base != other)
    # the base is lower case in the demo reference of ZNF341
    deleted = read(f"ZNF341:c.102del{given_base}")
    assert deleted == read(f"20-33740971-C{given_base}-C")
    assert read(f"ZNF341:c.102del{given_base}ins{other}") == read(
        f"20-33740972-{given_base}-{other}"
    )


@pytest.mark.parametrize("head", ["NG_007370.1(NM_213662.2)", "NC_000017.11(NM_213662.2)"])
def test_another_version_in_brackets_is_said(head):
    found = read_typed(f"{head}:c.1144C>T", reference(), default_genes())
    assert "NM_213662.2 was read as NM_213662.1" in found.remarks[0]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("STAT3:p.Met1Val", "17-42348516-T-C"),
        ("STAT3:p.M1V", "17-42348516-T-C"),
        ("STAT3:p.*771W", "17-42315745-T-C"),
        ("NC_000017.11:g.42300000_42330000del", "17-42299999-42330000-<DEL>"),
        ("NC_000017.11:g.(?_42300000)_(42400000_?)del", "17-42299999-42400000-<DEL>"),
        ("NC_000017.11:g.42000000_42000010del", None),
        ("NC_000017.11:g.42311320_42311330delinsA", None),
    ],
)
def test_ends_of_the_protein_and_of_the_locus_are_read(text, identifier):
    assert read(text) == identifier


@pytest.mark.parametrize(
    "text",
    ["hg18 chr17:37735187 G>A", "chr17:37735187 G>A (NCBI36)", "T2T-CHM13v2.0 17:43180000 G>A"],
)
def test_another_assembly_is_named(text):
    with pytest.raises(InputError, match="are not read: give those of GRCh37 or GRCh38"):
        read_typed(text, reference(), default_genes())


@pytest.mark.parametrize(
    ("change", "said"),
    [("1109_1110del", True), ("1100_1150delinsA", True), ("1110_1139del", False)],
)
def test_a_change_over_an_intron_is_said_to_be_one(change, said):
    found = read_typed(f"STAT3:c.{change}", reference(), default_genes())
    assert ("from exon 11 to exon 1" in " ".join(found.remarks)) is said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("17-42330000-42320000-<DEL>", "lies behind the last"),
        ("NC_000017.11:g.(?_42330000)_(42320000_?)del", "lies behind the last"),
        ("NC_000017.11:g.42400000_42300000del", "lies behind the last"),
        ("17-42330000-99999999999-<DEL>", "chromosome 17 has 83,257,441 bases"),
        ("NC_000017.11:g.42300000_99999999999del", "chromosome 17 has 83,257,441 bases"),
        ("NC_000017.11:42325037:99999999999:", "reaches beyond STAT3"),
    ],
)
def test_positions_in_the_wrong_order_or_beyond_the_chromosome_are_refused(text, words):
    with pytest.raises(InputError, match=words):
        read_typed(text, reference(), default_genes())
