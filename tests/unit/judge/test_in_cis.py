from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.model import SampleReport, SampleSpec
from hies_annot.run.batch import batch_reports
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

ENGINE = Engine(RunConfig())
HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr17,length=83257441>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
)
# STAT3 codon 382 is CGG (c.1144-1146), plus strand 42329643..42329641 = G, C, C
FIRST, THIRD = "42329643\t.\tG\tA", "42329641\t.\tC\tT"


def report(folder: Path, *rows: tuple[str, str]) -> SampleReport:
    lines = [f"chr17\t{row}\t900\tPASS\t.\tGT:AD:DP:GQ:PS\t{sample}" for row, sample in rows]
    file = folder / "in.vcf"
    file.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return next(batch_reports(ENGINE, [SampleSpec(sample="S", vcf=str(file))]))


def phased(genotype: str, block: str = "7") -> str:
    return f"{genotype}:20,20:40:99:{block}"


def combined(found: SampleReport) -> list[str]:
    return [
        f"{entry.annotation.hgvs_c} {entry.annotation.hgvs_p}"
        for entry in found.calls
        if entry.annotation is not None and any("combined" in flag for flag in entry.flags)
    ]


def test_two_changes_of_a_codon_in_cis_make_a_stop(tmp_path: Path) -> None:
    found = report(tmp_path, (FIRST, phased("0|1")), (THIRD, phased("0|1")))
    assert combined(found) == ["c.[1144C>T;1146G>A] p.(Arg382Ter)"]
    parts = [entry for entry in found.calls if "combined" not in "".join(entry.flags)]
    assert len(parts) == 2
    assert all(any("in_cis_with" in flag for flag in part.flags) for part in parts)


@pytest.mark.parametrize(
    "second", [phased("1|0"), phased("0|1", block="8"), "0/1:20,20:40:99:."], ids=str
)
def test_in_trans_in_other_blocks_or_unphased_nothing_is_combined(
    tmp_path: Path, second: str
) -> None:
    assert combined(report(tmp_path, (FIRST, phased("0|1")), (THIRD, second))) == []


def test_homozygous_changes_are_in_cis_by_themselves(tmp_path: Path) -> None:
    both = "1/1:0,40:40:99:."
    found = report(tmp_path, (FIRST, both), (THIRD, both))
    assert combined(found) == ["c.[1144C>T;1146G>A] p.(Arg382Ter)"]


def test_a_known_pathogenic_part_is_never_set_aside(tmp_path: Path) -> None:
    found = report(tmp_path, (FIRST, phased("0|1")), (THIRD, phased("0|1")))
    known = next(entry for entry in found.calls if entry.id == "17-42329643-G-A")
    assert known.drop_reason is None
    assert known.evidence.known is not None


def test_changes_of_two_codons_are_left_alone(tmp_path: Path) -> None:
    other = "42329638\t.\tC\tT"
    assert combined(report(tmp_path, (FIRST, phased("0|1")), (other, phased("0|1")))) == []
