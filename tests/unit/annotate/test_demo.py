from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.demo import possible_codons
from hies_annot.genes.gene_file import default_genes
from hies_annot.model import AlleleKind
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import refget_digest

GENES = default_genes()

# ZNF341 codons whose third base is made up, but known to fit a published protein change
PUBLISHED = [
    ("NM_001282933.2:c.334C>T", "p.(Arg112Cys)"),
    ("NM_001282933.2:c.511G>A", "p.(Val171Met)"),
    ("NM_001282933.2:c.646G>A", "p.(Gly216Ser)"),
    ("ENST00000342427:c.1490G>A", "p.(Arg497His)"),
    ("ENST00000342427:c.2176C>A", "p.(Leu726Ile)"),
]


@pytest.mark.parametrize(("variant", "p_name"), PUBLISHED)
def test_published_protein_changes_are_kept(annotated, variant, p_name):
    found = annotated(variant)
    names = {found.transcript: found.hgvs_p} | {e.transcript: e.hgvs_p for e in found.effects}
    assert names[variant.split(":")[0]] == p_name


def test_what_made_up_bases_decide_is_not_said(annotated):
    found = annotated("NM_001282933.2:c.2080C>T")  # codon 694 is CGN; TGN is Cys, Ter or Trp
    assert found.hgvs_p == "p.?"
    assert found.consequence == ("protein_altering_variant",)
    assert any("possible: Ter, Cys, Trp" in note for note in found.notes)


def test_a_change_that_may_be_silent_has_no_class(annotated):
    found = annotated("NM_001282933.2:c.2082C>A")
    assert (found.hgvs_p, found.consequence[0]) == ("p.(Arg694=)", "synonymous_variant")
    # codon 593 is NGN: C>A in its first base is silent before A and G only
    found = annotated("NM_001282933.2:c.1777C>A")
    assert (found.hgvs_p, found.consequence) == ("p.?", ("coding_sequence_variant",))


def test_the_record_is_believed_over_a_made_up_base(annotated):
    found = annotated("NM_001282933.2:c.1777C>T")  # the demo sequence has A there
    assert found.allele.unverifiable
    assert any("could not be checked" in note for note in found.notes)
    assert any("possible: Ter, Cys, Trp" in note for note in found.notes)


def test_what_all_possible_codons_agree_on_is_said(annotated):
    assert annotated("NM_001282933.2:c.904C>T").hgvs_p == "p.(Arg302Ter)"


def test_possible_codons_fit_residue_and_known_bases(znf341):
    assert sorted(possible_codons(znf341, 693, {})) == ["CGA", "CGC", "CGG", "CGT"]
    assert possible_codons(znf341, 693, {2: "A"}) == ["CGA"]
    assert possible_codons(znf341, 693, {1: "A"}) == []
    assert sorted(possible_codons(znf341, 582, {})) == ["CGC", "CGT"]  # published: Arg583Cys


def test_a_frameshift_into_made_up_bases_has_no_stop(annotated):
    found = annotated("20-33761915-AG-A")
    assert found.hgvs_c == "c.1083del"
    assert found.hgvs_p in ("p.?", "p.(Lys362fs)")
    assert found.consequence[0] == "frameshift_variant"


@pytest.mark.parametrize(
    ("variant", "made_up"),
    [
        ("c.1144C>T", False),
        ("NM_001282933.2:c.904C>T", False),  # CGA, all real
        ("NM_001282933.2:c.1156C>T", False),
        ("20-33761915-AG-A", True),  # the frame behind it runs into made-up bases
        ("NM_001282933.2:c.1777C>T", True),  # codon 593 is NGN
        ("NM_001282933.2:c.2082C>A", True),  # silent by any codon, but REF cannot be checked
    ],
)
def test_only_what_rests_on_made_up_bases_says_so(annotated, variant, made_up):
    found = annotated(variant)
    assert found.made_up is made_up
    assert any(note.startswith("DEMO REFERENCE") for note in found.notes) is made_up


@pytest.fixture(scope="module", params=[1, 2, 3])
def elsewhere(request, reference, znf341):
    """An annotator on a demo sequence with other made-up bases and the same protein."""
    rng = random.Random(request.param)
    bases = [rng.choice("acgt") if base.islower() else base for base in znf341.locus.sequence]
    for residue in range(len(znf341.protein)):
        offset = znf341.cds_start + 3 * residue
        for phase, base in enumerate(rng.choice(possible_codons(znf341, residue, {}))):
            at = znf341.transcript.genome_position(offset + phase) - znf341.locus.start
            if bases[at].islower():
                bases[at] = base.lower()
    text = "".join(bases)
    other = replace(znf341.locus, sequence=text, digest=refget_digest(text))
    loci = tuple(other if x.gene == "ZNF341" else x for x in reference.loci)
    return Annotator(replace(reference, loci=loci), GENES)


def test_what_is_not_marked_is_the_same_on_other_made_up_bases(annotator, elsewhere, reference):
    rng = random.Random(1626)
    different = []
    for _ in range(1500):
        exon = rng.choice(reference.mane("ZNF341").exons)
        pos = rng.randint(exon.start - 3, exon.end + 3)
        ref = reference.locus("ZNF341").bases(pos, pos + rng.randint(0, 3)).upper()
        alt = "".join(rng.choices("ACGT", k=rng.randint(1, 4)))
        allele = normalise_allele(reference, "20", pos, ref, alt)
        if allele is None or allele.kind is not AlleleKind.SEQUENCE:
            continue
        found = annotator.annotate(allele)
        if not found.made_up and said(elsewhere.annotate(allele)) != said(found):
            different.append((said(found), said(elsewhere.annotate(allele))))
    assert not different


def said(annotation):
    return (
        annotation.hgvs_g,
        annotation.hgvs_c,
        annotation.hgvs_p,
        annotation.consequence,
        annotation.nmd,
        annotation.splice,
    )


def test_an_indel_between_made_up_bases_has_no_id(annotated, znf341):
    raw = znf341.locus.sequence
    index = next(
        i for i in range(30_000, len(raw)) if raw[i : i + 9].islower() and raw[i] != raw[i + 1]
    )
    position = znf341.locus.start + index
    bases = raw[index : index + 2].upper()
    found = annotated(f"20-{position}-{bases}-{bases[0]}")
    assert (found.vrs_id, found.spdi) == (None, None)
    assert annotated("20-33761915-AG-A").vrs_id is not None


@settings(max_examples=150, deadline=None)
@given(
    exon=st.integers(1, 14),
    offset=st.integers(-10, 60),
    ref=st.text("ACGT", min_size=1, max_size=5),
    alt=st.text("ACGT", min_size=1, max_size=5),
)
def test_any_bases_may_stand_on_made_up_ones(annotator, reference, znf341, exon, offset, ref, alt):
    start = znf341.transcript.exons[exon].start + offset
    allele = normalise_allele(reference, "20", start, ref, alt)
    if allele is None or allele.kind is not AlleleKind.SEQUENCE:
        return
    found = annotator.annotate(allele)
    assert found.hgvs_c is not None
    assert found.consequence
