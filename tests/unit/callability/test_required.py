"""Required bases: which they are, and how they are found by index, span and chromosome."""

from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.callability.required import (
    KnownSite,
    RequiredBases,
    RequiredExon,
    merge_spans,
    required_regions,
    spans_of,
)
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.sequence import Reference

GENES = default_genes()
REFERENCES = [embedded_reference(build, GENES) for build in (Build.GRCH38, Build.GRCH37)]
TRANSCRIPT = REFERENCES[0].mane("STAT3")


def known(pos, ref="G", alt="A", *, gene="STAT3"):
    return KnownSite(gene, "x", pos, ref, alt, "c.1", None)


@pytest.mark.parametrize(
    ("ref", "alt", "end", "of_bases", "indel"),
    [
        ("G", "A", 100, True, False),
        ("GA", "CT", 101, True, False),
        ("GAT", "G", 102, True, True),
        ("G", "GA", 100, True, True),
        ("G", "<DEL>", 100, False, True),
        ("G", "*", 100, False, False),
        ("", "A", 100, False, True),
        ("NNN", "NNN", 102, True, False),
    ],
)
def test_a_known_site_follows_from_its_spelling(ref, alt, end, of_bases, indel):
    site = known(100, ref, alt)
    assert (site.end, site.of_bases, site.indel) == (end, of_bases, indel)
    assert site.allele_id("17") == f"17-100-{ref}-{alt}"


SPANS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 8)).map(lambda span: (span[0], sum(span))),
    max_size=12,
)


def bases_of(spans):
    return {base for start, end in spans for base in range(start, end + 1)}


@given(SPANS)
def test_merged_spans_have_the_same_bases_and_lie_apart(spans):
    merged = merge_spans(spans)
    assert bases_of(merged) == bases_of(spans)
    assert all(left[1] + 1 < right[0] for left, right in pairwise(merged))


def required_of(spans, *, chrom="17"):
    """Required bases of these disjoint ascending spans, counted base by base."""
    bases = sorted(bases_of(spans))
    starts = tuple(start for start, _ in spans)
    return RequiredBases(
        gene="STAT3",
        chrom=chrom,
        transcript=TRANSCRIPT,
        exons=(),
        spans=tuple(spans),
        starts=starts,
        offsets=tuple(bases.index(start) for start in starts),
        size=len(bases),
    )


@given(SPANS)
def test_every_base_has_one_index_and_is_found_in_any_span(spans):
    merged = merge_spans(spans)
    required, bases = required_of(merged), sorted(bases_of(spans))
    assert [required.position(index) for index in range(required.size)] == bases
    edges = {edge + step for span in merged for edge in span for step in (-1, 0, 1)}
    for start, end in combinations_with_replacement(sorted({0, 80, *edges})[:14], 2):
        inside = [index for index, base in enumerate(bases) if start <= base <= end]
        ranges = list(required.ranges(start, end))
        assert [index for low, high in ranges for index in range(low, high)] == inside
        assert len(ranges) == sum(low <= end and start <= high for low, high in merged)
        assert required.overlaps(start, end) == bool(inside)


def coding_exons(transcript, padding):
    """The coding part of each exon, found base by base, with its padding."""
    for exon in transcript.exons:
        coding = [
            base
            for base in range(exon.start, exon.end + 1)
            if transcript.cds_start <= base <= transcript.cds_end
        ]
        if coding:
            yield RequiredExon(exon.number, min(coding) - padding, max(coding) + padding)


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda reference: reference.build.value)
@pytest.mark.parametrize("gene", GENES, ids=lambda gene: gene.name)
def test_required_are_the_padded_coding_exons_the_listed_and_the_known_sites(gene, reference):
    transcript = reference.mane(gene.name)
    far, deletion = known(transcript.start + 3, gene=gene.name), known(5000, "GAT", gene=gene.name)
    other = "ZNF341" if gene.name == "STAT3" else "STAT3"
    ignored = known(7000, gene=other), known(8000, alt="<DEL>", gene=gene.name)
    exons = tuple(coding_exons(transcript, gene.file.required.exon_padding))
    moved = gene.file.offset(reference.build)
    spans = [(exon.start, exon.end) for exon in exons]
    spans += [(site.start - moved, site.end - moved) for site in gene.file.required.sites]
    spans += [(far.pos, far.pos), (5000, 5002)]
    expected = required_of(merge_spans(spans))
    found = required_regions(gene, reference, (far, deletion, *ignored))
    assert found == RequiredBases(
        gene=gene.name,
        chrom=gene.file.chrom,
        transcript=transcript,
        exons=exons,
        spans=expected.spans,
        starts=expected.starts,
        offsets=expected.offsets,
        size=expected.size,
    )


@pytest.mark.parametrize("coding", [1, 0])
def test_an_exon_is_required_from_its_first_coding_base_on(coding):
    gene, reference = GENES[1], REFERENCES[0]
    transcript = reference.mane(gene.name)
    second = transcript.exons[1]
    shorter = replace(transcript, cds_start=second.end + 1 - coding)
    found = required_regions(
        gene, Reference(reference.build, reference.loci, {gene.name: (shorter,)})
    )
    assert [exon.number for exon in found.exons] == list(range(3 - coding, 16))
    assert (found.exons[0].start + 20 == second.end) is bool(coding)


def test_spans_of_genes_on_one_chromosome_are_joined():
    first, second = required_of([(1, 5), (20, 25)]), required_of([(4, 9), (30, 31)])
    third = required_of([(4, 9)], chrom="20")
    assert spans_of([first, second, third]) == {
        "17": ((1, 9), (20, 25), (30, 31)),
        "20": ((4, 9),),
    }
    assert spans_of([]) == {}
