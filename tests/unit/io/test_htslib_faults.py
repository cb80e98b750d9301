"""What htslib cannot read is told in one sentence: the file, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pysam
import pysam.bcftools
import pytest

from hies_annot.errors import InputError
from hies_annot.genome import Build, contigs
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.htslib_faults import htslib_faults, in_words
from hies_annot.io.reads import count_alleles
from hies_annot.io.source_tables import SourceRegion, read_table
from hies_annot.io.source_vcf import read_variants
from hies_annot.io.windows.vcf import COHORT, read_windows
from hies_annot.model import Allele, AlleleKind

LENGTH = contigs(Build.GRCH38)["17"].length
PLACE = SourceRegion("17", 42_000_000, 43_000_000)
COLUMNS = {"chrom": "chrom", "pos": "pos", "ref": "ref", "alt": "alt"}


def rows(line: str) -> str:
    """Return rows over many blocks of bgzip; those of the first and last third are elsewhere."""
    places = [*range(20_000_000, 20_004_000), *range(42_000_000, 42_004_000)]
    places += range(60_000_000, 60_004_000)
    return "".join(f"{line.format(pos=pos)}\n" for pos in places)


def variants(folder: Path, kind: str, samples: int = 1) -> Path:
    names = "\t".join(f"S{number}" for number in range(samples))
    text = (
        f"##fileformat=VCFv4.2\n##contig=<ID=17,length={LENGTH}>\n"
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
        f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}\n"
    )
    source = folder / "a.vcf"
    source.write_text(text + rows("17\t{pos}\t.\tA\tG\t.\t.\t.\tGT" + "\t0/1" * samples))
    if kind == "bcf":
        pysam.bcftools.view("-Ob", "-o", str(folder / "a.bcf"), str(source), catch_stdout=False)
        pysam.bcftools.index(str(folder / "a.bcf"), catch_stdout=False)
        return folder / "a.bcf"
    pysam.tabix_compress(str(source), f"{source}.gz")
    return Path(pysam.tabix_index(f"{source}.gz", preset="vcf"))


def table(folder: Path) -> Path:
    path = folder / "scores.tsv"
    path.write_text("#chrom\tpos\tref\talt\n" + rows("17\t{pos}\tA\tG"))
    return Path(pysam.tabix_index(str(path), seq_col=0, start_col=1, end_col=1))


def alignments(folder: Path) -> Path:
    path = folder / "a.bam"
    header = {"HD": {"SO": "coordinate"}, "SQ": [{"SN": "17", "LN": LENGTH}]}
    with pysam.AlignmentFile(str(path), "wb", header=header) as file:
        for number in range(9_000):
            read = pysam.AlignedSegment(file.header)
            read.query_name, read.reference_id, read.mapping_quality = f"r{number}", 0, 60
            read.reference_start, read.cigarstring = 42_000_000, "100M"
            read.query_sequence = f"{number:b}".translate({48: "AC", 49: "GT"}).ljust(100, "A")[
                :100
            ]
            file.write(read)
    pysam.index(str(path))
    return path


def read_alleles(path: Path) -> object:
    allele = Allele(
        Build.GRCH38, "STAT3", "17", 42_000_050, "A", "G", AlleleKind.SEQUENCE, 42_000_050
    )
    return count_alleles(path, Build.GRCH38, [allele])


def read_sample(path: Path) -> object:
    return len(list(read_windows(open_vcf(path), (("17", PLACE.start, PLACE.end),))))


Reading = tuple[Callable[[Path], Path], Callable[[Path], object]]
KINDS: dict[str, Reading] = {
    "vcf": (lambda folder: variants(folder, "vcf"), read_sample),
    "bcf": (lambda folder: variants(folder, "bcf"), read_sample),
    "cohort bcf": (lambda folder: variants(folder, "bcf", COHORT + 1), read_sample),
    "evidence vcf": (
        lambda folder: variants(folder, "vcf"),
        lambda path: len(read_variants(str(path), [PLACE]).rows),
    ),
    "evidence bcf": (
        lambda folder: variants(folder, "bcf"),
        lambda path: len(read_variants(str(path), [PLACE]).rows),
    ),
    "evidence table": (table, lambda path: len(read_table(str(path), [PLACE], COLUMNS).rows)),
    "reads": (alignments, read_alleles),
}


def spoilt(data: bytes) -> dict[str, bytes]:
    middle = bytearray(data)
    middle[len(data) // 2] ^= 16
    return {
        "a bit in the middle": bytes(middle),
        "cut in the middle": data[: len(data) // 2],
        "cut at its head": data[:60],
        "nothing": b"",
        "other text": b"these are other words\n",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_told_in_one_sentence(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make, read = KINDS[kind]
    path = make(tmp_path)
    assert read(path)
    index = next(one for one in tmp_path.iterdir() if one.suffix in (".tbi", ".csi", ".bai"))
    capfd.readouterr()
    for file in (path, index):
        whole = file.read_bytes()
        for name, data in spoilt(whole).items():
            if (file.suffix, name) == (".bai", "a bit in the middle"):
                continue  # a .bai has no sum over what it holds
            file.write_bytes(data)
            index.touch()
            with pytest.raises(InputError) as told:
                read(path)
            sentence = str(told.value)
            assert sentence.startswith(f"{path}: "), (name, sentence)
            words = sentence.removeprefix(f"{path}: ")
            for inner in ("Errno", "error code", "Error", "b'", "[E::", "None", "\n"):
                assert inner not in words, (name, sentence)
        file.write_bytes(whole)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError("could not open index for `a.vcf.gz`"), "anew"),
        (ValueError("could not create iterator for region '17:1'"), "anew"),
        (OSError("no BGZF EOF marker; file may be truncated"), "cut short"),
        (FileNotFoundError(2, "Closing failed: No such file or directory"), "damaged"),
        (ValueError("file does not contain alignment data"), "not of this kind"),
        (PermissionError(13, "Permission denied", "a.vcf"), "Permission denied"),
        (ValueError("words of\n the future"), "words of the future"),
    ],
)
def test_causes(fault: Exception, words: str) -> None:
    assert words in in_words(fault)


def test_htslib_speaks_again_afterwards() -> None:
    heard = []

    @htslib_faults("a.vcf")
    def fail() -> None:
        heard.append(pysam.get_verbosity())
        raise OSError("truncated file")

    before = pysam.get_verbosity()
    with pytest.raises(InputError, match=r"a\.vcf: cannot be read: .*cut short"):
        fail()
    assert (heard, pysam.get_verbosity()) == ([0], before)
