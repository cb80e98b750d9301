"""The embedded splice map: what is kept, what is told, and what changes no status."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from msgspec import convert
from msgspec.structs import replace

from hies_annot.evidence.slices import read_slice
from hies_annot.evidence.splice_map import placed
from hies_annot.genome import Build, contigs
from hies_annot.judge.alleles import AlleleBook
from hies_annot.model import PredictedSite, SpliceMapFact
from hies_annot.reference.normalise import normalise_allele
from hies_annot.render.html import render_sample
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.evidence_sources import SourceKind
from hies_annot.settings.run_config import RunConfig
from hies_annot.shipped import resource_path

MAP = read_slice(resource_path("evidence/splice_map.tsv")).facts
OFFSET = 1_847_982
"""What must be taken from a GRCh38 position of STAT3 to get the GRCh37 one."""
STRONG = (42355486, "G", "C")  # c.-23-6947C>G, donor gain 0.95
WEAK = (42349929, "G", "A")  # c.-23-1390C>T, donor gain 0.30
NOT_LISTED = (42341234, "C", "T")


@cache
def engine() -> Engine:
    return Engine(RunConfig())


def lab_spliceai(folder: Path, pos: int, ref: str, alt: str, score: str) -> RunConfig:
    """Return a configuration with a SpliceAI file that scores one allele."""
    path = folder / "spliceai.vcf"
    path.write_text(
        "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
        '##INFO=<ID=SpliceAI,Number=.,Type=String,Description="SpliceAI">\n'
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
        f"17\t{pos}\t.\t{ref}\t{alt}\t.\t.\tSpliceAI={alt}|STAT3|0.00|0.00|{score}|0.00|1|1|1|1\n",
        encoding="utf-8",
    )
    source = {"name": "SpliceAI of the lab", "kind": "spliceai", "path": str(path)}
    return convert({"evidence": {"sources": [source]}}, RunConfig)


def answer(
    folder: Path,
    allele: tuple[int, str, str],
    *,
    genotype: str = "0/1",
    build: Build = Build.GRCH38,
    tools: Engine | None = None,
) -> SampleResult:
    pos = allele[0] - (OFFSET if build is Build.GRCH37 else 0)
    reads = {"0/1": "24,22", "1/1": "0,46", "0/0": "46,0"}[genotype]
    path = folder / "sample.vcf"
    path.write_text(
        "##fileformat=VCFv4.2\n"
        f"##contig=<ID=17,length={contigs(build)['17'].length}>\n"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
        f"17\t{pos}\t.\t{allele[1]}\t{allele[2]}\t600\tPASS\t.\tGT:AD:DP:GQ\t{genotype}:{reads}:46:99\n",
        encoding="utf-8",
    )
    rows = [{"sample": "P", "vcf": str(path)}]
    return next(iter(analyse_rows(tools or engine(), rows, (), batch="b")))


def sites(result: SampleResult) -> list[tuple[str, float, str]]:
    found = result.variants[0].splice_map or {"sites": []}
    return [(site["kind"], site["score"], site["place"]) for site in found["sites"]]


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize(
    ("allele", "first"),
    [
        ((42329746, "C", "T"), ("donor loss", 0.99, "c.1139")),  # c.1139+1G>A
        ((42329779, "G", "C"), ("acceptor loss", 1.0, "c.1110")),  # c.1110-3C>G
        ((42326288, "G", "A"), ("donor gain", 0.37, "c.1282-91")),  # c.1282-89C>T
    ],
)
def test_known_splice_alleles_are_shown_with_their_sites(
    tmp_path: Path, build: Build, allele: tuple[int, str, str], first: tuple[str, float, str]
) -> None:
    result = answer(tmp_path, allele, build=build)
    assert result.variants[0].reported
    assert sites(result)[0] == first
    assert "CI-SpliceAI" in render_sample(result)


def test_a_strong_deep_intronic_prediction_is_possible(tmp_path: Path) -> None:
    result = answer(tmp_path, STRONG)
    assert result.status == "possible"
    assert "predicted to change splicing: test RNA" in result.status_reason
    assert sites(result) == [("donor gain", 0.95, "c.-23-6948")]
    acmg = result.variants[0].acmg
    assert acmg is not None
    assert not {"PP3", "BP4"} & {c.code for c in acmg.criteria if c.met == "met"}
    assert answer(tmp_path, STRONG, genotype="0/0").status != "possible"


def test_a_weak_prediction_is_told_and_changes_nothing(tmp_path: Path) -> None:
    result = answer(tmp_path, WEAK)
    variant = result.variants[0]
    assert result.status in ("none", "inconclusive")
    assert variant.drop_reason == "weak_splice_prediction"
    assert variant.drop_detail == "CI-SpliceAI: donor gain 0.30 at c.-23-1392"
    assert variant.drop_detail in render_sample(result)


def test_an_allele_that_is_not_listed_is_dropped_with_its_reason(tmp_path: Path) -> None:
    result = answer(tmp_path, NOT_LISTED)
    variant = result.variants[0]
    assert variant.splice_map is None
    assert variant.drop_reason == "no_coding_or_splice_effect"


@pytest.mark.parametrize(
    ("allele", "score", "reported"),
    [(STRONG, "0.02", False), (STRONG, "0.80", True), (WEAK, "0.80", True), (WEAK, "0.02", False)],
)
def test_the_spliceai_of_the_lab_goes_first(
    tmp_path: Path, allele: tuple[int, str, str], score: str, reported: bool
) -> None:
    tools = Engine(lab_spliceai(tmp_path, *allele, score))
    variant = answer(tmp_path, allele, tools=tools).variants[0]
    assert variant.reported is reported
    assert variant.drop_reason != "weak_splice_prediction"


def test_the_map_gives_no_points_and_moves_only_what_had_no_effect() -> None:
    """Over the whole map: the class is the same without it, and so is any other drop reason."""
    tools = engine().tools(Build.GRCH38)
    without = tuple(s for s in tools.evidence.slices if s.kind is not SourceKind.SPLICE_MAP)
    assert len(without) == len(tools.evidence.slices) - 1
    with_map = AlleleBook(tools.annotator, tools.evidence, engine().genes)
    other = AlleleBook(tools.annotator, replace(tools.evidence, slices=without), engine().genes)
    moved = {"no_coding_or_splice_effect", "splice_region_without_evidence"}
    kept = told = 0
    for _, pos, ref, alt in sorted(MAP):
        allele = normalise_allele(tools.reference, "17", pos, ref, alt)
        assert allele is not None
        new, old = with_map.facts(allele), other.facts(allele)
        classes = [
            [v.acmg and (v.acmg.classification, v.acmg.points) for v in x.verdicts.values()]
            for x in (new, old)
        ]
        assert classes[0] == classes[1]
        if new.drop_reason != old.drop_reason:
            assert old.drop_reason in moved
            assert new.drop_reason in (None, "weak_splice_prediction")
            kept += new.drop_reason is None
            told += new.drop_reason is not None
    assert (kept, told) == (110, 415)


def test_only_snvs_of_the_transcript_are_listed() -> None:
    mane = engine().tools(Build.GRCH38).reference.mane("STAT3")
    assert len(MAP) == 2775
    assert all(mane.start <= pos <= mane.end for _, pos, _, _ in MAP)


def test_the_loss_of_a_site_that_mane_does_not_use_keeps_nothing() -> None:
    """The tandem donor of exon 21: the model knows the one of NM_003150.3 only."""
    mane = engine().tools(Build.GRCH38).reference.mane("STAT3")
    fact = SpliceMapFact("CI-SpliceAI", (PredictedSite("donor loss", 0.99, 0),), "map")
    tandem = placed(fact, 42322285, mane, 0.19)
    own = placed(fact, 42322282, mane, 0.19)
    assert tandem is not None
    assert own is not None
    assert (tandem.sites[0].used, own.sites[0].used) == (False, True)
