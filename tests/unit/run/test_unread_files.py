"""What an SV file or a file of many samples hides from the reader is told, and is no negative."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEADER = (
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
)
GROUND = [
    "chr17\t42323326\t.\tA\tT\t.\t.\t.\tGT:AD:DP:GQ\t{}",
    "chr20\t33753265\t.\tC\tT\t.\t.\t.\tGT:AD:DP:GQ\t{}",
]
REFERENCE = "0/0:40,0:40:99"
GAIN = "chr17\t1000\t.\tN\t<DUP>\t50\tPASS\tSVTYPE=DUP;END=9000\tGT\t0/1"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(RunConfig())


def write(path: Path, records: list[str], samples: str = "P") -> str:
    path.write_text(f"{HEADER}{samples}\n" + "".join(f"{record}\n" for record in records))
    return str(path)


def run(engine: Engine, folder: Path, sv: str | None, **row: str) -> SampleResult:
    bed = folder / "c.bed"
    bed.write_text("chr17\t42311324\t42393495\nchr20\t33726656\t33797269\n")
    small = write(folder / "in.vcf", [record.format(REFERENCE) for record in GROUND])
    cells = {"sample": "P", "vcf": small, "callable": str(bed), **row}
    cells |= {"sv_vcf": sv} if sv else {}
    (result,) = analyse_rows(engine, [cells], (), batch=None)
    return result


def test_an_sv_file_with_nothing_in_the_genes_leaves_none(engine: Engine, tmp_path: Path) -> None:
    for records in ([], [GAIN]):
        result = run(engine, tmp_path, write(tmp_path / "sv.vcf", records))
        assert result.status == "none", result.status_reason
        assert not result.faults


@pytest.mark.parametrize(
    "record",
    [
        GAIN.replace("chr17", "NC_000017"),
        GAIN.replace("\t1000\t", "\t0\t"),
        GAIN.replace(";END=9000", "").replace("<DUP>", "<DEL>"),
        "chr5\t7000\t.\tN\tN]chr20:33760000]\t50\tPASS\tSVTYPE=BND\tGT\t0/1",
        "chr17\t1000\t.\tN",
    ],
)
def test_a_structural_record_without_a_place_is_no_negative(
    engine: Engine, tmp_path: Path, record: str
) -> None:
    result = run(engine, tmp_path, write(tmp_path / "sv.vcf", [GAIN, record]))
    assert result.status == "inconclusive"
    assert "sv.vcf: 1 record(s) could not be placed or read" in result.status_reason
    assert any("sv.vcf" in fault for fault in result.faults)


def test_an_sv_file_that_cannot_be_read_is_no_negative(engine: Engine, tmp_path: Path) -> None:
    bad = tmp_path / "sv.vcf"
    bad.write_text("not a VCF\n")
    result = run(engine, tmp_path, str(bad))
    assert result.status == "inconclusive"
    assert "structural variants were not read" in result.status_reason


BARE = "##fileformat=VCFv4.2\n{}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
THERE = "chr20\t{}\t.\tN\t<DEL>\t50\tPASS\tSVTYPE=DEL;END={}\tGT\t1/1"
ON_38, ON_37 = THERE.format(33754000, 33763000), THERE.format(32341806, 32350806)
NAMES_38 = ("##reference=file:///x/GRCh38.fa\n", "##contig=<ID=chr20,assembly=hg38>\n")
NAMES_37 = ("##reference=/hg38/hs37d5.fa\n", "##assembly=hg19\n", "##contig=<ID=20,assembly=b37>\n")


def sv_file(folder: Path, header: str, *records: str) -> str:
    path = folder / "sv.vcf"
    path.write_text(BARE.format(header) + "".join(f"{record}\n" for record in records))
    return str(path)


@pytest.mark.parametrize("header", NAMES_37)
@pytest.mark.parametrize("record", [ON_37, ON_38])
def test_an_sv_file_that_names_another_build_is_not_read(
    engine: Engine, tmp_path: Path, header: str, record: str
) -> None:
    result = run(engine, tmp_path, sv_file(tmp_path, header, record))
    assert result.status == "inconclusive"
    assert "structural variants were not read: sv.vcf: the header names GRCh37" in (
        result.status_reason
    )


@pytest.mark.parametrize("header", ["", "##contig=<ID=chr20>\n", "##reference=own.fa\n"])
def test_an_sv_file_of_which_nothing_tells_the_build_is_no_negative(
    engine: Engine, tmp_path: Path, header: str
) -> None:
    """What is in it is read as on the build of the VCF; what is not shows nothing."""
    for record, status in ((ON_38, "relevant"), (ON_37, "inconclusive")):
        result = run(engine, tmp_path, sv_file(tmp_path, header, record))
        assert result.status == status
        assert any("nothing tells its genome build" in fault for fault in result.faults)


@pytest.mark.parametrize("header", NAMES_38)
def test_an_sv_file_that_names_the_build_of_the_vcf_is_read(
    engine: Engine, tmp_path: Path, header: str
) -> None:
    assert run(engine, tmp_path, sv_file(tmp_path, header, ON_38)).status == "relevant"
    assert run(engine, tmp_path, sv_file(tmp_path, header)).status == "none"


def test_the_build_that_the_user_names_is_that_of_the_sv_file(tmp_path: Path) -> None:
    engine = Engine(RunConfig(build="GRCh38"))
    assert run(engine, tmp_path, sv_file(tmp_path, "")).status == "none"


def test_no_known_site_of_an_unread_gene_is_reference(engine: Engine, tmp_path: Path) -> None:
    sv = write(tmp_path / "sv.vcf", [GAIN.replace("chr17", "NC_000017")])
    sites = run(engine, tmp_path, sv).callability.known_sites
    assert {site.state for site in sites if site.gene == "STAT3"} == {"unknown"}
    assert "reference_seen" in {site.state for site in sites if site.gene == "ZNF341"}


def test_of_many_samples_only_those_that_may_carry_it(engine: Engine, tmp_path: Path) -> None:
    bed = tmp_path / "c.bed"
    bed.write_text("chr17\t42311324\t42393495\nchr20\t33726656\t33797269\n")
    lost = "NC_000017\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\t" + REFERENCE
    rows = [record.format(f"{REFERENCE}\t{REFERENCE}") for record in GROUND]
    vcf = write(tmp_path / "both.vcf", [*rows, lost], "A\tB")
    sheet = [{"sample": name, "vcf": vcf, "callable": str(bed)} for name in "AB"]
    found = {result.sample: result.status for result in analyse_rows(engine, sheet, (), batch=None)}
    assert found == {"A": "inconclusive", "B": "none"}


def test_an_empty_file_takes_its_build_from_the_sv_file(engine: Engine, tmp_path: Path) -> None:
    bare = tmp_path / "bare.vcf"
    bare.write_text("##fileformat=VCFv4.2\n" + HEADER.rpartition("\n")[2] + "P\n")
    deletion = "chr20\t33756000\t.\tN\t<DEL>\t50\tPASS\tSVTYPE=DEL;END=33758500\tGT\t1/1"
    result = run(engine, tmp_path, write(tmp_path / "sv.vcf", [deletion]), vcf=str(bare))
    assert result.status == "relevant"
    alone = run(engine, tmp_path, None, vcf=str(bare))
    assert alone.status == "inconclusive"
    assert "has a header but not one record" in alone.status_reason
