"""Signs of the sheet that cannot be used: `check` names them, a run goes on without them."""

from __future__ import annotations

import pytest

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.run.preflight import find_faults
from hies_annot.settings.run_config import RunConfig
from hies_annot.shipped import resource_path

VCF = (
    "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tA\n"
)


BAD = "NIH score item eczema: 'bad' is no answer; use one of none, mild, moderate, severe"


@pytest.mark.parametrize(("eczema", "faults"), [("severe", []), ("bad", [f"sample 'A': {BAD}"])])
def test_signs_of_the_sheet(tmp_path, eczema, faults):
    (tmp_path / "a.vcf").write_text(VCF)
    sheet = tmp_path / "samples.tsv"
    sheet.write_text(f"sample\tvcf\tnih_eczema\nA\t{tmp_path}/a.vcf\t{eczema}\n")
    assert find_faults(RunConfig(samples=str(sheet))) == faults


@pytest.mark.parametrize("cell", ["yes", "5000", "\u2265 2000"])
def test_a_run_goes_on_without_a_sign_that_cannot_be_read(cell):
    engine = Engine(RunConfig())
    row = {"sample": "EX01", "vcf": str(resource_path("example/vcf/EX01.vcf"))}
    rows = [row, {**row, "nih_highest_ige_iu_ml": cell}]
    plain, marked = (next(iter(analyse_rows(engine, [one], (), batch="b"))) for one in rows)
    assert (plain.status, plain.status_reason) == (marked.status, marked.status_reason)
    assert marked.status != "failed"
    told = [fault for fault in marked.warnings if fault not in plain.warnings]
    assert [fault.partition("; ")[0] for fault in told] == [
        f"not used as a sign: NIH score item highest_ige_iu_ml: {cell!r} is no answer"
    ]
