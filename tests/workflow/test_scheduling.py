"""How often Snakemake looks at the jobs that could start: it looks at every input each time."""

import re

import pytest
import yaml

from .conftest import ROOT, Place
from .test_module import OUTER

pytestmark = pytest.mark.slow
BATCHES = 4


def slow_batches(place: Place) -> dict[str, object]:
    """Make batches that take longer than a turn of Snakemake's clock, of one second."""
    place.sheet(place.make_samples(BATCHES))
    settings: dict[str, object] = {"samples": "samples.tsv", "batch_size": 1}
    place.configure(**settings)
    place.stand_in(seconds=1.5)
    return settings


def ready_jobs(said: str) -> list[int]:
    """Return how many jobs were looked at in each round."""
    return [int(n) for n in re.findall(r"^Ready (?:subsampled )?jobs: (\d+)", said, re.MULTILINE)]


def test_the_inputs_of_jobs_that_wait_are_not_looked_at_while_others_work(place: Place) -> None:
    slow_batches(place)
    rounds = ready_jobs(place.snakemake("--verbose"))
    # One round for the first job and one after each that ends, each over as many jobs as cores.
    assert rounds == [1] * (BATCHES + 3)


def test_every_core_is_put_to_work(place: Place) -> None:
    slow_batches(place)
    said = place.snakemake("--verbose", "--cores", str(BATCHES - 1))
    assert f"Execute {BATCHES - 1} jobs..." in said
    assert max(ready_jobs(said)) == BATCHES - 1


def test_limits_that_the_user_sets_are_kept(place: Place) -> None:
    slow_batches(place)
    limits = ("--max-jobs-per-timespan", "1/2s", "--scheduler-subsample", "2")
    said = place.snakemake("--verbose", "--cores", "3", *limits)
    assert "Submitting maximum 1 job(s) over 2" in said
    assert "Execute 2 jobs..." not in said
    assert "Ready subsampled jobs: 2 (out of 4)" in said


@pytest.mark.parametrize("taken", [False, True], ids=["as it is", "with our file"])
def test_a_lab_that_takes_this_in_as_a_module_decides_itself(place: Place, taken: bool) -> None:
    settings = slow_batches(place)
    outer = place.folder / "Snakefile"
    ours = f'include: "{ROOT}/workflow/rules/scheduling.smk"\n'
    outer.write_text((ours if taken else "") + OUTER)
    (place.folder / "config.yaml").write_text(yaml.safe_dump({"hies": settings}))
    said = place.snakemake("--verbose", "hies_summarise", snakefile=outer)
    assert max(ready_jobs(said)) == (1 if taken else BATCHES)
