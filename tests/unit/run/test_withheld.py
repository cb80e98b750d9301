"""A pathogenic allele that the child must have by its parents, and has not: never "none"."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_person import in_order, vcf

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEAD = (
    "##fileformat=VCFv4.2\n##reference=GRCh38\n##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\tF\tM\n"
)
FAR = [
    f"{chrom}\t60000000\t.\tC\tT\t200\tPASS\t.\tGT:AD:GQ" + "\t0/1:20,20:99" * 3 + "\n"
    for chrom in ("chr17", "chr20")
]
PLACE = "chr20\t33761989\t.\tC\tT\t200\tPASS\t.\tGT:AD:GQ"  # c.1156C>T p.(Arg386Ter)
CELL = {"0/0": "0/0:40,0:99", "0/1": "0/1:20,20:99", "1/1": "1/1:0,40:99"}


@pytest.mark.parametrize(
    ("child", "father", "mother", "status"),
    [
        ("0/0", "1/1", "1/1", "inconclusive"),
        ("0/0", "0/0", "1/1", "inconclusive"),
        ("0/0", "0/1", "0/1", "none"),
        ("0/1", "1/1", "1/1", "carrier"),
        ("0/1", "0/0", "1/1", "carrier"),
    ],
)
def test_the_status_of_a_child_whose_genotype_its_parents_exclude(
    tmp_path: Path, child: str, father: str, mother: str, status: str
) -> None:
    (tmp_path / "in.vcf").write_text(
        f"{HEAD}{FAR[0]}{PLACE}\t{CELL[child]}\t{CELL[father]}\t{CELL[mother]}\n{FAR[1]}",
        encoding="utf-8",
    )
    (tmp_path / "all.bed").write_text("chr17\t42310000\t42395000\nchr20\t33725000\t33799000\n")
    row = {"vcf": str(tmp_path / "in.vcf"), "callable": str(tmp_path / "all.bed")}
    trio = {**row, "sample": "P", "father": "F", "mother": "M"}
    rows = [trio, {**row, "sample": "F"}, {**row, "sample": "M"}]
    result = next(iter(analyse_rows(Engine(RunConfig()), rows, (), batch="b")))
    told = [line for line in result.warnings if "each parent hands down one" in line]
    assert result.status == status
    assert len(told) == (child.count("1") < (father, mother).count("1/1"))
    if status == "inconclusive":
        assert result.status_reason == told[0]
    for finding in result.conditions:
        assert (finding.reasons[0] in told) == bool(told)


STOP = "chr20\t33781315\t.\tC\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t"
DELETION = "chr20\t33757000\t.\tN\t<DEL>\t500\tPASS\tSVTYPE=DEL;END=33757500\tGT\t"
GROUND = [
    f"{chrom}\t60000000\t.\tC\tT\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
    for chrom in ("chr17", "chr20")
]


def child_of(folder: Path, files: dict[str, list[str]], *, structural: bool):
    """Return the result of P, whose parents have files of their own; `structural`: P has one."""
    for name, records in files.items():
        lines = in_order(records if name.endswith("sv") else [*GROUND, *records])
        (folder / f"{name}.vcf").write_text(vcf(lines, columns=name[0]))
    (folder / "all.bed").write_text("chr17\t42310000\t42395000\nchr20\t33725000\t33799000\n")
    rows = [
        {"sample": name, "vcf": f"{folder}/{name}.vcf", "callable": f"{folder}/all.bed"}
        for name in "PFM"
    ]
    for row in rows[0 if structural else 1 :]:
        row["sv_vcf"] = f"{folder}/{row['sample']}sv.vcf"
    rows[0] |= {"father": "F", "mother": "M"}
    return next(iter(analyse_rows(Engine(RunConfig()), rows, (), batch="b")))


@pytest.mark.parametrize("structural", [True, False])
@pytest.mark.parametrize(
    ("father", "mother", "stop", "with_file", "without"),
    [
        ("1/1", "1/1", "0/0", "inconclusive", "inconclusive"),
        ("1/1", "0/0", "0/0", "inconclusive", "inconclusive"),
        ("0/1", "0/0", "0/0", "none", "inconclusive"),
        ("0/0", "0/0", "0/0", "none", "none"),
        ("1/1", "0/0", "0/1", "possible", "possible"),
        ("0/1", "0/0", "0/1", "carrier", "carrier"),
    ],
)
def test_what_the_files_of_the_parents_have_and_those_of_the_child_do_not(
    tmp_path: Path,
    father: str,
    mother: str,
    stop: str,
    with_file: str,
    without: str,
    *,
    structural: bool,
) -> None:
    reads = {"0/0": "0/0:40,0:40:99", "0/1": "0/1:20,20:40:99"}
    files = {
        "P": [STOP + reads[stop]],
        "Psv": [],
        "F": [STOP + reads["0/0"]],
        "Fsv": [DELETION + father],
        "M": [STOP + reads[stop]],
        "Msv": [DELETION + mother],
    }
    found = child_of(tmp_path, files, structural=structural)
    assert found.status == (with_file if structural else without)
    told = "is in no record here" in found.status_reason
    assert told is ("1/1" in (father, mother))
    asked = "name the file (sv_vcf)" in found.status_reason
    assert asked is (not structural and (father, mother) == ("0/1", "0/0"))


EXON_12 = "chr17\t42329700\t.\tN\t<DEL>\t500\tPASS\tSVTYPE=DEL;END={}\tGT\t0/1"


@pytest.mark.parametrize(("end", "status"), [(42_329_830, "inconclusive"), (42_329_720, "none")])
def test_an_uncertain_allele_of_a_dominant_condition_in_a_parent_alone(
    tmp_path: Path, end: int, status: str
) -> None:
    """One in which no exon is lost has no effect."""
    files = {"P": [], "F": [], "M": [], "Fsv": [EXON_12.format(end)], "Msv": []}
    assert child_of(tmp_path, files, structural=False).status == status
