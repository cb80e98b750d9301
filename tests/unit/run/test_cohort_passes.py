"""A cohort that is read in parts, or by shards of a sheet, gives what one pass gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.io.header import vcf_open
from hies_annot.model import SampleReport, SampleSpec
from hies_annot.read import samples as reading
from hies_annot.run import readings
from hies_annot.run.batch import batch_reports
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEADER = "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
SAMPLES = tuple(f"S{number:02d}" for number in range(15))
ENGINE = Engine(RunConfig())


def write_cohort(folder: Path, *, carriers: tuple[str, ...] = ("S03", "S13")) -> Path:
    """Write STAT3 p.Arg382Trp (c.1144C>T) in some of fifteen samples."""
    path = folder / "cohort.vcf"
    cells = ["0/1:20,20:40:99" if name in carriers else "0/0:40,0:40:99" for name in SAMPLES]
    record = "17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t" + "\t".join(cells)
    path.write_text(HEADER + COLUMNS + "\t".join(SAMPLES) + "\n" + record + "\n")
    return path


def reports(path: Path, names: tuple[str, ...], **parents: str) -> list[SampleReport]:
    """Analyse samples of the cohort; `parents` name father and mother of S03."""
    specs = [
        SampleSpec(sample=name, vcf=str(path), **(parents if name == "S03" else {}))
        for name in names
    ]
    others = [
        SampleSpec(sample=name, vcf=str(path)) for name in parents.values() if name not in names
    ]
    return list(batch_reports(ENGINE, specs, others))


@pytest.mark.parametrize("together", [1, 4, 14, 15])
@pytest.mark.parametrize("parents", [{}, {"father": "S01", "mother": "S14"}])
def test_a_cohort_in_parts_gives_what_it_gives_whole(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    together: int,
    parents: dict[str, str],
) -> None:
    path = write_cohort(tmp_path)
    whole = reports(path, SAMPLES, **parents)
    passes: list[object] = []
    parts: list[int] = []
    gather, part_with = reading.gather, reading.FileRecords.part_with
    monkeypatch.setattr(readings, "READ_TOGETHER", together)
    monkeypatch.setattr(reading, "gather", lambda *a, **k: passes.append(a[0]) or gather(*a, **k))

    def watched(file: reading.FileRecords, sample: str) -> object:
        found = part_with(file, sample)
        parts.append(len(found))
        return found

    monkeypatch.setattr(reading.FileRecords, "part_with", watched)
    assert reports(path, SAMPLES, **parents) == whole
    assert len(passes) == 1, "the file is read once"
    assert sum(parts) == len(SAMPLES), "no sample is made twice"
    assert max(parts) <= together
    assert [r.spec.sample for r in whole if r.status == "relevant"] == ["S03", "S13"]


def test_a_shard_holds_its_own_carriers_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_cohort(tmp_path)
    held: list[str] = []
    part_with = reading.FileRecords.part_with

    def watched(file: reading.FileRecords, sample: str) -> object:
        found = part_with(file, sample)
        held.extend(found)
        return found

    monkeypatch.setattr(reading.FileRecords, "part_with", watched)
    shards = [SAMPLES[:5], SAMPLES[5:10], SAMPLES[10:]]
    parts = [report for names in shards for report in reports(path, names)]
    assert held == list(SAMPLES)
    monkeypatch.undo()
    assert parts == reports(path, SAMPLES)


def test_a_file_that_changed_is_opened_anew(tmp_path: Path) -> None:
    path = write_cohort(tmp_path)
    assert vcf_open.open_vcf(path) is vcf_open.open_vcf(path)
    path.write_text(path.read_text().replace("S14", "S14-renamed"))
    assert vcf_open.open_vcf(path).samples[-1] == "S14-renamed"
