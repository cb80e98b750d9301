"""Callability of a sample: which source decides at which base, and what the sentence says."""

from pathlib import Path

import pytest

from hies_annot.callability.assess import assess_callability
from hies_annot.callability.required import KnownSite, required_regions
from hies_annot.callability.verdict import negative_is_safe
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import (
    Callability,
    ExonCallability,
    GeneCallability,
    KnownSiteCall,
    SampleFields,
    SiteRecord,
)
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.callability_rules import CallabilityConfig

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
EXON_12 = (42329747, 42329776)
R382W = KnownSite(
    "STAT3", "R382W", 42329643, "G", "A", "NM_139276.3:c.1144C>T", "NP_644805.1:p.Arg382Trp"
)
SPLICE = KnownSite("STAT3", "c.1110-3C>G", 42329779, "G", "C", "NM_139276.3:c.1110-3C>G", None)
LOCI = {"17": (42311325, 42393495), "20": (33726657, 33797269)}


def row(
    start,
    end=None,
    *,
    chrom="17",
    ref=None,
    alts=("<NON_REF>",),
    gt="0/0",
    dp=30,
    gq=60.0,
    min_dp=None,
    ad=None,
    filters=(),
    info=None,
    ft=(),
):
    locus = REFERENCE.overlapping(chrom, start, start)
    ref = ref or (locus.bases(start, start).upper() if locus else "N")
    site = SiteRecord(
        file="x.g.vcf",
        number=None,
        chrom=chrom,
        chrom_written=f"chr{chrom}",
        pos=start,
        end=end if end is not None else start + len(ref) - 1,
        identifier=None,
        ref=ref,
        alts=alts,
        qual=None,
        filters=filters,
        info=info or {},
    )
    return site, SampleFields(gt=gt, dp=dp, gq=gq, min_dp=min_dp, ad=ad, ft=ft)


def blocks(*gaps, chrom="17", **fields):
    """Blocks over a locus except for the gaps (1-based inclusive)."""
    start, last = LOCI[chrom]
    rows = []
    for low, high in sorted(gaps):
        rows.append(row(start, low - 1, chrom=chrom, **fields))
        start = high + 1
    return [*rows, row(start, last, chrom=chrom, **fields)]


def assess(records, *, config=None, known=(R382W, SPLICE), **sources) -> Callability:
    required = [required_regions(gene, REFERENCE, known) for gene in GENES]
    return assess_callability(
        REFERENCE, required, known, config or CallabilityConfig(), records=records, **sources
    )


def states(result):
    return {call.variant: call.state for call in result.known_sites}


def test_full_gvcf_is_callable_in_both_genes():
    result = assess(blocks() + blocks(chrom="20"))
    assert result.source == "gVCF"
    assert [gene.share for gene in result.genes] == [1.0, 1.0]
    assert all(exon.indel_callable == exon.required for exon in result.genes[0].exons)
    assert {exon.mean_depth for exon in result.genes[0].exons} == {30}
    assert negative_is_safe(result, CallabilityConfig())[0]


def test_gap_over_exon_12_is_named_and_makes_the_negative_unsafe():
    result = assess(blocks(EXON_12) + blocks(chrom="20"))
    (gap,) = result.genes[0].gaps
    assert (gap.exon, gap.hgvs_c, gap.reason) == ("exon 12", "c.1110_1139", "no record")
    assert result.genes[0].required_bases - result.genes[0].callable_bases == 30
    assert states(result) == {"R382W": "reference_seen", "c.1110-3C>G": "reference_seen"}
    safe, reason = negative_is_safe(result, CallabilityConfig())
    assert not safe
    assert "exon 12 (c.1110_1139: no record)" in reason
    assert "ZNF341" not in reason


