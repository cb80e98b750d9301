"""hies-annot as a module in a lab's own workflow."""

import pytest
import yaml

from .conftest import EXAMPLE, ROOT, Place, read_rows

pytestmark = pytest.mark.slow
OUTER = f'''
configfile: "config.yaml"


module hies:
    snakefile: "{ROOT}/workflow/Snakefile"
    prefix: "hies"
    config: config["hies"]


use rule * from hies as hies_*


rule own:
    input:
        rules.hies_summarise.output.samples,
    output:
        "own/relevant.txt",
    shell:
        "grep -w relevant {{input}} > {{output}}"


rule all:
    default_target: True
    input:
        rules.hies_all.input,
        rules.own.output,
'''


def test_a_lab_takes_the_workflow_in_and_builds_on_its_results(place: Place) -> None:
    (place.folder / "Snakefile").write_text(OUTER)
    settings = {"hies": {"samples": str(EXAMPLE / "samples.tsv"), "output": "answers"}}
    (place.folder / "config.yaml").write_text(yaml.safe_dump(settings))
    outer = place.folder / "Snakefile"
    assert place.plan(snakefile=outer) == {
        "hies_analyse_batch": 2,
        "hies_summarise": 1,
        "own": 1,
        "all": 1,
    }
    place.snakemake(snakefile=outer)
    summary = read_rows(place.folder / "hies/answers/summary.tsv")
    relevant = [row["sample"] for row in summary if row["status"] == "relevant"]
    assert len(relevant) == (place.folder / "own/relevant.txt").read_text().count("\n") > 0
    assert (place.folder / "hies/answers/demo/EX01.html").is_file()
    assert not (place.folder / "answers").exists()
    assert place.plan(snakefile=outer) == {}


def test_settings_of_the_lab_itself_are_refused(place: Place) -> None:
    place.sheet(place.make_samples(1))
    outer = place.folder / "Snakefile"
    outer.write_text(OUTER)
    for settings, ok in (({}, True), ({"my_other_tool": 1}, False)):
        hies = {"samples": "samples.tsv", **settings}
        (place.folder / "config.yaml").write_text(yaml.safe_dump({"hies": hies}))
        said = place.snakemake("--dry-run", snakefile=outer, ok=ok)
        assert ("my_other_tool" in said) is not ok
