"""Results hold of a person what the manual says, and of other people nothing (docs/security.md)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from results_ways import call

PAGE = Path(__file__).resolve().parents[1] / "docs/security.md"
HEADER = """##fileformat=VCFv4.2
##source=MARKHEADERa
##SAMPLE=<ID=S1,Description="MARKHEADERb">
##bcftools_viewCommand=view -s MARKHEADERc /data/MARKHEADERd/x.vcf
##PEDIGREE=<Child=S1,Mother=MARKHEADERe>
##contig=<ID=chr17,length=83257441>
##contig=<ID=chr20,length=64444167>
##INFO=<ID=NOTE,Number=1,Type=String,Description="MARKHEADERf">
##FILTER=<ID=PASS,Description="MARKHEADERg">
"""
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tMARKCOLUMN\tMARKOTHER\n"
ROW = (
    "chr17\t42329643\tMARKRECORDa\tG\tA\t60\tPASS\tNOTE=MARKRECORDb\tGT:AD:DP:GQ"
    "\t0/1:20,20:40:99\t0/0:40,0:40:99\n"
)
FAMILY = ("MARKFAMILY", "MARKFATHER", "MARKMOTHER")
SHEET = (
    ("sample", "vcf", "vcf_sample", "sex", "hpo", "x_name", "family", "father", "mother"),
    ("MARKSAMPLE", "MARKFILE.vcf", "MARKCOLUMN", "female", "HP:0003212", "MARKNOTE", *FAMILY),
    ("S2", "MARKLOST.vcf", "", "", "", "MARKNOTE"),
    ("S3", "MARKFILE.vcf", "MARKCOLUMN2", "", "", ""),
)
PEDIGREE = """MARKFAMILY MARKSAMPLE MARKFATHER MARKMOTHER 2 2
MARKFAMILY MARKFATHER 0 0 1 1
MARKFAMILY MARKMOTHER 0 0 2 1
"""
MARKS: Mapping[str, str] = {
    "sample id": "MARKSAMPLE",
    "family": "MARKFAMILY",
    "ids of the parents": "MARKFATHER|MARKMOTHER",
    "name of the column in the VCF": r"MARKCOLUMN\b",
    "name of the VCF": "MARKFILE|MARKLOST",
    "folders of files": "MARKFOLDER",
    "HPO terms": "0003212",
    "columns `x_*` of the sheet": "MARKNOTE",
    "header lines of the VCF": "MARKHEADER",
    "ID and INFO of records": "MARKRECORD",
    "other samples of a VCF of several": "MARKOTHER",
}
"""What the manual names -> how it is marked here."""
PLACES = ("results of the sample", "tables and index", "phenopacket, FHIR", "plan", "terminal")


def kind_of(name: str) -> str:
    if name.startswith("plan"):
        return "plan"
    if name.endswith((".phenopacket.json", ".fhir.json")):
        return "phenopacket, FHIR"
    return "results of the sample" if re.match(r"batch-0001[./]", name) else "tables and index"


def text_of(path: Path) -> str:
    data = path.read_bytes()
    if path.name.endswith((".gz", ".tbi")):
        data = gzip.decompress(data)
    return data.decode("utf-8", "replace")


@pytest.fixture
def found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """All that a run with marked inputs leaves, by its kind."""
    folder, out = tmp_path / "MARKFOLDER", tmp_path / "out"
    folder.mkdir()
    (folder / "MARKFILE.vcf").write_text(HEADER + COLUMNS + ROW)
    (folder / "sheet.tsv").write_text("".join("\t".join(cells) + "\n" for cells in SHEET))
    (folder / "p.ped").write_text(PEDIGREE)
    monkeypatch.chdir(folder)
    sheet = ["--samples", "sheet.tsv", "--ped", "p.ped"]
    also = ["--also", "phenopacket", "--also", "fhir", "--report-date", "2026-01-31"]
    assert call("run", *sheet, *also, "-o", str(out)) == 1
    said = capsys.readouterr()
    texts = dict.fromkeys(PLACES, "") | {"terminal": said.out + said.err}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        name = path.relative_to(out).as_posix()
        texts[kind_of(name)] += f"{name}\n{text_of(path)}"
    return texts


def told() -> dict[str, dict[str, str]]:
    """Return what the manual says of each datum, by place."""
    table = PAGE.read_text(encoding="utf-8").split("<!-- personal")[1].split("<!-- /personal")[0]
    rows = [line.strip("|").split("|") for line in table.split("\n") if line.startswith("| ")]
    (_, *places), *others = [[cell.strip() for cell in row] for row in rows]
    assert tuple(places) == PLACES
    return {name: dict(zip(places, cells, strict=True)) for name, *cells in others}


@pytest.mark.checkout
def test_results_hold_what_the_manual_says(found: dict[str, str]) -> None:
    manual = told()
    assert manual.keys() == MARKS.keys()
    here = {
        name: {place: bool(re.search(mark, found[place])) for place in PLACES}
        for name, mark in MARKS.items()
    }
    assert here == {
        name: {place: said != "no" for place, said in row.items()} for name, row in manual.items()
    }
