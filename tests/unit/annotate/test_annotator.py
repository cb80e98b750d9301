from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import AlleleKind, Impact
from hies_annot.names.parse import parse_variant
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele

# c. and p. as ClinVar names these records (variation ids in resources/evidence)
PUBLISHED = [
    ("17-42329643-G-A", "c.1144C>T", "p.(Arg382Trp)", "missense_variant"),
    ("17-42329642-C-A", "c.1145G>T", "p.(Arg382Leu)", "missense_variant"),
    ("17-42325037-TCAC-T", "c.1387_1389del", "p.(Val463del)", "inframe_deletion"),
    ("17-42322412-ATA-CTG", "c.1969_1971delinsCAG", "p.(Tyr657Gln)", "missense_variant"),
    ("17-42329746-C-A", "c.1139+1G>T", "p.?", "splice_donor_variant"),
    ("17-42329777-C-T", "c.1110-1G>A", "p.?", "splice_acceptor_variant"),
    ("17-42329779-G-C", "c.1110-3C>G", "p.?", "splice_region_variant"),
    ("17-42326288-G-A", "c.1282-89C>T", "p.?", "intron_variant"),
    ("17-42317182-G-A", "c.2144C>T", "p.(Pro715Leu)", "missense_variant"),
    ("20-33753265-C-T", "c.583C>T", "p.(Gln195Ter)", "stop_gained"),
    ("20-33757310-C-T", "c.904C>T", "p.(Arg302Ter)", "stop_gained"),
    ("20-33761989-C-T", "c.1156C>T", "p.(Arg386Ter)", "stop_gained"),
    ("20-33781315-C-G", "c.1647C>G", "p.(Tyr549Ter)", "stop_gained"),
]
# names by the 3' rule, worked out by hand from the sequence
WORKED_OUT = [
    ("c.1139+2dup", "c.1139+2dup", "p.?", "splice_region_variant"),
    ("c.1960_1974del", "c.1967_1981del", "p.(Gly656_Met660del)", "inframe_deletion"),
    ("c.709_712del", "c.709_712del", "p.(Asp237ArgfsTer23)", "frameshift_variant"),
    ("c.1A>G", "c.1A>G", "p.(Met1?)", "start_lost"),
    ("c.2313A>T", "c.2313A>T", "p.(Ter771CysextTer65)", "stop_lost"),
    ("c.2311_2313delinsTAG", "c.2312_2313delinsAG", "p.(Ter771=)", "stop_retained_variant"),
    ("c.1146G>A", "c.1146G>A", "p.(Arg382=)", "synonymous_variant"),
    ("c.1177_1187inv", "c.1177_1187inv", "p.(Val393_Met396delinsMetPheIleThr)", "missense_variant"),
    ("c.1138_1139insTTT", "c.1138_1139insTTT", "p.(Gly380delinsValTer)", "stop_gained"),
    ("c.-10T>A", "c.-10T>A", "p.?", "5_prime_UTR_variant"),
    ("c.*10A>G", "c.*10A>G", "p.?", "3_prime_UTR_variant"),
    ("c.-4_2del", "c.-4_2del", "p.(Met1?)", "start_lost"),
    ("c.1139_1139+1del", "c.1139_1139+1del", "p.?", "splice_donor_variant"),
]


@pytest.mark.parametrize(("variant", "c_name", "p_name", "worst"), PUBLISHED + WORKED_OUT)
def test_names_and_worst_term(annotated, variant, c_name, p_name, worst):
    found = annotated(variant)
    assert (found.hgvs_c, found.hgvs_p, found.consequence[0]) == (c_name, p_name, worst)


@pytest.mark.parametrize(("variant", "c_name", "p_name", "worst"), PUBLISHED[:4])
def test_both_builds_give_the_same_names(variant, c_name, p_name, worst):
    genes = default_genes()
    reference = embedded_reference(Build.GRCH37, genes)
    chrom, pos, ref, alt = variant.split("-")
    text = f"{chrom}-{int(pos) - 1_847_982}-{ref}-{alt}"
    found = Annotator(reference, genes).annotate(parse_variant(text, reference, genes))
    assert (found.hgvs_c, found.hgvs_p, found.consequence[0]) == (c_name, p_name, worst)
    assert found.hgvs_g is not None
    assert found.hgvs_g.startswith("NC_000017.10:g.")


