from __future__ import annotations

import pytest

from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import SiteRecord
from hies_annot.read.detect_build import Score, decide_build, header_build
from hies_annot.reference.load import embedded_reference

REFERENCES = {build: embedded_reference(build, default_genes()) for build in Build}
OFFSET = 1847982


def site(pos: int, ref: str | None = None) -> SiteRecord:
    base = REFERENCES[Build.GRCH38].locus("STAT3").bases(pos, pos)
    return SiteRecord(
        file="x.vcf",
        number=1,
        chrom="17",
        chrom_written="chr17",
        pos=pos,
        end=pos,
        identifier=None,
        ref=ref or base,
        alts=("<X>",),
        qual=None,
        filters=(),
        info={},
    )


def in_37(record: SiteRecord) -> SiteRecord:
    return record._replace(pos=record.pos - OFFSET, end=record.end - OFFSET)


SITES = [site(pos) for pos in (42320000, 42329643, 42340000)]


def wrong(record: SiteRecord) -> SiteRecord:
    return record._replace(ref=next(base for base in "ACGT" if base != record.ref))


@pytest.mark.parametrize(
    ("contigs", "build"),
    [
        ({"chr17": 83257441}, Build.GRCH38),
        ({"20": 63025520, "GL000191.1": 106433}, Build.GRCH37),
        ({"NC_000017.11": None}, Build.GRCH38),
        ({"chr17": None}, None),
        ({}, None),
    ],
)
def test_header_build(contigs: dict[str, int | None], build: Build | None) -> None:
    assert header_build(contigs, file="x") is build


def test_headers_that_are_refused() -> None:
    with pytest.raises(InputError, match="mix"):
        header_build({"17": 83257441, "20": 63025520}, file="x")
    with pytest.raises(InputError, match="neither"):
        header_build({"chr17": 84276898}, file="x")


def test_bases_decide_without_a_header() -> None:
    decided = decide_build(None, SITES, REFERENCES, forced=None, file="x")
    assert decided.build is Build.GRCH38
    assert decided.scores[Build.GRCH38] == Score(3, 3)
    moved = decide_build(None, map(in_37, SITES), REFERENCES, forced=None, file="x")
    assert moved.build is Build.GRCH37


def test_wrong_bases_refute_the_header() -> None:
    with pytest.raises(BuildMismatchError, match=r"GRCh38.*0 of 3"):
        decide_build(Build.GRCH38, map(wrong, SITES), REFERENCES, forced=None, file="x")


def test_one_wrong_base_does_not_refute_the_header() -> None:
    decided = decide_build(Build.GRCH38, [wrong(SITES[0])], REFERENCES, forced=None, file="x")
    assert decided.build is Build.GRCH38


def test_forced_build_against_the_header() -> None:
    with pytest.raises(BuildMismatchError, match="those of GRCh38, but GRCh37"):
        decide_build(Build.GRCH38, [], REFERENCES, forced=Build.GRCH37, file="x")


def test_forced_build_against_the_bases() -> None:
    with pytest.raises(BuildMismatchError, match="this is not GRCh37"):
        decide_build(None, SITES, REFERENCES, forced=Build.GRCH37, file="x")
    decided = decide_build(None, SITES, REFERENCES, forced=Build.GRCH38, file="x")
    assert decided.build is Build.GRCH38


def test_nothing_to_go_by() -> None:
    with pytest.raises(InputError, match="--build"):
        decide_build(None, [], REFERENCES, forced=None, file="x")


@pytest.mark.parametrize("compared", range(1, 8))
def test_one_wrong_ref_is_a_wrong_record_and_refutes_no_build(compared):
    assert not Score(compared, compared - 1).refutes
    assert Score(compared, max(0, compared - 2)).refutes == (compared >= 2)
