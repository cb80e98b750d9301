"""Which source is asked of which gene: the rule by gene, against all that can be configured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.evidence.kinds import KINDS
from hies_annot.evidence.partial import asked_by_gene, bare_genes, genes_without
from hies_annot.evidence.slices import Slice
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.settings.evidence_sources import SourceKind

GENES = default_genes()
STAT3, ZNF341 = GENES
INSIDE = {"STAT3": ("17", 42329643, "G", "A"), "ZNF341": ("20", 33757310, "C", "T")}
ELSEWHERE = ("20", 42329643, "G", "A")


def source(name, kind, listed):
    facts = dict.fromkeys([ELSEWHERE, *(INSIDE[gene] for gene in listed)], "fact")
    return Slice(name=name, kind=kind, facts=facts)


SHIPPED = tuple(
    source(f"shipped {kind} {number}", kind, INSIDE)
    for kind, number in zip((*SourceKind, SourceKind.POPULATION), range(7), strict=True)
)
COVERING = {SourceKind.CLINVAR, SourceKind.POPULATION}


def test_which_kinds_cover_every_gene():
    assert {kind for kind, entry in KINDS.items() if entry.every_gene} == COVERING


listed = st.sets(st.sampled_from(sorted(INSIDE)))
configured = st.lists(st.tuples(st.sampled_from(list(SourceKind)), listed), max_size=4)


@given(configured)
def test_a_gene_is_asked_of_what_has_it_and_else_of_what_ships(given_sources):
    own = [source(f"own {n}", kind, genes) for n, (kind, genes) in enumerate(given_sources)]
    found = asked_by_gene(SHIPPED, own, GENES)
    kinds = {kind for kind, _ in given_sources}
    faults = []
    for name in INSIDE:
        holds = {kind: [genes for k, genes in given_sources if k == kind] for kind in kinds}
        bare = {k for k in kinds & COVERING if not any(name in genes for genes in holds[k])}
        expected = [s.name for s in SHIPPED if s.kind not in kinds or s.kind in bare]
        expected += [
            s.name
            for s, (kind, genes) in zip(own, given_sources, strict=True)
            if kind not in COVERING or name in genes
        ]
        asked = [s.name for s in found.slices if name not in found.not_asked.get(s.name, ())]
        assert asked == expected
        faults += [(s, name) for s in own if s.kind in bare]
    assert [s for s in found.slices if s in own] == own
    chrom = {"STAT3": "17", "ZNF341": "20"}
    assert sorted(found.faults) == sorted(
        f"evidence source {s.name} has no record in the locus of {name} (chromosome "
        f"{chrom[name]}): it is not used for {name}; check whether the file is whole and has this "
        "chromosome"
        for s, name in faults
    )


def test_faults_stand_in_the_order_of_sources_and_genes():
    own = [source(name, SourceKind.CLINVAR, ()) for name in ("b", "a")]
    told = [fault.split()[2] + fault.split()[10] for fault in asked_by_gene((), own, GENES).faults]
    assert told == ["bSTAT3", "bZNF341", "aSTAT3", "aZNF341"]


@pytest.mark.parametrize("gene", GENES, ids=lambda gene: gene.name)
@pytest.mark.parametrize(("end", "step", "within"), [
    ("start", -1, False), ("start", 0, True), ("end", 0, True), ("end", 1, False),
])  # fmt: skip
def test_a_record_counts_for_a_gene_in_its_window_on_grch38(gene, end, step, within):
    pos = getattr(gene.file.loci[Build.GRCH38], end) + step
    for kind in SourceKind:
        at = Slice(name="x", kind=kind, facts={(gene.file.chrom, pos, "G", "A"): "fact"})
        left = tuple(each for each in GENES if not (within and each is gene))
        assert bare_genes(at, GENES) == left
        assert genes_without(at, GENES) == (left if kind in COVERING else ())
        other = Slice(name="x", kind=kind, facts={("1", pos, "G", "A"): "fact"})
        assert bare_genes(other, GENES) == GENES
