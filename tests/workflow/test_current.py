"""Nothing passes as current that is not: each route on which a stale result could stay.

Every test finishes a run of three batches (S1 S2, S3 S4, S5 S6), changes something, and looks at
which batches the plan repeats.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import EXAMPLE, ROOT, Place, make_place, read_rows, wait_until

pytestmark = pytest.mark.slow
ALL = ["batch-0001", "batch-0002", "batch-0003"]
SETTINGS: dict[str, object] = {"batch_size": 2}


def finished(place: Place) -> list[dict[str, object]]:
    rows = [{**row, "sex": "female"} for row in place.make_samples(6)]
    place.sheet(rows)
    place.configure(**SETTINGS)
    place.stand_in()
    place.snakemake()
    assert repeated(place) == []
    return rows


def repeated(place: Place, *arguments: str) -> list[str]:
    """Return the batches that a run would do now."""
    said = place.snakemake("--dry-run", *arguments)
    return sorted(re.findall(r"^    wildcards: batch=(.*)$", said, re.MULTILINE))


def change_sex(place: Place, rows: list[dict[str, object]], sample: str = "S3") -> None:
    place.sheet([{**row, "sex": "male"} if row["sample"] == sample else row for row in rows])


def forget(place: Place) -> None:
    """Take away all that Snakemake remembers of the run."""
    shutil.rmtree(place.folder / ".snakemake")


def assert_repeated_whatever_is_remembered(place: Place, batches: list[str]) -> None:
    assert repeated(place) == batches
    forget(place)
    assert repeated(place) == batches


@pytest.mark.parametrize("forgotten", [False, True])
def test_a_changed_sex_repeats_its_batch(place: Place, forgotten: bool) -> None:
    rows = finished(place)
    if forgotten:
        forget(place)
        assert repeated(place) == [], "to forget alone repeats nothing"
    change_sex(place, rows)
    assert repeated(place) == ["batch-0002"]
    place.snakemake()
    assert repeated(place) == []
    place.sheet(rows)
    assert repeated(place) == ["batch-0002"], "and back again"


def test_the_way_back_before_a_run_repeats_nothing(place: Place) -> None:
    rows = finished(place)
    change_sex(place, rows)
    assert repeated(place) == ["batch-0002"]
    place.sheet(rows)
    assert repeated(place) == []


@pytest.mark.parametrize("end", [".tbi", ".csi"])
def test_a_mended_index_repeats_its_batch(place: Place, end: str) -> None:
    rows = [{**row, "vcf": f"{row['vcf']}.gz"} for row in place.make_samples(6)]
    for row in rows:
        (place.folder / str(row["vcf"])).touch()
        (place.folder / f"{row['vcf']}{end}").write_text("index")
    place.sheet(rows)
    place.configure(**SETTINGS)
    place.stand_in()
    place.snakemake()
    assert repeated(place) == []
    (place.folder / f"vcf/S6.vcf.gz{end}").write_text("a new index")
    assert_repeated_whatever_is_remembered(place, ["batch-0003"])


def test_settings_repeat_every_batch(place: Place) -> None:
    finished(place)
    place.configure(**SETTINGS, calls={"min_dp": 12})
    assert_repeated_whatever_is_remembered(place, ALL)


@pytest.mark.parametrize(
    "changed", ["resources/evidence/known_variants.tsv", "src/hies_annot/judge/decide.py"]
)
def test_changed_embedded_evidence_or_program_repeats_every_batch(
    place: Place, tmp_path: Path, changed: str
) -> None:
    """The program is a copy of this one, which is changed after the run."""
    copy = tmp_path / "program"
    shutil.copytree(ROOT / "src", copy / "src")
    shutil.copytree(ROOT / "resources", copy / "resources")
    programs, _, _ = place.environment["PYTHONPATH"].rpartition(os.pathsep)
    other = {**place.environment, "PYTHONPATH": f"{programs}{os.pathsep}{copy / 'src'}"}
    place = Place(place.folder, other)
    finished(place)
    with (copy / changed).open("a") as file:
        file.write("# another version\n")
    assert_repeated_whatever_is_remembered(place, ALL)


@pytest.mark.parametrize("forgotten", [False, True])
def test_another_working_directory_with_the_same_output(place: Place, forgotten: bool) -> None:
    """The second controller leaves results that the first one's memory says nothing of."""
    rows = finished(place)
    second = Place(place.folder.parent / "second", place.environment)
    shutil.copytree(place.folder, second.folder, ignore=shutil.ignore_patterns("results"))
    for one in (place, second):
        one.configure(**SETTINGS, output=str(place.folder / "results"))
    if forgotten:
        forget(second)
    change_sex(second, [{**row, "vcf": place.folder / str(row["vcf"])} for row in rows], "S5")
    assert repeated(second) == ["batch-0003"]
    second.snakemake()
    assert repeated(place) == ["batch-0003"], "S5 has another sex here"
    place.snakemake()
    assert repeated(place) == []


