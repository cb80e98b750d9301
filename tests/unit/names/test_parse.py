from __future__ import annotations

import pytest

from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.names.parse import parse_variant
from hies_annot.reference.load import embedded_reference

R382W = "17-42329643-G-A"


@pytest.mark.parametrize(
    "text",
    [
        "17-42329643-G-A",
        "chr17:42329643:G:A",
        "chr17:42329643 G>A",
        "chr17:42329643G>A",
        " 17  42329643 g a ",
        "17:42,329,643-G-A",
        "17_42329643_G_A",
        "chr17:42329643 G/A",
        "NC_000017.11-42329643-G-A",
        "NC_000017.11:42329642:G:A",
        "NC_000017.11:42329642:1:A",
        "NC_000017.11:g.42329643G>A",
        "NM_139276.3:c.1144C>T",
        "NM_139276.3(STAT3):c.1144C>T (p.Arg382Trp)",
        "NC_000017.11(NM_139276.3):c.1144C>T",
        "STAT3:c.1144C>T",
        "ENST00000264657.10:c.1144C>T",
        "NM_139276.3:n.1331C>T",
        "NM_003150.3:c.1144C>T",
        "STAT3:p.Arg382Trp",
        "NP_644805.1:p.(Arg382Trp)",
        "NM_139276.3:p.R382W",
    ],
)
def test_spellings_of_one_variant(read, text):
    assert read(text).id == R382W


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("NC_000017.11:42325037:CACCAC:CAC", "17-42325037-TCAC-T"),
        ("c.1387_1389delGTG", "17-42325037-TCAC-T"),
        ("c.1384_1386del", "17-42325037-TCAC-T"),
        ("c.1967_1981del", "17-42322401-TCCATGATCTTATAGC-T"),
        ("c.1960_1974del", "17-42322401-TCCATGATCTTATAGC-T"),
        ("c.1139+2dup", "17-42329744-T-TA"),
        ("c.1139+2dupT", "17-42329744-T-TA"),
        ("c.1144_1145delinsTT", "17-42329642-CG-AA"),
        ("c.1144_1150inv", "17-42329637-ATTTCCG-CGGAAAT"),
        ("c.*10A>G", "17-42315735-T-C"),
        ("c.(?_1110)_(1139_?)del", "17-42329746-42329776-<DEL>"),
        ("17-42340106-42342368-<DEL>", "17-42340106-42342368-<DEL>"),
        ("NM_001282933.2:c.904C>T", "20-33757310-C-T"),
        ("ZNF341:p.Arg379*", "20-33761989-C-T"),  # as in papers, 847 residues
        ("ZNF341:p.Arg386Ter", "20-33761989-C-T"),  # the same on MANE
        ("ZNF341:p.R386X", "20-33761989-C-T"),
        ("STAT3:p.Leu705Pro", "17-42317209-A-G"),  # numbering of NM_003150
    ],
)
def test_other_forms(read, text, identifier):
    assert read(text).id == identifier


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("17-42329643-C-A", "the reference has G at 17:42329643 on GRCh38, not C"),
        ("c.1144A>T", "NM_139276.3 has C there, not A"),
        ("c.1144delG", "the reference has C there, not G"),
        ("17-42329643-G-G", "changes nothing"),
        ("17-42329643-N-A", "no N"),
        ("c.1144N>T", "no N"),
        ("c.1144_1145insNN", "no N"),
        ("c.1144_1145ins20", "which bases"),
        ("NM_139276.1:c.1144C>T", "not known in this version, NM_139276.3 is"),
        ("ENST00000375200.5:c.904C>T", "ENST00000375200.6 is"),
        ("NM_000059.4:c.1A>G", "NM_000059.4 is not known; known are NM_139276.3"),
        (":c.1144C>T", "name the transcript or the gene"),
        ("c.1140+1G>A", "c.1140 is not the last base of an exon"),
        ("c.5-2A>G", "c.5 is not the first base of an exon"),
        ("c.1139+9999G>A", "beyond the intron"),
        ("c.99999C>T", "no position c.99999"),
        ("c.0C>T", "no position 0"),
        ("c.1139_1140insT", "c.1139_1139+1insT"),
        ("c.1145_1144del", "the first position lies behind the last"),
        ("c.1144=", "nothing changes"),
        ("c.[1144C>T;1145G>A]", "give the one change that they make"),
        ("NM_139276.3:r.1144c>u", "does not say which base changes"),
        ("STAT3:p.Phe384Leu", "say which, NM_139276.3:c.1150T>C, NM_139276.3:c.1152"),
        ("STAT3:p.Arg382Asp", "no change of one base makes it"),
        ("STAT3:p.Lys382Trp", "residue 382 is not Lys"),
        ("STAT3:p.Arg9999Trp", "residue 9999 is not Arg"),
        ("STAT3:p.Asp371_Gly380del", "only the exchange of one residue"),
        ("STAT3:p.Zzz382Trp", "Zzz is no residue"),
        ("NP_000001.1:p.Arg382Trp", "NP_000001.1 is no known gene or protein"),
        ("17-12345-A-C", "none of the genes on GRCh38"),
        ("17-40481661-G-A", "on GRCh37 this lies in STAT3: choose the build GRCh37"),
        ("STAT3:c.IVS12+1G>T", "count from the exon"),
        ("STAT3 IVS 12-3C>G", "count from the exon"),
        ("99-12345-A-C", "no chromosome that is known"),
        ("17-42329643-G", "this is no variant"),
        ("", "(empty): this is no variant"),
        ("c.1144x", "this change cannot be read"),
        ("c.1144", "HGVS"),
    ],
)
def test_faults_are_said_in_words(read, text, words):
    with pytest.raises(InputError) as fault:
        read(text)
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("text", "build", "identifier"),
    [
        ("17-40481661-G-A", Build.GRCH37, "17-40481661-G-A"),
        ("NC_000017.10:g.40481661G>A", Build.GRCH37, "17-40481661-G-A"),
        ("NM_139276.3:c.1144C>T", Build.GRCH37, "17-40481661-G-A"),
        ("NC_000017.11:g.42329643G>A", Build.GRCH37, None),
        ("NC_000017.10:40481660:G:A", Build.GRCH38, None),
        ("NC_000017.10(NM_139276.3):c.1144C>T", Build.GRCH38, None),
    ],
)
def test_accessions_must_be_of_the_build(text, build, identifier):
    genes = default_genes()
    reference = embedded_reference(build, genes)
    if identifier is None:
        with pytest.raises(BuildMismatchError, match="choose the build"):
            parse_variant(text, reference, genes)
    else:
        assert parse_variant(text, reference, genes).id == identifier
