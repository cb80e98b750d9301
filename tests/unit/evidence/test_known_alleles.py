"""A curated allele is found however the table spells it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.evidence.curated import COLUMNS
from hies_annot.evidence.known_alleles import known_alleles
from hies_annot.evidence.loci import Place
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.evidence_sources import EvidenceConfig

GENES = default_genes()
PLACES = {build: Place(GENES, embedded_reference(build, GENES)) for build in Build}
LOCUS = next(x for x in PLACES[Build.GRCH38].reference.loci if x.gene == "STAT3")


def table(path, *alleles):
    lines = ["\t".join(COLUMNS)]
    for pos, ref, alt in alleles:
        cells = (
            "STAT3",
            "17",
            str(pos),
            ref,
            alt,
            "",
            "",
            "unresolved",
            "uncertain",
            *[""] * 4,
            "x",
        )
        lines.append("\t".join(cells))
    path.write_text("\n".join(lines) + "\n")
    return EvidenceConfig(embedded=False, known_variants=str(path))


def changed(pos, ref, alt):
    """The locus with one change: what two spellings of an allele have in common."""
    offset = pos - LOCUS.start
    whole = LOCUS.sequence.upper()
    assert whole[offset : offset + len(ref)] == ref
    return whole[:offset] + alt + whole[offset + len(ref) :]


@st.composite
def spellings(draw):
    """An allele of up to three bases in a window, with bases that are the same on both sides."""
    start = draw(st.integers(42329600, 42329700))
    low, high = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    size = draw(st.integers(0, 3))
    offset = start - LOCUS.start
    whole = LOCUS.sequence.upper()
    left, old = whole[offset - low : offset], whole[offset : offset + size]
    right = whole[offset + size : offset + size + high]
    new = draw(st.text("ACGT", max_size=3))
    ref, alt = left + old + right, left + new + right
    if not ref or not alt:
        ref, alt, low = whole[offset - low - 1] + ref, whole[offset - low - 1] + alt, low + 1
    return start - low, ref, alt


@given(spellings(), st.sampled_from(list(Build)))
def test_the_key_of_every_spelling_makes_the_same_sequence(tmp_path_factory, spelling, build):
    assume(spelling[1] != spelling[2])
    config = table(tmp_path_factory.mktemp("lab") / "known.tsv", spelling)
    ((chrom, pos, ref, alt),) = known_alleles(config, PLACES[build])
    assert chrom == "17"
    assert changed(pos, ref, alt) == changed(*spelling)
    assert ref[-1] != alt[-1]
    assert ref[0] != alt[0] or min(len(ref), len(alt)) == 1


@pytest.mark.parametrize(
    ("gene", "pos", "told"),
    [
        ("STAT3", 40481661, "it lies in STAT3 on GRCh37: write the row on GRCh38"),
        ("STAT3", 100, "it does not lie in STAT3"),
        ("ZNF341", 42329643, "it does not lie in ZNF341"),
        ("Stat-3", 42329643, "write the gene 'Stat-3' as STAT3"),
    ],
)
@pytest.mark.parametrize("build", list(Build))
def test_a_row_that_lies_at_no_place_of_its_gene_is_refused(tmp_path, gene, pos, told, build):
    config = table(tmp_path / "known.tsv", (pos, "G", "A"))
    path = tmp_path / "known.tsv"
    path.write_text(path.read_text().replace("STAT3", gene))
    with pytest.raises(InputError, match=told) as caught:
        known_alleles(config, PLACES[build])
    assert caught.value.record == "line 2"


def test_rows_of_genes_that_are_not_asked_for_are_passed_over(tmp_path):
    config = table(tmp_path / "known.tsv", (42311400, "G", "A"))
    path = tmp_path / "known.tsv"
    path.write_text(path.read_text().replace("STAT3", "STAT5A"))
    assert known_alleles(config, PLACES[Build.GRCH38]) == {}


def test_rows_that_are_one_allele_are_told(tmp_path):
    before = LOCUS.bases(42329640, 42329640)
    padded = (42329640, f"{before}CCG", f"{before}C")
    config = table(tmp_path / "known.tsv", (42329641, "CCG", "C"), padded)
    said = f"17-42329641-CCG-C and 17-42329640-{before}CCG-{before}C are one allele"
    with pytest.raises(InputError, match=said):
        known_alleles(config, PLACES[Build.GRCH38])


@pytest.mark.parametrize("build", Build)
def test_a_row_of_another_build_is_told(tmp_path, build):
    """The bases of GRCh37 lie elsewhere: such a row would match nothing."""
    config = table(tmp_path / "known.tsv", (42329643, "A", "G"))
    with pytest.raises(InputError, match="ref of 17-42329643-A-G is G on GRCh38"):
        known_alleles(config, PLACES[build])
