from __future__ import annotations

import pytest

from hies_annot.genome import Build, build_of_accession, canonical_chrom, contigs, parse_build


@pytest.mark.parametrize(
    ("name", "chrom"),
    [
        (spelling, chrom)
        for chrom, refseq, genbank in (
            ("17", ("NC_000017.10", "NC_000017.11"), ("CM000679.1", "CM000679.2")),
            ("20", ("NC_000020.10", "NC_000020.11"), ("CM000682.1", "CM000682.2")),
        )
        for spelling in (chrom, f"chr{chrom}", f"CHR{chrom}", f"Chr{chrom}", *refseq, *genbank)
    ],
)
def test_every_spelling_of_both_chromosomes(name: str, chrom: str) -> None:
    assert canonical_chrom(name) == chrom


@pytest.mark.parametrize(
    "name", ["2", "chr2", "170", "chr17_KI270729v1_random", "chrUn", "hs37d5", "", "0", "chr200"]
)
def test_other_contigs_are_not_taken_for_ours(name: str) -> None:
    assert canonical_chrom(name) not in {"17", "20"}


def test_every_autosome_has_a_canonical_name() -> None:
    assert {canonical_chrom(f"chr{n}") for n in range(1, 23)} == {str(n) for n in range(1, 23)}


def test_lengths_tell_the_builds_apart() -> None:
    for chrom in ("17", "20"):
        assert contigs(Build.GRCH37)[chrom].length != contigs(Build.GRCH38)[chrom].length


@pytest.mark.parametrize(
    ("text", "build"),
    [("hg19", Build.GRCH37), ("GRCh38", Build.GRCH38), ("b37", Build.GRCH37), ("T2T", None)],
)
def test_parse_build(text: str, build: Build | None) -> None:
    assert parse_build(text) is build


def test_accessions_carry_their_build() -> None:
    assert build_of_accession("NC_000017.10") is Build.GRCH37
    assert build_of_accession("NC_000017.11") is Build.GRCH38
    assert build_of_accession("chr17") is None
