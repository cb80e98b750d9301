"""The settings of a run stand in all that it writes, and looser ones in a banner."""

from __future__ import annotations

import json
from pathlib import Path

import pysam
import pytest
from click.testing import CliRunner

from hies_annot.cli.diff import diff
from hies_annot.cli.run import run

VCF = """##fileformat=VCFv4.2
##contig=<ID=chr17,length=83257441>
##contig=<ID=chr20,length=64444167>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP
chr17\t42329643\t.\tG\tA\t50\tPASS\t.\tGT\t0/1
"""


def made(folder: Path, settings: str) -> Path:
    folder.mkdir()
    (folder / "in.vcf").write_text(VCF)
    (folder / "config.yaml").write_text(settings)
    options = ["--config", str(folder / "config.yaml"), "-o", str(folder / "out"), "-q"]
    done = CliRunner().invoke(run, [str(folder / "in.vcf"), *options], standalone_mode=False)
    assert done.exception is None
    return folder / "out"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("settings")
    loose = "calls: {min_gq: 5}\ncallability: {min_share: 0.5}\n"
    return made(folder / "usual", "{}\n"), made(folder / "loose", loose)


def test_every_file_of_a_run_tells_them(both: tuple[Path, Path]) -> None:
    for out, looser in zip(both, (0, 2), strict=True):
        (page,), (result,), (vcf,) = (
            list(out.glob(f"*/P{suffix}")) for suffix in (".html", ".json", ".vcf.gz")
        )
        stated = json.loads(result.read_text())["settings"]
        assert len(stated["looser"]) == looser
        (of_run,) = json.loads((out / "run.json").read_text())["settings"]
        assert of_run == stated
        with pysam.VariantFile(str(vcf)) as opened:
            header = str(opened.header)
        assert f"##hiesSettings={stated['digest']}\n" in header
        assert "##hiesThreshold=calls.min_gq" in header
        assert header.count("##hiesWarning=Looser") == looser
        for text in (page.read_text(), (out / "index.html").read_text()):
            assert ("Settings looser than the defaults" in text) is bool(looser)
        assert stated["digest"] in page.read_text()


def test_diff_names_the_settings_that_changed(both: tuple[Path, Path]) -> None:
    output = CliRunner().invoke(diff, [str(out / "run.json") for out in both]).output
    rows = [line.split("\t") for line in output.splitlines()[1:]]
    changed = {row[2]: (row[3], row[4]) for row in rows if row[1] == "settings"}
    assert changed.pop("all settings")
    assert {key: tuple(map(float, values)) for key, values in changed.items()} == {
        "calls.min_gq": (20.0, 5.0),
        "callability.min_share": (0.99, 0.5),
    }
