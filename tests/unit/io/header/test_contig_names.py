"""Which chromosome an unknown contig name may stand for, and the names of other sequences."""

import pytest

from hies_annot.genome import Build, contigs
from hies_annot.io.header.contig_names import MayBe, longest, may_be

OTHER_SEQUENCES = [
    *("chrM", "MT", "NC_012920.1", "chrUn_KI270742v1", "chr17_GL000205_random", "GL000192.1"),
    *("chr17_KI270729v1_random", "chr17_KI270857v1_alt", "chr20_ML143371v1_fix", "hs37d5"),
    *("HSCHR17_1_CTG5", "CHR_HSCHR17_1_CTG5", "HG1146_PATCH", "chr17_ctg5_hap1", "NT_187663.1"),
    *("chrUn_JTFH01000001v1_decoy", "HLA-A*01:01:01:01", "chrEBV", "NC_007605", "phiX174"),
    *("NW_003315950.2", "KN707606.1", "chrUn", "hs38d1", "ERCC-00002", "chrXY"),
]


@pytest.mark.parametrize("name", OTHER_SEQUENCES)
def test_other_sequences_of_the_analysis_sets_are_no_gene(name: str) -> None:
    assert may_be(name, None) is None


@pytest.mark.parametrize(
    ("name", "chrom"),
    [
        *((form.format("17"), "17") for form in ("NC_0000{}", "{}.1", "chr{}p", "chr0{}", "c{}")),
        *((form.format("20"), "20") for form in ("chr-{}", "hg38_chr{}", "chr_{}", "chr{}:")),
        ("gi|568336007|ref|NC_000017.11|", "17"),
        *(("CM000679", "17"), ("CM000682.9", "20"), ("NC_000001", "1"), ("chrX.1", "X")),
        *(("scaffold9", None), ("chrXVII", None), ("", None)),
    ],
)
def test_a_name_with_the_number_of_a_chromosome_may_be_it(name: str, chrom: str | None) -> None:
    assert may_be(name, None) == MayBe(chrom)


def test_a_declared_length_tells_what_a_name_does_not() -> None:
    for build in Build:
        for chrom, contig in contigs(build).items():
            assert may_be("seq", contig.length) == MayBe(chrom)
            assert longest(chrom) >= contig.length
    assert may_be("seq", 5_386) is None
    assert may_be("NC_000017", 5_386) == MayBe("17")