def test_blocks_without_reads_are_gaps_over_every_exon_in_transcript_order():
    empty = {"dp": 0, "gq": 0.0, "min_dp": 0}
    result = assess(blocks(**empty) + blocks(chrom="20", **empty))
    assert [gene.share for gene in result.genes] == [0, 0]
    names = [gap.exon for gap in result.genes[0].gaps]
    assert [name for name in names if name.startswith("exon")] == [
        f"exon {number}" for number in range(2, 25)
    ]
    assert "intron 14" in names  # c.1282-89
    assert {gap.reason for gene in result.genes for gap in gene.gaps} == {"no reads"}
    assert set(states(result).values()) == {"not_covered"}
    assert {exon.mean_depth for exon in result.genes[0].exons} == {0}
    assert not negative_is_safe(result, CallabilityConfig())[0]


def test_missing_locus_of_a_gvcf_is_a_gap_and_not_unknown():
    result = assess(blocks())
    assert result.genes[0].share == 1
    assert result.genes[1].callable_bases == 0


def test_variants_alone_say_nothing_about_the_bases_between_them():
    variant = row(42329643, ref="G", alts=("A",), gt="0/1", ad=(14, 16))
    result = assess([variant])
    assert result.source == "unknown"
    assert [gene.callable_bases for gene in result.genes] == [None, None]
    assert all(gene.gaps == () for gene in result.genes)
    assert {exon.callable for gene in result.genes for exon in gene.exons} == {None}
    assert states(result) == {"R382W": "variant_seen", "c.1110-3C>G": "unknown"}
    assert result.known_sites[-1].depth == 30
    safe, reason = negative_is_safe(result, CallabilityConfig())
    assert not safe
    assert reason.startswith("callability of STAT3 and ZNF341 is unknown; give a gVCF")


def test_no_records_are_unknown_and_not_zero():
    result = assess([])
    assert result.source == "unknown"
    assert result.genes[0].share is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"dp": 30, "min_dp": 15}, None),
        ({"dp": 30, "min_dp": 14}, "depth below 15"),
        ({"dp": 14}, "depth below 15"),
        ({"gq": 20.0}, None),
        ({"gq": 19.0}, "genotype quality below 20"),
        ({"gq": None}, None),
        ({"dp": None}, "depth not given"),
        ({"gt": "0"}, "one copy called"),
        ({"gt": "./."}, "no call"),
        ({"gt": "."}, "no call"),
        ({"gt": "0/."}, "no call"),
        ({"gt": None}, "no call"),
        ({"gt": "|0|0"}, None),
        ({"gt": "0/1"}, "unresolved alternate allele"),
        ({"gt": "0/2"}, "unresolved alternate allele"),
        ({"gt": "0/x"}, "no call"),
        ({"ad": (26, 4)}, None),
        ({"ad": (25, 5)}, "reads contradict the reference call"),
        ({"filters": ("PASS",)}, None),
        ({"filters": ("RefCall",)}, None),
        ({"filters": ("LowGQX",)}, "filter LowGQX"),
        ({"ft": ("PASS",)}, None),
        ({"ft": ("LowDepth",)}, "filter LowDepth"),
    ],
)
def test_a_block_is_callable_or_says_why_not(fields, reason):
    result = assess(blocks(**fields))
    gene = result.genes[0]
    if reason is None:
        assert gene.share == 1
        assert gene.gaps == ()
    else:
        assert gene.callable_bases == 0
        assert {gap.reason for gap in gene.gaps} == {reason}


def test_bases_of_a_called_variant_are_callable_and_those_of_a_bad_one_are_not():
    pos = EXON_12[0]
    snv = {"alts": ("A", "<NON_REF>"), "gt": "0/1"}
    good = assess([*blocks((pos, pos)), row(pos, ad=(15, 15, 0), **snv)])
    bad = assess([*blocks((pos, pos)), row(pos, ad=(7, 7, 0), **snv)])
    assert good.genes[0].share == 1
    assert [(gap.start, gap.end, gap.reason) for gap in bad.genes[0].gaps] == [
        (pos, pos, "depth below 15")
    ]


def test_another_allele_at_a_known_base_is_not_called_the_known_one():
    pos = R382W.pos
    other = row(pos, ref="G", alts=("T",), gt="0/1", ad=(15, 15))
    assert states(assess([other]))["R382W"] == "other_variant_seen"


