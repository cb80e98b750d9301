"""Variants as people type them, and what is said of the reading."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.names.typed import read_typed
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.versions import other_versions

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
R382W, C1110 = "17-42329643-G-A", "17-42329779-G-C"


def typed(text):
    return read_typed(text, REFERENCE, GENES)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("R382W", R382W),
        ("p.R382W", R382W),
        ("p.Arg382Trp", R382W),
        ("p.(Arg382Trp)", R382W),
        ("STAT3 R382W", R382W),
        ("STAT3:R382W", R382W),
        ("stat3 p.R382W", R382W),
        ("STAT3 c.1144C>T", R382W),
        ("STAT3:c.1144C>T", R382W),
        ("STAT3:c.C1144T", R382W),
        ("NM_139276.3:c.C1144T", R382W),
        ("NM_139276.3:c.1144C>T p.(Arg382Trp)", R382W),
        ("NM_139276.3:c.1144C>T, p.R382W", R382W),
        ("NM_139276.3(STAT3):c.1144C>T (p.Arg382Trp)", R382W),
        ("17\u201342329643\u2013G\u2013A", R382W),
        ("STAT3:c.1110\u22123C>G", C1110),
        ("STAT3:c.1110\u20133C>G", C1110),
        ("STAT3:c.C1110-3G", C1110),
        ("ZNF341 p.Arg379*", "20-33761989-C-T"),
    ],
)
def test_what_people_type_is_read_without_a_remark(text, identifier):
    found = typed(text)
    assert (found.allele.id, found.remarks) == (identifier, ())


@pytest.mark.parametrize(
    ("text", "identifier", "words"),
    [
        ("NM_139276.2:c.1144C>T", R382W, "NM_139276.2 was read as NM_139276.3: the same protein"),
        ("NM_139276:c.1144C>T", R382W, "has no version and was read as NM_139276.3"),
        ("NM_003150.4:c.1144C>T", R382W, "was read as NM_003150.3: the same protein"),
        ("NM_213662.2:c.1144C>T", R382W, "not known whether they are equal"),
        ("NM_032819:c.1135C>T", "20-33761989-C-T", "was read as ENST00000342427"),
        ("NM_139276.3:c.1144C>T p.(Arg382Gln)", R382W, "c. and p. disagree"),
        ("STAT3:c.1144C>T (p.R381W)", R382W, "not p.R381W"),
        (
            "NM_001282933.2:c.1156C>T p.Arg379*",
            "20-33761989-C-T",
            "p.Arg379* is its name on ENST00000342427",
        ),
        ("STAT3:c.1144C>T p.Arg382fs", R382W, "was not compared"),
    ],
)
def test_what_must_be_said_is_said(text, identifier, words):
    found = typed(text)
    assert found.allele.id == identifier
    assert words in " ".join(found.remarks)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NM_139276.1:c.1144C>T", "not known in this version"),
        ("A9999W", "is not Ala"),
        ("c.1144C>T", "name the transcript or the gene"),
        ("STAT3:c.1144C\u2192T het", "this change cannot be read"),
        ("NM_139276.3(ZNF341):c.1144C>T", "is a transcript of STAT3, not of ZNF341"),
        ("ZNF341 NM_139276.3 c.1144C>T", "is a transcript of STAT3, not of ZNF341"),
        ("NM_139276.3:c.1144C>T NM_139276.3:c.1145G>A", "no N"),
        ("c.[1144C>T];[1145G>A]", "one by one"),
        ("STAT3 IVS11-3C>G", "count from the exon"),
        ("c.IVS11-3C>G", "count from the exon"),
        ("NM_139276.3:c.IVS12+1G>T", "count from the exon"),
        ("rs113994135:G>A", "ids of databases are not looked up"),
        ("rs113994135", "ids of databases are not looked up"),
        ("VCV000018304.12", "ids of databases are not looked up"),
        ("OMIM 102582.0001", "ids of databases are not looked up"),
        ("17:42329643", "this is no variant"),
        ("STAT3:c.1144C>N", "no N"),
        ("NM_139276.2:c.1144A>T", "has C there, not A"),
    ],
)
def test_what_cannot_be_read_says_why(text, words):
    with pytest.raises(InputError) as fault:
        typed(text)
    assert words in str(fault.value)


def test_each_other_version_names_its_source_and_a_transcript_of_the_reference():
    known = {t.accession for group in REFERENCE.transcripts.values() for t in group}
    for version in other_versions().values():
        assert version.source
        assert version.read_on in known
        assert version.accession not in known


PARTS = {
    "NM_139276.3": ["NM_139276.3", "nm_139276.3", "NM_139276.3(STAT3)", ""],
    "STAT3": ["STAT3", "stat3", "(STAT3)", ""],
    "exon": ["exon13", "exon 13", ""],
    "c": ["c.1144C>T", "c.C1144T", "C.1144C>T", "c.1144C\u2192T", "c.1144C&gt;T", "c.1144C->T"],
    "p": ["p.Arg382Trp", "p.(Arg382Trp)", "p.R382W", "(p.Arg382Trp)", ""],
}


@given(
    parts=st.tuples(*map(st.sampled_from, PARTS.values())),
    order=st.permutations(range(5)),
    separator=st.sampled_from([" ", ":", ", ", "; ", "|", "\t", " : ", "\u00a0"]),
    around=st.sampled_from(
        ["{}", '"{}"', " {}.", "{} (hg38)", "GRCh38 {}", "{}\u200b", "\u201c{}\u201d"]
    ),
)
def test_the_parts_of_a_name_may_stand_in_any_order(parts, order, separator, around):
    assume(parts[0] or parts[1])
    text = around.format(separator.join(parts[at] for at in order if parts[at]))
    found = typed(text)
    assert found.allele.id == R382W
    assert not [remark for remark in found.remarks if "disagree" in remark]


PLACES = ["17-42329643-G-A", "chr17:42329643:G:A", "17 42329643 42329643 G A", "17:42329643 G>A"]
PLACES += ["17:42329643-42329643 G/A", "chr17 42329643 . G A 60 PASS", "chr17\t42329643\trs1\tG\tA"]


@given(st.sampled_from(PLACES), st.sampled_from(["hg19", "GRCh37", "b37", "hg38", "grch38", "b38"]))
def test_a_build_that_is_named_is_the_one_in_use(place, build):
    for text in (f"{build} {place}", f"{build}:{place}", f"{place} ({build})"):
        if "8" in build:
            assert typed(text).allele.id == R382W
            continue
        with pytest.raises(BuildMismatchError, match="names GRCh37, but GRCh38 is in use"):
            typed(text)
