"""`check` names signs of the sample sheet that cannot be used, before a run starts."""

from __future__ import annotations

import pytest

from hies_annot.run.preflight import find_faults
from hies_annot.settings.run_config import RunConfig

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