def test_the_anchor_base_of_an_indel_is_not_a_variant():
    pos = R382W.pos
    insertion = row(pos, ref="G", alts=("GTT",), gt="0/1", ad=(15, 15))
    deletion = row(pos - 1, ref="CG", alts=("C",), gt="0/1", ad=(15, 15))
    assert states(assess([insertion]))["R382W"] == "reference_seen"
    assert states(assess([deletion]))["R382W"] == "other_variant_seen"


def test_assumed_reference_is_loud_and_does_not_cover_what_was_seen_to_fail():
    config = CallabilityConfig(assume_reference=True)
    no_call = row(EXON_12[0], alts=("G",), gt="./.")
    result = assess([no_call], config=config)
    assert result.assumed_reference
    assert result.source == "assumed reference"
    assert result.notes[0].startswith("absent records were taken as reference (STAT3 ")
    assert [(gap.start, gap.reason) for gap in result.genes[0].gaps] == [(EXON_12[0], "no call")]
    assert set(states(result).values()) == {"reference_assumed"}


def test_a_negative_on_assumed_reference_says_so():
    config = CallabilityConfig(assume_reference=True)
    safe, reason = negative_is_safe(assess([], config=config), config)
    assert safe
    assert reason.endswith("absent records were taken as reference")
    without = negative_is_safe(assess(blocks() + blocks(chrom="20")), CallabilityConfig())[1]
    assert "taken as reference" not in without


def test_an_assumption_does_not_override_a_bed(tmp_path):
    file = bed(tmp_path, ("17", 42311324, 42393495))
    result = assess([], config=CallabilityConfig(assume_reference=True), callable_file=file)
    assert [gene.share for gene in result.genes] == [1, 0]


def test_notes_say_what_a_file_cannot_show(tmp_path):
    (caveat, missing) = assess([], callable_file=bed(tmp_path, ("17", 42311324, 42393495))).notes
    assert caveat == "callable.bed: the threshold behind these intervals is the file's own"
    assert missing == "callable.bed names no interval on chromosome 20 (ZNF341)"


def test_records_judged_without_quality_are_counted_in_a_note():
    assert assess(blocks(gq=None)).notes == (
        "1 record(s) without genotype quality were judged on their depth alone",
    )


def bed(path: Path, *rows, name="callable.bed"):
    target = path / name
    target.write_text("".join("\t".join(map(str, item)) + "\n" for item in rows))
    return target


def test_bed_makes_a_plain_vcf_callable_except_for_its_gaps(tmp_path):
    low, high = EXON_12
    file = bed(
        tmp_path,
        ("chr17", 42311324, low - 1),
        ("chr17", high, 42393495),
        ("chr20", 33726656, 33797269),
    )
    result = assess([], callable_file=file)
    assert result.source == "BED"
    assert [gap.hgvs_c for gap in result.genes[0].gaps] == ["c.1110_1139"]
    assert result.genes[1].share == 1
    assert {exon.mean_depth for exon in result.genes[0].exons} == {None}
    assert {exon.indel_callable for exon in result.genes[0].exons if exon.exon != 12} == {None}


def test_a_no_call_stands_above_the_bed(tmp_path):
    file = bed(tmp_path, ("17", 42311324, 42393495), ("20", 33726656, 33797269))
    no_call = row(EXON_12[0], alts=("G",), gt="./.")
    called = row(EXON_12[0], alts=("G",), gt="0/1", ad=(10, 10))
    assert [gap.reason for gap in assess([no_call], callable_file=file).genes[0].gaps] == [
        "no call"
    ]
    assert assess([called], callable_file=file).genes[0].gaps == ()


def test_nothing_replaces_a_missing_record_of_a_gvcf_but_a_missing_figure_is_replaced(tmp_path):
    file = bed(tmp_path, ("17", 42311324, 42393495), ("20", 33726656, 33797269))
    silent = assess(blocks(EXON_12), callable_file=file)
    without_depth = assess(blocks(dp=None), callable_file=file)
    assert silent.source == "gVCF, BED"
    assert [gap.hgvs_c for gap in silent.genes[0].gaps] == ["c.1110_1139"]
    assert without_depth.genes[0].share == 1


