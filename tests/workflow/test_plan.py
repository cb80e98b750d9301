"""Which jobs are planned. Nothing is executed here, so the inputs only have to exist."""

import shutil
import time
from pathlib import Path

import pytest

from .conftest import EXAMPLE, ROOT, Place

pytestmark = pytest.mark.slow
VCF_HEAD = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
BOTH = (ROOT / "Snakefile", ROOT / "workflow/Snakefile")


def finish(place: Place) -> None:
    """Make every output look done, as Snakemake records it after a run."""
    place.stand_in()
    place.snakemake()


@pytest.mark.parametrize("snakefile", BOTH, ids=["top", "workflow"])
def test_both_entry_points_plan_the_same_jobs(place: Place, snakefile: Path) -> None:
    place.sheet(place.make_samples(250))
    place.configure()
    counts = place.plan(snakefile=snakefile)
    assert counts.pop("default", counts.pop("all", None)) == 1
    assert counts == {"analyse_batch": 3, "summarise": 1}


@pytest.mark.parametrize("snakefile", BOTH, ids=["top", "workflow"])
def test_lint_finds_nothing(place: Place, snakefile: Path) -> None:
    place.sheet(place.make_samples(1))
    place.configure()
    assert "good condition" in place.snakemake("--lint", snakefile=snakefile)


def test_the_shipped_settings_plan_the_example_batch(place: Place) -> None:
    shutil.copytree(ROOT / "config", place.folder / "config")
    shutil.copytree(EXAMPLE, place.folder / "resources/example")
    assert place.plan()["analyse_batch"] == 2


def test_five_thousand_samples_are_planned_in_seconds_and_few_jobs(place: Place) -> None:
    place.sheet(place.make_samples(5000))
    place.configure()
    started = time.monotonic()
    counts = place.plan()
    seconds = time.monotonic() - started
    assert sum(counts.values()) <= 60
    # The bound of the benchmark is 6 s; this one only finds a plan that grows with samples.
    assert seconds < 30


def test_a_new_sample_repeats_one_batch(place: Place) -> None:
    rows = place.make_samples(7)
    place.sheet(rows[:5])
    place.configure(batch_size=2)
    finish(place)
    assert place.plan() == {}
    place.sheet(rows)
    assert place.plan()["analyse_batch"] == 2  # the half-full chunk and a new one
    place.sheet(rows[:6])
    assert place.plan()["analyse_batch"] == 1


def test_a_change_repeats_what_it_must_and_no_more(place: Place) -> None:
    place.sheet(place.make_samples(6))
    place.configure(batch_size=2)
    finish(place)
    place.configure(batch_size=2, threads=2)
    assert place.plan() == {}, "how fast it reads is no result"
    (place.folder / "vcf/S3.vcf").write_text("mended\n")
    assert place.plan()["analyse_batch"] == 1
    place.configure(batch_size=2, build="GRCh38")
    assert place.plan()["analyse_batch"] == 3


def test_a_gene_file_of_the_lab_is_watched(place: Place) -> None:
    genes = place.folder / "lab.yaml"
    genes.write_text("a: 1\n")
    place.sheet(place.make_samples(4))
    place.configure(batch_size=2, genes=["lab.yaml"])
    finish(place)
    assert place.plan() == {}
    genes.write_text("a: 2\n")
    assert place.plan()["analyse_batch"] == 2


def test_a_parent_in_another_batch_is_an_input_of_the_child(place: Place) -> None:
    parent, other, child = place.make_samples(3)
    place.sheet([parent, other, {**child, "father": "S1"}])
    place.configure(batch_size=2)
    finish(place)
    (place.folder / "vcf/S1.vcf").write_text("mended\n")
    assert place.plan()["analyse_batch"] == 2
    finish(place)
    (place.folder / "vcf/S2.vcf").write_text("mended\n")
    assert place.plan()["analyse_batch"] == 1


