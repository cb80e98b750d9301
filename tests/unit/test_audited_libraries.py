"""What a run is built on: bounded, under licences that a lab may use, and listed for who audits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = [Requirement(line) for line in PROJECT["dependencies"]]
ALLOWED = re.compile(
    r"MIT|BSD|0BSD|Apache|PSF|Python Software Foundation|Biopython|ISC|Zlib|CC0|Unlicense",
    re.IGNORECASE,
)
"""Licences that ask for no more than to be named."""
pytestmark = pytest.mark.checkout


def licence_of(name: str) -> str:
    """Return what a distribution states: expression, text, classifiers, or its licence file."""
    found = distribution(name)
    stated = found.metadata
    words = [
        stated["License-Expression"] or "",
        (stated["License"] or "").split("\n")[0],
        *(line for line in stated.get_all("Classifier") or [] if line.startswith("License ::")),
    ]
    files = [path for path in found.files or [] if path.name.startswith("LICEN")]
    if not any(words) and files:
        words.append(files[0].read_text(encoding="utf-8").split("\n")[0])
    return "; ".join(word.removeprefix("License :: ") for word in words if word)


def with_all_below(names: list[str]) -> Iterator[str]:
    """Yield the names of distributions with all that they need here, each once."""
    seen, left = set(), [*names]
    while left:
        name = left.pop().lower()
        if name not in seen:
            seen.add(name)
            yield name
            lines = map(Requirement, distribution(name).requires or [])
            left += [r.name for r in lines if r.marker is None or r.marker.evaluate({"extra": ""})]


ALL = sorted(with_all_below([each.name for each in NEEDED]))


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_it_has_a_lower_and_an_upper_bound_and_the_tested_version_is_within(
    needed: Requirement,
) -> None:
    assert {spec.operator for spec in needed.specifier} == {">=", "<"}
    locked = dict(re.findall(r"(?m)^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text()))
    versions = {name.lower(): version for name, version in locked.items()}
    assert needed.specifier.contains(versions[needed.name.lower()])


@pytest.mark.parametrize("name", ALL)
def test_its_licence_is_allowed_and_its_version_is_locked(name: str) -> None:
    stated = licence_of(name)
    parts = [part for part in re.split(r"; | AND ", stated) if part]
    assert parts, f"{name} states no licence"
    assert [part for part in parts if not ALLOWED.search(part)] == []
    locked = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "constraints.txt").read_text())
    assert re.sub("[-_.]+", "-", name) in {re.sub("[-_.]+", "-", each.lower()) for each in locked}


def test_the_manual_lists_them_as_they_are() -> None:
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    table = text.split("<!-- dependencies")[1].split("<!-- /dependencies -->")[0]
    rows = re.findall(r"(?m)^\| ([\w.-]+) \| (>=\S+) \| (\S+) \| .+ \|$", table)
    bounds = {name: set(versions.split(",")) for name, versions, _ in rows}
    assert bounds == {each.name: set(map(str, each.specifier)) for each in NEEDED}
    for name, _, licence in rows:
        assert licence in licence_of(name)
