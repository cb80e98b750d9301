"""How many waiting jobs Snakemake looks at in a round: it looks at every input of each."""

import re

import pytest
import yaml

from .conftest import ROOT, Place
from .test_module import OUTER

pytestmark = pytest.mark.slow
PROFILE = yaml.safe_load((ROOT / "profiles/default/profile.yaml").read_text())
LOOKED_AT = PROFILE["scheduler-subsample"]
BATCHES = LOOKED_AT + 3


def batches(place: Place, *, seconds: float) -> dict[str, object]:
    """Make more batches than are looked at, each of which only waits."""
    place.sheet(place.make_samples(BATCHES))
    settings: dict[str, object] = {"samples": "samples.tsv", "batch_size": 1}
    place.configure(**settings)
    place.stand_in(seconds)
    return settings


def ready_jobs(said: str) -> list[int]:
    """Return how many jobs were looked at in each round."""
    return [int(n) for n in re.findall(r"^Ready (?:subsampled )?jobs: (\d+)", said, re.MULTILINE)]


def test_few_of_the_waiting_jobs_are_looked_at(place: Place) -> None:
    batches(place, seconds=0)
    said = place.snakemake("--verbose", "--cores", "3")
    assert f"Ready subsampled jobs: {LOOKED_AT} (out of {BATCHES})" in said
    assert max(ready_jobs(said)) == LOOKED_AT


def test_every_core_is_put_to_work(place: Place) -> None:
    batches(place, seconds=12)
    said = place.snakemake("--verbose", "--cores", str(BATCHES))
    until_the_first_batch_ended = said.split("Finished jobid")[0]
    started = re.findall(r"^Execute (\d+) jobs\.\.\.", until_the_first_batch_ended, re.MULTILINE)
    assert list(map(int, started)) == [LOOKED_AT, BATCHES - LOOKED_AT]


def test_a_number_that_the_user_sets_is_kept(place: Place) -> None:
    batches(place, seconds=0)
    said = place.snakemake("--verbose", "--cores", "3", "--scheduler-subsample", "2")
    assert f"Ready subsampled jobs: 2 (out of {BATCHES})" in said
    assert max(ready_jobs(said)) == 2


@pytest.mark.parametrize("chosen", [None, 2])
def test_a_lab_that_takes_this_in_as_a_module_decides_itself(
    place: Place, chosen: int | None
) -> None:
    settings = batches(place, seconds=0)
    outer = place.folder / "Snakefile"
    outer.write_text(OUTER)
    (place.folder / "config.yaml").write_text(yaml.safe_dump({"hies": settings}))
    option = [] if chosen is None else ["--scheduler-subsample", str(chosen)]
    said = place.snakemake("--verbose", "hies_summarise", *option, snakefile=outer)
    assert max(ready_jobs(said)) == (chosen or BATCHES)
