"""Places: every position of either build, and what is no plain allele."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.evidence.loci import Place, grch38_key
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.source_tables import SourceRegion, SourceRow
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
REFERENCES = {build: embedded_reference(build, GENES) for build in Build}
PLACES = {build: Place(GENES, REFERENCES[build]) for build in Build}
WINDOWS = {
    ("STAT3", Build.GRCH38): ("17", 42311325, 42393495),
    ("STAT3", Build.GRCH37): ("17", 40463343, 40545513),
    ("ZNF341", Build.GRCH38): ("20", 33726657, 33797269),
    ("ZNF341", Build.GRCH37): ("20", 32314463, 32385075),
}
BUILDS = st.sampled_from(list(Build))


@pytest.mark.parametrize("build", Build)
@pytest.mark.parametrize("place", PLACES.values())
def test_the_loci_on_either_build(place, build):
    assert place.regions(build) == tuple(
        SourceRegion(*WINDOWS[gene, build]) for gene in ("STAT3", "ZNF341")
    )


def moved(chrom, pos, old, new):
    """Where a position of `old` lies on `new`, by the windows; elsewhere it stays."""
    for (gene, build), (where, start, end) in WINDOWS.items():
        if build is old and where == chrom and start <= pos <= end:
            return pos - start + WINDOWS[gene, new][1]
    return pos


@pytest.mark.parametrize("new", Build)
@pytest.mark.parametrize(("gene", "old"), WINDOWS)
def test_the_first_and_the_last_base_of_a_locus_belong_to_it(gene, old, new):
    chrom, start, end = WINDOWS[gene, old]
    for pos in (start - 1, start, end, end + 1):
        assert pos + PLACES[new].shift(chrom, pos, old) == moved(chrom, pos, old, new)
        assert grch38_key(GENES, old, chrom, pos) == (chrom, moved(chrom, pos, old, Build.GRCH38))


@given(
    window=st.sampled_from(list(WINDOWS.values())),
    chrom=st.sampled_from(("17", "20", "1")),
    step=st.sampled_from((-1, 0, 1)) | st.integers(-10, 90_000),
    from_end=st.booleans(),
    old=BUILDS,
    new=BUILDS,
)
def test_a_position_of_a_locus_moves_with_it(window, chrom, step, from_end, old, new):
    pos = window[2] - step if from_end else window[1] + step
    assert pos + PLACES[new].shift(chrom, pos, old) == moved(chrom, pos, old, new)
    assert grch38_key(GENES, old, chrom, pos) == (chrom, moved(chrom, pos, old, Build.GRCH38))
    assert grch38_key(GENES[::-1], old, chrom, pos) == grch38_key(GENES, old, chrom, pos)


@pytest.mark.parametrize("build", Build)
@pytest.mark.parametrize("run", Build)
@pytest.mark.parametrize(
    ("chrom", "pos", "ref", "alt", "key"),
    [
        ("17", 42329643, "G", "A", ("17", 42329643, "G", "A")),
        ("17", 42325040, "CCAC", "C", ("17", 42325037, "TCAC", "T")),
        ("17", 42329642, "CG", "CA", ("17", 42329643, "G", "A")),
        ("20", 33757310, "C", "T", ("20", 33757310, "C", "T")),
        ("17", 42329643, "G", "<DEL>", None),
        ("17", 42329643, "G", "*", None),
        ("17", 42329643, "G", ".", None),
        ("17", 42329643, "G", "G", None),
        ("17", 1000, "G", "A", None),
        ("1", 42329643, "G", "A", None),
    ],
)
def test_a_row_has_the_key_of_its_normal_form_on_grch38(run, build, chrom, pos, ref, alt, key):
    here = moved(chrom, pos, Build.GRCH38, build)
    row = SourceRow(chrom, here, None, ref, alt, (), {})
    assert PLACES[run].key(row, build) == key
