"""A sample with alignments: what its reads say of a pair decides, from the files to the status."""

from __future__ import annotations

from pathlib import Path

import pytest
from known_records import COLUMNS
from spanning_reads import write_bam

from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

LENGTH = 64444167
PAIR = ((33753265, "C", "T"), (33757310, "C", "T"))
TRANS, CIS = ((True, False), (False, True)), ((True, True), (False, False))


def analysed(folder: Path, shown: tuple[tuple[bool, bool], ...] | None) -> SampleResult:
    vcf = folder / "x.vcf"
    head = f"##fileformat=VCFv4.2\n##contig=<ID=20,length={LENGTH}>\n{COLUMNS}S\n"
    records = (f"20\t{p}\t.\t{r}\t{a}\t900\tPASS\t.\tGT:DP:GQ\t0/1:40:99\n" for p, r, a in PAIR)
    vcf.write_text(head + "".join(records))
    row = {"sample": "S", "vcf": str(vcf)}
    if shown is not None:
        copies = [(20, carried) for carried in shown]
        row["bam"] = write_bam(folder / "x.bam", "20", LENGTH, PAIR, copies)
    (result,) = analyse_rows(Engine(RunConfig()), [row], (), batch=None)
    return result


@pytest.mark.parametrize(
    ("shown", "status", "phase"),
    [
        (TRANS, "relevant", ("trans", "reads")),
        (CIS, "carrier", ("cis", "reads")),
        (None, "possible", ("unknown", "none")),
    ],
)
def test_what_the_reads_say_decides(
    tmp_path: Path,
    shown: tuple[tuple[bool, bool], ...] | None,
    status: str,
    phase: tuple[str, str],
) -> None:
    result = analysed(tmp_path, shown)
    assert result.status == status
    assert [(each.phase, each.phase_evidence) for each in result.conditions] == [phase]