def test_a_killed_controller_whose_job_went_on(place: Place) -> None:
    """The job ends after its controller; then the sheet changes, and the lock is taken off."""
    rows = place.make_samples(6)
    place.sheet(rows)
    place.configure(**SETTINGS)
    place.stand_in()
    goes_on = place.folder / "goes on"
    place.put_before_command(
        f'case "$*" in annotate*batch-0002*) touch "{goes_on}"; sleep 2 ;; esac\n'
    )
    run = subprocess.Popen(
        place.command(),
        cwd=place.folder,
        env=dict(place.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(goes_on.exists, run)
    run.send_signal(signal.SIGKILL)
    run.wait()
    mark = place.folder / "results/batch-0002/.plan"
    while not mark.exists():
        pass
    change_sex(place, rows)
    place.snakemake("--unlock")
    for forgotten in (False, True):
        if forgotten:
            forget(place)
        assert "batch-0002" in repeated(place, "--rerun-incomplete")
    place.stand_in()
    place.snakemake("--rerun-incomplete")
    assert repeated(place) == []


def test_lines_of_another_version_are_refused_by_the_summary(place: Place) -> None:
    for name in ("A", "B"):
        shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / f"{name}.vcf")
    place.sheet([{"sample": n, "vcf": f"{n}.vcf", "vcf_sample": "EX01"} for n in ("A", "B")])
    place.configure(batch_size=1)
    place.snakemake()
    lines = place.folder / "results/batch-0001.jsonl"
    text = lines.read_text()
    digest = re.search('"plan":"([0-9a-f]{32})"', text)
    assert digest is not None
    lines.write_text(text.replace(digest.group(1), "0" * 32, 1))
    command = [sys.executable, "-m", "hies_annot"]

    def said(*words: str) -> str:
        done = subprocess.run(
            [*command, *words],
            cwd=place.folder,
            env=dict(place.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        return done.stderr

    refused = said("summarise", "--plan", "results/plan.json", "-o", "results")
    assert "batch-0001.jsonl: lines or reports were made from something else" in refused
    assert "batch-0001.jsonl" in said("verify", "results")
    assert repeated(place) == ["batch-0001"]
    place.snakemake()
    subprocess.run(
        [*command, "verify", "results"], cwd=place.folder, env=dict(place.environment), check=True
    )


Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def kept_place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Rows, Path]:
    """Six samples, first run one by one and then in batches of two, and a copy of their folder."""
    place = make_place(tmp_path_factory.mktemp("two"))
    rows = []
    for name in ("A", "B", "C", "D", "E", "F"):
        shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / f"{name}.vcf")
        rows.append({"sample": name, "vcf": f"{name}.vcf", "vcf_sample": "EX01"})
    place.sheet(rows)
    place.configure(batch_size=1)
    place.snakemake()
    forget(place)
    place.configure(batch_size=2)
    place.snakemake()
    return place, rows, shutil.copytree(place.folder, place.folder.with_name("kept"))


@pytest.fixture
def batches_of_two(kept_place: tuple[Place, Rows, Path]) -> tuple[Place, Rows]:
    """The place as it was then, at the same path, which is part of a plan."""
    place, rows, kept = kept_place
    shutil.rmtree(place.folder)
    shutil.copytree(kept, place.folder)
    return place, rows


@pytest.mark.parametrize(
    "change",
    [
        lambda place, rows: place.sheet(rows[:5]),
        lambda place, rows: place.configure(batch_size=3),
        lambda place, rows: place.sheet([{**row, "batch": "renamed"} for row in rows]),
    ],
    ids=["a sample left", "another batch size", "renamed"],
)
def test_reports_that_left_the_plan_are_moved_aside_and_listed(
    batches_of_two: tuple[Place, Rows], change: Callable[[Place, Rows], object]
) -> None:
    place, rows = batches_of_two
    results = place.folder / "results"
    assert repeated(place) == [], "the copy is as good as its original"
    change(place, rows)
    place.snakemake()
    summary = read_rows(results / "summary.tsv")
    owned = {results / row["html"] for row in summary}
    assert {path for path in results.glob("*/*.html") if "withdrawn" not in path.parts} == owned
    batches = {row["batch"] for row in summary}
    assert {path.stem for path in results.glob("*.jsonl")} == batches
    assert {path.stem for path in results.glob("plan/*.plan")} == batches
    listed = read_rows(results / "withdrawn/list.tsv")
    moved = [row["state"].removeprefix("moved to ") for row in listed if row["kind"] == "file"]
    assert moved
    assert all((results / path).is_file() for path in moved)
    gone = {(row["batch"], row["name"]) for row in listed if row["kind"] == "sample"}
    assert {("batch-0006", "F"), ("batch-0004", "D")} <= gone
    subprocess.run(
        [sys.executable, "-m", "hies_annot", "verify", str(results)],
        env=dict(place.environment),
        check=True,
    )


def test_snakemake_by_its_path_needs_no_command_on_the_path(place: Place) -> None:
    place.configure(samples=str(EXAMPLE / "samples.tsv"))
    bare = {**place.environment, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src")}
    Place(place.folder, bare, sys.executable).snakemake()
    assert (place.folder / "results/summary.tsv").is_file()


def test_a_job_of_another_program_refuses_the_plan(place: Place, tmp_path: Path) -> None:
    place.sheet(place.make_samples(1))
    place.configure()
    copy = tmp_path / "program"
    shutil.copytree(ROOT / "src", copy / "src")
    shutil.copytree(ROOT / "resources", copy / "resources")
    with (copy / "src/hies_annot/judge/decide.py").open("a") as file:
        file.write("# another version\n")
    place.put_before_command(f'export PYTHONPATH="{copy / "src"}"\n')
    said = place.snakemake("--retries", "0", ok=False)
    assert re.search(r"was planned by hies-annot \S+, and this is \S+, in .*program", said)
