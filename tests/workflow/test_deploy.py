"""A folder as `snakedeploy deploy-workflow` makes it, and paths that are no patterns."""

import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import EXAMPLE, ROOT, Place, read_rows

pytestmark = pytest.mark.slow
DEPLOYED = """from snakemake.utils import min_version


min_version("6.10.0")


configfile: "config/config.yaml"


# declare hies-annot as a module
module hies_annot:
    snakefile:
        gitfile("{repository}", path="workflow/Snakefile", tag="v1")
    config:
        config


# use all rules from hies-annot
use rule * from hies_annot
"""
"""What snakedeploy 0.17.1 writes, with the source of a local repository in Snakemake's words."""


def repository(folder: Path) -> Path:
    for name in ("workflow", "config", "profiles"):
        shutil.copytree(ROOT / name, folder / name)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1"]):
        subprocess.run([*git, *words], cwd=folder, check=True)
    return folder


def test_a_deployed_folder_runs_the_example_batch(place: Place, tmp_path: Path) -> None:
    source = repository(tmp_path / "source")
    for name in ("config", "profiles"):
        shutil.copytree(source / name, place.folder / name)
    snakefile = place.folder / "workflow/Snakefile"
    snakefile.parent.mkdir()
    snakefile.write_text(DEPLOYED.format(repository=source))
    place.snakemake(snakefile=snakefile)
    found = {
        row["sample"]: row["status"] for row in read_rows(place.folder / "results/summary.tsv")
    }
    expected = read_rows(EXAMPLE / "expected_summary.tsv")
    assert found == {row["sample"]: row["status"] for row in expected}
    assert place.plan(snakefile=snakefile) == {}


def test_braces_in_paths_are_no_wildcards(place: Place) -> None:
    """Sheet, files of samples and of the run: a change of any is seen all the same."""
    folder = place.folder / "run {1} {sample}"
    folder.mkdir()
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", folder / "a{batch}.vcf")
    shutil.copy(EXAMPLE / "callable/EX16.bed", folder / "{}.bed")
    place.sheet(
        [{"sample": "EX01", "vcf": "a{batch}.vcf", "callable": "{}.bed"}],
        name="run {1} {sample}/sheet {x}.tsv",
    )
    known = folder / "known {y}.tsv"
    shutil.copy(ROOT / "resources/evidence/known_variants.tsv", known)
    evidence = {"known_variants": str(known)}
    place.configure(samples=str(folder / "sheet {x}.tsv"), evidence=evidence)
    place.snakemake()
    (row,) = read_rows(place.folder / "results/summary.tsv")
    assert row["status"] == "relevant"
    assert place.plan() == {}
    for changed in (known, folder / "a{batch}.vcf"):
        changed.write_text(changed.read_text() + "\n")
        assert place.plan()["analyse_batch"] == 1
        place.snakemake()
        assert place.plan() == {}


def test_braces_in_the_name_of_a_cohort(place: Place) -> None:
    names = [f"S{number}" for number in range(200)]
    record = "chr17\t42329643\t.\tG\tA\t50\tPASS\t.\tGT:AD:DP:GQ"
    carriers = "\t".join(["0/1:10,10:20:99", *["0/0:20,0:20:60"] * 199])
    head = (EXAMPLE / "vcf/EX01.vcf").read_text().split("#CHROM")[0]
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
    (place.folder / "all{1}.vcf").write_text(
        head + "\t".join([columns, *names]) + f"\n{record}\t{carriers}\n"
    )
    place.configure(samples=None, vcfs=["all{1}.vcf"], reports="none")
    assert set(place.plan()) >= {"analyse_batch", "summarise"}
    place.snakemake()
    rows = read_rows(place.folder / "results/summary.tsv")
    assert [row["sample"] for row in rows if row["status"] == "relevant"] == ["S0"]
    assert len(rows) == 200


@pytest.mark.parametrize("settings", [{"output": "out{1}"}, {"output": "{sample}/results"}])
def test_braces_in_the_name_of_the_results_are_refused(
    place: Place, settings: dict[str, object]
) -> None:
    place.sheet(place.make_samples(1))
    place.configure(**settings)
    assert "name another folder" in place.snakemake("--dry-run", ok=False)
