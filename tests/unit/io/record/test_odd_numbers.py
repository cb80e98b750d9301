"""What is no number of VCF fails the sample that has it, in a sentence, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

ENGINE = Engine(RunConfig())
HEAD = (
    "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
)
GOOD = {"pos": "42329643", "AD": "20,20", "DP": "40", "GQ": "99"}
ODD = ["nan", "inf", "-inf", "-5", "\u00b3", "4\u00b3", "9" * 5000, "1e400", "x"]


def write(folder: Path, name: str, **changes: str) -> str:
    row = GOOD | changes
    sample = ":".join(("0/1", row["AD"], row["DP"], row["GQ"]))
    cells = ("17", row["pos"], ".", "G", "A", "50", "PASS", ".", "GT:AD:DP:GQ", sample)
    path = folder / f"{name}.vcf"
    path.write_text(HEAD + "\t".join(cells) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("field", ["AD", "DP", "GQ", "pos"])
@pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value[:8]))
def test_one_bad_sample_takes_no_other_with_it(tmp_path: Path, field: str, value: str) -> None:
    odd = f"20,{value}" if field == "AD" else value
    rows = [
        {"sample": "G1", "vcf": write(tmp_path, "g1")},
        {"sample": "BAD", "vcf": write(tmp_path, "bad", **{field: odd})},
        {"sample": "G2", "vcf": write(tmp_path, "g2")},
    ]
    found = {one.sample: one for one in analyse_rows(ENGINE, rows, (), batch="b")}
    assert found["G1"].status == found["G2"].status == "relevant"
    assert found["BAD"].status in ("failed", "inconclusive", "possible", "relevant")
    assert found["BAD"].status_reason
