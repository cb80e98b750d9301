from __future__ import annotations

import pytest
from msgspec.structs import replace

from hies_annot.annotate.haplotype import annotate_in_cis, cis_groups
from hies_annot.model import AlleleKind


@pytest.fixture
def in_cis(annotator, read):
    return lambda *names: annotate_in_cis(tuple(read(name) for name in names), annotator)


@pytest.mark.parametrize(
    ("names", "c_name", "p_name", "worst"),
    [
        # each alone is a missense variant, together they make a stop
        (("c.1144C>T", "c.1145G>A"), "c.[1144C>T;1145G>A]", "p.(Arg382Ter)", "stop_gained"),
        (("c.1145G>A", "c.1144C>T"), "c.[1144C>T;1145G>A]", "p.(Arg382Ter)", "stop_gained"),
        (("c.1144C>A", "c.1146G>T"), "c.[1144C>A;1146G>T]", "p.(Arg382Ser)", "missense_variant"),
        # a second frameshift gives the frame back
        (
            ("c.709_712del", "c.720dup"),
            "c.[709_712del;721dup]",
            "p.(Asp237_Leu240delinsArgSerTrp)",
            "protein_altering_variant",
        ),
    ],
)
def test_changes_that_act_on_each_other(in_cis, names, c_name, p_name, worst):
    found = in_cis(*names)
    assert (found.hgvs_c, found.hgvs_p, found.consequence[0]) == (c_name, p_name, worst)
    assert found.notes[0].startswith("in cis, read as one allele: ")


@pytest.mark.parametrize(
    "names",
    [
        ("c.1144C>T", "c.1909G>A"),  # two codons
        ("c.1144C>T", "c.1147A>G"),  # neighbouring codons
        ("c.709_712del", "c.1909G>A"),  # behind the new stop
        ("c.1144C>T", "c.1139+1G>T"),  # one of them outside the coding region
        ("c.1144C>T", "c.1144C>A"),  # the same base
        ("c.1144C>T",),
        ("c.1144C>T", "c.1144C>T"),
    ],
)
def test_changes_that_do_not(in_cis, names):
    assert in_cis(*names) is None


def test_names_on_the_genome_and_nmd(in_cis):
    found = in_cis("c.1144C>T", "c.1145G>A")
    assert found.hgvs_g == "NC_000017.11:g.[42329642C>T;42329643G>A]"
    assert (found.residues, found.domain, found.exon) == ((382, 382), "DNA-binding domain", "13/24")
    assert found.nmd.triggers is True
    assert {effect.hgvs_p for effect in found.effects} == {"p.(Arg382Ter)"}


def test_groups(annotator, read):
    names = ("c.1909G>A", "c.1145G>A", "c.1144C>T", "NM_001282933.2:c.904C>T")
    alleles = tuple(read(name) for name in names)
    assert cis_groups(alleles, annotator) == ((alleles[2], alleles[1]),)


def test_structural_alleles_take_no_part(annotator, read):
    first, second = read("c.1144C>T"), read("c.1145G>A")
    deletion = replace(second, alt="<DEL>", kind=AlleleKind.SYMBOLIC)
    assert annotate_in_cis((first, second), annotator) is not None
    assert annotate_in_cis((first, deletion), annotator) is None


def test_made_up_codons_are_not_read(annotator, read, znf341):
    residue = next(
        i
        for i in range(5, 800)
        if znf341.raw[znf341.cds_start + 3 * i : znf341.cds_start + 3 * i + 3].islower()
    )
    first = znf341.cds_start + 3 * residue
    names = [
        f"NM_001282933.2:c.{3 * residue + i + 1}{znf341.sequence[first + i]}>"
        f"{'A' if znf341.sequence[first + i] != 'A' else 'C'}"
        for i in range(2)
    ]
    found = annotate_in_cis(tuple(read(name) for name in names), annotator)
    assert found is not None
    assert (found.hgvs_p, found.consequence) == ("p.?", ("coding_sequence_variant",))
    assert found.notes[1].startswith("DEMO REFERENCE")
