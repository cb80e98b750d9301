"""What a report says has changed is what `diff` lists, whatever the two runs are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.results.contract import SCHEMA_VERSION
from hies_annot.results.run_difference import compare_runs
from hies_annot.results.run_record import read_run
from hies_annot.results.since_earlier import read_earlier_report, since_earlier

STATUS = st.sampled_from(["relevant", "none", "failed"])
ALLELES = st.lists(st.sampled_from(["17-1-A-C", "17-2-A-C"]), unique=True, max_size=2).map(
    lambda names: [{"id": name, "zygosity": "het"} for name in names]
)
FINDINGS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.just("STAT3-AD-HIES"),
            "status": STATUS,
            "genotype": st.sampled_from(["heterozygous", "homozygous"]),
            "variants": st.just([]),
        }
    ),
    max_size=1,
)
SAMPLE = st.fixed_dictionaries(
    {
        "sample": st.sampled_from("ABCD"),
        "batch": st.sampled_from(["b", "c"]),
        "status": STATUS,
        "conditions": FINDINGS,
        "variants": ALLELES,
    }
)
SAMPLES = st.lists(SAMPLE, unique_by=lambda each: (each["batch"], each["sample"]), max_size=6)
RUN = st.builds(
    lambda samples, date: {
        "schema_version": SCHEMA_VERSION,
        "plan": "0" * 32,
        "program": "1",
        "resources": [{"name": "ClinVar", "date": date}],
        "samples": samples,
    },
    SAMPLES,
    st.sampled_from(["2025-01-01", "2026-01-01"]),
)


@given(old=RUN, new=RUN)
def test_the_changes_are_those_of_diff(tmp_path_factory, old, new):
    path = tmp_path_factory.mktemp("old") / "run.json"
    path.write_text(json.dumps(old))
    listed = compare_runs(old, new)
    entries = [((each["batch"], each["sample"]), json.dumps(each)) for each in new["samples"]]
    head = {key: value for key, value in new.items() if key != "samples"}

    since = since_earlier(read_run(path), head, entries)

    told = [change for them in since.changed.values() for change in them]
    added = [c for c in listed if c.what == "added"]
    gone = [c for c in listed if c.what == "gone"]
    assert [*since.run] == [change for change in listed if not change.sample]
    assert told == [c for c in listed if c.sample and c not in added and c not in gone]
    assert sorted(name for _, name in since.added) == sorted(c.sample for c in added)
    assert sorted(since.gone) == sorted((c.sample, c.old) for c in gone)
    assert json.dumps(since.entry())


@given(old=RUN)
def test_a_run_has_not_changed_from_itself_in_other_batches(old):
    moved = {**old, "samples": [{**each, "batch": "d"} for each in old["samples"]]}
    names = [each["sample"] for each in old["samples"]]
    changes = [c for c in compare_runs(old, moved) if names.count(c.sample) == 1]
    assert {change.what for change in changes} <= {"batch"}
    assert len(changes) == sum(names.count(name) == 1 for name in names)


def test_the_place_of_this_run_is_no_earlier_report(tmp_path):
    (tmp_path / "run.json").write_text("{}")
    for place in (tmp_path, tmp_path / "run.json"):
        with pytest.raises(InputError, match="writes its own results"):
            read_earlier_report(place, tmp_path)
