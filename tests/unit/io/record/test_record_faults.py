"""Faults of records that are read all the same: each is told by its record and field."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import read_windows

HEADER = (
    "##fileformat=VCFv4.3",
    *(f'##INFO=<ID={key},Number=.,Type=Integer,Description="x">' for key in ("END", "SVLEN")),
    *(f'##INFO=<ID={key},Number=.,Type=String,Description="x">' for key in ("SVTYPE", "CN")),
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">',
    "##contig=<ID=17,length=83257441>",
)
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP"
WINDOW = (("17", 42_300_000, 42_400_000),)
FIELDS = {"REF": 3, "ALT": 4, "QUAL": 5, "FILTER": 6, "FORMAT": 8}
SPOILT = {
    "REF": ("", "R", "A-", "1"),
    "ALT": ("", "Q", "A,", ",A", "A,.", "<DEL", "A[1:5", "C[[", "<ODD:X>", "A A"),
    "QUAL": ("-1", "-0.5"),
    "FILTER": ("", "0", "q10;", "a b", "0;q10", "q10;."),
    "FORMAT": ("AD:GT", "GT:1X", "GT:", "GT:A D", "GT:AD:AD"),
}

bases = st.text("ACGT", min_size=1, max_size=4)
records = st.tuples(
    st.just("17"),
    st.integers(42_310_000, 42_390_000).map(str),
    st.sampled_from([".", "rs1", "rs1;rs2"]),
    bases,
    st.one_of(bases, st.sampled_from(["*", "<DEL>", "<INS:ME:ALU>", "T[17:5[", "]17:5]T", ".T"])),
    st.sampled_from([".", "0", "30.5"]),
    st.sampled_from(["PASS", ".", "q10", "q10;s50"]),
    st.just("SVTYPE=DEL;END=42391000;AC=1"),
    st.just("GT:AD"),
    st.sampled_from(["0/1:3,4", "1|0:3,4", "./.:.", "1"]),
).filter(lambda cells: cells[3] != cells[4])


def notes_of(folder: Path, *lines: str, header: tuple[str, ...] = HEADER) -> tuple[str, ...]:
    path = folder / "in.vcf"
    path.write_text("".join(f"{line}\n" for line in (*header, COLUMNS, *lines)), encoding="utf-8")
    file = open_vcf(path)
    census = Census(file, {"17"})
    list(read_windows(file, WINDOW, census))
    return census.finished().notes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells=records)
def test_nothing_is_said_of_a_record_without_fault(cells: tuple[str, ...], tmp_path: Path) -> None:
    assert notes_of(tmp_path, "\t".join(cells)) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells=records, field=st.sampled_from(sorted(SPOILT)), data=st.data())
def test_a_spoilt_field_is_named_with_its_record(
    cells: tuple[str, ...], field: str, data: st.DataObject, tmp_path: Path
) -> None:
    spoilt = list(cells)
    spoilt[FIELDS[field]] = data.draw(st.sampled_from(SPOILT[field]))
    notes = notes_of(tmp_path, "\t".join(cells), "\t".join(spoilt))
    assert any("record 2 (17:" in note and f", {field}: " in note for note in notes)
    assert not any("record 1 (" in note for note in notes)


def test_the_first_of_many_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    record = "17\t{}\t.\tR\tA\t.\tPASS\t.\tGT\t0/1"
    (note,) = notes_of(tmp_path, *(record.format(42_310_000 + n) for n in range(5)))
    assert note.endswith("record 1 (17:42310000 R>A), REF: 'R' is not made of bases (and 4 more)")


def test_fields_that_nothing_declares_are_named_once(tmp_path: Path) -> None:
    header = tuple(line for line in HEADER if "ID=GT" not in line and "ID=END" not in line)
    record = "17\t42310000\t.\tA\t<DEL>\t.\tPASS\tSVTYPE=DEL;END=42310500;XX=1\tGT:AD:ZZ\t0/1:3,4:1"
    (note,) = notes_of(tmp_path, record, record, header=header)
    assert "does not declare FORMAT GT, INFO END: " in note


GOOD = "17\t42310000\t.\tA\tC\t.\tPASS\t.\tGT\t0/1"


def test_a_second_header_with_the_same_samples_is_told(tmp_path: Path) -> None:
    (note,) = notes_of(tmp_path, GOOD, *HEADER, COLUMNS, GOOD.replace("310000", "310001"))
    assert "behind record 1, #CHROM: another header" in note


def test_a_second_header_with_other_samples_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"behind record 1: another header .* other samples"):
        notes_of(tmp_path, GOOD, *HEADER, COLUMNS.replace("\tP", "\tQ"), GOOD)