def test_all_sites_rows_are_read_and_say_nothing_about_indels():
    required = required_regions(GENES[0], REFERENCE)
    rows = [
        row(pos, alts=())
        for first, last in required.spans
        for pos in range(first, last + 1)
        if not EXON_12[0] <= pos <= EXON_12[1]
    ]
    result = assess(rows, known=())
    assert result.source == "all-sites VCF"
    assert [gap.hgvs_c for gap in result.genes[0].gaps] == ["c.1110_1139"]
    assert result.genes[0].exons[0].indel_callable is None


def test_single_forced_hom_ref_rows_do_not_make_an_all_sites_file():
    forced = [row(EXON_12[0] + 20 * number, alts=()) for number in range(2)]
    assert assess(forced).source == "unknown"


def test_structural_rows_with_an_end_are_no_reference_blocks():
    segment = row(42311325, 42393495, alts=(), dp=None, gq=None, info={"CN": "2"})
    deletion = row(42311325, 42393495, alts=("<DEL>",), info={"SVTYPE": "DEL"})
    assert assess([segment, deletion]).source == "unknown"


def test_positions_follow_the_build():
    reference = embedded_reference(Build.GRCH37, GENES)
    for gene, offset in zip(GENES, (1847982, 1412194), strict=True):
        old = required_regions(gene, reference)
        new = required_regions(gene, REFERENCE)
        assert tuple((a + offset, b + offset) for a, b in old.spans) == new.spans
        assert old.size == new.size


def test_required_bases_hold_the_padded_coding_exons_and_the_sites_outside():
    required = required_regions(GENES[0], REFERENCE)
    assert len(required.exons) == 23  # exon 1 is not coding
    assert (required.exons[10].start, required.exons[10].end) == (42329727, 42329796)
    assert required.overlaps(42326288, 42326288)  # c.1282-89
    assert not required.overlaps(42326289, 42326289)
    assert [required.position(index) for index in (0, required.size - 1)] == [
        required.spans[0][0],
        required.spans[-1][1],
    ]
    outside = KnownSite("STAT3", "far", 42335000, "G", "A", "c.?", None)
    assert required_regions(GENES[0], REFERENCE, (outside, R382W)).size == required.size + 1


def only(known, layer_rows, *, config=None, **sources):
    """Assess with one known site and return what concerns STAT3."""
    result = assess(layer_rows, config=config, known=(known,), **sources)
    return result, result.genes[0]


DEEP = KnownSite("STAT3", "deep", 42335000, "G", "A", "c.?", None)
FORCED = row(DEEP.pos, alts=())


def test_the_whole_answer_where_nothing_is_said():
    result, stat3 = only(DEEP, [])
    required = required_regions(GENES[0], REFERENCE, (DEEP,))
    assert stat3 == GeneCallability(
        gene="STAT3",
        required_bases=required.size,
        callable_bases=None,
        gaps=(),
        exons=tuple(
            ExonCallability(
                exon.number, exon.start, exon.end, exon.end - exon.start + 1, None, None, None
            )
            for exon in required.exons
        ),
    )
    assert (result.source, result.assumed_reference, result.notes) == ("unknown", False, ())
    assert result.known_sites == (KnownSiteCall("STAT3", "deep", "c.?", None, "unknown", None),)


def test_one_gene_may_be_silent_where_the_other_speaks():
    result = assess([FORCED], known=(DEEP,))
    assert states(result) == {"deep": "reference_seen"}
    assert result.known_sites[0].depth == 30
    assert [gene.callable_bases for gene in result.genes] == [None, None]


