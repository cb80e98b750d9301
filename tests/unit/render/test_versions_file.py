"""versions.yml is YAML of strings, whatever the versions look like."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.render.versions_file import versions_yml

printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1)


@given(st.dictionaries(printable, st.one_of(printable, st.sampled_from(["3.10", "1e5", "no"]))))
def test_every_version_is_read_back_as_text(software: dict[str, str]) -> None:
    read = yaml.safe_load("".join(versions_yml(software, {"Snakemake": "9.10"})))
    assert (read["hies-annot"] or {}) == software
    assert read["Workflow"]["Snakemake"] == "9.10"


def test_nothing_called_it() -> None:
    assert list(yaml.safe_load("".join(versions_yml({"hies-annot": "1"}, {})))) == ["hies-annot"]
