"""What a spreadsheet makes of a sheet: empty cells, encodings, separators, quotation marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hies_annot.errors import FaultsError, HiesError, InputError
from hies_annot.evidence.curated import COLUMNS, read_known
from hies_annot.io.source_tables import SourceRegion, read_table
from hies_annot.sheet.ped import read_ped
from hies_annot.sheet.table import read_sheet

HEADER, ROWS = ["sample", "vcf", "sex"], [["P1", "a.vcf", "female"], ["P2", "b.vcf", ""]]


def written(folder: Path, lines: list[list[str]]) -> Path:
    path = folder / "s.tsv"
    path.write_text("".join("\t".join(line) + "\n" for line in lines))
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(0, 3), max_size=4), st.lists(st.integers(0, 3), max_size=3))
def test_wholly_empty_columns_and_rows_change_nothing(tmp_path, columns, rows) -> None:
    plain = read_sheet(written(tmp_path, [HEADER, *ROWS]))
    lines = [[*HEADER], *([*row] for row in ROWS)]
    for at in columns:
        for line in lines:
            line.insert(at, "")
    for at in rows:
        lines.insert(1 + min(at, len(lines) - 1), [""] * len(lines[0]))
    assert read_sheet(written(tmp_path, lines)) == plain


@pytest.mark.parametrize("extra", ["note", "x"])
def test_a_cell_without_a_column_is_still_a_fault(tmp_path: Path, extra: str) -> None:
    lines = [HEADER, [*ROWS[0], "", extra], ROWS[1]]
    with pytest.raises(FaultsError, match=r"cells under|column"):
        read_sheet(written(tmp_path, lines))


TEXT = "".join("\t".join(line) + "\n" for line in (HEADER, *ROWS))
PED = "F\tP1\t0\t0\t1\t2\nF\tP2\t0\tP1\t2\t1\n"
KNOWN = "\t".join(COLUMNS) + "\n" + "\t".join(
    ["STAT3", "17", "9", "G", "A", "", "", "dominant_negative", "pathogenic", "", "", "", "", "lab"]
) + "\n"  # fmt: skip
READERS = {"sheet": (read_sheet, TEXT), "ped": (read_ped, PED), "known": (read_known, KNOWN)}
EXPORTS = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n").encode(),
    "carriage returns alone": lambda text: text.replace("\n", "\r").encode(),
    "Unicode Text of Excel": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "the other order of bytes": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "tabs behind every line": lambda text: text.replace("\n", "\t\t\n").encode(),
    "rows of blanks": lambda text: (text + "  \t \t\n\t\t\n \n").encode(),
}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS)
@pytest.mark.parametrize(("read", "text"), READERS.values(), ids=READERS)
def test_every_export_of_a_spreadsheet_is_read_alike(tmp_path: Path, read, text, export) -> None:
    path = tmp_path / "s.tsv"
    path.write_text(text)
    plain = read(path)
    path.write_bytes(export(text))
    assert read(path) == plain


OTHERS = {
    "xlsx": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "workbook (.xlsx, .ods).*export it as text"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook (.xls).*export it as text"),
    "rtf": (b"{\\rtf1\\ansi}", "save it as plain text"),
    "gzip": (b"\x1f\x8b\x08\x00", "unpack it"),
    "Windows": ("sample\tvcf\nM\u00fcller\ta.vcf\n".encode("cp1252"), "not UTF-8 text: save it"),
    "UTF-16 without mark": ("sample\tvcf\n".encode("utf-16-le"), "not UTF-8 text"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "told"), OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("read", [read_sheet, read_ped, read_known])
def test_what_is_no_text_is_named_with_the_way_out(tmp_path: Path, read, data, told) -> None:
    path = tmp_path / "s.tsv"
    path.write_bytes(data)
    with pytest.raises(HiesError, match=told.replace("(", r"\(").replace(")", r"\)")):
        read(path)


SEPARATED = {";": "semicolons", ",": "commas", " ": "blanks"}


@pytest.mark.parametrize("marks", [False, True], ids=["plain", "in quotation marks"])
@pytest.mark.parametrize(("mark", "word"), SEPARATED.items())
def test_another_separator_is_named(tmp_path: Path, mark: str, word: str, marks: bool) -> None:
    path = tmp_path / "s.txt"
    for read, text in READERS.values():
        if read is read_ped and mark == " ":
            continue  # blanks do separate there
        cells = [line.split("\t") for line in text.splitlines()]
        lines = [mark.join(f'"{c}"' if marks else c for c in line) for line in cells]
        path.write_text("\n".join(lines) + "\n")
        with pytest.raises(HiesError, match=f"{word}.*tabs"):
            read(path)


def test_quotation_marks_are_named_with_their_line(tmp_path: Path) -> None:
    faults = {}
    for name, (read, text) in READERS.items():
        path = tmp_path / name
        path.write_text(text.replace("P1\t", '"P1"\t'))
        if name != "known":
            with pytest.raises(FaultsError) as caught:
                read(path)
            faults[name] = str(caught.value)
    assert 'line 2: the cell "P1" stands in quotation marks' in faults["sheet"]
    assert 'line 1: the cell "P1" stands in quotation marks' in faults["ped"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Sample\tVCF", "'Sample' is to be written 'sample'.*\n?.*'VCF' is to be written 'vcf'"),
        ("sample\tvcf\tSex", "'Sex' is to be written 'sex'"),
        ('"sample"\t"vcf"', 'the cell "sample" stands in quotation marks'),
        ("sample\tfile", "column vcf missing"),
        ("Sample\tfile", "column vcf missing"),
    ],
)
def test_a_header_in_other_letters(tmp_path: Path, header: str, told: str) -> None:
    path = tmp_path / "s.tsv"
    path.write_text(f"{header}\nP1\ta.vcf\n")
    with pytest.raises(FaultsError, match=f"(?s){told}") as caught:
        read_sheet(path)
    assert "separated by tabs" not in str(caught.value) or "missing" in told


def test_a_lab_table_of_a_spreadsheet(tmp_path: Path) -> None:
    names = {name: name for name in ("chrom", "pos", "ref", "alt")}
    region = SourceRegion("17", 42_000_000, 43_000_000)
    path = tmp_path / "lab.txt"
    text = "chrom,pos,ref,alt,class\n17,42329643,G,A,benign\n"
    path.write_text(text, encoding="utf-8-sig")
    assert len(read_table(str(path), (region,), names).rows) == 1
    path.write_text(text.replace(",", ";"))
    with pytest.raises(InputError, match="semicolons"):
        read_table(str(path), (region,), names)
    path.write_bytes(OTHERS["xlsx"][0])
    with pytest.raises(InputError, match="workbook"):
        read_table(str(path), (region,), names)