def test_place_and_ids_of_a_known_variant(annotated):
    found = annotated("17-42329643-G-A")
    assert found.hgvs_g == "NC_000017.11:g.42329643G>A"
    assert (found.exon, found.intron, found.domain) == ("13/24", None, "DNA-binding domain")
    assert found.residues == (382, 382)
    assert found.spdi == "NC_000017.11:42329642:G:A"
    assert found.vrs_id is not None
    assert re.fullmatch(r"ga4gh:VA\.[\w-]{32}", found.vrs_id)


def test_spdi_of_a_repeat_covers_the_whole_repeat(annotated):
    # ClinVar's canonical SPDI of variation 18303
    assert annotated("c.1387_1389del").spdi == "NC_000017.11:42325037:CACCAC:CAC"


def test_intronic_place(annotated):
    found = annotated("c.1139+1G>T")
    assert (found.exon, found.intron, found.residues, found.domain) == (None, "12/23", None, None)


def test_worst_is_named_only_where_another_transcript_is_worse(annotated):
    # the last exon of the beta isoform begins later: an intron base of MANE's is coding there
    both_coding = annotated("c.1144C>T")
    assert both_coding.worst is None
    assert {effect.transcript for effect in both_coding.effects} == {"NM_003150.3", "NM_213662.1"}
    shown = [annotated(f"17-{position}-{base}-{other}") for position, base, other in BETA_SPLICE]
    assert all(found.worst is not None for found in shown)
    assert {found.worst.transcript for found in shown} == {"NM_213662.1"}


# the acceptor of the beta isoform, which lies inside MANE's exon 23 (made up changes)
BETA_SPLICE = [(42316852, "C", "A"), (42316853, "T", "A")]


def test_upstream_of_the_gene_has_no_c_name(annotator, reference):
    base = reference.locus("STAT3").bases(42388500, 42388500)
    other = "A" if base != "A" else "C"
    found = annotator.annotate(normalise_allele(reference, "17", 42388500, base, other))
    assert found.hgvs_c is None
    assert found.hgvs_g is not None
    assert found.consequence == ("upstream_gene_variant",)
    assert found.impact is Impact.MODIFIER


def test_a_distinct_allele_is_annotated_once(annotator, read):
    allele = read("c.1144C>T")
    assert annotator.annotate(allele) is annotator.annotate(replace(allele))


def test_an_allele_that_changes_nothing_is_refused(annotator, read):
    star = replace(read("c.1144C>T"), alt="*", kind=AlleleKind.SPANNING_DELETION)
    with pytest.raises(ValueError, match="nothing to annotate"):
        annotator.annotate(star)


def test_an_ambiguous_edge_is_noted(annotated):
    assert any("placed where it reads" in note for note in annotated("c.1139+2dup").notes)
    assert annotated("c.1139+2T>A").notes == ()


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_spelling_gives_the_same_annotation(annotator, reference, data):
    locus = reference.locus("STAT3")
    exon = data.draw(st.sampled_from(reference.mane("STAT3").exons))
    start = exon.start + data.draw(st.integers(-15, 15))
    gone = locus.bases(start, start + data.draw(st.integers(0, 8)))
    new = data.draw(st.text("ACGT", max_size=6))
    before = locus.bases(start - 20, start - 1)
    after = locus.bases(start + len(gone), start + len(gone) + 20)
    left, right = data.draw(st.integers(1, 20)), data.draw(st.integers(0, 20))
    if new == gone:
        return
    plain = normalise_allele(reference, "17", start - 1, before[-1] + gone, before[-1] + new)
    padded = normalise_allele(
        reference,
        "17",
        start - left,
        before[-left:] + gone + after[:right],
        before[-left:] + new + after[:right],
    )
    assert annotator.annotate(plain) == annotator.annotate(padded)
    name = annotator.annotate(plain)
    if name.hgvs_c:
        again = parse_variant(f"{name.transcript}:{name.hgvs_c}", reference, default_genes())
        assert again == plain
