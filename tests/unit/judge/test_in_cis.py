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


# STAT3 c.1909G>A p.(Val637Met) is curated; c.1903C>T p.(Gln635Ter) ends the message before it
MISSENSE, STOP = "42322474\t.\tC\tT", "42322480\t.\tG\tA"
UNPHASED, BOTH = "0/1:20,20:40:99:.", "1/1:0,40:40:99:."


@pytest.mark.parametrize(
    ("missense", "stop", "status"),
    [
        (phased("0|1"), phased("0|1"), "possible"),
        (phased("0|1"), phased("1|0"), "relevant"),
        (UNPHASED, UNPHASED, "possible"),
        (phased("0|1"), phased("0|1", block="8"), "possible"),
        (UNPHASED, BOTH, "possible"),
        (BOTH, UNPHASED, "relevant"),
        (BOTH, BOTH, "possible"),
    ],
)
def test_a_missense_counts_only_where_its_copy_is_read_to_the_end(
    tmp_path: Path, missense: str, stop: str, status: str
) -> None:
    found = report(tmp_path, (MISSENSE, missense), (STOP, stop))
    assert found.status.value == status
    known = next(entry for entry in found.calls if entry.id == "17-42322474-C-T")
    assert known.drop_reason is None
    assert any("breaks the message" in r for f in found.findings for r in f.reasons) == (
        status == "possible"
    )


def test_a_homozygous_allele_is_on_the_copy_of_a_heterozygous_one_for_certain(
    tmp_path: Path,
) -> None:
    found = report(tmp_path, (MISSENSE, BOTH), (STOP, UNPHASED))
    known = next(entry for entry in found.calls if entry.id == "17-42322474-C-T")
    assert [flag for flag in known.flags if "in_cis" in flag] == ["in_cis_with:17-42322480-G-A"]
    told = [r for verdict in known.verdicts.values() for r in verdict.reasons]
    said = " ".join([*told, *(r for f in found.findings for r in f.reasons)])
    assert "phase not known" not in said


def test_two_changes_of_a_codon_without_phase_tell_both_readings(tmp_path: Path) -> None:
    second = "42329642\t.\tC\tT"
    found = report(tmp_path, (second, UNPHASED), (FIRST, UNPHASED))
    assert found.status.value == "possible"
    for finding in found.findings:
        said = " ".join(finding.reasons)
        assert "pathogenic by itself" in said
        assert "phase not known" in said
        assert "p.(Arg382Ter)" in said


@pytest.mark.parametrize("both_first", [True, False])
def test_a_homozygous_change_is_combined_with_a_heterozygous_one(
    tmp_path: Path, both_first: bool
) -> None:
    gts = (BOTH, UNPHASED) if both_first else (UNPHASED, BOTH)
    found = report(tmp_path, (THIRD, gts[1]), (FIRST, gts[0]))
    assert combined(found) == ["c.[1144C>T;1146G>A] p.(Arg382Ter)"]
    # Arg382Trp on both copies keeps one to itself; heterozygous it is on the copy of the stop
    assert found.status.value == ("relevant" if both_first else "possible")


def test_harmless_changes_that_make_a_new_codon_together_are_told(tmp_path: Path) -> None:
    """Two synonymous changes of one codon may make another residue, in cis or not known."""
    # Arg382 CGG: c.1144C>A (AGG) and c.1146G>C (CGC) are arginine each, AGC is serine
    silent = ("42329643\t.\tG\tT", "42329641\t.\tC\tG")
    for gts in ((UNPHASED, UNPHASED), (phased("0|1"), phased("0|1"))):
        found = report(tmp_path, (silent[1], gts[1]), (silent[0], gts[0]))
        assert found.status.value == "possible"
        assert "p.(Arg382Ser)" in str(found.calls)
    apart = report(tmp_path, (silent[1], phased("1|0")), (silent[0], phased("0|1")))
    assert apart.findings == ()


TRIO = HEADER.replace("FORMAT\tS", "FORMAT\tS\tF\tM")


@pytest.mark.parametrize(
    ("father", "mother", "status"),
    [(("0/1", "0/1"), ("0/0", "0/0"), "possible"), (("0/1", "0/0"), ("0/0", "0/1"), "relevant")],
)
def test_the_parents_tell_which_copy_the_stop_is_on(
    tmp_path: Path, father: tuple[str, str], mother: tuple[str, str], status: str
) -> None:
    reads = {"0/1": "20,20", "0/0": "40,0"}
    lines = []
    for row, gts in zip((MISSENSE, STOP), zip(father, mother, strict=True), strict=True):
        columns = "\t".join(f"{gt}:{reads[gt]}:40:99" for gt in ("0/1", *gts))
        lines.append(f"chr17\t{row}\t900\tPASS\t.\tGT:AD:DP:GQ\t{columns}")
    file = tmp_path / "trio.vcf"
    file.write_text(TRIO + "\n".join(lines) + "\n", encoding="utf-8")
    specs = [
        SampleSpec(sample="S", vcf=str(file), father="F", mother="M", family="1"),
        SampleSpec(sample="F", vcf=str(file), family="1"),
        SampleSpec(sample="M", vcf=str(file), family="1"),
    ]
    assert next(batch_reports(ENGINE, specs)).status.value == status