def test_a_changed_pedigree_repeats_the_batches_of_its_people(place: Place) -> None:
    place.sheet(place.make_samples(6))
    ped = place.folder / "families.ped"
    trio = "F\tS1\tS3\tS2\t1\t2\nF\tS2\t0\t0\t2\t1\nF\tS3\t0\t0\t1\t1\n"
    ped.write_text(trio)
    place.configure(batch_size=2, ped="families.ped")
    finish(place)
    assert place.plan() == {}
    ped.write_text(trio + "G\tS6\t0\t0\t2\t2\n")
    assert place.plan()["analyse_batch"] == 1
    ped.write_text(trio.replace("S3\t0\t0\t1\t1", "S3\t0\t0\t1\t2"))
    assert place.plan()["analyse_batch"] == 2, "its own batch, and its child's"
    ped.write_text(trio.replace("S1\tS3", "S1\tS1"))
    assert "S1" in place.snakemake("--dry-run", ok=False)


def test_patterns_take_the_place_of_a_sheet(place: Place) -> None:
    place.make_samples(3)
    place.configure(samples=None, vcfs=["vcf/*.vcf"], batch_size=2)
    assert place.plan()["analyse_batch"] == 2


def test_parts_of_one_person_are_one_job_whatever_the_size_of_batches(place: Place) -> None:
    for number in (1, 2):
        record = f"20\t{number}\t.\tA\tC\t.\t.\t.\tGT\t0/1\n"
        (place.folder / f"chunk{number}.vcf").write_text(VCF_HEAD + record)
    place.configure(samples=None, vcfs=["chunk*.vcf"], batch_size=1)
    assert place.plan()["analyse_batch"] == 1


def test_exchanged_rows_stop_the_plan(place: Place) -> None:
    for name, sample in (("S1", "S2"), ("S2", "S1")):
        (place.folder / f"{name}.vcf").write_text(VCF_HEAD.replace("\tP\n", f"\t{sample}\n"))
    place.sheet([{"sample": name, "vcf": f"{name}.vcf"} for name in ("S1", "S2")])
    place.configure(batch_size=1)
    assert "holds 'S1', which is another sample" in place.snakemake("--dry-run", ok=False)


@pytest.mark.parametrize(
    ("sheet", "settings", "said"),
    [
        ("sample\tvcf\nS1\tvcf/S1.vcf\nS2\tgone.vcf\n", {}, "no such file, given as vcf of S2"),
        ("sample\tvcf\nS1\tvcf/S1.vcf\nS1\tvcf/S1.vcf\n", {}, "sample 'S1' is already on line 2"),
        ("sample\tvcf\tsxe\nS1\tvcf/S1.vcf\tf\n", {}, "unknown column 'sxe'"),
        ("sample\tvcf\tbatch\nS1\tvcf/S1.vcf\t../x\n", {}, "cannot be a folder's name"),
        ("sample\tvcf\tbatch\nS1\tvcf/S1.vcf\tplan\n", {}, "the name of another folder"),
        (None, {"batchsize": 3}, "batchsize"),
        (None, {"batch_size": 5001}, "5001"),
        (None, {"build": "hg17"}, "build hg17 is neither auto, GRCh37 nor GRCh38"),
        (None, {"calls": {"min_dp": "ten"}}, "ten"),
        (None, {"vcfs": ["vcf/*.vcf"]}, "both are given"),
        (None, {"samples": "none.tsv"}, "cannot be read"),
        (None, {"recurrence": {"earlier_runs": "gone.tsv"}}, "gone.tsv: cannot be read"),
    ],
)
def test_faults_stop_before_any_job(
    place: Place, sheet: str | None, settings: dict[str, object], said: str
) -> None:
    place.sheet(place.make_samples(2))
    place.configure()
    assert place.plan()["analyse_batch"] == 1, "the twin without the fault"
    if sheet is not None:
        (place.folder / "samples.tsv").write_text(sheet)
    place.configure(**settings)
    told = place.snakemake(ok=False)
    assert said in told
    assert {path.name for path in (place.folder / "results").iterdir()} <= {"plan", "plan.json"}