def test_of_assumed_bases_each_gene_has_its_count_in_the_note():
    config = CallabilityConfig(assume_reference=True)
    result, stat3 = only(DEEP, [FORCED, row(DEEP.pos + 1, alts=())], config=config)
    znf341 = result.genes[1]
    assert result.notes == (
        (
            "absent records were taken as reference "
            f"(STAT3 {stat3.required_bases - 1} of {stat3.required_bases} bases, "
            f"ZNF341 {znf341.required_bases} of {znf341.required_bases} bases)"
        ),
    )
    assert (stat3.share, znf341.share) == (1, 1)
    assert {exon.indel_callable for exon in stat3.exons} == {None}
    assert {exon.mean_depth for exon in stat3.exons} == {None}


def test_what_a_gvcf_leaves_out_is_assumed_but_not_what_it_says_to_fail():
    config = CallabilityConfig(assume_reference=True)
    bad = row(*EXON_12, dp=3)
    result, stat3 = only(DEEP, [bad, *blocks(EXON_12)[:1]], config=config)
    assert result.source == "gVCF, assumed reference"
    assert [(gap.hgvs_c, gap.reason) for gap in stat3.gaps] == [("c.1110_1139", "depth below 15")]
    assert states(result) == {"deep": "reference_assumed"}


def test_sources_are_named_best_first(tmp_path):
    file = bed(tmp_path, ("17", 42311324, 42393495), ("20", 33726656, 33797269))
    rows = [row(DEEP.pos + number, alts=()) for number in range(10)]
    config = CallabilityConfig(assume_reference=True)
    named = [
        only(DEEP, given, config=settings, callable_file=file)[0].source
        for given in (rows, blocks(), [])
        for settings in (None, config)
    ]
    assert named == [
        "BED, all-sites VCF",
        "BED, all-sites VCF, assumed reference",
        "gVCF, BED",
        "gVCF, BED, assumed reference",
        "BED",
        "BED, assumed reference",
    ]


def test_a_file_beside_the_vcf_decides_before_the_rows_of_an_all_sites_vcf(tmp_path):
    rows = [row(DEEP.pos + number, alts=()) for number in range(10)]
    whole = bed(tmp_path, ("17", 42311324, DEEP.pos - 1), ("17", DEEP.pos, 42393495))
    result, stat3 = only(DEEP, rows, callable_file=whole)
    assert states(result) == {"deep": "not_covered"}
    (gap,) = stat3.gaps
    assert (gap.start, gap.end, gap.reason) == (
        DEEP.pos,
        DEEP.pos,
        "outside the regions of the file",
    )
    assert {gap.reason for gap in result.genes[1].gaps} == {"outside the regions of the file"}
    alone, _ = only(DEEP, rows)
    assert states(alone) == {"deep": "reference_seen"}
    assert {gap.reason for gap in alone.genes[0].gaps} == {"no record"}


def test_known_sites_of_symbols_are_no_sites():
    symbol = KnownSite("STAT3", "del", 42335000, "G", "<DEL>", "c.?", None)
    result, stat3 = only(symbol, blocks())
    assert result.known_sites == ()
    assert stat3.required_bases == required_regions(GENES[0], REFERENCE).size


def test_notes_come_in_the_order_of_their_weight(tmp_path):
    file = bed(tmp_path, ("17", 42311324, 42393495))
    config = CallabilityConfig(assume_reference=True)
    notes = only(DEEP, blocks(EXON_12, gq=None), config=config, callable_file=file)[0].notes
    assert [note.partition(" (")[0] for note in notes] == [
        "absent records were taken as reference",
        "callable.bed: the threshold behind these intervals is the file's own",
        "callable.bed names no interval on chromosome 20",
        "2 record(s) without genotype quality were judged on their depth alone",
    ]


def test_a_file_without_a_caveat_has_no_note(tmp_path):
    file = bed(
        tmp_path,
        ("17", 42311324, 42393495, "30"),
        ("20", 33726656, 33797269, "14"),
        name="a.per-base.bed",
    )
    result, stat3 = only(DEEP, [], callable_file=file)
    assert (result.source, result.notes) == ("mosdepth per-base", ())
    assert (stat3.share, result.genes[1].share) == (1, 0)
    assert {exon.mean_depth for exon in stat3.exons} == {30.0}
    assert {gap.reason for gap in result.genes[1].gaps} == {"depth below 15"}
