"""What a capture kit can never see."""

import pytest
from msgspec.structs import replace

from hies_annot.callability.kit import KitGene, kit_genes, kit_sentences
from hies_annot.callability.required import KnownSite, required_regions
from hies_annot.errors import BuildMismatchError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import ExonCallability, Gap
from hies_annot.reference.load import embedded_reference

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
SPLICE = KnownSite("STAT3", "s", 42329779, "G", "C", "c.1110-3C>G", None)


@pytest.fixture
def kit(tmp_path):
    """Write a kit that targets all required bases but those given by exon of STAT3."""

    def write(*, without=(), short=(), build=Build.GRCH38):
        rows = []
        for gene in GENES:
            required = required_regions(gene, embedded_reference(build, GENES))
            exons = {exon.number: exon for exon in required.exons}
            dropped = [exons[number] for number in without if gene.name == "STAT3"]
            for start, end in required.spans:
                if any(exon.start <= start and end <= exon.end for exon in dropped):
                    continue
                cut = any(exons[number].start == start for number in short)
                rows.append(f"chr{required.chrom}\t{start - 1 + 20 * cut}\t{end}\tx\n")
        path = tmp_path / "kit.bed"
        path.write_text("".join(rows))
        return path

    return write


def test_a_full_kit_misses_nothing(kit):
    found = kit_genes(kit(), GENES, REFERENCE, (SPLICE,))
    assert [item.targeted for item in found] == [item.required for item in found]
    assert kit_sentences(found) == []


def test_an_exon_without_target_is_named_with_its_known_sites(kit):
    stat3, znf341 = kit_genes(kit(without=(12,)), GENES, REFERENCE, (SPLICE,))
    assert stat3.lost_exons == (12,)
    assert stat3.required - stat3.targeted == 70
    assert stat3.missed == (SPLICE,)
    assert znf341.gaps == ()
    assert kit_sentences([stat3, znf341]) == [
        (
            "STAT3: the kit targets 3164 of 3234 required bases; without any target: exon 12; "
            "known sites: c.1110-3C>G"
        )
    ]


def test_the_missing_edge_of_an_exon_is_in_part(kit):
    (stat3, _) = kit_genes(kit(short=(12,)), GENES, REFERENCE)
    assert stat3.lost_exons == ()
    assert [gap.hgvs_c for gap in stat3.gaps] == ["c.1139+1_1139+20"]
    assert "in part: exon 12 (c.1139+1_1139+20)" in kit_sentences([stat3])[0]


def test_a_kit_of_the_other_build_is_refused_where_that_can_be_seen(tmp_path):
    path = tmp_path / "kit.bed"
    path.write_text("NC_000017.10\t1\t100\n")
    with pytest.raises(BuildMismatchError, match="GRCh38"):
        kit_genes(path, GENES, REFERENCE)


def test_a_plain_kit_of_the_other_build_misses_the_genes(kit):
    found = kit_genes(kit(build=Build.GRCH37), GENES, REFERENCE)
    assert [item.targeted for item in found] == [0, 0]
    assert len(found[0].lost_exons) == 23


def test_the_whole_of_what_a_kit_misses_in_a_gene(tmp_path):
    low, high = 42329737, 42329746
    path = tmp_path / "kit.bed"
    path.write_text(f"17\t1\t{low - 1}\n17\t{high}\t83257441\n20\t1\t64444167\n")
    ends_before, ends_in, starts_in, starts_behind = (
        KnownSite("STAT3", name, pos, ref, "A", name, None)
        for name, pos, ref in (
            ("ends before", low - 2, "GA"),
            ("ends in", low - 1, "GA"),
            ("starts in", high, "G"),
            ("starts behind", high + 1, "G"),
        )
    )
    other = replace(starts_in, gene="ZNF341")
    sites = (ends_before, ends_in, starts_in, starts_behind, other)
    (stat3, znf341) = kit_genes(path, GENES, REFERENCE, iter(sites))
    exon = next(each for each in stat3.exons if each.exon == 12)
    assert exon == ExonCallability(12, 42329727, 42329796, 70, 60, None, None)
    assert stat3 == KitGene(
        gene="STAT3",
        required=3234,
        targeted=3224,
        exons=stat3.exons,
        gaps=(Gap("17", low, high, "c.1139+1_1139+10", "exon 12", "not in the kit"),),
        missed=(ends_in, starts_in),
    )
    assert (znf341.gaps, znf341.missed) == ((), ())


def exon_of(number, callable_):
    return ExonCallability(number, 1, 10, 10, callable_, None, None)


def gap_in(place, name):
    return Gap("17", 1, 5, name, place, "not in the kit")


def test_a_sentence_tells_lost_exons_edges_and_sites_apart():
    found = KitGene(
        gene="STAT3",
        required=40,
        targeted=15,
        exons=(exon_of(1, 10), exon_of(2, 0), exon_of(3, 5), exon_of(4, 0)),
        gaps=(
            gap_in("exon 2", "c.2"),
            gap_in("exon 3", "c.3_7"),
            gap_in("exon 4", "c.8"),
            gap_in("intron 14", "c.9-1"),
        ),
        missed=(SPLICE, replace(SPLICE, hgvs_c="c.9-1G>A")),
    )
    whole = replace(found, gaps=(), missed=())
    assert kit_sentences([found, whole, replace(found, missed=(), gaps=found.gaps[:1])]) == [
        (
            "STAT3: the kit targets 15 of 40 required bases; without any target: exon 2, 4; "
            "in part: exon 3 (c.3_7), intron 14 (c.9-1); known sites: c.1110-3C>G, c.9-1G>A"
        ),
        "STAT3: the kit targets 15 of 40 required bases; without any target: exon 2, 4",
    ]


def test_a_known_site_in_an_intron_is_required_of_a_kit(kit):
    far = KnownSite("STAT3", "f", 42335000, "G", "A", "far", None)
    path = kit()
    assert kit_sentences(kit_genes(path, GENES, REFERENCE)) == []
    (stat3, _) = kit_genes(path, GENES, REFERENCE, (far,))
    (gap,) = stat3.gaps
    assert (gap.start, gap.end, stat3.missed) == (42335000, 42335000, (far,))
    assert kit_sentences([stat3]) == [
        (
            "STAT3: the kit targets 3234 of 3235 required bases; "
            f"in part: {gap.exon} ({gap.hgvs_c}); known sites: far"
        )
    ]
